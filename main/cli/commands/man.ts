import { version } from '../../version.ts';
import type { Command } from '../command.ts';
import { defineCommand, EXIT } from '../command.ts';
import { manPage } from '../manual/man-page.ts';
import { write } from '../write.ts';

/** `loadCommands`: all commands, this one among them; so the list of commands is not imported in a circle. */
export const manCommand = (loadCommands: () => Promise<readonly Command[]>): Command =>
  defineCommand({
    name: 'man',
    summary: 'the manual page',
    help: {
      about: `Prints the manual page of all commands, for man(1):

  sallyport man > ~/.local/share/man/man1/sallyport.1
  sallyport man | man -l -`,
      usage: ['man'],
      exitCodes: '0 fine, 2 wrong use',
    },
    options: {},
    takesArguments: false,
    async run(_parsed, io) {
      await write(io.stdout, manPage(await loadCommands(), { version }));
      return EXIT.ok;
    },
  });

import { bashCompletion } from '../completion/bash.ts';
import { describeCompletion } from '../completion/description.ts';
import type { CompletionDescription } from '../completion/description.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { Command } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { write } from '../write.ts';

const SHELLS: Readonly<Record<string, (description: CompletionDescription) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `loadCommands`: all commands, this one among them; so the list of commands is not imported in a circle. */
export const completionCommand = (loadCommands: () => Promise<readonly Command[]>): Command =>
  defineCommand({
    name: 'completion',
    summary: 'completion for bash, zsh or fish',
    help: {
      about:
        'Prints a script that completes commands, verbs, options and file names. It asks nothing of the program afterwards: make it anew after an update.',
      usage: ['completion bash|zsh|fish'],
      verbs: {
        bash: `for bash; in ~/.bashrc:

  source <(sallyport completion bash)`,
        zsh: `for zsh; in ~/.zshrc, after compinit:

  source <(sallyport completion zsh)`,
        fish: `for fish; once:

  sallyport completion fish > ~/.config/fish/completions/sallyport.fish`,
      },
      exitCodes: '0 fine, 2 wrong use',
    },
    options: {},
    async run({ positionals: [shell, ...more] }, io) {
      const scriptFor = SHELLS[shell ?? ''];
      if (scriptFor === undefined || more.length > 0)
        throw new UsageError('name one shell: bash, zsh or fish.');
      await write(io.stdout, scriptFor(describeCompletion(await loadCommands())));
      return EXIT.ok;
    },
  });

import type { Terminal } from '@xterm/headless';

/** Has a terminal without a screen parse a text before this returns. Throws where it did not: what is read of it then is an old screen. */
export function parseAtOnce(terminal: Terminal, text: string): void {
  let isParsed = false;
  // After user input xterm parses the next write at once instead of from a timer; its replies go nowhere.
  terminal.input('', true);
  terminal.write(text, () => {
    isParsed = true;
  });
  if (!isParsed) throw new Error('the terminal did not parse at once: what it shows is an old screen');
}

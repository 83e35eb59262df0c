import type { CommandIo } from './command.ts';

/** How far something is, on one line of a terminal's standard error. */
export interface Percentage {
  /** `share` from 0 to 1 */
  show(share: number): void;
  clear(): void;
}

/** Null where standard error is no terminal, or a dumb one. */
export function createPercentage(
  what: string,
  { stderr, environment }: Pick<CommandIo, 'stderr' | 'environment'>,
): Percentage | null {
  if (!('isTTY' in stderr) || stderr.isTTY !== true || environment['TERM'] === 'dumb') return null;
  let shown = '';
  return {
    show(share) {
      const line = `${what}, ${Math.floor(100 * Math.min(1, share))}%`;
      if (line !== shown) stderr.write(`\r${line}`);
      shown = line;
    },
    clear() {
      if (shown !== '') stderr.write('\r\x1b[K');
      shown = '';
    },
  };
}

import { barOf, isPlain } from './bar.ts';
import type { CommandIo } from './command.ts';

/** How far something is, as a bar on one line of a terminal's standard error. */
export interface Percentage {
  /** `share` from 0 to 1 */
  show(share: number): void;
  clear(): void;
}

/** What is over so soon needs no bar. */
const SHOWN_AFTER_MS = 300;

/** Null where standard error is no terminal, or a dumb one. Colour only without NO_COLOR. `nowMs`: monotonic. */
export function createPercentage(
  what: string,
  { stderr, environment }: Pick<CommandIo, 'stderr' | 'environment'>,
  nowMs: () => number = () => performance.now(),
): Percentage | null {
  if (!('isTTY' in stderr) || stderr.isTTY !== true || environment['TERM'] === 'dumb') return null;
  const [colour, plain] = isPlain(environment) ? ['', ''] : ['\x1b[36m', '\x1b[39m'];
  const startedMs = nowMs();
  let shown = '';
  return {
    show(share) {
      if (nowMs() - startedMs < SHOWN_AFTER_MS) return;
      const line = `${colour}${barOf(share)}${plain}  ${what}`;
      if (line !== shown) stderr.write(`\r${line}`);
      shown = line;
    },
    clear() {
      if (shown !== '') stderr.write('\r\x1b[K');
      shown = '';
    },
  };
}

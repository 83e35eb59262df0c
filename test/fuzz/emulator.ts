import headless from '@xterm/headless';
import type { TerminalSize } from './scene.ts';

/** What a terminal shows. */
export interface Picture {
  /** scrollback and screen; of the alternate screen while it is shown */
  readonly rows: readonly string[];
  readonly wraps: readonly boolean[];
  readonly cursor: readonly [x: number, y: number];
  readonly title: string;
}

/** xterm.js without a window, used again for every case. */
export interface Emulator {
  reset(size: TerminalSize): void;
  /** Parsed when it returns. */
  write(bytes: Uint8Array): void;
  picture(): Picture;
}

const SCROLLBACK_ROWS = 2_000;

export function createEmulator(): Emulator {
  const terminal = new headless.Terminal({
    cols: 80,
    rows: 24,
    scrollback: SCROLLBACK_ROWS,
    allowProposedApi: true,
    logLevel: 'off',
  });
  let title = '';
  terminal.onTitleChange(next => {
    title = next;
  });
  return {
    reset({ cols, rows }) {
      terminal.reset();
      if (terminal.cols !== cols || terminal.rows !== rows) terminal.resize(cols, rows);
      title = '';
    },
    write(bytes) {
      if (bytes.length === 0) return;
      let isParsed = false;
      // after user input xterm.js parses the next write at once instead of from a timer
      terminal.input('', true);
      terminal.write(bytes, () => {
        isParsed = true;
      });
      if (!isParsed) throw new Error('the terminal did not parse at once: the picture would be an old one');
    },
    picture() {
      const buffer = terminal.buffer.active;
      const rows: string[] = [];
      const wraps: boolean[] = [];
      for (let y = 0; y < buffer.length; y++) {
        const line = buffer.getLine(y);
        rows.push(line?.translateToString(true) ?? '');
        wraps.push(line?.isWrapped ?? false);
      }
      return { rows, wraps, cursor: [buffer.cursorX, buffer.cursorY], title };
    },
  };
}

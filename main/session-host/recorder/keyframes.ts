import type { Terminal } from '@xterm/headless';
import headless from '@xterm/headless';
import type { Keyframe } from '../../../core/recording/segment.ts';
import { createUnfinishedSequence } from '../../../core/recording/unfinished-sequence.ts';
import { parseAtOnce } from './parse-at-once.ts';
import { screenLines, screenText, scrollsWhole } from './screen-text.ts';
import { findScrolledRun } from './scrolled-run.ts';

/** Follows the redacted output on a terminal without a screen, and writes down what it shows. Holds no scrollback. */
export interface KeyframeTaker {
  /** to be read and listened to, not to be written to */
  readonly terminal: Terminal;
  /** Whole characters of valid UTF-8. Parsed before it returns; give large pieces (256 KiB take about 5 ms). */
  write(bytes: Uint8Array): void;
  resize(cols: number, rows: number): void;
  /** Null inside an escape sequence too long to be stored: try again at the next segment. */
  take(): Keyframe | null;
  /** The lines that the screen shows, each whole where it was wrapped. */
  lines(): readonly string[];
  dispose(): void;
}

export function createKeyframeTaker(cols: number, rows: number): KeyframeTaker {
  const terminal = new headless.Terminal({ cols, rows, scrollback: 0, allowProposedApi: true });
  const unfinished = createUnfinishedSequence();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  const parse = (text: string): void => {
    if (text === '') return;
    parseAtOnce(terminal, text);
    unfinished.push(text);
  };

  return {
    terminal,
    // Most of a long output scrolls out before the screen is looked at; parsing it would cost more than all else in the recorder.
    write(bytes) {
      let from = 0;
      const textOf = (start: number, end: number): string => decoder.decode(bytes.subarray(start, end));
      // The cursor may stand in the first row: so many line feeds move it to the last one and everything out of the screen.
      const keptLines = 2 * terminal.rows;
      for (
        let run = findScrolledRun(bytes, from, keptLines);
        run !== null;
        run = findScrolledRun(bytes, from, keptLines)
      ) {
        parse(textOf(from, run.start));
        const isUnseen = unfinished.pending === '' && scrollsWhole(terminal);
        parse(isUnseen ? run.styles : textOf(run.start, run.end));
        from = run.end;
      }
      parse(textOf(from, bytes.length));
    },
    resize: (newCols, newRows) => terminal.resize(newCols, newRows),
    take() {
      const { pending } = unfinished;
      if (pending === null) return null;
      return { screen: screenText(terminal), pending };
    },
    lines: () => screenLines(terminal),
    dispose: () => terminal.dispose(),
  };
}

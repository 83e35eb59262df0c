import headless from '@xterm/headless';
import type { RecordedEvent } from '../../../contract/recording.ts';
import { parseAtOnce } from '../../session-host/recorder/parse-at-once.ts';
import type { LineMatch, LineMatcher } from './line-matcher.ts';

/** A line that came to stand on the screen and holds what is searched for. Times: milliseconds since the recording's start. */
export interface SearchHit {
  readonly atMs: number;
  readonly line: string;
  readonly match: LineMatch;
}

/** What a block is played from. */
export interface ScreenStart {
  readonly cols: number;
  readonly rows: number;
  /** what brings back the screen */
  readonly text: string;
}

/** Plays a part of a recording on a terminal without a screen and notes where lines with a match begin to stand. */
export interface ScreenHits {
  play(event: RecordedEvent): void;
  /** hits so far, by time */
  readonly hits: readonly SearchHit[];
  dispose(): void;
}

/** More lines than a block can write; only used lines take memory. */
const SCROLLBACK_LINES = 300_000;
/** Of a long line so much is shown, around its match. */
const SHOWN_BEFORE = 80;
const SHOWN_CHARACTERS = 240;
const NO_LINES: ReadonlySet<string> = new Set();
/** Moves the cursor to where the place before does not tell what changed (CSI but for colours and erasing in the line; ESC). */
const MOVES_FREELY = /\x1b(?!\[[\d;:]*[mK])/;

interface Known {
  readonly from: number;
  readonly line: string;
  /** index in the hits; null where it stood there from the start */
  readonly hit: number | null;
}

export function createScreenHits(start: ScreenStart, matcher: LineMatcher): ScreenHits {
  const terminal = new headless.Terminal({
    cols: start.cols,
    rows: start.rows,
    scrollback: SCROLLBACK_LINES,
    allowProposedApi: true,
  });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const hits: SearchHit[] = [];
  let known = new Map<number, Known>();
  let buffer = terminal.buffer.active.type;

  /** Looks at the lines of these rows; null notes what stands there as known. Rows count from the first line of the buffer. */
  const look = (fromRow: number, toRow: number, atMs: number | null, stoodBefore = NO_LINES): void => {
    const { active } = terminal.buffer;
    let first = fromRow;
    while (first > 0 && active.getLine(first)?.isWrapped === true) first -= 1;
    for (let row = first; row <= toRow; ) {
      const begin = row;
      let line = active.getLine(row)?.translateToString(active.getLine(row + 1)?.isWrapped !== true) ?? '';
      for (row += 1; active.getLine(row)?.isWrapped === true; row += 1)
        line += active.getLine(row)?.translateToString(active.getLine(row + 1)?.isWrapped !== true) ?? '';
      note(begin, line, { atMs, stoodBefore });
    }
  };
  const note = (
    row: number,
    line: string,
    { atMs, stoodBefore }: { atMs: number | null; stoodBefore: ReadonlySet<string> },
  ): void => {
    const match = matcher(line);
    if (match === null) {
      known.delete(row);
      return;
    }
    const before = known.get(row);
    const shown = shownPart(line, match);
    if (before?.from === match.from) {
      // the line went on: it is told as it came to be
      const hit = before.hit === null ? undefined : hits[before.hit];
      if (before.hit !== null && hit !== undefined) hits[before.hit] = { ...hit, ...shown };
      known.set(row, { ...before, line: shown.line });
      return;
    }
    const isKnown = atMs === null || stoodBefore.has(shown.line);
    known.set(row, { from: match.from, line: shown.line, hit: isKnown ? null : hits.length });
    if (!isKnown) hits.push({ atMs, ...shown });
  };
  const lookAtScreen = (atMs: number | null): void => {
    const { baseY } = terminal.buffer.active;
    look(baseY, baseY + terminal.rows - 1, atMs);
  };
  const cursorRow = (): number => terminal.buffer.active.baseY + terminal.buffer.active.cursorY;

  parseAtOnce(terminal, start.text);
  buffer = terminal.buffer.active.type;
  lookAtScreen(null);
  return {
    play(event) {
      if (event.kind === 'resize') {
        terminal.resize(event.cols, event.rows);
        known = new Map();
        lookAtScreen(null);
      }
      if (event.kind !== 'output') return;
      const text = decoder.decode(event.bytes);
      const fromRow = cursorRow();
      parseAtOnce(terminal, text);
      const isOther = terminal.buffer.active.type !== buffer;
      if (isOther) {
        buffer = terminal.buffer.active.type;
        known = new Map();
      }
      if (isOther || MOVES_FREELY.test(text)) {
        // lines that scrolled out while the cursor moved about are looked at too
        const { baseY } = terminal.buffer.active;
        const first = isOther ? baseY : Math.min(fromRow, baseY);
        look(first, baseY + terminal.rows - 1, event.atMs, linesFrom(known, first));
      } else look(Math.min(fromRow, cursorRow()), cursorRow(), event.atMs);
    },
    hits,
    dispose: () => terminal.dispose(),
  };
}

/** A full-screen program moves its lines: one that stood there already is no new one. */
function linesFrom(known: ReadonlyMap<number, Known>, firstRow: number): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const [row, { line }] of known) if (row >= firstRow) lines.add(line);
  return lines;
}

/** What is told of a line, and where the match stands in that. */
export function shownPart(line: string, match: LineMatch): Pick<SearchHit, 'line' | 'match'> {
  const from = line.length <= SHOWN_CHARACTERS ? 0 : Math.max(0, match.from - SHOWN_BEFORE);
  const shown = line.slice(from, from + SHOWN_CHARACTERS).trimEnd();
  const end = Math.min(match.to - from, shown.length);
  return { line: shown, match: { from: Math.min(match.from - from, end), to: end } };
}

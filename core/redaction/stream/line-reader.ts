import type { Finding } from '../../../contract/redaction.ts';
import type { Row } from '../screen/row.ts';
import { earliest } from '../detect/open-candidate.ts';
import { endOfWord, startOf } from './open-text.ts';
import type { OpenCandidate } from '../line-detector.ts';
import type { LocatedText } from './located-text.ts';
import { continuedFindings, mayBeRest, openGroupsAt } from './continuations.ts';
import { createDumpReader, isDumpBegun, mayBeDumpRow } from './hex-dump.ts';
import { ScreenText } from './screen-text.ts';
import { SpannedText } from './spanned-text.ts';
import type { Held, Release, StreamState } from './state.ts';
import { OVERLAP_UNITS } from './stream-line.ts';
import type { Carry } from './stream-line.ts';
import { MAX_ROW_LINES, mayBeWrapped, mayFillCell, openCells, wrappedRow } from './wrapped-cells.ts';
import type { OpenCells, WrappedRow } from './wrapped-cells.ts';

/** Rest of a line that may go on across a program's own line feed: a JWT or a key over several rows, not more. */
const MAX_CARRIED_UNITS = 4096;
/** A value that is printed over is looked at in its row and these. */
const ROWS_BEFORE = 2;
const ROWS_AFTER = 1;
/** A host that keeps a candidate open with bytes that print nothing holds back no more than this. */
const MAX_HELD_BYTES = 65_536;
/** Words before groups at the end of a line that are kept with them. */
const CONTEXT_UNITS = 240;
/** Rows of a dump that are kept: a value does not go over more. */
const MAX_DUMP_ROWS = 4;
/** Beside line numbers, and in rows that a program has wrapped, nothing else stands before the rest. */
const EMPTY_START = /^[ │|┃:↪]*$/;
const NUMBERED = /^ *\d+ |^ +[│|┃:]/;

/**
 * Linear mode: the host prints lines. A line is looked at when it grows and when it is over; the stream of its characters is
 * what is read, and the screen's row besides when the two differ (carriage return, backspace, cursor moves within the row).
 */
export class LineReader {
  readonly #state: StreamState;
  readonly #rowOf = createDumpReader();

  constructor(state: StreamState) {
    this.#state = state;
  }

  /** The line is over; called before the line feed moves the cursor. */
  complete(): void {
    const { line, detector, masker, screen } = this.#state;
    const { first, last } = screen.buffer.lineAround(screen.buffer.y);
    let carry: Carry | null = null;
    if (line.isPlain) {
      const found = this.#applyStream(true);
      this.#applyContinued();
      const own = line.base === 0 ? line.text : line.text.slice(line.base);
      const isFull = screen.cursorRow.used >= screen.cols && !isBlankAt(line.text, line.length - 1);
      carry =
        this.#wrappedCarry(own) ?? (isFull ? this.#marginCarry(found) : null) ?? this.#continuedCarry(own);
      masker.resolveDoubts(line, carry?.openFrom ?? line.length);
      this.#state.commit(own);
    } else {
      this.#applyStream(true);
      const text = new ScreenText(screen.buffer, first, last);
      masker.apply(text, detector.findings(text.text, true));
      masker.resolveDoubts(text, text.text.length);
      this.#state.commit(text.text);
    }
    for (let y = first; y <= last; y++) {
      const row = screen.buffer.row(y);
      row.isCommitted = true;
      row.markSeen(this.#state.seenEnd);
    }
    this.#state.repaint();
    screen.hasOverrun = false;
    if (carry !== null) line.startNextLine(carry);
    else line.reset();
  }

  /** Looks at the line as it stands, before some of it is lost. */
  check(): void {
    const { line, screen } = this.#state;
    this.#applyStream(true);
    if (line.isPlain) return;
    const { first, last } = screen.buffer.lineAround(screen.buffer.y);
    this.#checkRows(first, last);
  }

  /**
   * Some of this row is about to be lost: looks at it with the rows around it that its line was wrapped over. A host that prints over
   * itself in a line as long as the screen would cost the whole screen each time otherwise.
   */
  checkRow(row: Row): void {
    const { line, screen } = this.#state;
    const { buffer } = screen;
    this.#applyStream(true);
    const y = buffer.rows.indexOf(row);
    if (line.isPlain || y < 0) return;
    const { first, last } = buffer.lineAround(y);
    this.#checkRows(Math.max(first, y - ROWS_BEFORE), Math.min(last, y + ROWS_AFTER));
  }

  #checkRows(first: number, last: number): void {
    const { detector, masker, screen, seenEnd } = this.#state;
    const text = new ScreenText(screen.buffer, first, last);
    masker.apply(text, detector.findings(text.text, true));
    for (const row of text.rows) row.markSeen(seenEnd);
  }

  /** Looks at what was printed in one go so far. */
  checkStream(): void {
    this.#applyStream(true);
  }

  /** The next character stands elsewhere: what was printed in one go so far is looked at once more, then forgotten. */
  breakStream(): void {
    const { line } = this.#state;
    this.#applyStream(true);
    line.reset();
    line.isPlain = false;
  }

  /** The line is longer than is looked at as one: decides on its beginning and goes on with its end. */
  cut(): void {
    const { line, detector, masker } = this.#state;
    const found = this.#streamFindings(false);
    const kept = line.length - OVERLAP_UNITS;
    const open = startOf(detector.openCandidate(line.text), found);
    masker.apply(line, found, open?.start);
    if (open !== null && open.start < kept) {
      masker.apply(line, found);
      if (open.strength === 'strong') masker.doubt(line, open.start, kept);
    }
    line.dropBefore(kept);
  }

  /** At the end of a chunk, or when a timer fired: decides on all but what is still open at the end of the line. */
  settle(release: Release): Held | null {
    const { line, detector, masker, screen } = this.#state;
    if (line.isEmpty && line.isPlain) return null;
    if (line.isPlain) {
      if (line.base > 0 && (release !== 'hold' || !mayBeRest(line.text.slice(line.base))))
        this.#applyContinued();
      this.#dropEndedCarry();
      const found = this.#streamFindings(false);
      const open = startOf(this.#withContinued(this.#openAtEnd(), release), found);
      return this.#decide({ text: line, found, open, openEnd: line.length, release });
    }
    if (!line.isEmpty) {
      const found = this.#streamFindings(false);
      const open = release === 'hold' ? startOf(detector.openCandidate(line.text), found) : null;
      masker.apply(line, found, open?.start);
    }
    const { buffer } = screen;
    const { first, last } = buffer.lineAround(buffer.y);
    const text = new ScreenText(buffer, first, last);
    // blanks right of it are what is left of text that was rubbed out
    const openEnd = text.offsetOf(buffer.x, buffer.row(buffer.y));
    const found = detector.findings(text.text, false);
    // a character is about to go over the underscore
    const before = text.text.slice(0, openEnd).replace(/_$/, '');
    const open = startOf(detector.openCandidate(before), found);
    return this.#decide({ text, found, open, openEnd, release });
  }

  #decide(look: {
    text: LocatedText;
    found: readonly Finding[];
    open: { start: number; strength: 'weak' | 'strong' } | null;
    openEnd: number;
    release: Release;
  }): Held | null {
    const { masker, output } = this.#state;
    const { text, found, open, openEnd, release } = look;
    if (open === null) {
      masker.apply(text, found);
      masker.resolveDoubts(text, text.text.length);
      this.#state.repaint();
      return null;
    }
    if (release === 'hold') {
      // a value may go on right of the cursor: its end was printed first
      const end = Math.max(
        endOfWord(text.text, openEnd),
        ...found.filter(each => each.end > open.start).map(each => each.end),
      );
      const from = masker.firstPending(text, [open.start, end], output.end);
      if (output.end - from <= MAX_HELD_BYTES) {
        masker.apply(text, found, open.start);
        masker.resolveDoubts(text, open.start);
        const isHeld = from < output.end;
        // all of it is on the screen already: there is nothing to wait with
        if (!isHeld) this.#doubtFrom(open.start, text, found);
        this.#state.repaint();
        return isHeld ? { from, strength: open.strength } : null;
      }
    }
    masker.apply(text, found, open.start);
    masker.resolveDoubts(text, open.start);
    this.#doubtFrom(open.start, text, found);
    const isHidden = release !== 'echo' || masker.isAnyMasked(text, open.start, openEnd);
    if (open.strength === 'strong' && isHidden) masker.doubt(text, open.start, endOfWord(text.text, openEnd));
    this.#state.repaint();
    return null;
  }

  /** A value that may still grow is masked, but not counted: it can turn out to be none. */
  #doubtFrom(start: number, text: LocatedText, found: readonly Finding[]): void {
    const { masker } = this.#state;
    for (const finding of found)
      if (finding.end > start && masker.actionFor(finding) !== 'allow')
        masker.doubt(text, finding.start, finding.end);
  }

  /** Values in the current line, and those that begin in a line before it and go on in it. */
  #streamFindings(isComplete: boolean): readonly Finding[] {
    const { line, detector } = this.#state;
    const { base, text } = line;
    if (base === 0) return detector.findings(text, isComplete);
    const own = detector
      .findings(text.slice(base), isComplete)
      .map(finding => ({ ...finding, start: finding.start + base, end: finding.end + base }));
    if (line.carry !== 'margin') return own;
    const joined = detector
      .findings(text, isComplete)
      .filter(finding => finding.start < base && finding.end > base);
    return [...joined, ...own].sort((a, b) => a.start - b.start);
  }

  #applyStream(isComplete: boolean): readonly Finding[] {
    const { line, masker } = this.#state;
    if (line.isEmpty) return [];
    const found = this.#streamFindings(isComplete);
    masker.apply(line, found);
    return found;
  }

  /** What is open at the end of the line, and of those before it that filled their row. */
  #openAtEnd(): OpenCandidate | null {
    const { line, detector } = this.#state;
    const { base, text } = line;
    if (base === 0 || line.carry === 'margin') return detector.openCandidate(text);
    const open = detector.openCandidate(text.slice(base));
    return open === null ? null : { start: open.start + base, strength: open.strength };
  }

  /** The candidate, or what is open besides: groups in the line before, rows of a dump. */
  #withContinued(open: OpenCandidate | null, release: Release): OpenCandidate | null {
    const { line } = this.#state;
    const { base, text } = line;
    const own = base === 0 ? text : text.slice(base);
    // what is let go is masked from the cell on that looks like a value
    const from = release === 'hold' ? line.openFrom : line.strongFrom;
    const start = base > 0 && this.#mayGoOn(own) ? from : isDumpBegun(own) ? base : -1;
    const mayWrap = mayBeWrapped(own) || mayFillCell(own, 0);
    const cells = mayWrap ? this.#openCells(wrappedRow(this.#lines(), true)) : null;
    const strength = base > 0 ? line.openStrength : 'weak';
    return earliest([open, cells, start < 0 ? null : { start, strength }]);
  }

  /** What was printed of this line so far may be the rest of what is open in the one before. */
  #mayGoOn(own: string): boolean {
    const { line } = this.#state;
    if (EMPTY_START.test(own)) return true;
    if (line.carry === 'wrapped') return wrappedRow(this.#lines(), true).firstLine < line.breaks.length;
    if (line.carry === 'margin')
      return NUMBERED.test(line.text) && /^ +[│|┃:]? ?(?:\S*|[\dA-Z() -]{0,40})$/.test(own);
    return mayBeRest(own) || mayBeDumpRow(own) || /^(?:0x)?[\da-f]{1,16}:?$/.test(own);
  }

  /** Values that stand in this line and in those before it, with a program's own line feed between. */
  #applyContinued(): void {
    const { line, masker, fresh } = this.#state;
    const { base, text } = line;
    if (base === 0 && !mayBeDumpRow(text)) return;
    const starts = [0, ...line.breaks];
    const lines = this.#lines().map(each => ({ text: each, isFull: line.carry === 'margin' }));
    const find = (joined: string) => fresh.findings(joined, true);
    for (const { finding, spans } of continuedFindings(lines, {
      find,
      rowOf: this.#rowOf,
      joinsAtEdge: false,
    })) {
      const located = new SpannedText(
        spans.map(span => {
          const from = starts[span.line] ?? 0;
          return { text: line, start: from + span.start, end: from + span.end };
        }),
      );
      masker.apply(located, [{ ...finding, start: 0, end: located.text.length }]);
    }
  }

  /** The kept lines and the current one. */
  #lines(): readonly string[] {
    const { breaks, text } = this.#state.line;
    const starts = [0, ...breaks];
    return starts.map((start, i) => text.slice(start, starts[i + 1]));
  }

  /** The line filled its row: where the open candidate at its end begins; null where nothing can go on in the next one. */
  #marginCarry(found: readonly Finding[]): Carry | null {
    const { line, detector } = this.#state;
    const open = startOf(detector.openCandidate(line.text), found);
    if (open === null || line.length - open.start > MAX_CARRIED_UNITS) return null;
    const isNumbered = NUMBERED.test(line.text.slice(line.base, line.base + 16));
    return {
      from: isNumbered ? Math.min(line.base, open.start) : open.start,
      openFrom: open.start,
      strength: 'weak',
      carry: 'margin',
    };
  }

  /** The line is part of a row of a table whose cells go on in the next one. */
  #wrappedCarry(own: string): Carry | null {
    const { line, screen } = this.#state;
    const mayWrap = this.#isInWrappedRow || mayBeWrapped(own) || mayFillCell(own, screen.cols);
    if (line.isEmpty || !mayWrap) return null;
    const starts = [0, ...line.breaks];
    const row = wrappedRow(this.#lines(), false);
    const from = starts[row.firstLine] ?? line.base;
    if (starts.length - row.firstLine >= MAX_ROW_LINES || line.length - from > MAX_CARRIED_UNITS) return null;
    const open = this.#openCells(row);
    if (open === null && !row.cells.some(cell => cell.isMarked)) return null;
    return {
      from,
      openFrom: open?.start ?? line.length,
      strength: open?.strength ?? 'weak',
      strongFrom: open?.strongFrom,
      carry: 'wrapped',
    };
  }

  get #isInWrappedRow(): boolean {
    const { line } = this.#state;
    return line.base > 0 && line.carry === 'wrapped';
  }

  /** What is open at the ends of cells that go on in the next line. */
  #openCells(row: WrappedRow): OpenCells | null {
    const { line, fresh } = this.#state;
    return openCells(row, [0, ...line.breaks], text => fresh.openCandidate(text));
  }

  /** The line ends in groups that the next one may go on with, or it is a row of a dump. */
  #continuedCarry(own: string): Carry | null {
    const { line, fresh } = this.#state;
    const { base } = line;
    const isContinued = base > 0 && line.carry === 'continued';
    const groups = openGroupsAt(own.trimEnd());
    if (groups >= 0) {
      const isMiddle = isContinued && mayBeRest(own.slice(0, groups).trim());
      const from = isMiddle ? 0 : Math.max(base, base + groups - CONTEXT_UNITS);
      return {
        from,
        openFrom: isMiddle ? line.openFrom : base + groups,
        strength: 'weak',
        carry: 'continued',
      };
    }
    if (!mayBeDumpRow(own)) return null;
    const row = this.#rowOf(own);
    const open = row === null ? null : fresh.openCandidate(row.text);
    if (row === null || open === null) return null;
    const rows = isContinued ? [0, ...line.breaks] : [base];
    const isWhole = isContinued && row.text.slice(0, open.start).trim() === '';
    const character = row.characters[open.start] ?? 0;
    const first = base + Math.min(row.digits[open.start] ?? character, character);
    const openFrom = isWhole ? line.openFrom : first;
    return {
      from: rows.at(-MAX_DUMP_ROWS) ?? rows[0] ?? base,
      openFrom,
      strength: 'weak',
      carry: 'continued',
    };
  }

  /** The lines before are forgotten once it is clear that nothing of them goes on in this one. */
  #dropEndedCarry(): void {
    const { line, detector, masker } = this.#state;
    const { base, text } = line;
    if (base === 0 || line.length === base || this.#mayGoOn(text.slice(base))) return;
    const goesOn =
      line.carry === 'margin' &&
      line.startsAtMargin &&
      (detector.findings(text, false).some(finding => finding.start < base && finding.end > base) ||
        (detector.openCandidate(text)?.start ?? base) < base);
    if (goesOn) return;
    masker.resolveDoubts(line, base);
    line.dropBefore(base);
  }
}

function isBlankAt(text: string, i: number): boolean {
  return text.slice(i, i + 1).trim() === '';
}

import type { Finding } from '../../../contract/redaction.ts';
import type { LineDetector, OpenCandidate } from '../line-detector.ts';
import type { Row } from '../screen/row.ts';
import type { ReadingContext } from './reading-context.ts';
import { cutFindings } from './cut-values.ts';
import { KnownValues } from './known-values.ts';
import { PaneReader } from './pane-reader.ts';
import { JoinedLines } from './joined-lines.ts';
import { screenTextOf } from './screen-text.ts';
import type { ScreenText } from './screen-text.ts';
import { endOfWord, MAX_PART_UNITS } from './open-text.ts';
import { readPiece } from './piece-reader.ts';
import { mayBeginRule, ruleOf } from './table-head.ts';
import type { PieceEnd } from './table-head.ts';
import type { Held, Release, StreamState } from './state.ts';

/** A number that stands alone right before the cursor: perhaps the second half of a card whose first half comes next. */
const LONE_DIGITS = /(?:^|\s\s|[│|]\s?)(\d(?:[ -]?\d){5,18})$/;
/** A weak candidate at the cursor waits once more only in a small frame. */
const MAX_WEAK_BYTES = 4096;

/** Where a look at several lines has come to. */
interface Pass {
  /** What the first line is read with. */
  readonly context: ReadingContext;
  /** The line that was read last, or stands above the first one. */
  above: ScreenText | null;
  /** Where in a table the next line begins, as the one above tells. */
  after: PieceEnd | null;
  readonly joined: JoinedLines;
}

/** Text before the cursor that may become a value, or the rest of one. */
interface OpenText {
  readonly text: ScreenText;
  readonly start: number;
  readonly end: number;
  readonly strength: 'weak' | 'strong';
}

/**
 * Screen mode: the host paints by address. What was touched is looked at when a frame is over, each logical line with the lines
 * above it as context; and before cells with unseen text are lost.
 */
export class ScreenReader {
  readonly #state: StreamState;
  /** Offset of the last printed character: a candidate that ends there may still grow. */
  lastPrinted = -1;
  #hasWaited = false;
  readonly #panes: PaneReader;
  /** Values that were masked on the alternate screen. */
  readonly #known = new KnownValues();
  /** Some line was read since the whole screen was: those below it may read otherwise now. */
  #isBehind = false;

  constructor(state: StreamState) {
    this.#state = state;
    this.#panes = new PaneReader(state);
  }

  /** Looks at all rows that changed. */
  check(): void {
    this.#read(false);
  }

  /**
   * Some of this row is about to be lost: looks at its line, with the changed ones above it and those right below it.
   * A host that paints over its own text would cost the whole screen each time otherwise.
   */
  checkRow(row: Row): void {
    const { buffer } = this.#state.screen;
    const y = buffer.rows.indexOf(row);
    if (y < 0) return;
    let { first, last } = buffer.lineAround(y);
    const target = last;
    this.#noteTables();
    let above = this.#lineAbove(first);
    while (above !== null && (above.text.readIn === null || above.text.isOpenEnded)) {
      first = above.first;
      above = this.#lineAbove(first);
    }
    const pass = this.#begin(this.#state.context, above?.text ?? null);
    for (; first < buffer.height; first = last + 1) {
      last = this.#endOfLine(first);
      const text = this.#readLine(pass, first, last);
      // rows below that nobody has read yet may be read under this one: a header, and the rows of its table
      const isUnread = (buffer.rows[last + 1]?.unseen ?? 0) > 0;
      if (last >= target && text?.isOpenEnded !== true && !isUnread) break;
    }
    pass.joined.end();
    this.#isBehind = true;
  }

  /** A row leaves the screen at the top: the memory of what is above the screen gets it. */
  scrollOut(row: Row): void {
    const { screen } = this.#state;
    if (row.isTouched && row.unseen > 0) this.checkRow(row);
    if (row.isCommitted) return;
    const y = screen.buffer.rows.indexOf(row);
    if (y >= 0) this.#commit(y);
  }

  /** The stream is linear again: the rows above the cursor are what was printed before. */
  commitRowsAbove(): void {
    const { buffer } = this.#state.screen;
    const end = buffer.lineAround(buffer.y).first;
    for (let y = 0; y < end; ) y = this.#commit(y) + 1;
  }

  /** The logical line around row `y` goes to the memory; returns its last row. */
  #commit(y: number): number {
    const state = this.#state;
    const { buffer } = state.screen;
    const { first, last } = buffer.lineAround(y);
    if (!buffer.row(first).isCommitted)
      state.context = state.context.after(screenTextOf(buffer, first, last).text);
    for (let each = first; each <= last; each++) buffer.row(each).isCommitted = true;
    return last;
  }

  /** The frame is over; says what is still held of it. */
  settle(release: Release): Held | null {
    const { masker, output, screen } = this.#state;
    const open = this.#read(true);
    const held = open === null ? null : this.#decide(open, release);
    if (held === null) this.#hasWaited = false;
    this.#state.repaint();
    if (masker.hasDoubts && !screen.buffer.rows.some(row => row.hasDoubts)) masker.hasDoubts = false;
    return held !== null && held.from < output.end ? held : null;
  }

  #decide(open: OpenText, release: Release): Held | null {
    const { masker, output } = this.#state;
    const { text, start, end, strength } = open;
    const from = masker.firstPending(text, [start, end], output.end);
    if (release === 'hold' && from < output.end) return { from, strength };
    if (strength === 'strong') {
      if (release === 'echo' && !masker.isAnyMasked(text, start, end)) return null;
      masker.doubt(text, start, endOfWord(text.text, end));
      return null;
    }
    if (release === 'flush' && !this.#hasWaited && from < output.end && output.end - from <= MAX_WEAK_BYTES) {
      this.#hasWaited = true;
      return { from, strength };
    }
    return null;
  }

  /** The host stopped right behind what it printed last: half a value, perhaps. */
  #isGrowing(): boolean {
    const { buffer } = this.#state.screen;
    const row = buffer.row(buffer.y);
    const end = Math.min(buffer.x, row.cols) - 1;
    // parts that were put in their places in another order: the last one need not be the nearest
    for (let x = end; x >= 0 && end - x < MAX_PART_UNITS && !row.isEmptyAt(x); x--) {
      if (row.prov[x] === this.lastPrinted) return true;
      if (row.cp[x] === 0x20) return false;
    }
    return false;
  }

  /** The cursor went on to the right of what was printed last: what is missing between comes next, perhaps. */
  #isBehindGap(): boolean {
    const { buffer } = this.#state.screen;
    const row = buffer.row(buffer.y);
    let x = Math.min(buffer.x, row.cols) - 1;
    const from = x;
    while (x >= 0 && from - x < MAX_PART_UNITS && row.isEmptyAt(x)) x--;
    return x < from && row.prov[x] === this.lastPrinted;
  }

  /** What is open before the cursor; `found` is what is decided already. */
  #openBefore(
    end: number,
    line: { text: ScreenText; found: readonly Finding[]; detector: LineDetector },
  ): OpenText | null {
    const { text, found, detector } = line;
    const before = text.text.slice(0, end);
    const open = detector.openCandidate(before);
    const digits = open?.strength === 'strong' ? null : LONE_DIGITS.exec(before);
    const candidate: OpenCandidate | null =
      digits === null ? open : { start: end - (digits[1] ?? '').length, strength: 'strong' };
    if (candidate === null || found.some(({ start, end: last }) => start <= candidate.start && last >= end))
      return null;
    return { text, end, start: candidate.start, strength: candidate.strength };
  }

  /**
   * Reads the screen from top to bottom, each line with those above it as context; a line that did not change under lines that did
   * not change is passed over. At the end of a frame it says what is open at the cursor, and shows again what was doubted in other
   * lines.
   */
  #read(isFrameEnd: boolean): OpenText | null {
    const { screen, masker, context } = this.#state;
    const { buffer } = screen;
    const resolves = isFrameEnd && masker.hasDoubts;
    const isGrowing = isFrameEnd && this.#isGrowing();
    const isGapped = isFrameEnd && !isGrowing && this.#isBehindGap();
    if (!isGrowing && !isGapped && !resolves && !this.#isBehind && !buffer.rows.some(isTouched)) return null;
    this.#isBehind = false;
    this.#noteTables();
    let open: OpenText | null = null;
    const pass = this.#begin(context, null);
    for (let first = 0, last = 0; first < buffer.height; first = last + 1) {
      last = this.#endOfLine(first);
      const holdsCursor = first <= buffer.y && buffer.y <= last;
      const isDoubted = resolves && this.#hasDoubts(first, last);
      const isOpenLine = (isGrowing || isGapped) && holdsCursor;
      const text = this.#readLine(pass, first, last, isDoubted || isOpenLine);
      if (text === null) continue;
      if (isOpenLine && text.readIn !== null) open = this.#readOpen(text, text.readIn, isGapped);
      if (isDoubted && !holdsCursor) {
        masker.resolveDoubts(text, text.text.length);
        for (let y = first; y <= last; y++) buffer.row(y).hasDoubts = false;
      }
    }
    pass.joined.end();
    this.#panes.read(screen.isAlternate ? this.#known : null);
    return open;
  }

  #begin(context: ReadingContext, above: ScreenText | null): Pass {
    return { context, above, after: above?.piece?.end ?? null, joined: new JoinedLines(this.#state) };
  }

  /** Reads the line as a piece of a table that stands elsewhere, or above it in part. */
  #applyPiece(
    pass: Pass,
    text: ScreenText,
    { isGrowingTop, isAgain }: { isGrowingTop: boolean; isAgain: boolean },
  ): void {
    const { masker, screen, tables } = this.#state;
    const before = text.piece;
    const piece = readPiece(tables, text, { after: pass.after, isGrowingTop, cols: screen.cols });
    if (piece !== null && (isAgain || piece !== before)) {
      masker.apply(text, piece.findings);
      this.#note(screen.isAlternate ? this.#known : null, text, piece.findings);
    }
    pass.after = piece?.end ?? null;
  }

  /** Rules with a header above them: their columns stay known when a pager has painted over them. */
  #noteTables(): void {
    const { screen, tables } = this.#state;
    const { buffer } = screen;
    const isGrowing = this.#isGrowing();
    for (let y = 1; y < buffer.height; y++) {
      const row = buffer.row(y);
      if (row.isWrapped || !mayBeginRule(row.cp[0] ?? 0)) continue;
      const { first, last } = buffer.lineAround(y);
      const above = buffer.lineAround(first - 1);
      // what is being printed is not whole yet
      if (isGrowing && above.first <= buffer.y && buffer.y <= last) continue;
      const line = screenTextOf(buffer, first, last).text;
      if (ruleOf(line) !== null)
        tables.note(screenTextOf(buffer, above.first, above.last).text, line, screen.cols);
    }
  }

  #endOfLine(first: number): number {
    const { rows } = this.#state.screen.buffer;
    let last = first;
    while (rows[last + 1]?.isWrapped === true) last++;
    return last;
  }

  /** The line above row `first`, and where it begins; null at the top of the screen. */
  #lineAbove(first: number): { text: ScreenText; first: number } | null {
    if (first === 0) return null;
    const { buffer } = this.#state.screen;
    const line = buffer.lineAround(first - 1);
    return { text: screenTextOf(buffer, line.first, line.last), first: line.first };
  }

  /** Looks at one line, if it is new here or `isAgain`; null for one that the memory has as it is. */
  #readLine(pass: Pass, first: number, last: number, isAgain = false): ScreenText | null {
    const { screen, seenEnd } = this.#state;
    const { buffer } = screen;
    if (!isAgain && this.#isDone(first, last)) {
      pass.joined.end();
      pass.after = null;
      return null;
    }
    const context = contextUnder(pass);
    const text = screenTextOf(buffer, first, last);
    const line = text.text;
    const isNew = text.readIn !== context;
    if (line === '') {
      pass.joined.end();
      pass.after = null;
    } else {
      if (isNew || isAgain) this.#applyLine(text, context, isNew);
      this.#applyPiece(pass, text, {
        isGrowingTop: first === 0 && buffer.y <= last,
        isAgain: isNew || isAgain,
      });
      pass.joined.add(text, context, isNew);
    }
    text.readIn = context;
    pass.above = text;
    for (let y = first; y <= last; y++) buffer.row(y).markSeen(seenEnd);
    return text;
  }

  #applyLine(text: ScreenText, context: ReadingContext, isNew: boolean): void {
    const { masker, screen } = this.#state;
    const found = context.findings(text.text);
    masker.apply(text, found);
    const known = screen.isAlternate ? this.#known : null;
    this.#note(known, text, found);
    if (!isNew) return;
    const line = { text: text.text, isFull: text.mayBeCut, startsAtEdge: true };
    const cut = cutFindings(line, { detector: context.detector, known });
    masker.apply(text, cut);
    this.#note(known, text, cut);
  }

  /** Remembers values that may be shown again in part. */
  #note(known: KnownValues | null, text: ScreenText, findings: readonly Finding[]): void {
    const { masker } = this.#state;
    const end = text.text.length - (text.text.endsWith('>') ? 1 : 0);
    for (const finding of known === null ? [] : findings)
      if (masker.actionFor(finding) !== 'allow')
        known?.add(text.text.slice(finding.start, finding.end), text.isFull && finding.end >= end);
  }

  /** The line that the cursor stands in, right behind what was printed last. */
  #readOpen(text: ScreenText, context: ReadingContext, isGapped: boolean): OpenText | null {
    if (text.text === '') return null;
    const { masker, screen } = this.#state;
    const { buffer } = screen;
    const { detector } = context;
    masker.apply(text, detector.findings(text.text, false));
    const end = text.offsetOf(buffer.x, buffer.row(buffer.y));
    const line = { text, found: context.findings(text.text), detector };
    if (isGapped) {
      const open = this.#openBefore(text.text.slice(0, end).trimEnd().length, line);
      return open?.strength === 'strong' ? open : null;
    }
    return this.#openBefore(end, line) ?? this.#openBefore(this.#endOfRun(text, end), line);
  }

  /** Where the text ends that was printed in this frame right behind the cursor: a part may have come before the one on its left. */
  #endOfRun(text: ScreenText, from: number): number {
    const { output } = this.#state;
    const place = { row: null, x: 0, prov: -1 };
    let end = from;
    for (; end < text.text.length; end++) {
      text.locate(end, place);
      if (!output.isPending(place.prov)) break;
    }
    return end;
  }

  /** The memory has the line as it is. */
  #isDone(first: number, last: number): boolean {
    const { buffer } = this.#state.screen;
    for (let y = first; y <= last; y++) {
      const row = buffer.row(y);
      if (!row.isCommitted || row.isTouched) return false;
    }
    return true;
  }

  #hasDoubts(first: number, last: number): boolean {
    const { buffer } = this.#state.screen;
    for (let y = first; y <= last; y++) if (buffer.row(y).hasDoubts) return true;
    return false;
  }
}

/** What the next line is read with: the line above is committed only where another one follows. */
function contextUnder({ above, context }: Pass): ReadingContext {
  return above?.readIn?.after(above.text) ?? context;
}

const isTouched = (row: Row) => row.isTouched;

import type { Finding } from '../../../contract/redaction.ts';
import type { PrintedMask } from '../screen/printed-lines.ts';
import { applySgr } from '../screen/printed-lines.ts';
import type { Screen } from '../screen/screen.ts';
import { Params } from '../vt/params.ts';
import { Sgr } from '../vt/sgr.ts';
import type { TakenLines } from '../line-detector.ts';
import { mayGoOn } from './continuations.ts';
import { dumpRowOf, mayBeDumpRow } from './hex-dump.ts';
import { PrintedText } from './printed-text.ts';
import type { StreamState } from './state.ts';
import { mayBeWrapped, mayFillCell } from './wrapped-cells.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ESCAPE = 0x1b;
const BRACKET = 0x5b;
const SGR_FINAL = 0x6d;
const SPACE = 0x20;

/** Longer lines take the long way. */
const MAX_CELLS = 2048;

interface ScannedLine {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly at: number;
  readonly end: number;
  readonly wasTried: boolean;
}

/**
 * The short way of most output: whole lines of ASCII with colours in them, printed below each other at its
 * bottom. They are read by the detector, values are masked in the output, and the shadow screen writes the lines down when it is asked for
 * them. Everything else, and each line that may go on in the next one, takes the long way and is equal to this one where both could be taken.
 */
export class FastLines {
  readonly #state: StreamState;
  readonly #params = new Params();
  readonly #sgr = new Sgr();
  /** Of the line that was scanned last: its text, and whether there are sequences in it. */
  #units = new Uint16Array(MAX_CELLS);
  /** Those of the line that passed last: they are still needed. */
  #passedUnits = new Uint16Array(MAX_CELLS);
  #cells = 0;
  #hasSgr = false;
  /** Characters of values in the lines that are taken together. */
  #masks: PrintedMask[] = [];

  constructor(state: StreamState) {
    this.#state = state;
  }

  /** Takes whole lines from `from` on, as many as there are; returns where it stopped. The parser must be between two characters. */
  take(bytes: Uint8Array, from: number): number {
    if (!this.canBegin) return from;
    const state = this.#state;
    const { screen, output } = state;
    const { cols } = screen;
    const { fg, bg, flags } = screen.sgr;
    let at = from;
    let count = 0;
    this.#masks = [];
    for (;;) {
      const taken = state.takeLines(bytes, at);
      if (taken !== null) {
        count += taken.rows;
        this.#follow(bytes, at, taken);
        at = taken.end;
      }
      const end = this.#scan(bytes, at);
      if (end < 0 || !this.#read({ bytes, from, at, end, wasTried: taken !== null })) break;
      at = end;
      count += Math.max(1, Math.ceil(this.#cells / cols));
    }
    if (count === 0) return from;
    const prov = output.end;
    output.appendRange(bytes, from, at);
    const masks = this.#masks;
    screen.buffer.scrollPrinted({
      bytes: bytes.subarray(from, at),
      count,
      prov,
      sgr: { fg, bg, flags },
      masks,
    });
    screen.joinWidth = 0;
    return at;
  }

  /** The cursor stands in an empty line at the bottom of the main screen, and nothing changes what characters do. */
  get canBegin(): boolean {
    const { line, screen } = this.#state;
    if (!line.isEmpty || !line.isPlain || !isPlain(screen) || screen.sgr.bg !== 0) return false;
    const { buffer } = screen;
    if (buffer.x !== 0 || buffer.y !== buffer.height - 1 || buffer.top !== 0 || buffer.bottom !== buffer.y)
      return false;
    const row = buffer.row(buffer.y);
    return row.used === 0 && !row.isWrapped && row.bg[0] === 0 && row.bg[buffer.cols - 1] === 0;
  }

  /** Applies the sequences of lines that were taken from `from` on: those that matter, which are few. */
  #follow(bytes: Uint8Array, from: number, { lastReset, lastSgr }: TakenLines): void {
    if (lastSgr < 0) return;
    const { sgr } = this.#state.screen;
    const start = lastReset < 0 ? from : lastReset;
    for (let i = bytes.indexOf(ESCAPE, start); i >= 0 && i <= lastSgr; i = bytes.indexOf(ESCAPE, i + 1))
      applySgr(bytes, i, { sgr, params: this.#params });
  }

  /** Offset behind the line that begins at `at`; -1 where it is not whole, or must take the long way. */
  #scan(bytes: Uint8Array, at: number): number {
    const { cols } = this.#state.screen;
    const units = this.#units;
    const { length } = bytes;
    let cells = 0;
    this.#hasSgr = false;
    for (let i = at; i < length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte >= 0x20 && byte < 0x7f) {
        if (cells >= MAX_CELLS) return -1;
        units[cells++] = byte;
      } else if (byte === CARRIAGE_RETURN) {
        this.#cells = cells;
        // what fills its last row may go on in the next line
        if (cells > 0 && cells % cols === 0) return -1;
        return bytes[i + 1] === LINE_FEED ? i + 2 : -1;
      } else {
        if (byte !== ESCAPE || bytes[i + 1] !== BRACKET) return -1;
        i += 2;
        while (i < length && (bytes[i] ?? 0) >= 0x30 && (bytes[i] ?? 0) < 0x3c) i++;
        if (bytes[i] !== SGR_FINAL) return -1;
        this.#hasSgr = true;
      }
    }
    return -1;
  }

  /**
   * Reads the line that was scanned, and masks what is in it; false where it may go on in the next one, or would colour that. `from`: where the
   * lines began that are taken together. `wasTried`: it did not pass without its sequences' being looked at.
   */
  #read({ bytes, from, at, end, wasTried }: ScannedLine): boolean {
    const state = this.#state;
    const { sgr, cols } = state.screen;
    if (this.#hasSgr && !this.#readSgr(bytes, at, end)) return false;
    const units = this.#units;
    if (!(wasTried && !this.#hasSgr) && state.passes(units, this.#cells)) {
      this.#units = this.#passedUnits;
      this.#passedUnits = units;
    } else {
      // apply takes any array-like; the declaration knows arrays only
      const text: string = String.fromCharCode.apply(
        null,
        this.#units.subarray(0, this.#cells) as unknown as number[],
      );
      const found = state.detector.findings(text, true);
      if (mayGoOn(text, cols) || (found.length > 0 && isInRow(text, cols))) return false;
      if (found.length > 0) {
        const prov = state.output.end + at - from;
        this.#mask(new PrintedText(text, prov, this.#hasSgr ? bytes.subarray(at, end) : null), found);
      }
      state.commit(text);
    }
    if (this.#hasSgr) sgr.copy(this.#sgr);
    return true;
  }

  /** What the line's sequences lead to; false where it leaves a background behind. */
  #readSgr(bytes: Uint8Array, at: number, end: number): boolean {
    const { sgr, cols } = this.#state.screen;
    this.#sgr.copy(sgr);
    for (let i = at; i < end; i++) {
      if (bytes[i] !== ESCAPE) continue;
      i = applySgr(bytes, i, { sgr: this.#sgr, params: this.#params });
      // rows that a wrap opens take the background
      if (this.#sgr.bg !== 0 && this.#cells > cols) return false;
    }
    return this.#sgr.bg === 0;
  }

  #mask(text: PrintedText, found: readonly Finding[]): void {
    const { masker, output } = this.#state;
    masker.apply(text, found);
    for (const finding of found) {
      if (masker.actionFor(finding) === 'allow') continue;
      for (let i = finding.start; i < finding.end; i++) {
        const prov = text.provOf(i);
        const glyph = output.glyphAt(prov);
        if (glyph !== 0 || text.text.charCodeAt(i) !== SPACE) this.#masks.push({ prov, glyph });
      }
    }
  }
}

/** With a value in it, a row of a dump is read in both its halves, and a row of a table with the rows that its cells may go on in. */
function isInRow(text: string, cols: number): boolean {
  return (mayBeDumpRow(text) && dumpRowOf(text) !== null) || mayBeWrapped(text) || mayFillCell(text, cols);
}

/** No mode and no character set changes what printing does, and it is the main screen. */
function isPlain(screen: Screen): boolean {
  const { charset, isInsertMode, isOriginMode, isAutoWrap, isNewLineMode, hasOverrun } = screen;
  return (
    charset === null &&
    !isInsertMode &&
    !isOriginMode &&
    isAutoWrap &&
    !isNewLineMode &&
    !hasOverrun &&
    screen.buffer === screen.main
  );
}

import type { ScreenBuffer } from '../screen/buffer.ts';
import type { Row } from '../screen/row.ts';
import { continuedFindings } from './continuations.ts';
import { cutFindings } from './cut-values.ts';
import type { KnownValues } from './known-values.ts';
import type { LocatedText, Place } from './located-text.ts';
import type { Pane } from './panes.ts';
import { PaneFinder } from './panes.ts';
import type { ReadingContext } from './reading-context.ts';
import { readRow } from './screen-text.ts';
import { createDumpReader } from './hex-dump.ts';
import { SpannedText } from './spanned-text.ts';
import type { StreamState } from './state.ts';
import { MAX_ROW_LINES, mayBeWrapped } from './wrapped-cells.ts';

/** A value does not go over more rows. */
const MAX_ROWS = 5;

/**
 * Reads the panes of a split screen, each as a screen of its own: tables and keys in it are not mixed with what stands beside, and
 * values go on in the next row of the same pane. It may only add masks.
 */
export class PaneReader {
  readonly #state: StreamState;
  readonly #rowOf = createDumpReader();
  readonly #finder = new PaneFinder();
  readonly #texts = new WeakMap<Row, PaneText[]>();

  constructor(state: StreamState) {
    this.#state = state;
  }

  read(known: KnownValues | null): void {
    const { buffer } = this.#state.screen;
    for (const pane of this.#finder.panesOf(buffer)) this.#readPane(buffer, pane, known);
  }

  #readPane(buffer: ScreenBuffer, pane: Pane, known: KnownValues | null): void {
    const { fresh, masker } = this.#state;
    const find = (text: string) => fresh.findings(text, true);
    let context = this.#state.freshContext;
    let lines: PaneText[] = [];
    for (let y = pane.top; y < pane.bottom; y++) {
      const text = this.#textOf(buffer, buffer.row(y), pane);
      if (text.text === '') {
        lines = [];
        continue;
      }
      const isNew = text.readIn !== context;
      text.readIn = context;
      lines = [...lines.slice(1 - (mayBeWrapped(text.text) ? MAX_ROW_LINES : MAX_ROWS)), text];
      if (isNew) {
        masker.apply(text, context.findings(text.text));
        const line = { text: text.text, isFull: text.isFull, startsAtEdge: true };
        masker.apply(text, cutFindings(line, { detector: context.detector, known }));
      }
      if (lines.some(line => line.isFresh || isNew))
        for (const { finding, spans } of continuedFindings(lines, {
          find,
          rowOf: this.#rowOf,
          joinsAtEdge: true,
        })) {
          const located = new SpannedText(
            spans.flatMap(({ line, start, end }) => {
              const part = lines[line];
              return part === undefined ? [] : [{ text: part, start, end }];
            }),
          );
          masker.apply(located, [{ ...finding, start: 0, end: located.text.length }]);
        }
      text.isFresh = isNew;
      context = context.after(text.text);
    }
  }

  #textOf(buffer: ScreenBuffer, row: Row, { left, right }: Pane): PaneText {
    const texts = this.#texts.get(row)?.filter(each => each.version === row.version) ?? [];
    const known = texts.find(each => each.left === left && each.right === right);
    if (known !== undefined) return known;
    const text = new PaneText(buffer, row, left, right);
    this.#texts.set(row, [...texts, text]);
    return text;
  }
}

/** One row of a pane. */
class PaneText implements LocatedText {
  readonly text: string;
  readonly version: number;
  /** The text reaches the pane's right edge. */
  readonly isFull: boolean;
  readonly left: number;
  readonly right: number;
  readonly #row: Row;
  readonly #xs: number[] = [];
  readIn: ReadingContext | null = null;
  /** It changed since the screen was read last. */
  isFresh = true;

  constructor(buffer: ScreenBuffer, row: Row, left: number, right: number) {
    this.version = row.version;
    this.left = left;
    this.right = right;
    this.#row = row;
    const end = Math.min(right, row.trimmedLength);
    this.text = readRow(buffer, row, { from: left, end, xs: this.#xs }).trimEnd();
    const last = right - 1;
    this.isFull = end === right && (!row.isEmptyAt(last) || row.width[last] === 0) && row.cp[last] !== 0x20;
  }

  locate(i: number, place: Place): void {
    const x = this.#xs[i] ?? 0;
    place.row = this.#row;
    place.x = x;
    place.prov = this.#row.prov[x] ?? -1;
  }
}

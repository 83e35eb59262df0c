import type { Finding, MaskMark, RedactionAction } from '../../../contract/redaction.ts';
import { evidenceOf } from '../evidence.ts';
import { maskGlyph, maskOf } from '../mask.ts';
import type { RedactorOptions } from '../redactor.ts';
import { COUNTED, DOUBTED } from '../screen/row.ts';
import type { Row } from '../screen/row.ts';
import { widthOf } from '../vt/width.ts';
import type { KeptCells } from './kept-cells.ts';
import { isCurrent } from './located-text.ts';
import type { LocatedText, Place } from './located-text.ts';
import type { PendingOutput } from './output.ts';

/** A cell whose bytes were sent before it was known what to show in it. */
export interface Repaint {
  readonly row: Row;
  readonly x: number;
}

/**
 * Turns findings into masks: in place where the bytes are still held, else as cells to paint again. Counts each value once.
 */
export class Masker {
  readonly #options: RedactorOptions;
  readonly #output: PendingOutput;
  readonly #place: Place = { row: null, x: 0, prov: -1 };
  #repaints: Repaint[] = [];
  /** Values that were found; `lastByte` is where the output has the last of their masks that was not sent when they were. */
  #marks: { mark: MaskMark; valueKey: string | null; lastByte: number }[] = [];
  #blocks: MaskMark[] = [];
  readonly #kept: KeptCells | null;
  /** Some cell may be masked on a doubt. */
  hasDoubts = false;

  constructor(options: RedactorOptions, output: PendingOutput, kept: KeptCells | null) {
    this.#options = options;
    this.#kept = kept;
    this.#output = output;
  }

  takeRepaints(): Repaint[] {
    if (this.#repaints.length === 0) return this.#repaints;
    const repaints = this.#repaints;
    this.#repaints = [];
    return repaints;
  }

  /** Tells the owner of the values whose masks were sent since the last call, and at once of what is to be blocked. */
  report(): void {
    if (this.#marks.length === 0) return;
    const isSent = ({ lastByte }: { lastByte: number }) => !this.#output.isPending(lastByte);
    const sent = this.#marks.filter(isSent);
    this.#marks = this.#marks.filter(each => !isSent(each));
    const blocks = this.#blocks;
    this.#blocks = [];
    for (const { mark, valueKey } of sent) this.#options.onMask(mark, valueKey);
    for (const mark of blocks) this.#options.onBlock(mark);
  }

  actionFor(finding: Finding): RedactionAction {
    const { policy } = this.#options;
    return policy.entities[finding.entity] ?? policy.default;
  }

  /** A value in a control string: its text with the values masked; null where nothing was found. */
  maskText(text: string, findings: readonly Finding[]): string | null {
    let masked = '';
    let from = 0;
    for (const finding of findings) {
      const action = this.actionFor(finding);
      if (action === 'allow' || finding.start < from) continue;
      const value = text.slice(finding.start, finding.end);
      // ASCII only: a link's URI stays a URI
      masked += text.slice(from, finding.start) + value.replaceAll(/[\p{L}\p{N}]/gu, '*');
      from = finding.end;
      this.#count(finding, { action, cells: [...value].length, token: null, value, lastByte: -1 });
    }
    return from === 0 ? null : masked + text.slice(from);
  }

  /** Masks findings; `until` leaves those that reach past it to a later look. */
  apply(text: LocatedText, findings: readonly Finding[], until = Infinity): void {
    for (const finding of findings) {
      if (finding.end > until) continue;
      const action = this.actionFor(finding);
      if (action !== 'allow') this.#mask(text, finding, action);
    }
  }

  #mask(located: LocatedText, finding: Finding, action: RedactionAction): void {
    const { text } = located;
    const codePoints: number[] = [];
    const offsets: number[] = [];
    for (let i = finding.start; i < finding.end; i++) {
      const cp = text.codePointAt(i) ?? 0;
      codePoints.push(cp);
      offsets.push(i);
      if (cp > 0xffff) i++;
    }
    const { entity } = finding;
    const { glyphs, token } = maskOf({ entity, action, codePoints, tokenOf: this.#options.tokenOf });
    let isNew = true;
    let cells = 0;
    let lastByte = -1;
    for (let k = 0; k < codePoints.length; k++) {
      const glyph = glyphs[k] ?? 0;
      if (glyph === 0 && codePoints[k] === 0x20) continue;
      located.locate(offsets[k] ?? 0, this.#place);
      if (this.#isCounted()) isNew = false;
      lastByte = Math.max(lastByte, this.#place.prov);
      cells += widthOf(codePoints[k] ?? 0);
      this.#show(glyph, widthOf(codePoints[k] ?? 0) === 0);
    }
    if (isNew && cells > 0) {
      const value = text.slice(finding.start, finding.end);
      this.#count(finding, { action, cells, token, value, lastByte });
    }
  }

  #isCounted(): boolean {
    const { row, x, prov } = this.#place;
    if (row !== null && isCurrent(this.#place) && (row.marks[x] ?? 0) & COUNTED) return true;
    return this.#output.isPending(prov) && this.#output.isReplaced(prov);
  }

  #count(
    finding: Finding,
    {
      action,
      cells,
      token,
      value,
      lastByte,
    }: { action: RedactionAction; cells: number; token: string | null; value: string; lastByte: number },
  ): void {
    const { entity, rule, score } = finding;
    const evidence = evidenceOf(finding);
    const mark: MaskMark = {
      entity,
      rule,
      action,
      score,
      cells,
      evidence,
      ...(token === null ? {} : { token }),
    };
    // However it is written: one card is one value, with spaces or without.
    const valueKey = this.#options.keyOf?.(significant(value)) ?? null;
    this.#marks.push({ mark, valueKey, lastByte });
    if (action === 'block') this.#blocks.push(mark);
  }

  /** Shows `glyph` (0: the character itself) at the current place. */
  #show(glyph: number, isAccent: boolean): void {
    const { row, x, prov } = this.#place;
    const isPending = this.#output.isPending(prov);
    if (row === null || !isCurrent(this.#place)) {
      if (!isPending) return;
      if (glyph !== 0) this.#output.replace(prov, isAccent ? 0 : glyph);
      return;
    }
    row.marks[x] = ((row.marks[x] ?? 0) & ~DOUBTED) | COUNTED;
    row.hasMarks = true;
    if (isAccent) return this.#hideAccents(row, x);
    if (isPending) {
      if (glyph !== 0) this.#output.replace(prov, glyph);
      else this.#output.restore(prov);
    } else if (row.shown[x] !== glyph) this.#repaints.push({ row, x });
    row.shown[x] = glyph;
    if (glyph === 0) return;
    this.#hideAccents(row, x);
    this.#kept?.hide(row, x);
  }

  /** A masked cell loses its accents: pending ones are linked to the character, sent ones go with the repaint. */
  #hideAccents(row: Row, x: number): void {
    const prov = row.prov[x] ?? -1;
    if (row.combined?.has(x) && this.#output.isPending(prov)) this.#output.maskAccents(prov);
  }

  /** Masks units on a doubt: the cells may be shown again when the doubt is over. */
  doubt(located: LocatedText, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const cp = located.text.codePointAt(i) ?? 0;
      located.locate(i, this.#place);
      if (cp > 0xffff) i++;
      const glyph = maskGlyph(cp);
      if (glyph === 0) continue;
      const { row, x, prov } = this.#place;
      const isPending = this.#output.isPending(prov);
      if (row === null || !isCurrent(this.#place)) {
        if (isPending) this.#output.replace(prov, glyph);
        continue;
      }
      if (row.shown[x] !== 0) continue;
      row.marks[x] = (row.marks[x] ?? 0) | DOUBTED;
      row.shown[x] = glyph;
      row.hasMarks = true;
      row.hasDoubts = true;
      this.hasDoubts = true;
      this.#kept?.hide(row, x);
      if (isPending) this.#output.replace(prov, glyph);
      else this.#repaints.push({ row, x });
    }
  }

  /** Shows the doubted cells of `[0, end)` that no finding covers: they were not part of a value after all. */
  resolveDoubts(located: LocatedText, end: number): void {
    if (!this.hasDoubts) return;
    for (let i = 0; i < end; i++) {
      located.locate(i, this.#place);
      const { row, x, prov } = this.#place;
      if (row === null || !isCurrent(this.#place) || !((row.marks[x] ?? 0) & DOUBTED)) continue;
      row.marks[x] = (row.marks[x] ?? 0) & ~DOUBTED;
      row.shown[x] = 0;
      if (this.#output.isPending(prov)) this.#output.restore(prov);
      else this.#repaints.push({ row, x });
    }
  }

  /** Whether some of the units are masked on the screen. */
  isAnyMasked(located: LocatedText, start: number, end: number): boolean {
    for (let i = start; i < end; i++) {
      located.locate(i, this.#place);
      if (isCurrent(this.#place) && this.#place.row?.shown[this.#place.x]) return true;
    }
    return false;
  }

  /** Offset of the first pending byte that units `[start, end)` came from; `otherwise` where all were sent. */
  firstPending(located: LocatedText, [start, end]: readonly [number, number], otherwise: number): number {
    let first = otherwise;
    for (let i = start; i < end; i++) {
      located.locate(i, this.#place);
      const { prov } = this.#place;
      if (this.#output.isPending(prov)) first = Math.min(first, this.#output.oldestUnder(prov));
    }
    return first;
  }
}

/** Letters and digits, in small letters. */
function significant(value: string): string {
  const lower = value.toLowerCase();
  // most values are ASCII, for which the classes of Unicode need not be asked
  return /^[\0-\x7f]*$/.test(lower) ? lower.replace(/[^a-z0-9]+/g, '') : lower.replace(/[^\p{L}\p{N}]/gu, '');
}

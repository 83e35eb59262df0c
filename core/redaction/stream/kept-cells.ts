import type { Row } from '../screen/row.ts';
import type { PendingOutput } from './output.ts';

/** A line that is typed has fewer characters, and redisplays of it not many times more; the oldest are forgotten first. */
const MAX_KEPT = 65_536;

/**
 * What was printed while the operator types: every character of every cell, also of those that were erased or overwritten since. When a
 * cell turns out to be part of a value, all of them are hidden in what a recording still holds back.
 */
export class KeptCells {
  readonly #output: PendingOutput;
  readonly #onLateMask: (offset: number) => void;
  #cells = new WeakMap<Row, Map<number, number[]>>();
  #count = 0;

  constructor(output: PendingOutput, onLateMask: (offset: number) => void) {
    this.#output = output;
    this.#onLateMask = onLateMask;
  }

  forget(): void {
    if (this.#count > 0) this.#cells = new WeakMap();
    this.#count = 0;
  }

  /** Cells `[from, to)` are about to be lost. */
  keep(row: Row, from: number, to: number): void {
    const { keptFrom } = this.#output;
    if (row.newest < keptFrom || this.#count > MAX_KEPT) return;
    for (let x = from; x < Math.min(to, row.used); x++) {
      const prov = row.prov[x] ?? -1;
      if (prov < keptFrom || row.isEmptyAt(x)) continue;
      let cells = this.#cells.get(row);
      if (cells === undefined) this.#cells.set(row, (cells = new Map<number, number[]>()));
      cells.set(x, [...(cells.get(x) ?? []), prov]);
      this.#count++;
    }
  }

  /** The cell is masked: hides what was sent for it. */
  hide(row: Row, x: number): void {
    this.#hide(row.prov[x] ?? -1);
    for (const prov of this.#cells.get(row)?.get(x) ?? []) this.#hide(prov);
  }

  #hide(prov: number): void {
    const offset = this.#output.sentAt(prov);
    if (offset !== null) this.#onLateMask(offset);
  }
}

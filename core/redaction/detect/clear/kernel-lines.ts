import type { KernelUser, LineKernel } from '../../kernel/line-kernel.ts';
import type { TakenLines } from '../../line-detector.ts';
import type { Table } from '../../structure/table.ts';
import { VoteTally } from '../../structure/vote-tally.ts';
import type { ShortWay } from './plain-lines.ts';

/** Reads lines with the kernel: the same as `PlainLines`, which see. */
export class KernelLines implements ShortWay, KernelUser {
  readonly #kernel: LineKernel;
  readonly #tally = new VoteTally();
  #previous = '';
  /** What was read last is in the kernel. */
  #isThere = false;
  isOpen = false;

  constructor(kernel: LineKernel) {
    this.#kernel = kernel;
  }

  begin(table: Table): boolean {
    this.leave();
    return this.#tally.begin(table);
  }

  take(codes: Uint16Array, length: number): boolean {
    this.#enter();
    if (!this.#kernel.takeLine(codes, length)) return false;
    this.isOpen = true;
    return true;
  }

  takeLines(bytes: Uint8Array, from: number, cols: number): TakenLines {
    this.#enter();
    const taken = this.#kernel.takeLines(bytes, from, cols);
    if (taken.end > from) this.isOpen = true;
    return taken;
  }

  takeMemory(): { readonly table: Table; readonly previous: string } {
    this.leave();
    this.isOpen = false;
    return { table: this.#tally.table, previous: this.#previous };
  }

  #enter(): void {
    this.#kernel.claim(this, () => this.#tally.counts);
    this.#isThere = true;
  }

  leave(): void {
    if (!this.#isThere) return;
    this.#isThere = false;
    this.#tally.counts = this.#kernel.counts;
    if (this.isOpen) this.#previous = this.#kernel.passedLine;
    this.#kernel.release();
  }
}

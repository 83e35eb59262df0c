/** The cell was passed over by a tab: empty on the screen, a tab in the text. */
export const TAB_CELL = 9;

/** Cell marks. */
export const COUNTED = 1;
/** Masked on a doubt (the open candidate), not on a finding. */
export const DOUBTED = 2;

/** Never written by bytes that are still held: the cell is empty, or what shows was sent long ago. */
export const NO_PROVENANCE = -1;

/**
 * One row of the shadow screen: what the host wrote (`cp`), what the terminal was given instead (`shown`), and which bytes of
 * the output wrote it (`prov`, an offset from the start of the output stream). Rows are objects so that scrolling moves them.
 */
export class Row {
  /** Code point; 0 is empty, TAB_CELL is empty too. The second half of a wide cell has cp 0 and width 0. */
  cp: Uint32Array;
  width: Uint8Array;
  fg: Uint32Array;
  bg: Uint32Array;
  flags: Uint16Array;
  prov: Float64Array;
  /** The mask that the terminal shows in this cell; 0 where it shows the cell as it is. */
  shown: Uint32Array;
  marks: Uint8Array;
  /** Code points that combine with a cell's, by column. */
  combined: Map<number, string> | null = null;
  /** The row continues the one above by the terminal's own wrap. */
  isWrapped = false;
  /** Every cell is one column, one UTF-16 unit: text offset and column are the same. */
  isSimple = true;
  /** Some cell has `shown` or `marks`. */
  hasMarks = false;
  /** The highest `prov` ever written: below what was sent, no cell is pending. */
  newest = NO_PROVENANCE;
  /** Characters printed since the row was last looked at; those from offset `seenUntil` of the output on. */
  unseen = 0;
  seenUntil = 0;
  /** The row was changed since the last evaluation of the screen. */
  isTouched = false;
  /** Counts the changes of the row's text. */
  version = 0;
  /** What was read of the logical line that begins in this row, and may still be good. */
  reading: object | null = null;
  /** Some cell may have the mark `DOUBTED`. */
  hasDoubts = false;
  /** The detector's memory has this row. */
  isCommitted = false;
  /** No cell from here on was ever written since the row was cleared. */
  used = 0;

  constructor(cols: number) {
    this.cp = new Uint32Array(cols);
    this.width = new Uint8Array(cols).fill(1);
    this.fg = new Uint32Array(cols);
    this.bg = new Uint32Array(cols);
    this.flags = new Uint16Array(cols);
    this.prov = new Float64Array(cols).fill(NO_PROVENANCE);
    this.shown = new Uint32Array(cols);
    this.marks = new Uint8Array(cols);
  }

  get cols(): number {
    return this.cp.length;
  }

  /** Empties the whole row, as a new line is. */
  clear(bg: number): void {
    const { used } = this;
    this.cp.fill(0, 0, used);
    this.width.fill(1, 0, used);
    this.flags.fill(0, 0, used);
    this.fg.fill(0, 0, used);
    this.prov.fill(NO_PROVENANCE, 0, used);
    this.bg.fill(bg);
    if (this.hasMarks) {
      this.shown.fill(0);
      this.marks.fill(0);
    }
    this.combined = null;
    this.isWrapped = false;
    this.isSimple = true;
    this.hasMarks = false;
    this.newest = NO_PROVENANCE;
    this.hasDoubts = false;
    this.unseen = 0;
    this.touch();
    this.isCommitted = false;
    this.used = 0;
  }

  /** The row's text changed. */
  touch(): void {
    this.isTouched = true;
    this.version++;
  }

  /** The row's place or width is another one: it is looked at again, but for one whose text the detector's memory has. */
  moved(): void {
    if (!this.isCommitted) this.isTouched = true;
    this.version++;
  }

  /** One cell empty, with a background. */
  clearCell(x: number, bg: number): void {
    this.cp[x] = 0;
    this.width[x] = 1;
    this.fg[x] = 0;
    this.bg[x] = bg;
    this.flags[x] = 0;
    this.prov[x] = NO_PROVENANCE;
    this.shown[x] = 0;
    this.marks[x] = 0;
    this.combined?.delete(x);
  }

  /** Cells empty, with a background. */
  clearCells(from: number, to: number, bg: number): void {
    this.bg.fill(bg, from, to);
    const end = Math.min(to, this.used);
    if (from >= end) return;
    this.cp.fill(0, from, end);
    this.width.fill(1, from, end);
    this.fg.fill(0, from, end);
    this.flags.fill(0, from, end);
    this.prov.fill(NO_PROVENANCE, from, end);
    if (this.hasMarks) {
      this.shown.fill(0, from, end);
      this.marks.fill(0, from, end);
    }
    if (this.combined !== null) for (let x = from; x < end; x++) this.combined.delete(x);
  }

  isEmptyAt(x: number): boolean {
    const cp = this.cp[x];
    return cp === 0 || cp === TAB_CELL;
  }

  /** Moves cells within the row; what they leave behind is not cleared. */
  moveCells(from: number, to: number, count: number): void {
    for (const cells of [
      this.cp,
      this.width,
      this.fg,
      this.bg,
      this.flags,
      this.prov,
      this.shown,
      this.marks,
    ])
      cells.copyWithin(to, from, from + count);
    if (this.combined !== null) {
      const moved = new Map<number, string>();
      for (const [x, text] of this.combined) if (x < Math.min(from, to)) moved.set(x, text);
      for (const [x, text] of this.combined)
        if (x >= from && x < from + count) moved.set(x - from + to, text);
      this.combined = moved;
    }
    this.used = this.cols;
  }

  /** Copies cells of another row over this one's. */
  copyCells(source: Row, from: number, to: number, count: number): void {
    this.cp.set(source.cp.subarray(from, from + count), to);
    this.width.set(source.width.subarray(from, from + count), to);
    this.fg.set(source.fg.subarray(from, from + count), to);
    this.bg.set(source.bg.subarray(from, from + count), to);
    this.flags.set(source.flags.subarray(from, from + count), to);
    this.prov.set(source.prov.subarray(from, from + count), to);
    this.shown.set(source.shown.subarray(from, from + count), to);
    this.marks.set(source.marks.subarray(from, from + count), to);
    if (source.combined !== null) {
      const texts = [...source.combined].filter(([x]) => x >= from && x < from + count);
      if (texts.length > 0 && this.combined === null) this.combined = new Map();
      for (const [x, text] of texts) this.combined?.set(x - from + to, text);
    }
    this.isSimple &&= source.isSimple;
    this.hasMarks ||= source.hasMarks;
    this.hasDoubts ||= source.hasDoubts;
    this.newest = Math.max(this.newest, source.newest);
    this.used = this.cols;
  }

  /** The row was looked at, up to the byte at `end`. */
  markSeen(end: number): void {
    this.isTouched = false;
    this.unseen = 0;
    this.seenUntil = end;
  }

  /** A copy with another number of columns; cells past it are lost, new ones are empty. */
  resized(cols: number): Row {
    const row = new Row(cols);
    row.copyCells(this, 0, 0, Math.min(cols, this.cols));
    row.isWrapped = this.isWrapped;
    row.isCommitted = this.isCommitted;
    row.used = Math.min(this.used, cols);
    return row;
  }

  /** Columns up to and with the last one that has content. */
  get trimmedLength(): number {
    for (let x = Math.min(this.used, this.cols) - 1; x >= 0; x--)
      if (!this.isEmptyAt(x)) return x + (this.width[x] ?? 1);
    return 0;
  }

  get isBlank(): boolean {
    return this.trimmedLength === 0;
  }
}

import type { Row } from '../screen/row.ts';
import type { AsciiPiece, ScreenWatcher } from '../screen/screen.ts';
import type { LineReader } from './line-reader.ts';
import type { ScreenReader } from './screen-reader.ts';
import type { StreamState } from './state.ts';
import { isTextAt, MAX_LINE_UNITS } from './stream-line.ts';

/** Each look costs a row: with every character, a host that prints over its own text would cost a row per byte. */
const MIN_UNSEEN = 4;

interface Connected {
  readonly state: StreamState;
  readonly lines: LineReader;
  readonly frames: ScreenReader;
}

/**
 * Follows what happens to the cells: keeps the stream of the line, and has text looked at before it is lost. It never paints:
 * the cursor is in the middle of something.
 */
export class CellWatcher implements ScreenWatcher {
  #connected: Connected | null = null;
  isScreenMode = false;
  /** The run that is about to be printed goes over text that was not sent yet. */
  #goesOver = false;

  /** The screen needs its watcher first, and the readers need the screen. */
  connect(state: StreamState, lines: LineReader, frames: ScreenReader): void {
    this.#connected = { state, lines, frames };
  }

  get #parts(): Connected {
    if (this.#connected === null) throw new Error('the cell watcher is used before it is connected');
    return this.#connected;
  }

  wroteAscii(row: Row, x: number, piece: AsciiPiece): void {
    const { line } = this.#parts.state;
    this.#beforeText(row, x, piece.count);
    if (this.#isOnScreenOnly()) return line.passOver(row, x + piece.count);
    const room = MAX_LINE_UNITS - line.length;
    if (piece.count <= room) return line.addAscii(row, x, piece);
    // cut at the same place however the line was split
    const { bytes, at, count, prov } = piece;
    if (room > 0) line.addAscii(row, x, { bytes, at, count: room, prov });
    this.#cutLine();
    const rest = { bytes, at: at + room, count: count - room, prov: prov + room };
    line.addAscii(row, x + room, rest);
  }

  wroteOne(row: Row, x: number, cp: number, prov: number): void {
    const { line, output, screen } = this.#parts.state;
    const width = screen.buffer.x - x;
    const base = row.prov[x] ?? -1;
    if (base !== prov) {
      if (output.isPending(base)) output.linkAccent(base, prov);
      if (row.shown[x]) output.replace(prov, 0);
    } else this.#beforeText(row, x, width);
    if (this.#isOnScreenOnly()) return line.passOver(row, x + width);
    if (line.length >= MAX_LINE_UNITS - 1) this.#cutLine();
    line.addOne(row, { x, width, prov }, cp);
  }

  tabbed(row: Row, x: number, to: number): void {
    const { line } = this.#parts.state;
    if (!line.isEmpty && !line.continuesAt(row, x)) return;
    this.#beforeText(row, x, 1);
    if (this.#isOnScreenOnly()) return line.passOver(row, to);
    if (line.length >= MAX_LINE_UNITS) this.#cutLine();
    line.addTab(row, to);
  }

  /** Text that goes over nothing is read on the screen; its stream would tell nothing more. */
  #isOnScreenOnly(): boolean {
    const { line, screen } = this.#parts.state;
    return this.isScreenMode && line.isEmpty && !line.isOverwriting && !screen.hasOverrun;
  }

  #beforeText(row: Row, x: number, count: number): void {
    const { line, screen } = this.#parts.state;
    const isStart = line.length === line.base && line.isPlain;
    if (isStart && (x !== 0 || row.used !== count || row.isWrapped)) line.isPlain = false;
    if (screen.isInsertMode || screen.hasOverrun) line.isPlain = false;
    if (!line.isEmpty && !isStart && !line.continuesAt(row, x)) this.endRun();
    if (!this.#goesOver) return;
    this.#goesOver = false;
    line.isPlain = false;
    line.isOverwriting = true;
  }

  /** The characters that were printed one after the other are over. */
  endRun(): void {
    const { line, screen } = this.#parts.state;
    if (!this.isScreenMode) return this.#parts.lines.breakStream();
    this.checkRun();
    line.reset();
    screen.hasOverrun = false;
  }

  /** In screen mode the stream tells more than the screen only where text went over other text, right beside text that stays. */
  checkRun(): void {
    const { line, screen } = this.#parts.state;
    if (line.isEmpty || !(screen.hasOverrun || line.isOverwriting || this.#goesOver)) return;
    if (screen.hasOverrun || screen.isInsertMode || line.isBesideText) this.#parts.lines.checkStream();
  }

  #cutLine(): void {
    if (this.isScreenMode) this.#parts.state.line.reset();
    else this.#parts.lines.cut();
  }

  willDestroy(row: Row, from: number, to: number): void {
    if (from >= row.used) return;
    const { kept, line } = this.#parts.state;
    line.isPlain = false;
    kept?.keep(row, from, to);
    // what stays right of them may be the end of a value that begins in them
    if (row.unseen > 0 && this.#hasUnseen(row, from, row.used)) {
      this.#checkOverwriting();
      this.#check(row);
    }
  }

  willOverwrite(row: Row, from: number, to: number, prov: number): void {
    const { kept, line, output } = this.#parts.state;
    line.isPlain = false;
    kept?.keep(row, from, to);
    if (!output.isPending(row.newest)) {
      // over text that was sent, and right beside what is left of it; over masks it comes cell by cell
      this.#goesOver ||= this.isScreenMode && (row.hasMarks || isTextAt(row, to));
      return;
    }
    // a run of characters is looked at before its first one goes over others, not before each
    const isStart = !line.continuesAt(row, from);
    const isDue = row.unseen >= (isStart && row.hasMarks ? 1 : MIN_UNSEEN);
    if (isDue && this.#hasUnseen(row, isStart ? 0 : from, isStart ? row.used : to)) this.#check(row);
    this.#goesOver = true;
    for (let x = from; x < to; x++) {
      const older = row.prov[x] ?? -1;
      if (output.isPending(older) && !row.isEmptyAt(x)) output.link(prov + x - from, older);
    }
  }

  get watchesScroll(): boolean {
    return this.isScreenMode || !this.#parts.state.line.isPlain;
  }

  willScrollOut(row: Row): void {
    if (this.isScreenMode) {
      if (row.unseen > 0) this.#checkOverwriting();
      this.#parts.frames.scrollOut(row);
    } else if (row.isTouched && row.unseen > 0) this.#check(row);
  }

  /** What was printed over other text is told from it by the stream only, and only while both stand there. */
  #checkOverwriting(): void {
    if (this.isScreenMode && this.#parts.state.line.isOverwriting) this.checkRun();
  }

  /** Cells that nobody has looked at yet: their bytes are pending, and came after the last look. */
  #hasUnseen(row: Row, from: number, to: number): boolean {
    const { output } = this.#parts.state;
    const start = Math.max(output.sent, row.seenUntil);
    if (row.newest < start) return false;
    for (let x = from; x < Math.min(to, row.used); x++)
      if ((row.prov[x] ?? -1) >= start && !row.isEmptyAt(x)) return true;
    return false;
  }

  #check(row: Row): void {
    if (this.isScreenMode) this.#parts.frames.checkRow(row);
    else this.#parts.lines.checkRow(row);
  }
}

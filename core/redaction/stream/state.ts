import type { LineDetector, TakenLines } from '../line-detector.ts';
import type { RedactorOptions } from '../redactor.ts';
import { Screen } from '../screen/screen.ts';
import type { ScreenWatcher } from '../screen/screen.ts';
import { guardedDetector } from './guarded-detector.ts';
import { KeptCells } from './kept-cells.ts';
import { ContextStore } from './reading-context.ts';
import type { ReadingContext } from './reading-context.ts';
import { mayBeRule } from './table-head.ts';
import { TableHeads } from './table-heads.ts';
import { Masker } from './masker.ts';
import { PendingOutput } from './output.ts';
import { repaintSequence } from './repaint.ts';
import { StreamLine } from './stream-line.ts';

/** What is given to a held part: kept until more comes, let go because its time is over, let go at once because it is an echo. */
export type Release = 'hold' | 'flush' | 'echo';

/** Where the part that is still held begins, and how sure it is that it is a value. */
export interface Held {
  readonly from: number;
  readonly strength: 'weak' | 'strong';
}

/** What the parts of one redactor share. */
export class StreamState {
  readonly output = new PendingOutput();
  readonly masker: Masker;
  /** What was printed while the operator types; null where nobody asks for it. */
  readonly kept: KeptCells | null;
  readonly screen: Screen;
  readonly line = new StreamLine();
  /** The memory of what was printed before: the stream's, or that of what is above the screen while it is painted by address. */
  detector: LineDetector;
  #freshContext: ReadingContext | null = null;
  #previousText = '';
  /** The last line took the short way: the detector has it. */
  #hasPassed = false;
  readonly #contexts = new ContextStore();
  /** Heads of the tables on the main screen, and of those on the alternate one. */
  readonly #mainTables: TableHeads;
  #alternateTables: TableHeads | null = null;
  /** A detector that remembers nothing. */
  readonly fresh: LineDetector;
  /** What is above the main screen, and above the alternate one. */
  #main: ReadingContext;
  #alternate: ReadingContext | null = null;
  /** The hyperlink in force, as its own sequence. */
  openLink: string | null = null;

  /** Offset of the run that is being printed: its bytes are in the output, not all of them on the screen. */
  printingFrom = Infinity;

  constructor(options: RedactorOptions, watcher: ScreenWatcher) {
    const { onLateMask } = options;
    this.kept = onLateMask === undefined ? null : new KeptCells(this.output, onLateMask);
    this.masker = new Masker(options, this.output, this.kept);
    this.screen = new Screen(Math.max(2, options.cols), Math.max(1, options.rows), watcher);
    this.detector = guardedDetector(options.detector);
    this.fresh = this.detector.fork();
    this.#mainTables = new TableHeads(this.fresh);
    this.#main = this.#contextOfStream();
  }

  /** The line is over: remembers from it what later lines need. Only while the host prints lines. */
  commit(line: string): void {
    const previous = mayBeRule(line) ? this.#previous : null;
    this.detector.commit(line);
    if (previous !== null) this.#mainTables.note(previous, line, this.screen.cols);
    this.#previous = line;
  }

  /**
   * The short way for a complete line of ASCII characters: true if nothing is in it, and it is remembered. The codes must stay as they are
   * until the next line passes. Only while the host prints lines.
   */
  passes(codes: Uint16Array, length: number): boolean {
    if (this.detector.passes?.(codes, length) !== true) return false;
    this.#hasPassed = true;
    return true;
  }

  /** The short way for whole lines as they are printed: see `LineDetector`. Only while the host prints lines. */
  takeLines(bytes: Uint8Array, from: number): TakenLines | null {
    const taken = this.detector.takeLines?.(bytes, from, this.screen.cols) ?? null;
    if (taken !== null && taken.end > from) this.#hasPassed = true;
    return taken;
  }

  /** The last line that was printed. */
  get #previous(): string {
    if (this.#hasPassed) {
      this.#previousText = this.detector.previousLine?.() ?? '';
      this.#hasPassed = false;
    }
    return this.#previousText;
  }

  set #previous(line: string) {
    this.#hasPassed = false;
    this.#previousText = line;
  }

  #contextOfStream(): ReadingContext {
    return this.#contexts.contextOf(this.detector.fork(), this.#previous);
  }

  /** What the first line of a pane is read with: nothing is remembered. */
  get freshContext(): ReadingContext {
    this.#freshContext ??= this.#contexts.contextOf(this.fresh.fork(), '');
    return this.#freshContext;
  }

  /** What the first line of the screen is read with. Only while the host paints by address. */
  get context(): ReadingContext {
    return this.#alternate ?? this.#main;
  }

  set context(context: ReadingContext) {
    if (this.#alternate === null) this.#main = context;
    else this.#alternate = context;
    this.detector = context.detector;
  }

  /** The host begins to paint by address. */
  beginScreen(): void {
    this.#main = this.#contextOfStream();
    this.detector = this.#main.detector;
  }

  /** The host prints lines again. */
  endScreen(): void {
    this.detector = this.#main.detector.fork();
    this.#previous = '';
    this.#contexts.clear();
  }

  /** The alternate screen begins with nothing above it: another program shows something of its own there. */
  beginAlternate(): void {
    this.#alternate = this.freshContext;
    this.#alternateTables = new TableHeads(this.fresh);
  }

  endAlternate(): void {
    this.#alternate = null;
    this.#alternateTables = null;
    this.detector = this.#main.detector;
  }

  /** Heads of tables that were on the screen. */
  get tables(): TableHeads {
    return this.#alternateTables ?? this.#mainTables;
  }

  /** Everything on the screen was written by bytes before this offset. */
  get seenEnd(): number {
    return Math.min(this.output.end, this.printingFrom);
  }

  /** Paints again what was sent clear and is a value now. Only between two sequences: the cursor must be where the screen says. */
  repaint(): void {
    const cells = this.masker.takeRepaints();
    if (cells.length === 0) return;
    const bytes = repaintSequence(cells, this);
    if (bytes === null) return;
    this.output.appendText(bytes.before);
    if (bytes.again !== '') this.output.copy(bytes.againOf, this.output.end);
    this.output.appendText(bytes.again);
    this.output.appendText(bytes.after);
  }
}

import type { Finding } from '../../../contract/redaction.ts';
import type { LineDetector } from '../line-detector.ts';

/**
 * Text of lines that is remembered with what was found in it. A full screen of a large terminal is 60 lines of 250 characters; this
 * is room for dozens of them.
 */
const MAX_CACHED_UNITS = 524_288;
/** An entry costs as much as so many characters, besides its own. */
const ENTRY_UNITS = 128;

/** `reader` is the fork that found the findings: it need not look at the line again when it commits it. */
interface LineEntry {
  findings: readonly Finding[] | null;
  reader: LineDetector | null;
  after: ReadingContext | null;
}

/** What all contexts of one redactor share. */
export class ContextStore {
  /** Contexts by what they remember: two lines of reading meet again behind a line that changed. */
  readonly #known = new Map<string, ReadingContext>();
  #units = 0;
  #filled: ReadingContext[] = [];

  /** A context is about to remember a line. */
  noteEntry(context: ReadingContext, line: string, isFirst: boolean): void {
    this.#units += line.length + ENTRY_UNITS;
    if (this.#units > MAX_CACHED_UNITS) this.clear();
    if (isFirst) this.#filled.push(context);
  }

  /** Forgets everything: all contexts stay good, and read anew. */
  clear(): void {
    for (const context of this.#filled) context.forget();
    this.#filled = [];
    this.#units = 0;
    this.#known.clear();
  }

  /** The context with this memory, under the line `previous`: the one that is known already where the detector can tell. */
  contextOf(detector: LineDetector, previous: string): ReadingContext {
    const key = detector.memoryKey?.();
    if (key === undefined) return new ReadingContext(detector, this);
    const full = `${key}\n${previous}`;
    let context = this.#known.get(full);
    if (context === undefined) {
      context = new ReadingContext(detector, this);
      this.#known.set(full, context);
      this.#units += full.length;
    }
    return context;
  }
}

/**
 * A detector with what it remembers at one place of a screen, above one line. It never changes: reading on gives another context, the
 * same one each time for the same line. So a row that was read is not read again while it and those above it stay as they are.
 */
export class ReadingContext {
  /** Not to be committed to. */
  readonly detector: LineDetector;
  readonly #store: ContextStore;
  /** Most contexts see one line only. */
  #line: string | null = null;
  #entry: LineEntry | null = null;
  #others: Map<string, LineEntry> | null = null;

  constructor(detector: LineDetector, store: ContextStore) {
    this.detector = detector;
    this.#store = store;
  }

  /** Values in a complete line that stands here. */
  findings(line: string): readonly Finding[] {
    const entry = this.#entryOf(line);
    if (entry.findings === null) {
      entry.reader = this.detector.fork();
      entry.findings = entry.reader.findings(line, true);
    }
    return entry.findings;
  }

  /** The context under the line. */
  after(line: string): ReadingContext {
    const entry = this.#entryOf(line);
    if (entry.after === null) {
      const detector = entry.reader ?? this.detector.fork();
      entry.reader = null;
      detector.commit(line);
      entry.after = this.#store.contextOf(detector, line);
    }
    return entry.after;
  }

  forget(): void {
    this.#line = null;
    this.#entry = null;
    this.#others = null;
  }

  #entryOf(line: string): LineEntry {
    if (this.#entry !== null && this.#line === line) return this.#entry;
    const known = this.#others?.get(line);
    if (known !== undefined) return known;
    this.#store.noteEntry(this, line, this.#entry === null);
    const entry: LineEntry = { findings: null, reader: null, after: null };
    if (this.#entry === null) {
      this.#line = line;
      this.#entry = entry;
    } else {
      this.#others ??= new Map();
      this.#others.set(line, entry);
    }
    return entry;
  }
}

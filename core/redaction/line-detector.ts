import type { Finding } from '../../contract/redaction.ts';

/**
 * The seam between the stream (which turns bytes into logical lines, free of escapes, wraps joined) and the detectors
 * (which find values in text). A line detector remembers, across lines, what structure needs: table headers with their column
 * spans, an open PEM block, the JSON key whose value follows on the next line.
 */
export interface LineDetector {
  /**
   * Values in a logical line: sorted by start, not overlapping, UTF-16 offsets. Pure: calling it twice for a growing
   * line is fine. `isComplete` is false while more text may follow on this line.
   */
  findings(line: string, isComplete: boolean): readonly Finding[];
  /** The part at the end of a growing line that may become a value, or the rest of one, when more text arrives; else null. */
  openCandidate(line: string): OpenCandidate | null;
  /** The line is over (line feed): remember from it what later lines need. */
  commit(line: string): void;
  /** An independent copy, for reading a screen from top to bottom without disturbing the stream's memory. */
  fork(): LineDetector;
  /**
   * The short way for a complete line without values, given as its UTF-16 codes: true if nothing is found in it, and it is committed.
   * False says nothing, and nothing has happened. The codes stay as they are until the next call that returns true.
   */
  passes?(codes: Uint16Array, length: number): boolean;
  /**
   * The short way for whole lines of ASCII characters and SGR sequences as they are printed, CR LF at the end of each: takes those without
   * values from `from` on, commits them, and says where it stopped. It stops before a line that fills its last row of `cols` to the margin or sets
   * a background. Null, or undefined, where it cannot tell.
   */
  takeLines?(bytes: Uint8Array, from: number, cols: number): TakenLines | null;
  /** The last line that was committed; '' where it was too long to be remembered. */
  previousLine?(): string;
  /**
   * What is remembered, as text: forks with equal keys find the same in every later line. It lets a screen be read on where only
   * lines further up have changed. The last committed line itself need not be in it. Undefined where the detector cannot tell.
   */
  memoryKey?(): string | undefined;
}

/** Lines that were taken. Its owner's memory: good until the next call. */
export interface TakenLines {
  /** Offset behind the last one. */
  readonly end: number;
  /** Rows that they take. */
  readonly rows: number;
  /** Offset of the last sequence that resets the rendition; -1 without one. */
  readonly lastReset: number;
  /** Offset of the last sequence; -1 without one. */
  readonly lastSgr: number;
}

/**
 * `start`: UTF-16 offset; the candidate reaches to the end of the line.
 * `strong`: shape speaks for a value already (card digits, `AKIA…`, an IBAN's head, a PEM header, a hidden column's cell):
 * released masked when the timer fires. `weak`: a word that may become an e-mail's local part and the like: held for the short
 * time that a split chunk takes, released clear when the timer fires, repainted masked if it did become a value.
 */
export interface OpenCandidate {
  readonly start: number;
  readonly strength: 'weak' | 'strong';
}

import type { MaskMark, RedactionPolicy } from '../../contract/redaction.ts';
import type { LineDetector } from './line-detector.ts';

/**
 * The redactor of one terminal stream: raw bytes in, bytes out that hold no value that the policy hides.
 *
 * Every byte that `write` returns may be shown, recorded and stored. What cannot be decided yet is held back inside;
 * `holdMs` then says after how long the owner must call `flush`. Where nothing is masked, the bytes that come out are the
 * bytes that went in. Linear time per byte; memory O(cols * rows) besides bounded strings.
 */
export interface Redactor {
  /** Returns what may be shown now; possibly empty. Never throws on any input. */
  write(bytes: Uint8Array): Uint8Array;
  /** Milliseconds from now until `flush` is due; null while nothing is held back. */
  readonly holdMs: number | null;
  /** The hold-back timer fired: releases what is held, doubtful parts masked, never clear. */
  flush(): Uint8Array;
  /** The stream is over: releases the rest. */
  end(): Uint8Array;
  /** The terminal changed its size. Returns bytes to show before the next output (held parts, repaints). */
  resize(cols: number, rows: number): Uint8Array;
  /** The operator typed this: its echo is not held back. */
  noteInput(bytes: Uint8Array): void;
  /**
   * Offset in what was returned so far from which on it may still turn out to be part of a value: what is being typed, and what was let
   * go before it was decided. Null where all is decided. Only with `onLateMask`.
   */
  readonly undecidedFrom: number | null;
}

export interface RedactorOptions {
  readonly cols: number;
  readonly rows: number;
  readonly policy: RedactionPolicy;
  readonly detector: LineDetector;
  /** HMAC-SHA-256 for tokens under the session's or organisation's key; null where the policy has no `token`. */
  readonly tokenOf: ((value: string) => string) | null;
  /** One call per value masked, with the output that first shows its mask. */
  readonly onMask: (mark: MaskMark, valueKey: string | null) => void;
  /** A keyed hash of a value, by which values are told apart without being kept; null or absent: not wanted. */
  readonly keyOf?: ((value: string) => string) | null;
  /** The policy says `block` for what was found: the session must lock. The value is masked all the same. */
  readonly onBlock: (mark: MaskMark) => void;
  /**
   * The character at this offset of what was returned, at or after `undecidedFrom`, was shown before it was known to be part of a value: who
   * has not passed it on yet hides it. The screen is painted again in any case.
   */
  readonly onLateMask?: (offset: number) => void;
}

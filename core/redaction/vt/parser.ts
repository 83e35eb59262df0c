import { Params } from './params.ts';

/** Where a control string came from. `sos` stands for SOS, PM and APC, which no terminal here acts on. */
export type StringKind = 'osc' | 'dcs' | 'sos';

/** What the parser found. Views into its buffers live until the call returns. */
export interface VtHandler {
  /** Printable ASCII, `bytes[start, end)`. */
  printAscii(bytes: Uint8Array, start: number, end: number): void;
  /** A printable code point past ASCII. */
  print(cp: number): void;
  /** A control character: C0 or DEL, or C1 (0x80–0x9f). */
  execute(code: number): void;
  /** U+FEFF: the terminal drops it wherever it stands. */
  byteOrderMark(): void;
  /** `collected`: intermediates, 8 bits each. `sequence`: the bytes as they came, `length` of them. */
  escape(collected: number, final: number, sequence: Uint8Array, length: number): void;
  /** `collected`: prefix and intermediates, 8 bits each. */
  csi(command: CsiCommand, sequence: Uint8Array, length: number): void;
  /** A string that was ended properly; `payload` is without introducer, terminator and control characters. */
  controlString(kind: StringKind, payload: Uint8Array, endedByBell: boolean): void;
}

/** Reused from sequence to sequence. */
export interface CsiCommand {
  readonly collected: number;
  readonly final: number;
  readonly params: Params;
}

/**
 * States: ground → escape (ESC) → csi* ([) | string (] P X ^ _) | escape-intermediate. CAN, SUB and a C1 control leave any state;
 * ESC restarts from any; a code point past 0x9f ends everything but strings and csi-ignore.
 */
const GROUND = 0;
const ESCAPE = 1;
const ESCAPE_INTERMEDIATE = 2;
const CSI_ENTRY = 3;
const CSI_PARAM = 4;
const CSI_INTERMEDIATE = 5;
const CSI_IGNORE = 6;
const STRING = 7;
const STRING_ESCAPE = 8;

/** The longest real sequences are SGR with many colours, below 300 bytes; a longer one is dropped whole. */
const MAX_SEQUENCE_BYTES = 4096;
/** A link's URI may take 2 KiB (the OSC 8 proposal); titles and notifications are shorter. A longer string is dropped whole. */
const MAX_STRING_BYTES = 16_384;

/**
 * The VT500 state machine (Paul Williams, vt100.net) over UTF-8 (C1 controls in their UTF-8 form only, as xterm.js). Bytes that
 * are not UTF-8 are dropped by the same rules by which xterm.js skips them, so what comes out is always valid UTF-8.
 * Holds at most the caps above.
 */
export class VtParser {
  readonly #handler: VtHandler;
  readonly #params = new Params();
  readonly #command = { collected: 0, final: 0, params: this.#params };
  readonly #sequence = new Uint8Array(MAX_SEQUENCE_BYTES);
  #sequenceLength = 0;
  #string = new Uint8Array(256);
  #stringLength = 0;
  #stringKind: StringKind = 'osc';
  #state = GROUND;
  #collected = 0;
  #cp = 0;
  #needed = 0;
  #size = 0;

  constructor(handler: VtHandler) {
    this.#handler = handler;
  }

  /** Nothing is half read: the next byte starts afresh. */
  get isIdle(): boolean {
    return this.#state === GROUND && this.#needed === 0;
  }

  reset(): void {
    this.#state = GROUND;
    this.#needed = 0;
  }

  parse(bytes: Uint8Array, from = 0, length = bytes.length): void {
    let i = from;
    while (i < length) {
      const byte = bytes[i] ?? 0;
      if (this.#needed > 0) {
        if ((byte & 0xc0) === 0x80) {
          i++;
          this.#continueUtf8(byte);
          continue;
        }
        this.#needed = 0; // a wrong continuation: what was begun is dropped, this byte starts anew
      }
      if (this.#state === GROUND && byte >= 0x20 && byte < 0x7f) {
        const start = i++;
        while (i < length) {
          const next = bytes[i] ?? 0;
          if (next < 0x20 || next > 0x7e) break;
          i++;
        }
        this.#handler.printAscii(bytes, start, i);
        continue;
      }
      if (byte >= 0x30 && byte < 0x3c && (this.#state === CSI_ENTRY || this.#state === CSI_PARAM)) {
        i = this.#takeParams(bytes, i, length);
        continue;
      }
      i++;
      if (byte < 0x80) this.#step(byte);
      else this.#beginUtf8(byte);
    }
  }

  /** Digits and their separators, as many as there are; returns where they end. */
  #takeParams(bytes: Uint8Array, from: number, to: number): number {
    let i = from;
    for (; i < to; i++) {
      const byte = bytes[i] ?? 0;
      if (byte < 0x30 || byte >= 0x3c) break;
      if (this.#sequenceLength >= MAX_SEQUENCE_BYTES) {
        this.#state = CSI_IGNORE;
        return i;
      }
      this.#sequence[this.#sequenceLength++] = byte;
      this.#params.put(byte);
    }
    this.#state = CSI_PARAM;
    return i;
  }

  #beginUtf8(byte: number): void {
    if ((byte & 0xe0) === 0xc0) this.#expect(2, byte & 0x1f);
    else if ((byte & 0xf0) === 0xe0) this.#expect(3, byte & 0x0f);
    else if ((byte & 0xf8) === 0xf0) this.#expect(4, byte & 0x07);
  }

  #expect(size: number, bits: number): void {
    this.#size = size;
    this.#needed = size - 1;
    this.#cp = bits;
  }

  #continueUtf8(byte: number): void {
    const cp = (this.#cp << 6) | (byte & 0x3f);
    this.#cp = cp;
    if (--this.#needed > 0) return;
    const least = this.#size === 2 ? 0x80 : this.#size === 3 ? 0x800 : 0x10000;
    if (cp < least || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff)) return;
    if (cp === 0xfeff) {
      if (this.#state === GROUND) this.#handler.byteOrderMark();
    } else this.#step(cp);
  }

  #step(cp: number): void {
    if (cp === 0x1b) return this.#enterEscape();
    if (cp === 0x18 || cp === 0x1a) {
      if (this.#state === STRING_ESCAPE) this.#endString();
      this.#state = GROUND;
      return this.#handler.execute(cp);
    }
    if (cp >= 0x80 && cp < 0xa0) return this.#control1(cp);
    switch (this.#state) {
      case GROUND:
        if (cp < 0x20 || cp === 0x7f) this.#handler.execute(cp);
        else this.#handler.print(cp);
        return;
      case STRING:
        return this.#putString(cp);
      case STRING_ESCAPE:
        this.#endString();
        if (cp === 0x5c) this.#state = GROUND;
        else {
          this.#enterEscape();
          this.#step(cp);
        }
        return;
    }
    if (cp < 0x20) return this.#handler.execute(cp); // controls act in the middle of a sequence
    if (cp === 0x7f) return;
    if (cp > 0x7f) {
      if (this.#state !== CSI_IGNORE) this.#state = GROUND;
      return;
    }
    if (this.#sequenceLength < MAX_SEQUENCE_BYTES) this.#sequence[this.#sequenceLength++] = cp;
    else if (this.#state >= CSI_ENTRY) this.#state = CSI_IGNORE;
    if (this.#state === ESCAPE || this.#state === ESCAPE_INTERMEDIATE) this.#stepEscape(cp);
    else this.#stepCsi(cp);
  }

  #enterEscape(): void {
    if (this.#state === STRING) {
      this.#state = STRING_ESCAPE;
      return;
    }
    if (this.#state === STRING_ESCAPE) this.#endString();
    this.#state = ESCAPE;
    this.#collected = 0;
    this.#sequence[0] = 0x1b;
    this.#sequenceLength = 1;
  }

  #stepEscape(cp: number): void {
    if (cp < 0x30) {
      this.#collected = (this.#collected << 8) | cp;
      this.#state = ESCAPE_INTERMEDIATE;
      return;
    }
    if (this.#state === ESCAPE) {
      if (cp === 0x5b) return this.#enterCsi();
      if (cp === 0x5d) return this.#enterString('osc');
      if (cp === 0x50) return this.#enterString('dcs');
      if (cp === 0x58 || cp === 0x5e || cp === 0x5f) return this.#enterString('sos');
    }
    this.#state = GROUND;
    this.#handler.escape(this.#collected, cp, this.#sequence, this.#sequenceLength);
  }

  #enterCsi(): void {
    this.#state = CSI_ENTRY;
    this.#collected = 0;
    this.#params.reset();
  }

  #stepCsi(cp: number): void {
    if (cp >= 0x40) {
      const isIgnored = this.#state === CSI_IGNORE;
      this.#state = GROUND;
      if (isIgnored) return;
      this.#command.collected = this.#collected;
      this.#command.final = cp;
      this.#handler.csi(this.#command, this.#sequence, this.#sequenceLength);
    } else if (this.#state === CSI_IGNORE) {
      return;
    } else if (cp < 0x30) {
      this.#collected = (this.#collected << 8) | cp;
      this.#state = CSI_INTERMEDIATE;
    } else if (this.#state === CSI_INTERMEDIATE) {
      this.#state = CSI_IGNORE;
    } else if (cp < 0x3c) {
      this.#params.put(cp);
      this.#state = CSI_PARAM;
    } else if (this.#state === CSI_ENTRY) {
      this.#collected = cp;
      this.#state = CSI_PARAM;
    } else this.#state = CSI_IGNORE;
  }

  /** C1 controls act in every state; they come as two bytes of UTF-8. */
  #control1(cp: number): void {
    const wasString = this.#state === STRING;
    if (this.#state === STRING_ESCAPE) this.#endString();
    this.#state = GROUND;
    switch (cp) {
      case 0x9b:
        this.#sequence[0] = 0xc2;
        this.#sequence[1] = cp;
        this.#sequenceLength = 2;
        return this.#enterCsi();
      case 0x9d:
        return this.#enterString('osc');
      case 0x90:
        return this.#enterString('dcs');
      case 0x98:
      case 0x9e:
      case 0x9f:
        return this.#enterString('sos');
      case 0x9c:
        if (wasString) this.#endString();
        return;
      default:
        this.#handler.execute(cp);
    }
  }

  #enterString(kind: StringKind): void {
    this.#state = STRING;
    this.#stringKind = kind;
    this.#stringLength = 0;
  }

  #putString(cp: number): void {
    if (cp === 0x07 && this.#stringKind === 'osc') {
      this.#endString(true);
      return;
    }
    // past the cap the string is dropped, and it stays unbounded in time only
    if (cp < 0x20 || this.#stringLength > MAX_STRING_BYTES || this.#stringKind === 'sos') return;
    if (this.#stringLength + 4 > this.#string.length) {
      const larger = new Uint8Array(this.#string.length * 2);
      larger.set(this.#string);
      this.#string = larger;
    }
    this.#stringLength += encodeUtf8(cp, this.#string, this.#stringLength);
  }

  #endString(endedByBell = false): void {
    this.#state = GROUND;
    if (this.#stringLength > MAX_STRING_BYTES || this.#stringKind === 'sos') return;
    this.#handler.controlString(this.#stringKind, this.#string.subarray(0, this.#stringLength), endedByBell);
  }
}

/** Writes a code point at `at` (four bytes must be free there); returns how many bytes it took. */
export function encodeUtf8(cp: number, into: Uint8Array, at: number): number {
  if (cp < 0x80) {
    into[at] = cp;
    return 1;
  }
  if (cp < 0x800) {
    into[at] = 0xc0 | (cp >> 6);
    into[at + 1] = 0x80 | (cp & 0x3f);
    return 2;
  }
  if (cp < 0x10000) {
    into[at] = 0xe0 | (cp >> 12);
    into[at + 1] = 0x80 | ((cp >> 6) & 0x3f);
    into[at + 2] = 0x80 | (cp & 0x3f);
    return 3;
  }
  into[at] = 0xf0 | (cp >> 18);
  into[at + 1] = 0x80 | ((cp >> 12) & 0x3f);
  into[at + 2] = 0x80 | ((cp >> 6) & 0x3f);
  into[at + 3] = 0x80 | (cp & 0x3f);
  return 4;
}

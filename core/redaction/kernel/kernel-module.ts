import { KERNEL_BASE64 } from './kernel-binary.ts';

/** What the kernel asks its host: about text in its memory. */
export interface KernelHost {
  answerTo(at: number, count: number): number;
  isNothing(at: number, count: number): number;
  isTaken(trie: number, at: number, count: number): number;
}

interface Constant {
  readonly value: number;
}

/** See assembly/lines.ts and assembly/layout.ts. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  takeLines(length: number, cols: number): number;
  takeLine(length: number): number;
  takenRows(): number;
  lastResetAt(): number;
  lastSgrAt(): number;
  isCut(): number;
  passedLineAt(): number;
  passedLineLength(): number;
  setTally(delimiter: number, cells: number): void;
  tallyDelimiter(): number;
  tallyCells(): number;
  setTrie(next: number, width: number, endingsAt: number, endings: number): void;
  setLiterals(sights: number, traits: number, leastBody: number, hasDigits: number): void;
  setPolicy(worthALook: number, ofLines: number, hidesPrivateIps: number): void;
  /** Of the line that was read last; where each begins and ends is at `NUMBERS`. */
  readonly numberCount: Constant;
  readonly NUMBERS: Constant;
  readonly INPUT: Constant;
  readonly MAX_INPUT: Constant;
  readonly TABLES: Constant;
  readonly ROWS: Constant;
  readonly TRIES: Constant;
  readonly MARK_BITS: Constant;
  readonly BEGINS: Constant;
  readonly IBAN_COUNTRIES: Constant;
  readonly KINDS: Constant;
  readonly KIND_OF: Constant;
  readonly CLASS_OF: Constant;
  readonly SHAPE_CLASSES: Constant;
  readonly ADDRESS_CHARS: Constant;
  readonly BEHIND_KEY: Constant;
  readonly OF_RECORDS: Constant;
}

/** The part of the global that is used: the language's own library does not declare it. */
interface WebAssemblyLike {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

/** A new kernel with empty tables; null where WebAssembly or its vectors are missing or forbidden. */
export function instantiateKernel(host: KernelHost): KernelExports | null {
  const { WebAssembly: wasm } = globalThis as { readonly WebAssembly?: WebAssemblyLike };
  if (wasm === undefined) return null;
  try {
    const module = new wasm.Module(fromBase64(KERNEL_BASE64));
    // the binary is ours: a test compares it with a fresh build
    return new wasm.Instance(module, { host }).exports as KernelExports;
  } catch {
    return null;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, whole groups of four characters. */
function fromBase64(text: string): Uint8Array {
  const length = (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  const bytes = new Uint8Array(length);
  const values = new Uint8Array(0x80);
  for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i;
  const valueAt = (at: number): number => values[text.charCodeAt(at)] ?? 0;
  for (let at = 0, to = 0; at < text.length; at += 4) {
    const group = (valueAt(at) << 18) | (valueAt(at + 1) << 12) | (valueAt(at + 2) << 6) | valueAt(at + 3);
    bytes[to++] = group >> 16;
    if (to < length) bytes[to++] = group >> 8;
    if (to < length) bytes[to++] = group;
  }
  return bytes;
}

/** A pager or an editor that moves sideways shows the same few values again. */
const MAX_VALUES = 256;
const MAX_LENGTH = 512;
/** Fewer letters and digits tell nothing; see "What counts as a leak". */
const MIN_SIGNIFICANT = 4;
/** So many units of a value are looked up at once. */
const KEY_UNITS = 4;
/** Shorter beginnings than that of a token are those of names and numbers. */
const MIN_CUT = 8;
/** More that share their beginning are not looked at. */
const MAX_SHARED = 64;

/** The units `[at, at + KEY_UNITS)` of a value. */
interface Part {
  readonly value: string;
  readonly at: number;
  readonly isCut: boolean;
}

/**
 * Values that were masked on a screen, so that a part of one can be told where the screen's edge cuts it off. They stay in this
 * process, as the shadow screen's text does.
 */
export class KnownValues {
  #values = new Set<string>();
  #parts = new Map<string, Part[]>();
  /** The edge cut off one of them that has no blanks: its end may be shown, and nobody has seen what is before that. */
  hasCut = false;

  /** `isCut`: the screen's edge cut it off, and nobody has seen its end. */
  add(value: string, isCut = false): void {
    if (value.length > MAX_LENGTH || this.#values.has(value)) return;
    if (this.#values.size >= MAX_VALUES) this.clear();
    this.#values.add(value);
    if (isCut && value.length >= MIN_CUT && !value.includes(' ')) this.hasCut = true;
    for (let at = 0; at + KEY_UNITS <= value.length; at++) {
      const key = value.slice(at, at + KEY_UNITS);
      const parts = this.#parts.get(key);
      if (parts === undefined) this.#parts.set(key, [{ value, at, isCut }]);
      else if (parts.length < MAX_SHARED) parts.push({ value, at, isCut });
    }
  }

  clear(): void {
    this.#values = new Set();
    this.#parts = new Map();
    this.hasCut = false;
  }

  /** Length of the end of a known value that the text begins with; 0 where it begins with none. */
  tailAtStart(text: string): number {
    let longest = 0;
    for (const { value, at, isCut } of this.#parts.get(text.slice(0, KEY_UNITS)) ?? []) {
      const tail = value.slice(at);
      // a line that is still being printed
      if (tail.startsWith(text) && isEnough(text)) return text.length;
      if (at === 0 || tail.length <= longest || !text.startsWith(tail) || !isEnough(tail)) continue;
      const rest = isCut ? (/^[^\s|│┃║]*/.exec(text.slice(tail.length))?.[0].length ?? 0) : 0;
      if (!isWord(text.slice(tail.length + rest, tail.length + rest + 1))) longest = tail.length + rest;
    }
    return longest;
  }

  /** Offset where the beginning of a known value begins with which the text ends; -1 where it ends with none. */
  headAtEnd(text: string): number {
    let first = text.length;
    for (const { value, at } of this.#parts.get(text.slice(-KEY_UNITS)) ?? []) {
      const head = value.slice(0, at + KEY_UNITS);
      const start = text.length - head.length;
      if (head.length === value.length || start >= first || !text.endsWith(head) || !isEnough(head)) continue;
      if (!isWord(text.slice(Math.max(0, start - 1), start))) first = start;
    }
    return first === text.length ? -1 : first;
  }
}

function isEnough(part: string): boolean {
  return part.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= MIN_SIGNIFICANT;
}

function isWord(character: string): boolean {
  return /[\p{L}\p{N}]/u.test(character);
}

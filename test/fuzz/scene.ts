import type { Random } from './random.ts';
import { UPPER } from './random.ts';
import type { Need, ValueKind } from './values/kind.ts';
import { VALUE_KINDS } from './values/kinds.ts';

export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/** A value that stands somewhere in a case. */
export interface FuzzValue {
  readonly kind: ValueKind;
  readonly text: string;
  readonly index: number;
  /** it stands behind a key or under a column that names it */
  readonly hasKey: boolean;
}

/** A piece of the stream: text, and where a part of a value is in it, which. */
export interface Piece {
  readonly text: string;
  readonly part: ValuePart | null;
}

interface ValuePart {
  readonly value: FuzzValue;
  readonly from: number;
  readonly to: number;
  /** a key, a column or a phrase before it names it: even its first characters are a value */
  readonly isNamed: boolean;
  /** something stands in it that does not belong there, until a later part is written */
  readonly isBroken: boolean;
}

/** What a layout writes a case with. */
export interface Scene {
  readonly random: Random;
  readonly size: TerminalSize;
  readonly pieces: readonly Piece[];
  readonly values: readonly FuzzValue[];
  /** A terminal that has at least so many columns and rows. */
  needs(cols: number, rows?: number): void;
  /** A new value; of one of these needs, or of one kind. */
  value(of: readonly Need[] | ValueKind, hasKey?: boolean): FuzzValue;
  write(text: string): void;
  /** A value, or its characters from `from` to `to`. `as` writes them down another way (escaped, encoded). */
  writeValue(value: FuzzValue, how?: WriteHow): void;
}

interface WriteHow {
  readonly from?: number;
  readonly to?: number;
  readonly isNamed?: boolean;
  readonly isBroken?: boolean;
  readonly as?: (text: string) => string;
}

/** What stands for a value's characters where only the rest of a case is of interest; in no value. */
const PLACEHOLDER = 'ǃ';

export interface SceneOptions {
  readonly random: Random;
  /** makes the values, so that a layout decides the same whatever they are */
  readonly valueRandom: Random;
  /** puts placeholders of the same length in place of the values */
  readonly isHollow: boolean;
}

export function createScene({ random, valueRandom, isHollow }: SceneOptions): Scene {
  const pieces: Piece[] = [];
  const values: FuzzValue[] = [];
  let size: TerminalSize = {
    cols: random.chance(0.4) ? 80 : random.int(20, 200),
    rows: random.chance(0.4) ? 24 : random.int(5, 60),
  };
  return {
    random,
    pieces,
    values,
    get size() {
      return size;
    },
    needs(cols, rows = 5) {
      size = { cols: Math.max(size.cols, cols), rows: Math.max(size.rows, rows) };
    },
    value(of, hasKey = false) {
      const kind = 'make' in of ? of : random.pick(VALUE_KINDS.filter(each => of.includes(each.need)));
      const made = kind.make(valueRandom);
      const text = isHollow ? made.replaceAll(/[\p{L}\p{N}]/gu, PLACEHOLDER) : made;
      const value = { kind, text, index: values.length, hasKey };
      values.push(value);
      return value;
    },
    write(text) {
      pieces.push({ text, part: null });
    },
    writeValue(value, how = {}) {
      const { from = 0, to = value.text.length, isNamed = false, isBroken = false } = how;
      const characters = value.text.slice(from, to);
      const text = how.as === undefined ? characters : how.as(characters);
      pieces.push({ text, part: { value, from, to, isNamed, isBroken } });
    },
  };
}

export const ANY: readonly Need[] = ['nothing', 'word', 'key'];
export const STRONG: readonly Need[] = ['nothing'];
export const WORDED: readonly Need[] = ['nothing', 'word'];

const WORDS =
  'the parcel was shipped after lunch and nobody at the office noticed while rain fell over the harbour'.split(
    ' ',
  );

/** Words that hold no value, about so many characters of them. */
export function fillerOf(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += `${random.pick(WORDS)} `;
  return text.slice(0, length).trimEnd().padEnd(length, '.');
}

export const codeOf = (random: Random): string => random.text(UPPER.slice(0, 6), 3);

import type { Random } from '../random.ts';

/**
 * What a value needs beside it to be one: `nothing`, where its form tells (a card, an e-mail); `word`, where a word or key names it
 * (a bare national number); `key`, where only the key, column or phrase does (a password, a name).
 */
export type Need = 'nothing' | 'word' | 'key';

/** A kind of value and how to make a valid one. */
export interface ValueKind {
  readonly name: string;
  readonly need: Need;
  /** as people write before it: `card number` */
  readonly label: string;
  /** as programs call it: `card_number` */
  readonly key: string;
  readonly make: (random: Random) => string;
  /** whatever stands behind the key is one; false where the form has to speak as well */
  readonly isNamedByKey: boolean;
  /** Whether a part of a value speaks for itself already: it must then be hidden though the rest has not come. */
  readonly isTelling: (part: string, isHead: boolean) => boolean;
}

const never = (): boolean => false;

export function kind(given: Omit<ValueKind, 'isTelling' | 'isNamedByKey'> & Partial<ValueKind>): ValueKind {
  return { isTelling: never, isNamedByKey: true, ...given };
}

/** A head of so many characters can be nothing else. */
export const headOf =
  (length: number): ValueKind['isTelling'] =>
  (part, isHead) =>
    isHead && part.length >= length;

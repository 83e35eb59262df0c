/** Pseudo-random choices that a seed repeats exactly. */
export interface Random {
  /** Whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in this part (0..1) of the cases. */
  chance(part: number): boolean;
  /** `length` characters of an alphabet. */
  text(alphabet: string, length: number): string;
  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[];
}

export const DIGITS = '0123456789';
export const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const LOWER = UPPER.toLowerCase();
export const HEX = '0123456789abcdef';
export const ALNUM = DIGITS + UPPER + LOWER;

/** Every case has numbers of its own, so that one can be made again without those before it. */
export function createRandom(seed: number, stream: number): Random {
  // splitmix32 (Steele, Lea, Flood 2014) over the mixed seed
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35)) >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[int(0, list.length - 1)] as T; // within the list
  };
  return {
    int,
    pick,
    chance: part => next() < part,
    text: (alphabet, length) => Array.from({ length }, () => pick([...alphabet])).join(''),
    shuffled(list) {
      const left = [...list];
      return list.map(() => left.splice(int(0, left.length - 1), 1)[0] as (typeof left)[number]);
    },
  };
}

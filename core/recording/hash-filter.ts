import { concatBytes } from './encoding.ts';

/**
 * Sets of hashes in about nine bits each, with one false answer in 128: Golomb-Rice coded differences (as BIP 158 has them).
 * A filter is `varint count · varint bytes · bits`; several stand one behind another.
 */
const RICE_BITS = 7;

/** `hashes`: ascending, all of part `part` of `2^partBits` equal parts of the 32-bit range. */
export function encodeFilter(hashes: Uint32Array, partBits: number): Uint8Array {
  const bits = createBitWriter();
  let last = 0;
  for (const hash of hashes) {
    const value = placeOf(hash, partBits, hashes.length);
    const difference = value - last;
    last = value;
    bits.unary(difference >>> RICE_BITS);
    bits.number(difference & ((1 << RICE_BITS) - 1), RICE_BITS);
  }
  const coded = bits.finish();
  return concatBytes([varint(hashes.length), varint(coded.length), coded]);
}

/** Reads filters that stand one behind another; null where the bytes are not filters. */
export function readFilters(bytes: Uint8Array): readonly HashFilter[] | null {
  const filters: HashFilter[] = [];
  let at = 0;
  const number = (): number | null => {
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = bytes[at];
      if (byte === undefined) return null;
      at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    return null;
  };
  while (at < bytes.length) {
    const count = number();
    const length = number();
    if (count === null || length === null || at + length > bytes.length) return null;
    filters.push({ count, bits: bytes.subarray(at, at + length) });
    at += length;
  }
  return filters;
}

export interface HashFilter {
  readonly count: number;
  readonly bits: Uint8Array;
}

/** True for every hash that is in it, and for one in 128 others. */
export function mayHold({ count, bits }: HashFilter, hash: number, partBits: number): boolean {
  const wanted = placeOf(hash, partBits, count);
  let value = 0;
  let at = 0;
  const end = bits.length * 8;
  const bit = (): number => {
    const found = ((bits[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1;
    at += 1;
    return found;
  };
  for (let i = 0; i < count; i++) {
    let quotient = 0;
    while (at < end && bit() === 1) quotient += 1;
    let rest = 0;
    for (let n = 0; n < RICE_BITS; n++) rest = (rest << 1) | bit();
    value += quotient * 2 ** RICE_BITS + rest;
    if (value >= wanted) return value === wanted;
  }
  return false;
}

/** Where a hash stands among `count · 128` places of its part. The same inputs give the same place on every machine (IEEE 754). */
function placeOf(hash: number, partBits: number, count: number): number {
  const inPart = (hash << partBits) >>> 0;
  return Math.floor((inPart / 2 ** 32) * count * 2 ** RICE_BITS);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function createBitWriter() {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  const bit = (value: number): void => {
    held = (held << 1) | value;
    count += 1;
    if (count < 8) return;
    bytes.push(held);
    held = 0;
    count = 0;
  };
  return {
    /** so many ones and a zero */
    unary(value: number) {
      for (let i = 0; i < value; i++) bit(1);
      bit(0);
    },
    /** the lowest bits of a number, highest first */
    number(value: number, bits: number) {
      for (let i = bits - 1; i >= 0; i--) bit((value >>> i) & 1);
    },
    finish(): Uint8Array {
      while (count !== 0) bit(0);
      return Uint8Array.from(bytes);
    },
  };
}

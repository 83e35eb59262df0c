import { expect, test } from 'vitest';
import { MAX_INPUT_BYTES } from '../../contract/data-plane.ts';
import { bytesOfBinary, inputPieces } from './input-pieces.ts';

test.each([
  [0, []],
  [1, [1]],
  [MAX_INPUT_BYTES - 1, [MAX_INPUT_BYTES - 1]],
  [MAX_INPUT_BYTES, [MAX_INPUT_BYTES]],
  [MAX_INPUT_BYTES + 1, [MAX_INPUT_BYTES, 1]],
  [2 * MAX_INPUT_BYTES, [MAX_INPUT_BYTES, MAX_INPUT_BYTES]],
])('%d bytes are cut into pieces of %j', (length, lengths) => {
  expect(inputPieces(new Uint8Array(length)).map(piece => piece.length)).toEqual(lengths);
});

test('pieces joined again are the input', () => {
  const input = Uint8Array.from({ length: MAX_INPUT_BYTES * 2 + 5 }, (_, index) => index % 251);
  expect(Uint8Array.from(inputPieces(input).flatMap(piece => [...piece]))).toEqual(input);
});

test('binary input keeps each byte', () => {
  expect([...bytesOfBinary('\x1b[M \xff')]).toEqual([0x1b, 0x5b, 0x4d, 0x20, 0xff]);
});

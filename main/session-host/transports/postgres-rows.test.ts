import { expect, test } from 'vitest';
import { typedMessage } from './postgres-messages.ts';
import { createRowCounter } from './postgres-rows.ts';

const row = typedMessage('D', Buffer.from('a row with a body'));
const complete = typedMessage('C', Buffer.from('SELECT 3\0'));
const ready = typedMessage('Z', Buffer.from('I'));

function countIn(pieces: readonly Uint8Array[]): number[] {
  const told: number[] = [];
  const count = createRowCounter(rows => told.push(rows));
  for (const piece of pieces) count(piece);
  return told;
}

test('rows of each statement are counted for themselves', () => {
  expect(countIn([Buffer.concat([row, row, row]), Buffer.concat([complete, ready]), row])).toEqual([3, 3, 1]);
});

test('wherever the bytes are cut, the highest count is the same', () => {
  const all = Buffer.concat([row, row, complete, row, row, row, complete, ready]);
  for (let size = 1; size <= all.length; size += 1) {
    const pieces = [];
    for (let at = 0; at < all.length; at += size) pieces.push(all.subarray(at, at + size));
    expect(Math.max(...countIn(pieces))).toBe(3);
  }
});

test('answers without rows tell nothing', () => {
  expect(countIn([Buffer.concat([complete, ready])])).toEqual([]);
});

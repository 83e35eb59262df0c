import { expect, test } from 'vitest';
import { createOutputFlow } from './output-flow.ts';

function slowScreen() {
  const written: string[] = [];
  const pending: (() => void)[] = [];
  const acknowledged: number[] = [];
  const flow = createOutputFlow({
    write(bytes, done) {
      written.push(new TextDecoder().decode(bytes));
      pending.push(done);
    },
    acknowledge: seq => acknowledged.push(seq),
  });
  return { flow, written, acknowledged, workOff: () => pending.shift()?.() };
}
const bytes = (text: string) => new TextEncoder().encode(text);

test('output is acknowledged only after the screen has worked it off', () => {
  const { flow, acknowledged, workOff } = slowScreen();
  flow.receive(1, bytes('a'));
  flow.receive(2, bytes('b'));
  expect(acknowledged).toEqual([]);
  workOff();
  expect(flow.acknowledged()).toBe(1);
  workOff();
  expect(acknowledged).toEqual([2]);
  expect(flow.acknowledged()).toBe(2);
});

test('output that comes again is acknowledged again and not drawn again', () => {
  const { flow, written, acknowledged, workOff } = slowScreen();
  flow.receive(1, bytes('a'));
  workOff();
  flow.receive(1, bytes('a'));
  expect(written).toEqual(['a']);
  expect(acknowledged).toEqual([1, 1]);
});

test('a repeat of output that is still being drawn waits for that drawing', () => {
  const { flow, written, acknowledged, workOff } = slowScreen();
  flow.receive(1, bytes('a'));
  flow.receive(1, bytes('a'));
  expect(acknowledged).toEqual([]);
  workOff();
  expect(written).toEqual(['a']);
  expect(acknowledged).toEqual([1]);
});

test('a long row of outputs is acknowledged in larger parts, and its end at once', () => {
  const { flow, acknowledged, workOff } = slowScreen();
  for (let seq = 1; seq <= 5; seq += 1) flow.receive(seq, new Uint8Array(64 * 1024));
  for (let seq = 1; seq <= 5; seq += 1) workOff();
  expect(acknowledged).toEqual([2, 4, 5]);
});

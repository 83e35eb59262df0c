import type { Terminal } from '@xterm/xterm';
import { expect, test } from 'vitest';
import { drawNoEmptySelections } from './selection-drawing.ts';

function terminalWith(insides: object): Terminal {
  // only the insides are looked at
  return { _core: insides } as unknown as Terminal;
}

test('a selection is drawn while there is one, and once when it has gone', () => {
  const drawn: unknown[] = [];
  const drawing = {
    name: 'drawing',
    handleSelectionChanged(this: { name: string }, start: unknown, end: unknown, isColumns: unknown) {
      drawn.push([this.name, start, end, isColumns]);
    },
  };
  expect(drawNoEmptySelections(terminalWith({ _renderService: drawing }))).toBe(true);
  for (const [start, end] of [
    [],
    [],
    [
      [0, 1],
      [4, 1],
    ],
    [
      [0, 0],
      [4, 0],
    ],
    [],
    [],
    [[1, 1], undefined],
  ])
    drawing.handleSelectionChanged(start, end, false);
  expect(drawn).toEqual([
    ['drawing', [0, 1], [4, 1], false],
    ['drawing', [0, 0], [4, 0], false],
    ['drawing', undefined, undefined, false],
  ]);
});

test.each([[{}], [{ _renderService: {} }], [{ _renderService: null }]])(
  'a terminal that has other insides (%j) is left alone',
  insides => {
    expect(drawNoEmptySelections(terminalWith(insides))).toBe(false);
  },
);

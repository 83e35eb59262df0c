import { expect, test } from 'vitest';
import type { MaskMark } from '../../../contract/redaction.ts';
import { createMaskMarks } from './mask-marks.ts';

function setUp() {
  const passed: string[] = [];
  const marks = createMaskMarks(mark => void passed.push(mark.entity));
  const find = (entity: string) => marks.found({ entity } as MaskMark); // only the entity is looked at here
  return { passed, marks, find };
}

test('a mask is marked once the last byte of its output is recorded, not one byte before', () => {
  const { passed, marks, find } = setUp();
  find('email');
  marks.released(10);
  marks.recorded(9);
  expect(passed).toEqual([]);
  marks.recorded(1);
  expect(passed).toEqual(['email']);
});

test('masks of output that waits behind other output keep their order and their place', () => {
  const { passed, marks, find } = setUp();
  find('email');
  marks.released(4);
  find('phone');
  marks.released(4);
  marks.recorded(4);
  expect(passed).toEqual(['email']);
  marks.recorded(4);
  expect(passed).toEqual(['email', 'phone']);
});

test('a mask in output that is held back is marked with what follows', () => {
  const { passed, marks, find } = setUp();
  marks.released(4);
  marks.recorded(4);
  find('card');
  marks.released(0);
  expect(passed).toEqual([]);
  marks.released(20);
  marks.recorded(20);
  expect(passed).toEqual(['card']);
});

test('at the end no mask is lost', () => {
  const { passed, marks, find } = setUp();
  find('email');
  marks.released(4);
  find('phone');
  marks.flush();
  expect(passed).toEqual(['email', 'phone']);
});

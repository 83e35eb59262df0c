import { expect, test } from 'vitest';
import type { TimelineMark } from '../../contract/recording.ts';
import { currentMark, chaptersOf, groupMarks, groupWords, laneOf, nextMark, previousMark } from './marks.ts';

const mask = (atMs: number, entity: NonNullable<TimelineMark['entity']>): TimelineMark => ({
  atMs,
  kind: 'mask',
  entity,
  text: `masked ${entity}`,
});

test('masks of one kind within a moment are one group with a count', () => {
  const groups = groupMarks([
    mask(0, 'email'),
    mask(10, 'card'),
    mask(20, 'email'),
    mask(999, 'email'),
    mask(1000, 'email'),
  ]);
  expect(groups.map(group => [group.atMs, groupWords(group)])).toEqual([
    [0, '3 e-mail addresses'],
    [10, '1 card number'],
    [1000, '1 e-mail address'],
  ]);
});

test('a group says what its masks were found by, each reason once', () => {
  const by = (atMs: number, rule: string): TimelineMark => ({
    ...mask(atMs, 'email'),
    why: { rule, action: 'mask', score: 0.95, evidence: ['column "email"'] },
  });
  const [group] = groupMarks([
    by(0, 'email.column'),
    by(1, 'email.column'),
    by(2, 'email.address'),
    mask(3, 'email'),
  ]);
  expect(group?.count).toBe(4);
  expect(group?.reasons).toEqual([
    'by the table column it stands in (column "email"), 95% sure',
    'by its form (column "email"), 95% sure',
  ]);
});

test('commands and alerts are never merged', () => {
  const command: TimelineMark = { atMs: 5, kind: 'command', text: 'ls' };
  expect(groupMarks([command, { ...command, text: 'pwd' }])).toHaveLength(2);
});

test('secrets have a lane of their own', () => {
  expect(laneOf({ kind: 'mask', entity: 'api-key' })).toBe('secret');
  expect(laneOf({ kind: 'mask', entity: 'email' })).toBe('personal');
  expect(laneOf({ kind: 'gap', entity: null })).toBe('gap');
});

test('stepping finds the mark after and the mark before, and nothing beyond the ends', () => {
  const groups = groupMarks([mask(1_000, 'email'), mask(5_000, 'card'), mask(9_000, 'ssn')]);
  expect(nextMark(groups, 0)?.atMs).toBe(1_000);
  expect(nextMark(groups, 1_000)?.atMs).toBe(5_000);
  expect(nextMark(groups, 9_000)).toBeNull();
  expect(previousMark(groups, 9_100)?.atMs).toBe(5_000);
  expect(previousMark(groups, 1_100)).toBeNull();
});

test('a jump back passes over no mark, however close they follow each other', () => {
  const commands = [{ atMs: 1_000 }, { atMs: 1_300 }, { atMs: 1_600 }];
  expect(previousMark(commands, 1_600)?.atMs).toBe(1_300);
  expect(previousMark(commands, 1_300)?.atMs).toBe(1_000);
  expect(previousMark(commands, 1_000)).toBeNull();
});

test('the current mark is the last one that was reached', () => {
  const groups = groupMarks([mask(1_000, 'email'), mask(5_000, 'card')]);
  expect(currentMark(groups, 999)).toBeNull();
  expect(currentMark(groups, 1_000)).toBe(0);
  expect(currentMark(groups, 8_000)).toBe(1);
});

test('a command that the shell tells of twice is one chapter with its end', () => {
  const command = (atMs: number, text: string, more: { exitCode?: number; tookMs?: number } = {}) => ({
    atMs,
    kind: 'command' as const,
    text,
    command: { language: 'shell' as const, exitCode: more.exitCode ?? null, tookMs: more.tookMs ?? null },
  });
  const marks = [
    command(1_000, 'make'),
    command(4_000, 'make', { exitCode: 2, tookMs: 3_000 }),
    command(5_000, 'make'),
    command(9_000, 'sleep 4', { exitCode: 0, tookMs: 4_000 }),
  ];
  expect(chaptersOf(marks).map(({ atMs, text, exitCode, tookMs }) => [atMs, text, exitCode, tookMs])).toEqual(
    [
      [1_000, 'make', 2, 3_000],
      [5_000, 'make', null, null],
      [5_000, 'sleep 4', 0, 4_000],
    ],
  );
  expect(groupMarks(marks).map(({ atMs }) => atMs)).toEqual([1_000, 5_000]);
});

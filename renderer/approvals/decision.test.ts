import { expect, test } from 'vitest';
import { denial, readApproval } from './decision.ts';

const asked = { durationS: 3600, readOnly: false };

test('an approval without narrowing names neither duration nor read-only', () => {
  expect(readApproval(asked, { duration: '', readOnly: false }, '')).toEqual({
    ok: true,
    words: '1 hour',
    decision: { decision: 'approve' },
  });
});

test('a shorter duration and read-only are sent, and said', () => {
  expect(readApproval(asked, { duration: '10 min', readOnly: true }, ' only the one table ')).toEqual({
    ok: true,
    words: '10 minutes, read-only',
    decision: { decision: 'approve', durationS: 600, readOnly: true, note: 'only the one table' },
  });
});

test('more than what was asked cannot be approved', () => {
  expect(readApproval(asked, { duration: '2h', readOnly: false }, '').ok).toBe(false);
});

test('what was asked read-only stays read-only', () => {
  const reading = readApproval({ durationS: 60, readOnly: true }, { duration: '', readOnly: false }, '');
  expect(reading.ok && reading.words).toBe('1 minute, read-only');
  expect(reading.ok && reading.decision).toEqual({ decision: 'approve' });
});

test('a denial carries its note', () => {
  expect(denial('use staging')).toEqual({ decision: 'deny', note: 'use staging' });
  expect(denial('  ')).toEqual({ decision: 'deny' });
});

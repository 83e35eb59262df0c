import { expect, test } from 'vitest';
import type { AccessSnapshot } from '../../contract/access.ts';
import { AccessSnapshot as Schema } from '../../contract/access.ts';
import { announcement, fractionLeft, urgencyOf } from './countdown.ts';

const HOUR = 3_600_000;

test.each([
  [HOUR, HOUR, 'calm'],
  [300_001, HOUR, 'calm'],
  [300_000, HOUR, 'soon'],
  [60_001, HOUR, 'soon'],
  [60_000, HOUR, 'now'],
  [0, HOUR, 'now'],
  [30_000, 30_000, 'calm'],
  [20_000, 30_000, 'soon'],
  [10_000, 30_000, 'now'],
  [90_001, 180_000, 'calm'],
  [90_000, 180_000, 'soon'],
])('%d ms of %d ms are %s', (leftMs, totalMs, urgency) => {
  expect(urgencyOf(leftMs, totalMs)).toBe(urgency);
});

test('the fraction stays between nothing and all', () => {
  expect(fractionLeft(-1, 10)).toBe(0);
  expect(fractionLeft(20, 10)).toBe(1);
  expect(fractionLeft(5, 10)).toBe(0.5);
  expect(fractionLeft(5, 0)).toBe(0);
});

function snapshot(change: Partial<AccessSnapshot>): AccessSnapshot {
  const base = Schema.parse({
    sessionId: 's',
    grantId: 'g',
    phase: 'granted',
    lockReasons: [],
    isGateOpen: true,
    nowMs: 0,
    expiresAtMs: 1,
    graceEndsAtMs: null,
    warningMs: null,
    endCause: null,
    extensionsLeft: 1,
  });
  return { ...base, ...change };
}

test('a standing warning is announced with what happens at zero', () => {
  expect(announcement(snapshot({ phase: 'expiring', warningMs: 60_000 }))).toMatch(
    /^1 minute left\. At zero input stops/,
  );
});

test('without an extension left the announcement says that the session ends', () => {
  const words = announcement(snapshot({ phase: 'expiring', warningMs: 10_000, extensionsLeft: 0 }));
  expect(words).toContain('the session ends');
});

test('nothing is announced while nothing is the matter', () => {
  expect(announcement(snapshot({}))).toBeNull();
});

test('lock and end are announced whatever warning stood before', () => {
  expect(announcement(snapshot({ phase: 'locked', warningMs: 10_000 }))).toContain('locked');
  expect(announcement(snapshot({ phase: 'ended', warningMs: 10_000 }))).toContain('ended');
});

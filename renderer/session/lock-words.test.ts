import { expect, test } from 'vitest';
import type { AccessPhase, LockReason } from '../../contract/access.ts';
import { EndCause, LOCK_REASONS } from '../../contract/access.ts';
import { LIFTED_BY } from '../../core/access/machine.ts';
import { endCauseWords, isCovered, lockReasonWords, stalenessOf, waysOut } from './lock-words.ts';

test('every reason to lock has a title and says what to do', () => {
  for (const reason of LOCK_REASONS) {
    expect(lockReasonWords(reason).title.length).toBeGreaterThan(10);
    expect(lockReasonWords(reason).meaning.length).toBeGreaterThan(20);
  }
});

test.each(LOCK_REASONS)('whether a lock of %s opens again is told as the access machine has it', reason => {
  expect(/reopens|go on|lift/i.test(lockReasonWords(reason).meaning)).toBe(LIFTED_BY[reason] !== null);
});

test('every cause of an end has its own words', () => {
  const words = EndCause.options.map(cause => endCauseWords(cause));
  expect(new Set(words).size).toBe(EndCause.options.length);
});

test('a reviewer reads about the operator, not about themself', () => {
  expect(endCauseWords('closed-by-operator', false)).toBe('The operator ended it');
});

test.each<[LockReason[], number, boolean, boolean]>([
  [['operator'], 1, true, false],
  [['idle'], 1, true, false],
  [['operator', 'idle'], 0, true, false],
  [['operator', 'approver'], 1, false, false],
  [['grant-expired'], 1, false, true],
  [['grant-expired'], 0, false, false],
  [['grant-expired', 'revoked'], 2, false, false],
  [['revoked'], 2, false, false],
  [[], 1, false, false],
])(
  'locked by %j with %d extensions left: unlock %s, extend %s',
  (lockReasons, extensionsLeft, canUnlock, canExtend) => {
    expect(waysOut({ lockReasons, extensionsLeft })).toEqual({ canUnlock, canExtend });
  },
);

test.each<[AccessPhase, boolean, boolean]>([
  ['granted', true, false],
  ['expiring', true, false],
  ['granted', false, true],
  ['requested', true, true],
  ['locked', false, true],
  ['locked', true, true],
  ['ended', false, true],
])('in phase %s with the gate open: %s the screen is covered: %s', (phase, isGateOpen, covered) => {
  expect(isCovered({ phase, isGateOpen })).toBe(covered);
});

test.each<[AccessPhase, number, boolean, string | null]>([
  ['granted', 999, false, null],
  ['granted', 2_000, false, null],
  ['granted', 2_001, false, 'past-expiry'],
  ['expiring', 2_001, false, 'past-expiry'],
  ['granted', 0, true, 'out-of-reach'],
  ['locked', 9_999, true, null],
  ['ended', 9_999, true, null],
])(
  'in phase %s at %d ms, out of reach %s, a snapshot that expires at 1,000 ms is stale: %s',
  (phase, nowMs, isOut, stale) => {
    expect(stalenessOf({ phase, expiresAtMs: 1_000 }, nowMs, isOut)).toBe(stale);
  },
);

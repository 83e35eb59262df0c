import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LockReason } from '../../contract/access.ts';
import { LOCK_REASONS } from '../../contract/access.ts';
import { SessionTerms } from '../../contract/grant.ts';
import { GrantId, SessionId } from '../../contract/ids.ts';
import { earliestDeadline, nextDueMs, REVOKED_GRACE_MS } from './deadlines.ts';
import type { AccessEvent, AccessStep } from './machine.ts';
import { LIFTED_BY, step } from './machine.ts';
import { snapshotOf } from './snapshot.ts';
import type { AccessState } from './state.ts';
import { isGateOpen, startAccess } from './state.ts';

const T0 = 1_000_000_000_000;
const MINUTE = 60_000;
const LATER = GrantId.parse('grant-2');

/** A grant of 20 minutes from T0, opened at T0, with a lease to its end. */
function opened(terms: Partial<SessionTerms> = {}): AccessState {
  const start = startAccess({
    sessionId: SessionId.parse('session-1'),
    grantId: GrantId.parse('grant-1'),
    terms: { ...SessionTerms.parse({}), ...terms },
    startsAtMs: T0,
    expiresAtMs: T0 + 20 * MINUTE,
    leaseUntilMs: T0 + 60 * MINUTE,
    nowMs: T0,
  });
  return step(start, { kind: 'opened' }, T0).state;
}

function play(state: AccessState, events: readonly [AccessEvent, number][]): AccessStep {
  let last: AccessStep = { state, effects: [] };
  for (const [event, atMs] of events) last = step(last.state, event, atMs);
  return last;
}

const evaluate: AccessEvent = { kind: 'evaluate' };
const kinds = (taken: AccessStep) => taken.effects.map(effect => effect.kind);

describe('transitions', () => {
  test('an opened session is granted, uncovered first and then open', () => {
    const start = { ...opened(), phase: 'requested' as const };
    const taken = step(start, { kind: 'opened' }, T0);
    expect(taken.state.phase).toBe('granted');
    expect(kinds(taken)).toEqual(['note', 'cover', 'gate', 'changed']);
  });

  test('a session that opens with a reason to lock is locked and never opens its gate', () => {
    const start = { ...opened(), phase: 'requested' as const };
    const taken = play(start, [
      [{ kind: 'suspended', isSuspended: true }, T0],
      [{ kind: 'opened' }, T0],
    ]);
    expect(taken.state.phase).toBe('locked');
    expect(taken.effects).not.toContainEqual({ kind: 'gate', isOpen: true });
  });

  test.each<[AccessEvent, AccessEvent | null, LockReason]>([
    [{ kind: 'revoked' }, null, 'revoked'],
    [{ kind: 'host-asked', reason: 'recorder-failed' }, null, 'recorder-failed'],
    [{ kind: 'host-asked', reason: 'budget' }, { kind: 'budget-lifted' }, 'budget'],
    [{ kind: 'host-silent', isSilent: true }, { kind: 'host-silent', isSilent: false }, 'host-unresponsive'],
    [{ kind: 'operator-locked' }, { kind: 'operator-unlocked' }, 'operator'],
    [{ kind: 'suspended', isSuspended: true }, { kind: 'suspended', isSuspended: false }, 'approver'],
    [{ kind: 'lease-dropped' }, { kind: 'lease-renewed', untilMs: T0 + 30 * MINUTE }, 'policy-stale'],
  ])('%j locks, %j lifts', (event, lifting, reason) => {
    const locked = step(opened(), event, T0 + 1);
    expect(LIFTED_BY[reason]).toBe(lifting?.kind ?? null);
    expect(snapshotOf(locked.state, T0 + 1)).toMatchObject({ phase: 'locked', lockReasons: [reason] });
    expect(kinds(locked).slice(0, 2)).toEqual(['gate', 'cover']);
    const others: AccessEvent[] = [
      { kind: 'operator-unlocked' },
      { kind: 'budget-lifted' },
      { kind: 'suspended', isSuspended: false },
      { kind: 'extended', grantId: LATER, expiresAtMs: T0 + 40 * MINUTE },
      { kind: 'activity' },
      evaluate,
    ];
    for (const other of others.filter(candidate => candidate.kind !== lifting?.kind))
      expect(step(locked.state, other, T0 + 2).state.phase).toBe('locked');
    if (lifting !== null) expect(isGateOpen(step(locked.state, lifting, T0 + 2).state)).toBe(true);
  });

  test('it opens only when the last of several reasons is gone', () => {
    const locked = play(opened(), [
      [{ kind: 'operator-locked' }, T0 + 1],
      [{ kind: 'suspended', isSuspended: true }, T0 + 2],
      [{ kind: 'operator-unlocked' }, T0 + 3],
    ]);
    expect(locked.state.phase).toBe('locked');
    expect(step(locked.state, { kind: 'suspended', isSuspended: false }, T0 + 4).state.phase).toBe('granted');
  });

  test('each warning is said once, with the words of what happens at zero', () => {
    const said: number[] = [];
    let state = opened();
    for (let atMs = T0; atMs < T0 + 20 * MINUTE; atMs += 1000) {
      const taken = step(state, evaluate, atMs);
      state = taken.state;
      for (const effect of taken.effects)
        if (effect.kind === 'warn') {
          said.push(effect.warningMs);
          expect(effect.text).toContain('At zero, input closes');
        }
    }
    expect(said).toEqual([900_000, 300_000, 60_000, 10_000]);
    expect(state.phase).toBe('expiring');
  });

  test('a warning longer than the grant is not said', () => {
    const taken = step(opened({ warningsMs: [30 * MINUTE] }), evaluate, T0 + 5 * MINUTE);
    expect(taken.state.phase).toBe('granted');
  });

  test('at zero the gate closes and the screen is covered in the same step, not before', () => {
    const end = T0 + 20 * MINUTE;
    expect(isGateOpen(step(opened(), evaluate, end - 1).state)).toBe(true);
    const taken = step(opened(), evaluate, end);
    expect(kinds(taken).slice(0, 2)).toEqual(['gate', 'cover']);
    expect(snapshotOf(taken.state, end)).toMatchObject({
      lockReasons: ['grant-expired'],
      isGateOpen: false,
      graceEndsAtMs: end + 60_000,
    });
  });

  test('an extension within the grace opens again; after the grace the session has ended', () => {
    const end = T0 + 20 * MINUTE;
    const locked = step(opened(), evaluate, end).state;
    const extension: AccessEvent = { kind: 'extended', grantId: LATER, expiresAtMs: end + 10 * MINUTE };
    const reopened = step(locked, extension, end + 59_999);
    expect(reopened.state).toMatchObject({ phase: 'expiring', grantId: LATER });
    expect(kinds(reopened)).toContain('gate');
    const late = step(locked, extension, end + 60_000).state;
    expect(late.phase).toBe('ended');
    const ended = step(locked, evaluate, end + 60_000);
    expect(ended.state).toMatchObject({ phase: 'ended', endCause: 'grant-expired' });
    expect(ended.effects).toContainEqual({ kind: 'end', cause: 'grant-expired' });
    expect(step(ended.state, extension, end + 60_001).state.phase).toBe('ended');
  });

  test('a session extended more often than its grant allows keeps its end', () => {
    const taken = step(
      opened({ maxExtensions: 0 }),
      { kind: 'extended', grantId: LATER, expiresAtMs: T0 + 40 * MINUTE },
      T0,
    );
    expect(taken.state.expiresAtMs).toBe(T0 + 20 * MINUTE);
  });

  test('a host that takes the grant for expired before its end is not followed', () => {
    const asked: AccessEvent = { kind: 'host-asked', reason: 'grant-expired' };
    expect(step(opened(), asked, T0 + 20 * MINUTE - 1).state.phase).toBe('expiring');
    expect(step(opened(), asked, T0 + 20 * MINUTE).state.phase).toBe('locked');
  });

  test('a revoked session ends shortly after, and names the revocation', () => {
    const revoked = step(opened(), { kind: 'revoked' }, T0 + 5).state;
    const ended = step(revoked, evaluate, T0 + 5 + REVOKED_GRACE_MS).state;
    expect(ended).toMatchObject({ phase: 'ended', endCause: 'revoked' });
  });

  test('a lease that is not renewed locks, comes back with a renewal, and ends after the grace', () => {
    const leased = { ...opened(), leaseUntilMs: T0 + 15_000 };
    const stale = step(leased, evaluate, T0 + 15_000).state;
    expect(stale.phase).toBe('locked');
    const renewed = step(stale, { kind: 'lease-renewed', untilMs: T0 + 40_000 }, T0 + 25_000).state;
    expect(isGateOpen(renewed)).toBe(true);
    expect(step(stale, evaluate, T0 + 75_000).state.endCause).toBe('policy-stale');
  });

  test('a lease that has run out on arrival renews nothing', () => {
    const stale = step({ ...opened(), leaseUntilMs: T0 + 10 }, evaluate, T0 + 10).state;
    expect(step(stale, { kind: 'lease-renewed', untilMs: T0 + 20 }, T0 + 20).state.phase).toBe('locked');
  });

  test('an idle session locks, its operator opens it, and after the idle end it is over', () => {
    const state = opened({ idleLockMs: 1000, idleEndMs: 5000 });
    const idle = step(state, evaluate, T0 + 1000).state;
    expect(snapshotOf(idle, T0 + 1000).lockReasons).toEqual(['idle']);
    expect(isGateOpen(step(idle, { kind: 'operator-unlocked' }, T0 + 2000).state)).toBe(true);
    expect(step(idle, evaluate, T0 + 5000).state).toMatchObject({ phase: 'ended', endCause: 'idle' });
    const busy = step(state, { kind: 'activity' }, T0 + 900).state;
    expect(isGateOpen(step(busy, evaluate, T0 + 1800).state)).toBe(true);
  });

  test.each([
    [{ kind: 'host-lost' }, 'host-lost'],
    [{ kind: 'host-ended', cause: 'exited' }, 'exited'],
    [{ kind: 'end-asked', cause: 'closed-by-operator' }, 'closed-by-operator'],
  ] as const)('%j ends the session by %s', (event, cause) => {
    expect(step(opened(), event, T0).state).toMatchObject({ phase: 'ended', endCause: cause });
  });

  test('while no server time is known the session is locked, and goes on when it is', () => {
    const unknown = step(opened(), evaluate, Number.NaN).state;
    expect(unknown.phase).toBe('locked');
    expect(unknown.endCause).toBeNull();
    const lifted = step(unknown, { kind: 'lease-renewed', untilMs: T0 + 70 * MINUTE }, T0 + 1).state;
    expect(isGateOpen(lifted)).toBe(true);
  });

  test('a revocation that comes while no server time is known ends the session shortly after one is', () => {
    const revoked = play(opened(), [
      [{ kind: 'revoked' }, Number.NaN],
      [evaluate, T0 + 10],
    ]).state;
    expect(step(revoked, evaluate, T0 + 10 + REVOKED_GRACE_MS).state.endCause).toBe('revoked');
  });

  test('the next evaluation is due at the next warning, then at the end, then at the end of the grace', () => {
    const state = opened();
    expect(nextDueMs(state, T0)).toBe(T0 + 5 * MINUTE);
    expect(nextDueMs(state, T0 + 20 * MINUTE - 1)).toBe(T0 + 20 * MINUTE);
    const locked = step(state, evaluate, T0 + 20 * MINUTE).state;
    expect(nextDueMs(locked, T0 + 20 * MINUTE)).toBe(T0 + 21 * MINUTE);
    expect(earliestDeadline(locked)).toEqual({ reason: 'grant-expired', atMs: T0 + 21 * MINUTE });
  });
});

describe('properties, for any order of events', () => {
  const time = fc.integer({ min: 0, max: 40 * MINUTE }).map(ms => T0 + ms);
  const anyEvent: fc.Arbitrary<AccessEvent> = fc.oneof(
    { weight: 4, arbitrary: fc.constant(evaluate) },
    fc.constantFrom<AccessEvent>(
      { kind: 'opened' },
      { kind: 'activity' },
      { kind: 'lease-dropped' },
      { kind: 'revoked' },
      { kind: 'suspended', isSuspended: true },
      { kind: 'suspended', isSuspended: false },
      { kind: 'operator-locked' },
      { kind: 'operator-unlocked' },
      { kind: 'budget-lifted' },
      { kind: 'host-lost' },
      { kind: 'host-silent', isSilent: true },
      { kind: 'host-silent', isSilent: false },
      { kind: 'end-asked', cause: 'closed-by-operator' },
    ),
    time.map((untilMs): AccessEvent => ({ kind: 'lease-renewed', untilMs })),
    time.map((expiresAtMs): AccessEvent => ({ kind: 'extended', grantId: LATER, expiresAtMs })),
    fc.constantFrom(...LOCK_REASONS).map((reason): AccessEvent => ({ kind: 'host-asked', reason })),
  );
  /** Times mostly go forward, sometimes back (a corrected clock), sometimes are unknown. */
  const history = fc.array(
    fc.tuple(
      anyEvent,
      fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: 90_000 }) },
        fc.constantFrom(-5000, Number.NaN),
      ),
    ),
    { maxLength: 60 },
  );

  function check(holds: (before: AccessState, event: AccessEvent, taken: AccessStep, nowMs: number) => void) {
    fc.assert(
      fc.property(history, events => {
        let state = opened({ idleLockMs: 4 * MINUTE });
        let knownMs = T0;
        for (const [event, deltaMs] of events) {
          if (!Number.isNaN(deltaMs)) knownMs += deltaMs;
          const nowMs = Number.isNaN(deltaMs) ? deltaMs : knownMs;
          const taken = step(state, event, nowMs);
          holds(state, event, taken, nowMs);
          state = taken.state;
        }
      }),
      { numRuns: 500 },
    );
  }

  test('ended is final', () => {
    check((before, _event, taken) => {
      if (before.phase !== 'ended') return;
      expect(taken.state).toBe(before);
      expect(taken.effects).toEqual([]);
    });
  });

  test('an open gate means: granted or expiring, no reason, before the end, lease fresh', () => {
    check((_before, _event, taken, nowMs) => {
      if (!isGateOpen(taken.state)) return;
      expect(['granted', 'expiring']).toContain(taken.state.phase);
      expect(taken.state.reasons).toEqual({});
      expect(nowMs).toBeLessThan(taken.state.expiresAtMs);
      expect(nowMs).toBeLessThan(taken.state.leaseUntilMs);
    });
  });

  test('only an extension moves the end, and never to an earlier time', () => {
    check((before, event, taken) => {
      if (event.kind === 'extended')
        expect(taken.state.expiresAtMs).toBeGreaterThanOrEqual(before.expiresAtMs);
      else expect(taken.state.expiresAtMs).toBe(before.expiresAtMs);
    });
  });

  test('the effects tell the gate exactly when it changes, and close it before anything else', () => {
    check((before, _event, taken) => {
      const gates = taken.effects.filter(effect => effect.kind === 'gate');
      const wasOpen = isGateOpen(before);
      const isOpen = isGateOpen(taken.state);
      if (wasOpen && !isOpen) expect(taken.effects[0]).toEqual({ kind: 'gate', isOpen: false });
      if (!wasOpen && isOpen) expect(gates).toEqual([{ kind: 'gate', isOpen: true }]);
      if (wasOpen && isOpen) expect(gates).toEqual([]);
      if (isOpen !== wasOpen) expect(taken.effects.at(-1)).toEqual({ kind: 'changed' });
    });
  });

  test('a revoked session never opens again', () => {
    check((before, _event, taken) => {
      if (before.reasons.revoked !== undefined) expect(isGateOpen(taken.state)).toBe(false);
    });
  });
});

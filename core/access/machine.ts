import type { EndCause, LockReason } from '../../contract/access.ts';
import { LOCK_REASONS } from '../../contract/access.ts';
import type { GrantId } from '../../contract/ids.ts';
import { assertNever } from '../assert-never.ts';
import { earliestDeadline } from './deadlines.ts';
import type { AccessState } from './state.ts';
import { isGateOpen, standingWarning } from './state.ts';
import { endWords, lockWords, warningWords } from './words.ts';

/**
 * The machine that decides about access: pure, `(state, event, now) → { state, effects }`. Main is its only writer; the session
 * host enforces what it says; the renderer mirrors it. Timers only send `evaluate`; what they find was decided by the times in
 * the state. Anything unknown or stale means locked; so does a `now` that is not a number (no server time is known).
 *
 * | phase      | gate   | left by                                                                             | to                  |
 * | ---------- | ------ | ----------------------------------------------------------------------------------- | ------------------- |
 * | requested  | closed | `opened`, no reason to lock                                                         | granted / expiring  |
 * | requested  | closed | `opened`, a reason to lock                                                          | locked              |
 * | granted    | open   | a warning is due                                                                    | expiring            |
 * | expiring   | open   | `extended` past every warning                                                       | granted             |
 * | granted, expiring | open | any reason to lock (below)                                                     | locked              |
 * | locked     | closed | the set of reasons is empty                                                         | granted / expiring  |
 * | locked, requested | closed | the earliest deadline of a reason (below) passes                             | ended, by it        |
 * | all        |        | `end-asked`, `host-ended`, `host-lost`                                              | ended               |
 * | ended      | closed | nothing                                                                             |                     |
 *
 * | reason            | comes with                            | goes with                        | ends the session                      |
 * | ----------------- | ------------------------------------- | -------------------------------- | ------------------------------------- |
 * | grant-expired     | now ≥ expiry                          | `extended` beyond now            | grace after the expiry                |
 * | revoked           | `revoked`                             | never                            | min(grace, REVOKED_GRACE_MS) after it |
 * | recorder-failed   | `host-asked`                          | never                            | grace after it                        |
 * | policy-stale      | now ≥ end of the lease                | `lease-renewed` beyond now       | grace after it                        |
 * | idle              | no `activity` for `idleLockMs`        | `operator-unlocked`              | `idleEndMs` without activity          |
 * | budget            | `host-asked`                          | `budget-lifted`                  | by expiry only                        |
 * | host-unresponsive | `host-silent`                         | `host-silent` with false         | grace after it                        |
 * | operator          | `operator-locked`                     | `operator-unlocked`              | by expiry only                        |
 * | approver          | `suspended`                           | `suspended` with false           | by expiry only                        |
 */
export type AccessEvent =
  | { readonly kind: 'evaluate' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'activity' }
  | { readonly kind: 'lease-renewed'; readonly untilMs: number }
  /** the clock is in doubt (sleep, a jump) or the event stream has a gap: locked until a lease is believed again */
  | { readonly kind: 'lease-dropped' }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'extended'; readonly grantId: GrantId; readonly expiresAtMs: number }
  | { readonly kind: 'suspended'; readonly isSuspended: boolean }
  | { readonly kind: 'operator-locked' }
  | { readonly kind: 'operator-unlocked' }
  | { readonly kind: 'budget-lifted' }
  | { readonly kind: 'host-asked'; readonly reason: LockReason }
  /** the host gives no sign of life, or does again */
  | { readonly kind: 'host-silent'; readonly isSilent: boolean }
  | { readonly kind: 'host-ended'; readonly cause: EndCause }
  | { readonly kind: 'host-lost' }
  | { readonly kind: 'end-asked'; readonly cause: EndCause };

/** What lifts a lock of each reason, as the table says; null: nothing does, and the session ends. */
export const LIFTED_BY = {
  'grant-expired': 'extended',
  revoked: null,
  'recorder-failed': null,
  'policy-stale': 'lease-renewed',
  idle: 'operator-unlocked',
  budget: 'budget-lifted',
  'host-unresponsive': 'host-silent',
  operator: 'operator-unlocked',
  approver: 'suspended',
} as const satisfies Readonly<Record<LockReason, AccessEvent['kind'] | null>>;

/** What main has to do, in this order. Closing comes first. */
export type AccessEffect =
  | { readonly kind: 'gate'; readonly isOpen: boolean }
  | { readonly kind: 'cover'; readonly isCovered: boolean }
  | { readonly kind: 'note'; readonly phase: string; readonly text: string }
  | { readonly kind: 'warn'; readonly warningMs: number; readonly text: string }
  | { readonly kind: 'end'; readonly cause: EndCause }
  /** the snapshot is worth telling */
  | { readonly kind: 'changed' };

export interface AccessStep {
  readonly state: AccessState;
  readonly effects: readonly AccessEffect[];
}

/** One step. Never throws; an event that does not fit the state changes nothing. */
export function step(before: AccessState, event: AccessEvent, nowMs: number): AccessStep {
  if (before.phase === 'ended') return { state: before, effects: [] };
  // What time decided comes first: an extension or a lease that arrives after the grace finds the session ended.
  const after = settle(take(settle(before, nowMs), event, nowMs), nowMs);
  return { state: after, effects: effectsOf(before, after, nowMs) };
}

function take(state: AccessState, event: AccessEvent, nowMs: number): AccessState {
  if (state.phase === 'ended') return state;
  switch (event.kind) {
    case 'evaluate':
      return state;
    case 'opened':
      return state.phase === 'requested' ? { ...noteActivity(state, nowMs), phase: 'granted' } : state;
    case 'activity':
      return isGateOpen(state) ? noteActivity(state, nowMs) : state;
    case 'lease-renewed':
      return event.untilMs > nowMs && event.untilMs > state.leaseUntilMs
        ? { ...lift(state, 'policy-stale'), leaseUntilMs: event.untilMs }
        : state;
    case 'lease-dropped':
      return { ...state, leaseUntilMs: -Infinity };
    case 'revoked':
      return lock(state, 'revoked', nowMs);
    case 'extended':
      return extend(state, event);
    case 'suspended':
      return event.isSuspended ? lock(state, 'approver', nowMs) : lift(state, 'approver');
    case 'operator-locked':
      return lock(state, 'operator', nowMs);
    case 'operator-unlocked':
      return noteActivity(lift(lift(state, 'operator'), 'idle'), nowMs);
    case 'budget-lifted':
      return lift(state, 'budget');
    case 'host-asked':
      // The host's own fence may not have heard of an extension yet: expiry is main's to know.
      return event.reason === 'grant-expired' && nowMs < state.expiresAtMs
        ? state
        : lock(state, event.reason, nowMs);
    case 'host-silent':
      return event.isSilent ? lock(state, 'host-unresponsive', nowMs) : lift(state, 'host-unresponsive');
    case 'host-ended':
    case 'end-asked':
      return { ...state, phase: 'ended', endCause: event.cause };
    case 'host-lost':
      return { ...state, phase: 'ended', endCause: 'host-lost' };
    default:
      return assertNever(event);
  }
}

/** An extension never shortens, never passes a revocation, and is bounded in number. */
function extend(state: AccessState, event: AccessEvent & { kind: 'extended' }): AccessState {
  const isAllowed =
    state.reasons.revoked === undefined &&
    event.expiresAtMs >= state.expiresAtMs &&
    state.extensionsUsed < state.terms.maxExtensions;
  if (!isAllowed) return state;
  const extended = {
    ...state,
    grantId: event.grantId,
    expiresAtMs: event.expiresAtMs,
    grantDurationMs: state.grantDurationMs + (event.expiresAtMs - state.expiresAtMs),
    extensionsUsed: state.extensionsUsed + 1,
    warnedMs: null,
  };
  // Whether the new end is past already is for `settle` to say; while no time is known, the lease keeps the session locked.
  return lift(extended, 'grant-expired');
}

/** What is not known to be later counts as no activity. */
function noteActivity(state: AccessState, nowMs: number): AccessState {
  return Number.isNaN(nowMs) ? state : { ...state, lastActivityMs: nowMs };
}

/**
 * What time alone brings about. A `now` that is no number locks, as stale: the next lease lifts that. What came up while no time
 * was known counts from the first moment that is.
 */
function settle(taken: AccessState, nowMs: number): AccessState {
  if (taken.phase === 'ended') return taken;
  let state = taken;
  for (const reason of LOCK_REASONS)
    if (Number.isNaN(state.reasons[reason])) state = lock(state, reason, nowMs);
  if (nowMs >= state.expiresAtMs) state = lock(state, 'grant-expired', nowMs);
  if (!(nowMs < state.leaseUntilMs)) state = lock(state, 'policy-stale', nowMs);
  const { idleLockMs, idleEndMs } = state.terms;
  const idleMs = nowMs - state.lastActivityMs;
  const isIdleCounted = state.phase !== 'requested';
  if (isIdleCounted && idleLockMs !== null && idleMs >= idleLockMs) state = lock(state, 'idle', nowMs);
  if (isIdleCounted && idleEndMs !== null && idleMs >= idleEndMs)
    return { ...state, phase: 'ended', endCause: 'idle' };
  const deadline = earliestDeadline(state);
  if (deadline !== null && nowMs >= deadline.atMs)
    return { ...state, phase: 'ended', endCause: deadline.reason };
  if (state.phase === 'requested') return state;
  if (Object.keys(state.reasons).length > 0) return { ...state, phase: 'locked' };
  const warningMs = standingWarning(state, nowMs);
  return { ...state, phase: warningMs === null ? 'granted' : 'expiring', warnedMs: warningMs };
}

function lock(state: AccessState, reason: LockReason, nowMs: number): AccessState {
  const sinceMs = state.reasons[reason];
  const isTimed = sinceMs !== undefined && !Number.isNaN(sinceMs);
  return isTimed || Object.is(sinceMs, nowMs)
    ? state
    : { ...state, reasons: { ...state.reasons, [reason]: nowMs } };
}

function lift(state: AccessState, reason: LockReason): AccessState {
  if (state.reasons[reason] === undefined) return state;
  const reasons: Partial<Record<LockReason, number>> = {};
  for (const other of LOCK_REASONS) {
    const sinceMs = state.reasons[other];
    if (other !== reason && sinceMs !== undefined) reasons[other] = sinceMs;
  }
  return { ...state, reasons };
}

function effectsOf(before: AccessState, after: AccessState, nowMs: number): AccessEffect[] {
  const effects: AccessEffect[] = [];
  const wasOpen = isGateOpen(before);
  const isOpen = isGateOpen(after);
  if (after.phase === 'ended') {
    const cause = after.endCause ?? 'failed';
    return [
      { kind: 'gate', isOpen: false },
      { kind: 'cover', isCovered: true },
      { kind: 'note', phase: 'ended', text: endWords(cause) },
      { kind: 'end', cause },
      { kind: 'changed' },
    ];
  }
  if (wasOpen && !isOpen) effects.push({ kind: 'gate', isOpen: false }, { kind: 'cover', isCovered: true });
  for (const reason of LOCK_REASONS)
    if (before.reasons[reason] === undefined && after.reasons[reason] !== undefined)
      effects.push({ kind: 'note', phase: 'locked', text: lockWords(reason) });
  if (after.expiresAtMs !== before.expiresAtMs)
    effects.push({ kind: 'note', phase: 'extended', text: 'The grant was extended.' });
  if (!wasOpen && isOpen) {
    const text = before.phase === 'requested' ? 'Access is granted.' : 'The session goes on.';
    effects.push({ kind: 'note', phase: after.phase, text });
    effects.push({ kind: 'cover', isCovered: false }, { kind: 'gate', isOpen: true });
  }
  if (isOpen && after.warnedMs !== null && after.warnedMs !== before.warnedMs) {
    const text = warningWords(after.expiresAtMs - nowMs, after.terms.graceMs);
    effects.push({ kind: 'note', phase: 'expiring', text });
    effects.push({ kind: 'warn', warningMs: after.warnedMs, text });
  }
  if (isWorthTelling(before, after)) effects.push({ kind: 'changed' });
  return effects;
}

function isWorthTelling(before: AccessState, after: AccessState): boolean {
  return (
    before.phase !== after.phase ||
    before.reasons !== after.reasons ||
    before.expiresAtMs !== after.expiresAtMs ||
    before.warnedMs !== after.warnedMs
  );
}

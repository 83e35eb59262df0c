import type { LockReason } from '../../contract/access.ts';
import { LOCK_REASONS } from '../../contract/access.ts';
import { assertNever } from '../assert-never.ts';
import type { AccessState } from './state.ts';

/** Nothing lifts a revocation: this long the person sees why, then the session ends. */
export const REVOKED_GRACE_MS = 2_000;

/** When the next `evaluate` can find something new, or null when nothing is due. */
export function nextDueMs(state: AccessState, nowMs: number): number | null {
  if (state.phase === 'ended') return null;
  const { idleLockMs, idleEndMs, warningsMs } = state.terms;
  const due = [
    state.expiresAtMs,
    state.leaseUntilMs,
    ...warningsMs.map(warningMs => state.expiresAtMs - warningMs),
    ...(idleLockMs === null ? [] : [state.lastActivityMs + idleLockMs]),
    ...(idleEndMs === null ? [] : [state.lastActivityMs + idleEndMs]),
    earliestDeadline(state)?.atMs ?? Infinity,
  ].filter(atMs => atMs > nowMs && Number.isFinite(atMs));
  return due.length === 0 ? null : Math.min(...due);
}

/** The moment at which a reason ends the session, and which reason that is; null while none does. */
export function earliestDeadline(
  state: AccessState,
): { readonly reason: LockReason; readonly atMs: number } | null {
  let earliest: { reason: LockReason; atMs: number } | null = null;
  for (const reason of LOCK_REASONS) {
    const sinceMs = state.reasons[reason];
    const atMs = sinceMs === undefined ? null : deadlineOf(state, reason, sinceMs);
    // A reason that came up while no time was known has no deadline until one is.
    if (atMs !== null && !Number.isNaN(atMs) && (earliest === null || atMs < earliest.atMs))
      earliest = { reason, atMs };
  }
  return earliest;
}

function deadlineOf(state: AccessState, reason: LockReason, sinceMs: number): number | null {
  switch (reason) {
    case 'grant-expired':
      return state.expiresAtMs + state.terms.graceMs;
    case 'revoked':
      return sinceMs + Math.min(state.terms.graceMs, REVOKED_GRACE_MS);
    case 'recorder-failed':
    case 'policy-stale':
    case 'host-unresponsive':
      return sinceMs + state.terms.graceMs;
    case 'idle':
    case 'budget':
    case 'operator':
    case 'approver':
      return null;
    default:
      return assertNever(reason);
  }
}

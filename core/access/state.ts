import type { AccessPhase, EndCause, LockReason } from '../../contract/access.ts';
import type { SessionTerms } from '../../contract/grant.ts';
import type { GrantId, SessionId } from '../../contract/ids.ts';

/** Everything that decides about a session. All times: server time, milliseconds since the epoch. */
export interface AccessState {
  readonly sessionId: SessionId;
  readonly grantId: GrantId;
  readonly phase: AccessPhase;
  readonly terms: SessionTerms;
  /** how long the grant was for; warnings that are longer than the grant itself are left out */
  readonly grantDurationMs: number;
  readonly expiresAtMs: number;
  /** the lease is fresh before this moment; `-Infinity` while there is none */
  readonly leaseUntilMs: number;
  /** the set of reasons to lock, each with the time at which it came up */
  readonly reasons: Readonly<Partial<Record<LockReason, number>>>;
  readonly lastActivityMs: number;
  /** the shortest warning that was said already */
  readonly warnedMs: number | null;
  readonly extensionsUsed: number;
  readonly endCause: EndCause | null;
}

/** Where a session begins: asked for, input closed, until the host has opened its transport. */
export interface AccessStart {
  readonly sessionId: SessionId;
  readonly grantId: GrantId;
  readonly terms: SessionTerms;
  readonly startsAtMs: number;
  readonly expiresAtMs: number;
  readonly leaseUntilMs: number;
  readonly nowMs: number;
}

export function startAccess(start: AccessStart): AccessState {
  return {
    sessionId: start.sessionId,
    grantId: start.grantId,
    phase: 'requested',
    terms: start.terms,
    grantDurationMs: start.expiresAtMs - start.startsAtMs,
    expiresAtMs: start.expiresAtMs,
    leaseUntilMs: start.leaseUntilMs,
    reasons: {},
    lastActivityMs: start.nowMs,
    warnedMs: null,
    extensionsUsed: 0,
    endCause: null,
  };
}

/** True where input may pass. There is no other way to ask. */
export function isGateOpen(state: AccessState): boolean {
  return state.phase === 'granted' || state.phase === 'expiring';
}

/**
 * The warning that stands: the shortest one that is due, or null. A warning that is longer than the whole grant is none: a grant
 * for ten minutes does not begin with "15 minutes left".
 */
export function standingWarning(state: AccessState, nowMs: number): number | null {
  const remainingMs = state.expiresAtMs - nowMs;
  const due = state.terms.warningsMs.filter(
    warningMs => remainingMs <= warningMs && warningMs <= state.grantDurationMs,
  );
  return due.length === 0 ? null : Math.min(...due);
}

import type { AccessSnapshot } from '../../contract/access.ts';
import { LOCK_REASONS } from '../../contract/access.ts';
import { earliestDeadline } from './deadlines.ts';
import type { AccessState } from './state.ts';
import { isGateOpen, standingWarning } from './state.ts';

/** What the renderer may know of a session. `nowMs` is server time at the moment of the call. */
export function snapshotOf(state: AccessState, nowMs: number): AccessSnapshot {
  return {
    sessionId: state.sessionId,
    grantId: state.grantId,
    phase: state.phase,
    lockReasons: LOCK_REASONS.filter(reason => state.reasons[reason] !== undefined),
    isGateOpen: isGateOpen(state),
    nowMs,
    expiresAtMs: state.expiresAtMs,
    graceEndsAtMs: state.phase === 'locked' ? (earliestDeadline(state)?.atMs ?? null) : null,
    warningMs: isGateOpen(state) ? standingWarning(state, nowMs) : null,
    endCause: state.endCause,
    extensionsLeft: Math.max(0, state.terms.maxExtensions - state.extensionsUsed),
  };
}

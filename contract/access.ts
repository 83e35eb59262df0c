import { z } from 'zod';
import { GrantId, SessionId } from './ids.ts';

export const LOCK_REASONS = [
  'grant-expired',
  'revoked',
  'recorder-failed',
  'policy-stale',
  'idle',
  'budget',
  'host-unresponsive',
  'operator',
  'approver',
] as const;
export const LockReason = z.enum(LOCK_REASONS);
export type LockReason = z.infer<typeof LockReason>;

/** Why a session is over. `exited`: the program or the remote side ended by itself. `recovered`: found unfinished after a crash. */
export const EndCause = z.enum([
  ...LOCK_REASONS,
  'exited',
  'closed-by-operator',
  'failed',
  'host-lost',
  'recovered',
]);
export type EndCause = z.infer<typeof EndCause>;

export const AccessPhase = z.enum(['requested', 'granted', 'expiring', 'locked', 'ended']);
export type AccessPhase = z.infer<typeof AccessPhase>;

/**
 * What main knows about a session, as the renderer mirrors it. All times are server time, milliseconds since the epoch.
 * The countdown is drawn from `expiresAtMs - (now measured from nowMs by a monotonic clock)`, never from a timer of its own.
 */
export const AccessSnapshot = z.object({
  sessionId: SessionId,
  grantId: GrantId,
  phase: AccessPhase,
  lockReasons: z.array(LockReason),
  isGateOpen: z.boolean(),
  nowMs: z.number(),
  expiresAtMs: z.number(),
  /** end of the grace while locked, else null */
  graceEndsAtMs: z.number().nullable(),
  /** the warning that is standing now: how long before the end it was due, else null */
  warningMs: z.number().nullable(),
  endCause: EndCause.nullable(),
  extensionsLeft: z.int().nonnegative(),
});
export type AccessSnapshot = z.infer<typeof AccessSnapshot>;

/** A lease fails closed: this long after the last renewal the session locks with `policy-stale` (access.md). */
export const LEASE_MS = 15_000;
/** The server renews the lease this often: three may be lost before it runs out. */
export const LEASE_RENEWAL_MS = 4_000;
/** Main asks the session host for a sign of life this often … */
export const HEARTBEAT_MS = 1_000;
/** … and after this long without one it locks with `host-unresponsive`. */
export const HEARTBEAT_LOST_MS = 5_000;

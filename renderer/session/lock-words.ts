import type { AccessSnapshot, EndCause } from '../../contract/access.ts';
import { LockReason } from '../../contract/access.ts';

export interface ReasonWords {
  readonly title: string;
  /** what it means and what to do */
  readonly meaning: string;
}

const REASONS: Record<LockReason, ReasonWords> = {
  'grant-expired': {
    title: 'The time of this grant is over',
    meaning: 'Ask for an extension to go on where you stopped, or end the session.',
  },
  revoked: {
    title: 'An approver revoked this grant',
    meaning: 'It cannot be extended. If the work is not done, talk to the approver and request access anew.',
  },
  'recorder-failed': {
    title: 'The recording cannot go on',
    meaning:
      'Nothing may be shown that is not recorded, so this session ends; its recording so far is kept. Check that this machine has free disk space, then open a new session.',
  },
  'policy-stale': {
    title: 'The server has not confirmed your access',
    meaning:
      'The lease ran out without a sign from the server. Check your network; the session reopens as soon as the server confirms.',
  },
  idle: {
    title: 'Locked because nothing was typed for a while',
    meaning: 'Unlock to go on, or end the session if you are done.',
  },
  budget: {
    title: 'More personal data came up than this grant foresees',
    meaning:
      'The approvers have been told. One of them can lift the lock; say in the ticket what you were doing.',
  },
  'host-unresponsive': {
    title: 'The process that holds your session does not answer',
    meaning:
      'It reopens when the process answers again. If it does not, the session ends and its recording is kept.',
  },
  operator: {
    title: 'You locked this session',
    meaning: 'Unlock to go on. The countdown runs on meanwhile.',
  },
  approver: {
    title: 'An approver suspended this session',
    meaning: 'It reopens when the approver resumes it. The countdown runs on meanwhile.',
  },
};

const CAUSES: Record<EndCause, string> = {
  'grant-expired': 'The time of the grant ran out',
  revoked: 'An approver revoked the grant',
  'recorder-failed': 'The recording could not go on',
  'policy-stale': 'The server did not confirm the access in time',
  idle: 'Nothing was typed for too long',
  budget: 'More personal data came up than the grant foresees',
  'host-unresponsive': 'The process that held the session stopped answering',
  operator: 'It stayed locked by you until the grace was over',
  approver: 'It stayed suspended by an approver',
  exited: 'The program or the remote side ended it',
  'closed-by-operator': 'You ended it',
  failed: 'It failed',
  'host-lost': 'The process that held the session was lost',
  recovered: 'It was found unfinished after a crash; its recording was recovered',
};

export function lockReasonWords(reason: LockReason): ReasonWords {
  return REASONS[reason];
}

/** @param isMine false where somebody else reads about a session of the operator */
export function endCauseWords(cause: EndCause, isMine = true): string {
  if (isMine) return CAUSES[cause];
  if (cause === 'closed-by-operator') return 'The operator ended it';
  if (cause === 'operator') return 'It stayed locked by the operator';
  return CAUSES[cause];
}

/** Which ways out of a lock the cover offers; main decides again when one is taken. */
export interface WaysOut {
  readonly canUnlock: boolean;
  readonly canExtend: boolean;
}

export function waysOut(access: Pick<AccessSnapshot, 'lockReasons' | 'extensionsLeft'>): WaysOut {
  const reasons = new Set(access.lockReasons);
  const areOwn =
    reasons.size > 0 && access.lockReasons.every(reason => reason === 'operator' || reason === 'idle');
  return {
    canUnlock: areOwn,
    canExtend: access.extensionsLeft > 0 && reasons.has('grant-expired') && !reasons.has('revoked'),
  };
}

/** Why what this window knows about a session may no longer hold; it then covers the terminal without waiting for main. */
export type Staleness = 'out-of-reach' | 'past-expiry';

/** Main covers in the tick of the expiry; a snapshot that still says otherwise this much later is not believed. */
const LATE_SNAPSHOT_MS = 1_000;

/** @param nowMs server time @param isOutOfReach main has not been reached for longer than a blink */
export function stalenessOf(
  access: Pick<AccessSnapshot, 'phase' | 'expiresAtMs'>,
  nowMs: number,
  isOutOfReach: boolean,
): Staleness | null {
  if (access.phase !== 'granted' && access.phase !== 'expiring') return null;
  if (isOutOfReach) return 'out-of-reach';
  return nowMs > access.expiresAtMs + LATE_SNAPSHOT_MS ? 'past-expiry' : null;
}

/** Whether the terminal may be looked at: the cover is on for anything but an open phase, and whenever the gate is closed. */
export function isCovered(access: Pick<AccessSnapshot, 'phase' | 'isGateOpen'>): boolean {
  return !access.isGateOpen || (access.phase !== 'granted' && access.phase !== 'expiring');
}

/** Why a session is locked, as its client reported it, for a badge. */
export function lockWords(reason: string): string {
  const known = LockReason.safeParse(reason);
  return known.success ? `locked: ${lockReasonWords(known.data).title.toLowerCase()}` : `locked: ${reason}`;
}

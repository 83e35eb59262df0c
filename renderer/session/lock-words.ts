import type { AccessSnapshot, EndCause } from '../../contract/access.ts';
import { LockReason } from '../../contract/access.ts';
import type { Texts } from '../texts/t.ts';
import { t } from '../texts/t.ts';

export type ReasonWords = Texts['lockReasons'][LockReason];

/** What a lock means and what to do. */
export function lockReasonWords(reason: LockReason): ReasonWords {
  return t.lockReasons[reason];
}

/** @param isMine false where somebody else reads about a session of the operator */
export function endCauseWords(cause: EndCause, isMine = true): string {
  if (isMine) return t.endCauses[cause];
  if (cause === 'closed-by-operator') return t.lock.operatorEndedIt;
  if (cause === 'operator') return t.lock.operatorLockedIt;
  return t.endCauses[cause];
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
  return known.success ? lockReasonWords(known.data).badge : t.lock.lockedBy(reason);
}

import type { AccessSnapshot } from '../../contract/access.ts';
import { durationWords } from '../app/duration-words.ts';
import { t } from '../texts/t.ts';

export type Urgency = 'calm' | 'soon' | 'now';

const SOON_MS = 5 * 60_000;
const NOW_MS = 60_000;
/** A grant of seconds is not urgent from its first moment: the bounds shrink with the grant, but never below these. */
const SHORTEST_SOON_MS = 20_000;
const SHORTEST_NOW_MS = 10_000;

/** How pressing what is left is, against the whole length of the grant: what the countdown's colour says. */
export function urgencyOf(leftMs: number, totalMs: number): Urgency {
  if (leftMs <= Math.max(SHORTEST_NOW_MS, Math.min(NOW_MS, totalMs / 6))) return 'now';
  if (leftMs <= Math.max(SHORTEST_SOON_MS, Math.min(SOON_MS, totalMs / 2))) return 'soon';
  return 'calm';
}

/** 0..1 of the grant that is left. */
export function fractionLeft(leftMs: number, totalMs: number): number {
  return totalMs <= 0 ? 0 : Math.min(1, Math.max(0, leftMs / totalMs));
}

/** What happens at zero; shown beside the countdown as soon as it is prominent. */
export function wordsAtZero(access: Pick<AccessSnapshot, 'extensionsLeft'>): string {
  return access.extensionsLeft > 0 ? t.session.zeroCanExtend : t.session.zeroEnds;
}

/** The same, for the little room of the bar. */
export function shortWordsAtZero(access: Pick<AccessSnapshot, 'extensionsLeft'>): string {
  return access.extensionsLeft > 0 ? t.session.zeroCanExtendShort : t.session.zeroEndsShort;
}

/** The sentence for the live region when a warning comes to stand; null where there is nothing new to say. */
export function announcement(access: AccessSnapshot): string | null {
  if (access.phase === 'ended') return t.session.hasEnded;
  if (access.phase === 'locked') return t.session.isLocked;
  if (access.warningMs === null) return null;
  return t.session.left(durationWords(access.warningMs), wordsAtZero(access));
}

import { timeOfDay } from '../app/duration-words.ts';
import type { LiveCheck } from '../../contract/ipc.ts';
import type { LiveState } from './live-feed.ts';
import { number, tenths } from '../texts/format.ts';
import { t } from '../texts/t.ts';

export interface LiveWords {
  readonly tone: 'live' | 'quiet' | 'lost';
  readonly words: string;
}

/** Output that came longer ago than this is told by its time: how late it once arrived says nothing any more. */
const FRESH_MS = 10_000;

/** How close the view is to the session, in words. `nowMs`: server time. */
export function liveWords({ phase, behindMs, newestAtMs }: LiveState, nowMs: number): LiveWords {
  switch (phase) {
    case 'connecting':
      return { tone: 'quiet', words: t.live.connecting };
    case 'waiting':
      return { tone: 'quiet', words: t.live.waiting };
    case 'lost':
      return { tone: 'lost', words: t.live.lost };
    case 'ended':
      return { tone: 'quiet', words: t.live.ended };
    case 'refused':
      return { tone: 'lost', words: t.live.refused };
    case 'live':
      if (newestAtMs === null || behindMs === null) return { tone: 'quiet', words: t.live.nothingYet };
      return nowMs - newestAtMs < FRESH_MS
        ? { tone: 'live', words: t.live.behind(tenths(behindMs / 1000)) }
        : { tone: 'quiet', words: t.live.nothingSince(timeOfDay(newestAtMs)) };
  }
}

export interface CheckWords {
  readonly isSound: boolean;
  readonly short: string;
  readonly long: string;
}

/** How much of a running recording's chain was checked, and what that means for what is on the screen. */
export function checkWords({
  checkedBytes,
  totalBytes,
  segments,
  signedSegments,
  problem,
}: LiveCheck): CheckWords {
  if (problem !== null) return { isSound: false, short: t.live.broken, long: t.live.brokenMeans(problem) };
  const percent = Math.floor((100 * checkedBytes) / Math.max(1, totalBytes));
  // what came with this piece is read a moment after it
  const isThrough = totalBytes - checkedBytes <= NEWEST_BYTES;
  return {
    isSound: isThrough,
    short: isThrough ? t.live.checked : t.live.checking(percent),
    long: [
      isThrough ? t.live.checkedMeans(number(segments)) : t.live.checkingMeans,
      signedSegments === 0 ? t.live.noneSigned : t.live.someSigned(number(signedSegments)),
      t.live.checkedAgain,
    ].join(' '),
  };
}

const NEWEST_BYTES = 512 * 1024;

/** What a person without the right key can do about it. */
export function refusalWords(code: string | null): { readonly title: string; readonly advice: string } {
  if (code === 'identity-missing')
    return {
      title: t.live.noKey,
      advice: t.live.noKeyAdvice,
    };
  if (code === 'recording-unreadable')
    return {
      title: t.live.otherKey,
      advice: t.live.otherKeyAdvice,
    };
  if (code === 'not-allowed')
    return {
      title: t.live.mayNot,
      advice: t.live.mayNotAdvice,
    };
  return {
    title: t.live.cannot,
    advice: t.live.cannotAdvice,
  };
}

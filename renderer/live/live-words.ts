import { timeOfDay } from '../app/duration-words.ts';
import type { LiveCheck } from '../../contract/ipc.ts';
import type { LiveState } from './live-feed.ts';

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
      return { tone: 'quiet', words: 'Connecting…' };
    case 'waiting':
      return { tone: 'quiet', words: 'Waiting for the first output' };
    case 'lost':
      return { tone: 'lost', words: 'Out of reach; trying again' };
    case 'ended':
      return { tone: 'quiet', words: 'The session has ended' };
    case 'refused':
      return { tone: 'lost', words: 'Cannot be watched' };
    case 'live':
      if (newestAtMs === null || behindMs === null) return { tone: 'quiet', words: 'Nothing shown yet' };
      return nowMs - newestAtMs < FRESH_MS
        ? { tone: 'live', words: `${(behindMs / 1000).toFixed(1)} s behind` }
        : { tone: 'quiet', words: `Nothing new since ${timeOfDay(newestAtMs)}` };
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
  if (problem !== null)
    return { isSound: false, short: 'Chain broken', long: `${problem} Treat what you see with care.` };
  const percent = Math.floor((100 * checkedBytes) / Math.max(1, totalBytes));
  // what came with this piece is read a moment after it
  const isThrough = totalBytes - checkedBytes <= NEWEST_BYTES;
  return {
    isSound: isThrough,
    short: isThrough ? 'Checked from the start' : `Checking, ${percent}%`,
    long: `${
      isThrough
        ? `Each of the ${segments} segments so far names the one before it, from the first one on.`
        : 'What you see was checked segment by segment; that everything before it is there and unaltered is being checked, from the first segment on.'
    } ${
      signedSegments === 0
        ? 'The device has signed none of them yet; it does so every ten seconds of output.'
        : `The device has signed the first ${signedSegments} of them by now, and signs the rest as the session goes on.`
    } The whole is checked again when the session is over.`,
  };
}

const NEWEST_BYTES = 512 * 1024;

/** What a person without the right key can do about it. */
export function refusalWords(code: string | null): { readonly title: string; readonly advice: string } {
  if (code === 'identity-missing')
    return {
      title: 'You hold no key for this session',
      advice:
        'A running session is watched through its recording, which is encrypted for the recipients named in its grant. Make a key with “sallyport keys new” and have an administrator register its recipient: it opens sessions that are granted afterwards.',
    };
  if (code === 'recording-unreadable')
    return {
      title: 'Your key does not open this session',
      advice:
        'Its grant was issued before your recipient was registered, or leaves it out. Ask a reviewer who can open it; sessions that are granted from now on include you once your recipient is registered.',
    };
  if (code === 'not-allowed')
    return {
      title: 'You may not watch this session',
      advice: 'Running sessions are watched by approvers and reviewers.',
    };
  return {
    title: 'This session cannot be watched',
    advice: 'Try again; if it stays so, open its recording when it has ended.',
  };
}

import type { MaskCounts } from '../../../contract/redaction.ts';
import type { RecordingHealth } from '../../../contract/recording.ts';
import { byteWords } from '../scan/progress.ts';

/** The recording's light in words. */
export interface HealthWords {
  /** for the title: changes when something changes for the person, not with each byte */
  readonly short: string;
  readonly long: string;
  /** what is not as it should be, for a line of its own; null where all is well */
  readonly warning: string | null;
}

/** @param health null until the recording has reported */
export function healthWords(health: RecordingHealth | null): HealthWords {
  if (health === null)
    return { short: 'recording starts', long: 'The recording has not reported yet.', warning: null };
  const { state, safeUpToMs, spoolLeftBytes } = health;
  const behind = byteWords(Math.max(0, health.spooledBytes - health.uploadedBytes));
  const safe = safeUpToMs === null ? 'nothing is on the server yet' : `safe up to ${timeOf(safeUpToMs)}`;
  if (spoolLeftBytes !== null && ['recording', 'uploading-behind', 'offline'].includes(state)) {
    const left = `Only ${byteWords(spoolLeftBytes)} are left for recordings on this machine`;
    return {
      short: 'room for recordings nearly full',
      long: `${left}; ${safe}.`,
      warning: `${left}. When that is used up, the session locks; nothing is lost. Let the program write less for a while.`,
    };
  }
  switch (state) {
    case 'recording':
      return { short: 'recorded', long: `Recorded; ${safe}.`, warning: null };
    case 'uploading-behind':
      return {
        short: 'recorded, upload behind',
        long: `Recorded; the upload is ${behind} behind, ${safe}.`,
        warning: null,
      };
    case 'offline':
      return {
        short: 'recorded, upload offline',
        long: `Recorded; the server cannot be reached, ${safe}, and ${behind} wait on this machine.`,
        warning:
          'The server cannot be reached. What is recorded waits, encrypted, on this machine and follows by itself.',
      };
    case 'sealed':
      return {
        short: 'recording closed',
        long: `Closed and signed; ${behind} are on their way.`,
        warning: null,
      };
    case 'uploaded':
      return { short: 'recording on the server', long: 'The recording is on the server.', warning: null };
    case 'failed':
      return {
        short: 'recording failed',
        long: 'The recording cannot go on; what was recorded is kept.',
        warning: 'The recording cannot go on. What was recorded is kept on this machine and handed in.',
      };
  }
}

/** `3 email, 1 card`; empty where nothing was hidden. */
export function maskedWords(counts: MaskCounts): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([entity, count]) => `${count} ${entity}`)
    .join(', ');
}

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const timeOf = (atMs: number): string => TIME.format(atMs);

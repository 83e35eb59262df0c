import type { RecordingHealth } from '../../contract/recording.ts';
import { byteWords, timeOfDay } from '../app/duration-words.ts';

export interface RecordingWords {
  readonly tone: 'ok' | 'warn' | 'danger';
  readonly short: string;
  readonly long: string;
}

/** How safe the recording is, for the light in the bar and for the end of a session. */
export function recordingWords(health: RecordingHealth | null): RecordingWords {
  if (health === null) {
    return { tone: 'warn', short: 'recording starts', long: 'The recording has not reported yet.' };
  }
  const safe =
    health.safeUpToMs === null
      ? 'nothing is on the server yet'
      : `safe up to ${timeOfDay(health.safeUpToMs)}`;
  const behind = byteWords(Math.max(0, health.spooledBytes - health.uploadedBytes));
  switch (health.state) {
    case 'recording':
      return {
        tone: 'ok',
        short: safe,
        long: `Recording; ${safe}. Everything shown is encrypted for the reviewers only.`,
      };
    case 'uploading-behind':
      return {
        tone: 'warn',
        short: safe,
        long: `The upload is ${behind} behind; ${safe}. The rest is encrypted on this machine and follows.`,
      };
    case 'offline':
      return {
        tone: 'warn',
        short: 'upload offline',
        long: `The server cannot be reached; ${safe}. ${behind} wait, encrypted, on this machine and follow by themselves.`,
      };
    case 'sealed':
      return {
        tone: 'ok',
        short: 'recording sealed',
        long: `Closed and signed; the last ${behind} are on their way to the server.`,
      };
    case 'uploaded':
      return { tone: 'ok', short: 'recording handed in', long: 'Complete, signed and on the server.' };
    case 'failed':
      return {
        tone: 'danger',
        short: 'recording failed',
        long: 'The recording cannot go on. What was recorded is kept on this machine and handed in.',
      };
  }
}

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
  const isRunning = !['sealed', 'uploaded', 'failed'].includes(health.state);
  if (health.spoolLeftBytes !== null && isRunning) return nearlyFullWords(health, health.spoolLeftBytes);
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

/** Before the light becomes red: what happens when the room is used up, and what helps. */
function nearlyFullWords({ state }: RecordingHealth, leftBytes: number): RecordingWords {
  const remedy =
    state === 'offline'
      ? 'It empties by itself as soon as the server can be reached again: check your network, and write less until then.'
      : 'It empties as recordings reach the server: let the program write less for a while, and end sessions that you do not need.';
  return {
    tone: 'warn',
    short: 'recording room nearly full',
    long: `Only ${byteWords(leftBytes)} are left for recordings on this machine, of this session and others. When that is used up, the session locks; nothing is lost. ${remedy}`,
  };
}

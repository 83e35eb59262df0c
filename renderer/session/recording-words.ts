import type { RecordingHealth } from '../../contract/recording.ts';
import { byteWords, timeOfDay } from '../app/duration-words.ts';
import { t } from '../texts/t.ts';

export interface RecordingWords {
  readonly tone: 'ok' | 'warn' | 'danger';
  readonly short: string;
  readonly long: string;
}

/** How safe the recording is, for the light in the bar and for the end of a session. */
export function recordingWords(health: RecordingHealth | null): RecordingWords {
  if (health === null) {
    return { tone: 'warn', short: t.recording.starts, long: t.recording.startsMeans };
  }
  const safe =
    health.safeUpToMs === null ? t.recording.nothingSafe : t.recording.safeUpTo(timeOfDay(health.safeUpToMs));
  const isRunning = !['sealed', 'uploaded', 'failed'].includes(health.state);
  if (health.spoolLeftBytes !== null && isRunning) return nearlyFullWords(health, health.spoolLeftBytes);
  const behind = byteWords(Math.max(0, health.spooledBytes - health.uploadedBytes));
  switch (health.state) {
    case 'recording':
      return {
        tone: 'ok',
        short: safe,
        long: t.recording.runs(safe),
      };
    case 'uploading-behind':
      return {
        tone: 'warn',
        short: safe,
        long: t.recording.behind(behind, safe),
      };
    case 'offline':
      return {
        tone: 'warn',
        short: t.recording.offline,
        long: t.recording.offlineMeans(safe, behind),
      };
    case 'sealed':
      return {
        tone: 'ok',
        short: t.recording.sealed,
        long: t.recording.sealedMeans(behind),
      };
    case 'uploaded':
      return { tone: 'ok', short: t.recording.uploaded, long: t.recording.uploadedMeans };
    case 'failed':
      return {
        tone: 'danger',
        short: t.recording.failed,
        long: t.recording.failedMeans,
      };
  }
}

/** Before the light becomes red: what happens when the room is used up, and what helps. */
function nearlyFullWords({ state }: RecordingHealth, leftBytes: number): RecordingWords {
  const remedy = state === 'offline' ? t.recording.emptiesOffline : t.recording.emptiesOnline;
  return {
    tone: 'warn',
    short: t.recording.nearlyFull,
    long: t.recording.nearlyFullMeans(byteWords(leftBytes), remedy),
  };
}

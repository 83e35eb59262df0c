import type { RecordingHealth } from '../../../contract/recording.ts';
import type { Dispose, Timers } from '../../timers.ts';

/** Behind by more than this much or this long, the light says so. */
const BEHIND_BYTES = 1024 * 1024;
const BEHIND_MS = 5_000;

/** Less than this part of the spool's quota left, and the light says so: before the session locks there is time to do something. */
const NEARLY_FULL = 0.1;

/** While only the numbers rise, they are told so often: with fast output, segments come ten times a second, and each word of them redraws a window. */
const TELL_EVERY_MS = 500;

/** Keeps account of what is durable here and on the server, and tells the operator's light. */
export interface Progress {
  /** A segment is in the spool. `bytes`: of the file so far; `endMs`: end of the segment since the recording's start. */
  spooled(at: { bytes: number; segments: number; endMs: number }): void;
  /** Bytes of the spool's quota that are left. */
  roomLeft(bytes: number): void;
  acknowledged(bytes: number): void;
  reachable(isReachable: boolean): void;
  /** Later states replace earlier ones, except that a failure stays. */
  entered(state: 'sealed' | 'uploaded' | 'failed'): void;
}

export interface ProgressOptions {
  /** server time, milliseconds since the epoch */
  readonly startedAtMs: number;
  readonly hasUpload: boolean;
  readonly spoolQuotaBytes: number;
  readonly timers: Timers;
  /** At once where the state changes or the spool gets nearly full, else throttled; the newest is always told in the end. */
  readonly onHealth: (health: RecordingHealth) => void;
}

export function createProgress(options: ProgressOptions): Progress {
  const { startedAtMs, timers, onHealth } = options;
  /** segments that the server does not have whole */
  let pending: { bytes: number; endMs: number }[] = [];
  let spooledBytes = 0;
  let uploadedBytes = 0;
  let segments = 0;
  let lastEndMs = 0;
  let safeUpToMs: number | null = null;
  let isReachable = options.hasUpload;
  let spoolLeftBytes: number | null = null;
  let final: 'sealed' | 'uploaded' | 'failed' | null = null;
  let told = '';
  /** what is told at once when it changes */
  let toldLight = '';
  let toldAtMs = -Infinity;
  let later: Dispose | null = null;

  const state = (): RecordingHealth['state'] => {
    if (final !== null) return final;
    if (!isReachable) return 'offline';
    const oldestMs = pending[0]?.endMs ?? lastEndMs;
    const isBehind = spooledBytes - uploadedBytes > BEHIND_BYTES || lastEndMs - oldestMs > BEHIND_MS;
    return isBehind ? 'uploading-behind' : 'recording';
  };
  const light = (): string => `${state()} ${spoolLeftBytes === null ? '' : 'nearly full'}`;
  const tellNow = (): void => {
    later?.();
    later = null;
    const health = { state: state(), segments, spooledBytes, uploadedBytes, safeUpToMs, spoolLeftBytes };
    const now = JSON.stringify(health);
    if (now === told) return;
    told = now;
    toldLight = light();
    toldAtMs = timers.nowMs();
    onHealth(health);
  };
  const tell = (): void => {
    const dueMs = toldAtMs + TELL_EVERY_MS - timers.nowMs();
    if (light() !== toldLight || dueMs <= 0) tellNow();
    else later ??= timers.after(dueMs, tellNow);
  };

  return {
    spooled(at) {
      spooledBytes = at.bytes;
      if (at.segments > segments) pending.push({ bytes: at.bytes, endMs: at.endMs });
      segments = at.segments;
      lastEndMs = at.endMs;
      tell();
    },
    roomLeft(bytes) {
      const isNearlyFull = bytes < options.spoolQuotaBytes * NEARLY_FULL;
      spoolLeftBytes = isNearlyFull ? Math.max(0, bytes) : null;
      tell();
    },
    acknowledged(bytes) {
      uploadedBytes = bytes;
      const safe = pending.filter(segment => segment.bytes <= bytes);
      const last = safe.at(-1);
      if (last !== undefined) safeUpToMs = startedAtMs + last.endMs;
      pending = pending.slice(safe.length);
      tell();
    },
    reachable(now) {
      isReachable = now;
      tell();
    },
    entered(state) {
      if (final !== 'failed' || state === 'uploaded') final = state;
      tell();
    },
  };
}

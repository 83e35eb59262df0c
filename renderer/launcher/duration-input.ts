import { durationWords } from '../app/duration-words.ts';
import { t } from '../texts/t.ts';

/** Lengths offered by one click, in seconds. */
export const DURATION_PRESETS_S = [15 * 60, 30 * 60, 60 * 60, 4 * 3600] as const;

export const SHORTEST_S = 5;

export type DurationReading =
  | { readonly ok: true; readonly seconds: number }
  | { readonly ok: false; readonly message: string };

/** Reads `90s`, `15 min`, `1h 30m`, `45` (minutes); refuses what is too short, or longer than the target allows. */
export function readDuration(text: string, maxSeconds: number): DurationReading {
  const seconds = parseSeconds(text);
  if (seconds === null) return { ok: false, message: t.launcher.lengthIsNone };
  if (seconds < SHORTEST_S)
    return { ok: false, message: t.launcher.atLeast(durationWords(SHORTEST_S * 1000)) };
  if (seconds > maxSeconds)
    return { ok: false, message: t.launcher.atMost(durationWords(maxSeconds * 1000)) };
  return { ok: true, seconds };
}

function parseSeconds(text: string): number | null {
  const compact = text.trim().toLowerCase();
  if (/^\d+$/.test(compact)) return Number(compact) * 60;
  const parts =
    /^(?:(\d+)\s*(?:h(?:ours?)?|std|stunden?))?\s*(?:(\d+)\s*m(?:in(?:ute[ns]?)?)?)?\s*(?:(\d+)\s*s(?:ec(?:onds?)?|ek(?:unden?)?)?)?$/.exec(
      compact,
    );
  if (parts === null || compact === '') return null;
  const [hours, minutes, seconds] = [parts[1], parts[2], parts[3]].map(part => Number(part ?? 0));
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

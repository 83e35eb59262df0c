import { date, number, relative, unit } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** `1:02:03`, `4:05`: for countdowns; rounds up, so that 0:00 is shown only when nothing is left. */
export function clockText(ms: number): string {
  const total = Math.max(0, Math.ceil(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** The same for a position in a recording: rounds down, so that the end is shown only when it is reached. */
export function positionText(ms: number): string {
  return clockText(Math.floor(ms / 1000) * 1000);
}

/** `1 hour 5 minutes`, `45 seconds`: for sentences; at most two units, the smaller one only where it matters. */
export function durationWords(ms: number): string {
  const total = Math.max(0, Math.round(ms / 1000));
  if (total < 60) return unit(total, 'second');
  if (total < 600 && total % 60 !== 0)
    return `${unit(Math.floor(total / 60), 'minute')} ${unit(total % 60, 'second')}`;
  const minutes = Math.round(total / 60);
  if (minutes < 60) return unit(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(minutes % 60, 'minute')}`;
}

/** `12 min`, `1 h 5 min`, `40 s`: where space is short. The symbols are those of the SI, the same in every language. */
export function shortDuration(ms: number): string {
  const total = Math.max(0, Math.round(ms / 1000));
  if (total < 60) return `${total} s`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return total % 60 === 0 ? `${minutes} min` : `${minutes} min ${total % 60} s`;
  const hours = number(Math.floor(minutes / 60));
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `just now`, `5 minutes ago`, `2 days ago`. */
export function agoWords(ms: number): string {
  if (ms < 45_000) return t.common.justNow;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return relative(-minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? relative(-hours, 'hour') : relative(-Math.round(hours / 24), 'day');
}

/** Local wall-clock time of a server moment, `14:03:22`. */
export function timeOfDay(atMs: number): string {
  return date(atMs, { timeStyle: 'medium' });
}

/** `12 Mar 2026, 14:03`. */
export function dateAndTime(atMs: number): string {
  return date(atMs, { dateStyle: 'medium', timeStyle: 'short' });
}

/** `3.4 MB` of 1,000s. */
export function byteWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 'B';
  for (const next of units) {
    if (value < 1000) break;
    value /= 1000;
    unit = next;
  }
  const fractionDigits = value < 10 ? 1 : 0;
  const options = { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits };
  return `${number(value, options)} ${unit}`;
}

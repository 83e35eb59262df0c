import type { InsightsQuery } from '../../contract/insights.ts';

export const DAY_MS = 24 * 3600 * 1000;

export interface DayRange {
  /** where the first day begins for the person who asks */
  readonly fromMs: number;
  readonly nowMs: number;
  readonly days: number;
}

/** The last days of somebody's clock, today among them. A change of their clock's offset within the range moves a day by that much. */
export function dayRange({ days, utcOffsetMinutes }: InsightsQuery, nowMs: number): DayRange {
  const offsetMs = utcOffsetMinutes * 60_000;
  const todayMs = Math.floor((nowMs + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
  return { fromMs: todayMs - (days - 1) * DAY_MS, nowMs, days };
}

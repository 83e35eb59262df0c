import { describe, expect, test } from 'vitest';
import { MonitoringTerms } from '../../contract/monitoring.ts';
import type { SessionFacts } from './rules.ts';
import { unusual } from './rules.ts';

/** A Wednesday, ten in the morning UTC. */
const WEDNESDAY_10 = Date.UTC(2026, 6, 1, 10);
const HOUR_MS = 3_600_000;

function facts(changes: Partial<SessionFacts> = {}): SessionFacts {
  return {
    startedAtMs: WEDNESDAY_10,
    nowMs: WEDNESDAY_10 + 1000,
    masked: { email: 4 },
    exposure: { distinctValues: 4, valuesPerMinute: 4, rowsPerStatement: 20 },
    lockReasons: [],
    isFirstOnTarget: true,
    ...changes,
  };
}
const spoken = (changes: Partial<SessionFacts>, terms: Partial<MonitoringTerms> = {}) =>
  unusual(facts(changes), MonitoringTerms.parse(terms)).map(({ rule }) => rule);
const exposure = (distinctValues: number, rowsPerStatement = 0) => ({
  exposure: { distinctValues, valuesPerMinute: 0, rowsPerStatement },
});

describe('rules for what is unusual', () => {
  test('an ordinary session on a target with default terms is told of by none', () => {
    expect(spoken({})).toEqual([]);
    expect(spoken({ startedAtMs: WEDNESDAY_10 + 14 * HOUR_MS, masked: { health: 3 } })).toEqual([]);
  });

  test('a bulk read begins at the number of distinct values in the terms', () => {
    expect(spoken(exposure(999))).toEqual([]);
    expect(spoken(exposure(1000))).toEqual(['bulk-personal-data']);
    expect(spoken(exposure(50), { bulkValues: 50 })).toEqual(['bulk-personal-data']);
    expect(spoken(exposure(1_000_000), { bulkValues: null })).toEqual([]);
  });

  test('many rows begin at the number in the terms', () => {
    expect(spoken(exposure(0, 99_999))).toEqual([]);
    expect(spoken(exposure(0, 100_000))).toEqual(['many-rows']);
    expect(spoken(exposure(0, 100_000), { manyRows: null })).toEqual([]);
  });

  test('health data is told of only where the terms say so', () => {
    expect(spoken({ masked: { health: 1 } }, { specialCategory: true })).toEqual(['special-category']);
    expect(spoken({ masked: { email: 1 } }, { specialCategory: true })).toEqual([]);
  });

  test('working hours are those of the time zone, and end at the hour that they name', () => {
    const workingHours = { fromHour: 8, toHour: 18, timeZone: 'Europe/Zurich' };
    const at = (hourUtc: number, day = 1) => ({ startedAtMs: Date.UTC(2026, 6, day, hourUtc) });
    expect(spoken(at(6), { workingHours })).toEqual([]);
    expect(spoken(at(5), { workingHours })).toEqual(['odd-hours']);
    expect(spoken(at(15), { workingHours })).toEqual([]);
    expect(spoken(at(16), { workingHours })).toEqual(['odd-hours']);
    expect(spoken(at(10, 4), { workingHours })).toEqual(['odd-hours']);
  });

  test('a first session is told of where the terms say so, a second one is not', () => {
    expect(spoken({}, { newTarget: true })).toEqual(['new-target']);
    expect(spoken({ isFirstOnTarget: false }, { newTarget: true })).toEqual([]);
  });

  test('a budget lock is always told of, with counts', () => {
    const [alert] = unusual(
      facts({ lockReasons: ['budget'], ...exposure(51) }),
      MonitoringTerms.parse({ bulkValues: null, manyRows: null }),
    );
    expect(alert?.rule).toBe('budget');
    expect(alert?.text).toContain('51 distinct values');
  });

  test('a time zone that nobody knows is refused', () => {
    const workingHours = { fromHour: 8, toHour: 18, timeZone: 'Mars/Olympus' };
    expect(MonitoringTerms.safeParse({ workingHours }).success).toBe(false);
  });
});

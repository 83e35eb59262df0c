import type { Alert, AlertRule, Exposure, MonitoringTerms } from '../../contract/monitoring.ts';
import type { MaskCounts } from '../../contract/redaction.ts';
import { assertNever } from '../../core/assert-never.ts';

/** What the server knows of a session when it looks for something unusual: counts and times, never a value. */
export interface SessionFacts {
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly masked: MaskCounts;
  readonly exposure: Exposure;
  readonly lockReasons: readonly string[];
  /** the operator had no session on this target before */
  readonly isFirstOnTarget: boolean;
}

const RULES = [
  'budget',
  'bulk-personal-data',
  'special-category',
  'many-rows',
  'odd-hours',
  'new-target',
] as const satisfies readonly AlertRule[];

/**
 * Every rule that has something to say about a session, with what it saw. All rules stand here; what they measure against stands in
 * the target's terms. The order is that of the list.
 */
export function unusual(facts: SessionFacts, terms: MonitoringTerms): readonly Alert[] {
  return RULES.flatMap(rule => {
    const text = wordsOf(rule, facts, terms);
    return text === null ? [] : [{ rule, text, atMs: facts.nowMs }];
  });
}

/** Null where the rule has nothing to say. */
function wordsOf(rule: AlertRule, facts: SessionFacts, terms: MonitoringTerms): string | null {
  const { exposure, masked } = facts;
  switch (rule) {
    case 'budget':
      return facts.lockReasons.includes('budget')
        ? `The session showed more than its grant allows and locked itself: ${many(exposure.distinctValues, 'distinct value')}, ` +
            `at most ${String(exposure.valuesPerMinute)} within a minute and ${many(exposure.rowsPerStatement, 'row')} in a statement.`
        : null;
    case 'bulk-personal-data':
      return reaches(exposure.distinctValues, terms.bulkValues)
        ? `Bulk read of personal data: ${many(exposure.distinctValues, 'distinct value')} were masked (${countsOf(masked)}).`
        : null;
    case 'special-category':
      return terms.specialCategory && (masked.health ?? 0) > 0
        ? `Special category of data: ${many(masked.health ?? 0, 'value')} about health came up.`
        : null;
    case 'many-rows':
      return reaches(exposure.rowsPerStatement, terms.manyRows)
        ? `One statement returned ${many(exposure.rowsPerStatement, 'row')}.`
        : null;
    case 'odd-hours':
      return terms.workingHours === null || isWithin(facts.startedAtMs, terms.workingHours)
        ? null
        : `The session began outside the working hours of this target (${hoursOf(terms.workingHours)}).`;
    case 'new-target':
      return terms.newTarget && facts.isFirstOnTarget
        ? 'The first session of this person on this target.'
        : null;
    default:
      return assertNever(rule);
  }
}

function reaches(count: number, limit: number | null): boolean {
  return limit !== null && count >= limit;
}

type Hours = NonNullable<MonitoringTerms['workingHours']>;

/** Monday to Friday between the two hours, in the target's own time zone. */
function isWithin(atMs: number, { fromHour, toHour, timeZone }: Hours): boolean {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  const part = (type: string) => parts.find(each => each.type === type)?.value ?? '';
  const hour = Number(part('hour'));
  return !['Sat', 'Sun'].includes(part('weekday')) && hour >= fromHour && hour < toHour;
}

function hoursOf({ fromHour, toHour, timeZone }: Hours): string {
  return `Monday to Friday, ${String(fromHour)}:00 to ${String(toHour)}:00 ${timeZone}`;
}

/** The three most frequent entities. */
function countsOf(masked: MaskCounts): string {
  return Object.entries(masked)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([entity, count]) => `${entity} ${String(count)}`)
    .join(', ');
}

function many(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

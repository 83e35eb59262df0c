import { z } from 'zod';

/** What may be unusual about a session. Names are permanent: they stand in the audit log and in what other systems receive. */
export const AlertRule = z.enum([
  'budget',
  'bulk-personal-data',
  'special-category',
  'many-rows',
  'odd-hours',
  'new-target',
]);
export type AlertRule = z.infer<typeof AlertRule>;

/** What a session has shown so far, in counts: never a value. */
export const Exposure = z.object({
  /** distinct masked values of the session */
  distinctValues: z.int().nonnegative(),
  /** the most distinct values that were masked within a minute */
  valuesPerMinute: z.int().nonnegative(),
  /** the most rows that one statement returned; counted where the product sees them (PostgreSQL) */
  rowsPerStatement: z.int().nonnegative(),
});
export type Exposure = z.infer<typeof Exposure>;

/** When a target is usually worked on: Monday to Friday from `fromHour` until before `toHour`. */
export const WorkingHours = z.strictObject({
  fromHour: z.int().min(0).max(23),
  toHour: z.int().min(1).max(24),
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, 'must be a time zone such as "Europe/Zurich"')
    .default('UTC'),
});

/** What is told about sessions on a target. Quiet by default: only what is far beyond an ordinary look at the data. */
export const MonitoringTerms = z.strictObject({
  /** distinct masked values of a session from which on it counts as a bulk read; null: never */
  bulkValues: z.int().positive().nullable().default(1_000),
  /** rows of one statement from which on it is told; null: never */
  manyRows: z.int().positive().nullable().default(100_000),
  /** whether health data is told of at its first value */
  specialCategory: z.boolean().default(false),
  /** null: any time is usual */
  workingHours: WorkingHours.nullable().default(null),
  /** whether a person's first session on this target is told of */
  newTarget: z.boolean().default(false),
  /** rules that suspend the session at once, until an approver lets it go on */
  suspendOn: z.array(AlertRule).max(6).default([]),
});
export type MonitoringTerms = z.infer<typeof MonitoringTerms>;

/** One alert about a session; each rule speaks once a session. `text`: which rule, what it saw, in counts. */
export const Alert = z.object({ rule: AlertRule, text: z.string().max(500), atMs: z.number() });
export type Alert = z.infer<typeof Alert>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

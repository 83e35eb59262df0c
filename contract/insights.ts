import { z } from 'zod';
import { EndCause } from './access.ts';
import { AlertRule } from './monitoring.ts';
import { Entity } from './redaction.ts';

/** Over how many days back, today among them. */
export const INSIGHT_DAYS = [7, 30, 90] as const;

export const InsightsQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(30),
  /** of the person’s clock against UTC, minutes to the east: their days are counted, not UTC’s */
  utcOffsetMinutes: z.coerce.number().int().min(-840).max(840).default(0),
});
export type InsightsQuery = z.output<typeof InsightsQuery>;

const count = z.int().nonnegative();

/** Up to 1, 5, 15, 60, 240 minutes, and longer. */
export const WAIT_LIMITS_MIN = [1, 5, 15, 60, 240] as const;

/**
 * What happened on a server, in counts and times: never a value, a reason or a name of a person. Everything is about what began in
 * [`fromMs`, `toMs`), but `reviews`, which is how things stand.
 */
export const Insights = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  /** one for each day, the oldest first; `atMs` is its beginning */
  days: z.array(
    z.object({
      atMs: z.number(),
      asked: count,
      approved: count,
      denied: count,
      sessions: count,
      masked: count,
    }),
  ),
  /** from asking to the decision of a person, milliseconds; null where nobody decided */
  approval: z.object({
    decided: count,
    medianMs: z.number().nullable(),
    p90Ms: z.number().nullable(),
    /** one more than `WAIT_LIMITS_MIN`: the last is everything longer */
    waits: z.array(count),
  }),
  /** the longest time under access first */
  targets: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      environment: z.string(),
      sessions: count,
      accessMs: z.number().nonnegative(),
      masked: count,
      alerts: count,
    }),
  ),
  /** groups that an identity provider tells; an account in several counts in each */
  teams: z.array(
    z.object({ name: z.string(), sessions: count, accessMs: z.number().nonnegative(), masked: count }),
  ),
  masked: z.array(z.object({ entity: Entity, count })),
  alerts: z.array(z.object({ rule: AlertRule, count })),
  ended: z.array(z.object({ cause: EndCause, count })),
  reviews: z.object({ waiting: count, overdue: count, raised: count, reviewed: count }),
  /** from the click to frozen input, as the holders’ clients measured it */
  revocations: z.object({
    revoked: count,
    medianMs: z.number().nullable(),
    p95Ms: z.number().nullable(),
    /** the newest ones, the oldest of them first */
    measured: z.array(z.object({ atMs: z.number(), ms: z.number().nonnegative() })),
  }),
});
export type Insights = z.infer<typeof Insights>;

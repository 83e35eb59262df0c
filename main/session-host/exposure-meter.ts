import type { ExposureBudget } from '../../contract/grant.ts';
import type { Exposure } from '../../contract/monitoring.ts';
import type { Dispose, Timers } from '../timers.ts';

/** Counts what a session shows of people: distinct values by their keyed hashes, and rows of statements. Keeps no value. */
export interface ExposureMeter {
  /** A value was masked; a null hash counts as nothing. */
  value(valueKey: string | null): void;
  /** So many rows of the running statement have come. */
  rows(count: number): void;
  /** An approver lets the session go on: the limits count anew. */
  lift(): void;
  dispose(): void;
}

const MINUTE_MS = 60_000;
const REPORT_EVERY_MS = 500;
/** More distinct values than this are all the same for every rule and budget; memory stays bounded. */
const MAX_KEPT = 200_000;

export function createExposureMeter(options: {
  readonly budget: ExposureBudget;
  readonly timers: Timers;
  /** over the budget, in words with counts; not again until `lift` */
  readonly onOver: (message: string) => void;
  /** the highest so far, throttled */
  readonly onExposure: (exposure: Exposure) => void;
}): ExposureMeter {
  const { budget, timers } = options;
  const session = new Set<string>();
  /** distinct values since the last lift */
  let counted = new Set<string>();
  /** when each value of the last minute was seen last, the oldest first */
  const minute = new Map<string, number>();
  let highest: Exposure = { distinctValues: 0, valuesPerMinute: 0, rowsPerStatement: 0 };
  let isOver = false;
  let pending: Dispose | null = null;

  const changed = (next: Exposure): void => {
    highest = next;
    pending ??= timers.after(REPORT_EVERY_MS, () => {
      pending = null;
      options.onExposure(highest);
    });
  };
  const check = (seen: number, limit: number | null, what: string): void => {
    if (limit === null || seen <= limit || isOver) return;
    isOver = true;
    options.onOver(
      `${what}: ${String(seen)}, and the grant allows ${String(limit)}. An approver can lift the lock.`,
    );
  };

  return {
    value(valueKey) {
      if (valueKey === null || session.size >= MAX_KEPT) return;
      const nowMs = timers.nowMs();
      minute.delete(valueKey);
      minute.set(valueKey, nowMs);
      for (const [key, atMs] of minute) {
        if (nowMs - atMs < MINUTE_MS) break;
        minute.delete(key);
      }
      session.add(valueKey);
      counted.add(valueKey);
      changed({
        ...highest,
        distinctValues: session.size,
        valuesPerMinute: Math.max(highest.valuesPerMinute, minute.size),
      });
      check(minute.size, budget.valuesPerMinute, 'Personal values within a minute');
      check(counted.size, budget.valuesPerSession, 'Personal values in this session');
    },
    rows(count) {
      if (count > highest.rowsPerStatement) changed({ ...highest, rowsPerStatement: count });
      check(count, budget.rowsPerStatement, 'Rows of one statement');
    },
    lift() {
      isOver = false;
      counted = new Set();
      minute.clear();
    },
    dispose() {
      pending?.();
      if (pending !== null) options.onExposure(highest);
      pending = null;
    },
  };
}

import type { Kysely, Transaction } from 'kysely';
import { appendAudit } from '../audit/audit-log.ts';
import type { AuditNote } from '../audit/audit-log.ts';
import type { Database } from '../database/schema.ts';
import type { Audience, NumberedEvent } from '../events/numbered-event.ts';
import { storeEvents } from '../events/stored-events.ts';
import type { StoredEvent } from '../events/stored-events.ts';

/** One change in the making: what it does to the tables, and what is to be noted and told about it. */
export interface Change {
  readonly trx: Transaction<Database>;
  audit(note: AuditNote): void;
  emit(event: NumberedEvent, audience: Audience): void;
}

/**
 * Runs a change: its rows, its audit entries and its events are committed together or not at all; after the commit the events
 * go out to the streams at once.
 */
export interface Changes {
  run<T>(work: (change: Change) => Promise<T>): Promise<T>;
}

export function createChanges(options: {
  readonly db: Kysely<Database>;
  readonly nowMs: () => number;
  /** in the transaction: tells other instances once it is committed */
  readonly announce: (trx: Transaction<Database>, events: readonly StoredEvent[]) => Promise<void>;
  /** after the commit */
  readonly publish: (events: readonly StoredEvent[]) => void;
}): Changes {
  const { db, nowMs, announce, publish } = options;
  return {
    async run(work) {
      const { result, stored } = await db.transaction().execute(async trx => {
        const notes: AuditNote[] = [];
        const emitted: { event: NumberedEvent; audience: Audience }[] = [];
        const result = await work({
          trx,
          audit: note => notes.push(note),
          emit: (event, audience) => emitted.push({ event, audience }),
        });
        // In this order in every change: the lock of the audit chain, then the counters, so that no two changes wait for each other.
        await appendAudit(trx, notes, nowMs());
        const stored = await storeEvents(trx, emitted, nowMs());
        if (stored.length > 0) await announce(trx, stored);
        return { result, stored };
      });
      publish(stored);
      return result;
    },
  };
}

import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import type { AccountId, DeviceId } from '../../contract/ids.ts';
import type { Role } from '../../contract/server-api.ts';
import type { Database } from '../database/schema.ts';
import type { Audience, NumberedEvent } from './numbered-event.ts';

/** An event with its place in the sequence of one account. */
export interface StoredEvent {
  readonly accountId: AccountId;
  readonly sequence: number;
  readonly event: NumberedEvent;
  readonly deviceId: DeviceId | null;
}

/** Streams that resume further back than this get a conflict and fetch their state anew. */
export const EVENT_RETENTION_MS = 7 * 24 * 3600 * 1000;

/** Numbers the events for every account that they concern, without gaps: the counter and the event are committed together. */
export async function storeEvents(
  trx: Transaction<Database>,
  emitted: readonly { readonly event: NumberedEvent; readonly audience: Audience }[],
  atMs: number,
): Promise<StoredEvent[]> {
  if (emitted.length === 0) return [];
  const byAccount = new Map<AccountId, { event: NumberedEvent; deviceId: DeviceId | null }[]>();
  for (const { event, audience } of emitted) {
    for (const accountId of await resolveAudience(trx, audience)) {
      const events = byAccount.get(accountId) ?? [];
      events.push({ event, deviceId: audience.deviceId ?? null });
      byAccount.set(accountId, events);
    }
  }
  const stored: StoredEvent[] = [];
  // Always in the same order: two changes never wait for each other's counters.
  const ordered = [...byAccount].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [accountId, events] of ordered) {
    const { last } = await trx
      .insertInto('event_counters')
      .values({ account_id: accountId, last: events.length })
      .onConflict(conflict =>
        conflict.column('account_id').doUpdateSet({ last: sql`event_counters.last + ${events.length}` }),
      )
      .returning('last')
      .executeTakeFirstOrThrow();
    events.forEach(({ event, deviceId }, index) => {
      stored.push({ accountId, sequence: last - events.length + index + 1, event, deviceId });
    });
  }
  if (stored.length > 0) {
    await trx
      .insertInto('events')
      .values(
        stored.map(({ accountId, sequence, event, deviceId }) => ({
          account_id: accountId,
          sequence,
          event: JSON.stringify(event),
          device_id: deviceId,
          at_ms: atMs,
        })),
      )
      .execute();
  }
  return stored;
}

/** Up to `limit` events of an account after a number, in order. */
export async function readEvents(
  db: Kysely<Database>,
  accountId: AccountId,
  page: { readonly after: number; readonly limit: number },
): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('sequence', '>', page.after)
    .orderBy('sequence')
    .limit(page.limit)
    .execute();
  // Leases are never stored: the column holds what `storeEvents` was given.
  return rows.map(row => ({
    accountId,
    sequence: row.sequence,
    event: row.event as NumberedEvent,
    deviceId: row.device_id,
  }));
}

/** The newest number of an account, and the oldest one that can still be resumed after. */
export async function eventRange(
  db: Kysely<Database>,
  accountId: AccountId,
): Promise<{ readonly newest: number; readonly resumableAfter: number }> {
  const counter = await db
    .selectFrom('event_counters')
    .select('last')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const newest = counter?.last ?? 0;
  const oldest = await db
    .selectFrom('events')
    .select(({ fn }) => fn.min('sequence').as('sequence'))
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const first = oldest?.sequence ?? null;
  return { newest, resumableAfter: first === null ? newest : first - 1 };
}

async function resolveAudience(
  trx: Transaction<Database>,
  audience: Audience,
): Promise<ReadonlySet<AccountId>> {
  const ids = new Set(audience.accountIds ?? []);
  if (audience.roles !== undefined && audience.roles.length > 0) {
    const rows = await trx
      .selectFrom('accounts')
      .select('id')
      .where(sql<boolean>`roles && ${sql.val<readonly Role[]>([...audience.roles])}::text[]`)
      .execute();
    for (const { id } of rows) ids.add(id);
  }
  return ids;
}

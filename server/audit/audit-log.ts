import { sql } from 'kysely';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { AuditEntry } from '../../contract/server-api.ts';
import { auditHash, CHAIN_START } from '../../core/transparency/audit-chain.ts';
import type { Caller } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import { appendLeaf, TREE_HASH } from '../transparency/log-tree.ts';
import type { AuditAction } from './audit-actions.ts';

/** What happened, for the audit log. Never a secret, never terminal text. */
export interface AuditNote {
  /** the caller, or `server` for what the server does by itself */
  readonly actor: Caller | 'server';
  readonly action: AuditAction;
  /** id of what it happened to */
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Any number that other programs on the same database do not use for an advisory lock. */
const CHAIN_LOCK = 0x53_41_4c_59;

/** Appends to the chain. One transaction at a time holds its end, until its commit. */
export async function appendAudit(
  trx: Transaction<Database>,
  notes: readonly AuditNote[],
  atMs: number,
): Promise<void> {
  if (notes.length === 0) return;
  await sql`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(trx);
  const last = await trx
    .selectFrom('audit')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  let sequence = last?.sequence ?? 0;
  let previousHash = last?.hash ?? CHAIN_START;
  for (const note of notes) {
    sequence += 1;
    const entry = {
      sequence,
      atMs,
      actor: note.actor === 'server' ? 'server' : note.actor.account.name,
      action: note.action,
      subject: note.subject,
      detail:
        note.actor === 'server'
          ? { ...note.detail }
          : { ...note.detail, accountId: note.actor.account.id, deviceId: note.actor.deviceId },
    };
    previousHash = auditHash(TREE_HASH, previousHash, entry);
    await trx
      .insertInto('audit')
      .values({
        sequence,
        at_ms: atMs,
        actor: entry.actor,
        action: entry.action,
        subject: entry.subject,
        detail: JSON.stringify(entry.detail),
        hash: previousHash,
      })
      .execute();
    await appendLeaf(trx, sequence, previousHash);
  }
}

/** The newest `limit` entries, or the first ones after number `after`; oldest of them first. */
export async function readAudit(
  db: Kysely<Database>,
  { limit, after }: { readonly limit: number; readonly after?: number | undefined },
): Promise<AuditEntry[]> {
  if (after !== undefined) {
    const next = db.selectFrom('audit').selectAll().where('sequence', '>', after);
    return (await next.orderBy('sequence').limit(limit).execute()).map(entryOf);
  }
  const rows = await db.selectFrom('audit').selectAll().orderBy('sequence', 'desc').limit(limit).execute();
  return rows.reverse().map(entryOf);
}

/** Entries about one of the subjects among the first `upTo`, oldest first. */
export async function entriesAbout(
  db: Kysely<Database>,
  {
    subjects,
    upTo,
    limit,
  }: { readonly subjects: readonly string[]; readonly upTo: number; readonly limit: number },
): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('subject', 'in', [...subjects])
    .where('sequence', '<=', upTo)
    .orderBy('sequence')
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

/** Null where the log is not that long. */
export async function readAuditEntry(db: Kysely<Database>, sequence: number): Promise<AuditEntry | null> {
  const row = await db.selectFrom('audit').selectAll().where('sequence', '=', sequence).executeTakeFirst();
  return row === undefined ? null : entryOf(row);
}

function entryOf({ at_ms, ...row }: Selectable<Database['audit']>): AuditEntry {
  return { ...row, atMs: at_ms };
}

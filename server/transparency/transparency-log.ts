import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { AuditEntry } from '../../contract/server-api.ts';
import type { LogCheckpoint } from '../../contract/transparency.ts';
import { CHECKPOINT_TYP } from '../../contract/transparency.ts';
import { consistencyProof, inclusionProof, treeRoot } from '../../core/transparency/merkle-tree.ts';
import { readAuditEntry } from '../audit/audit-log.ts';
import type { Database } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';
import { nodesOf, TREE_HASH } from './log-tree.ts';

/** The log as it is now; `checkpoint`: compact JWS of a `LogCheckpoint`. */
export async function checkpointOf({
  db,
  keys,
  nowMs,
}: Pick<ServerContext, 'db' | 'keys' | 'nowMs'>): Promise<{
  readonly size: number;
  readonly checkpoint: string;
}> {
  const size = await logSize(db);
  const root = await treeRoot(TREE_HASH, size, nodesOf(db));
  const claims: LogCheckpoint = { size, root: Buffer.from(root).toString('hex'), atMs: nowMs() };
  return { size, checkpoint: await keys.signing.sign(CHECKPOINT_TYP, claims) };
}

/** Throws `bad-input` where the log is shorter than that, or the first is longer than the second. */
export async function proveConsistency(
  db: Kysely<Database>,
  { first, second }: { readonly first: number; readonly second: number },
): Promise<string[]> {
  if (first > second)
    throw new SallyportError('bad-input', `"first" (${first}) must not be more than "second" (${second}).`);
  await requireSize(db, second);
  return inHex(await consistencyProof(TREE_HASH, { first, second, read: nodesOf(db) }));
}

/** Throws `not-found` where there is no such entry among the first `size`. */
export async function proveInclusion(
  db: Kysely<Database>,
  { sequence, size }: { readonly sequence: number; readonly size: number },
): Promise<{ entry: AuditEntry; proof: string[] }> {
  await requireSize(db, size);
  const entry = sequence > size ? null : await readAuditEntry(db, sequence);
  if (entry === null)
    throw new SallyportError(
      'not-found',
      `There is no entry ${sequence} among the first ${size} of the log.`,
    );
  const proof = await inclusionProof(TREE_HASH, { index: sequence - 1, size, read: nodesOf(db) });
  return { entry, proof: inHex(proof) };
}

async function requireSize(db: Kysely<Database>, size: number): Promise<void> {
  const has = await logSize(db);
  if (size > has)
    throw new SallyportError(
      'bad-input',
      `The log has ${has} entries, so nothing can be proven about ${size}.`,
    );
}

async function logSize(db: Kysely<Database>): Promise<number> {
  const last = await db
    .selectFrom('audit')
    .select('sequence')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.sequence ?? 0;
}

function inHex(hashes: readonly Uint8Array[]): string[] {
  return hashes.map(hash => Buffer.from(hash).toString('hex'));
}

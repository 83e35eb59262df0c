import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { ReadNode, TreeHash } from '../../core/transparency/merkle-tree.ts';
import { leafHash, newNodes } from '../../core/transparency/merkle-tree.ts';
import type { Database } from '../database/schema.ts';

export const TREE_HASH: TreeHash = {
  sha256: bytes => new Uint8Array(createHash('sha256').update(bytes).digest()),
};

/** Reads full subtrees from the database. */
export function nodesOf(db: Kysely<Database>): ReadNode {
  return async (level, index) => {
    const row = await db
      .selectFrom('audit_nodes')
      .select('hash')
      .where('level', '=', level)
      .where('index', '=', index)
      .executeTakeFirstOrThrow();
    return new Uint8Array(row.hash);
  };
}

/**
 * Adds an audit entry to the tree: its leaf is the entry's own hash (hex), which stands for all of it. In the transaction that adds the
 * entry, under the lock of the audit chain.
 */
export async function appendLeaf(db: Kysely<Database>, sequence: number, entryHash: string): Promise<void> {
  const leaf = leafHash(TREE_HASH, Buffer.from(entryHash, 'hex'));
  const nodes = await newNodes(TREE_HASH, { index: sequence - 1, leaf, read: nodesOf(db) });
  const rows = nodes.map(({ level, index, hash }) => ({ level, index, hash: Buffer.from(hash) }));
  await db.insertInto('audit_nodes').values(rows).execute();
}

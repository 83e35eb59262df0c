import type { AuditEntry } from '../../contract/server-api.ts';
import { canonicalJson, toHex } from '../recording/encoding.ts';
import { utf8 } from '../recording/utf8.ts';
import type { TreeHash } from './merkle-tree.ts';

/** What the first entry's hash is built upon. */
export const CHAIN_START = '0'.repeat(64);

/** SHA-256 (hex) over the hash of the entry before and the canonical JSON of this one: changing any entry breaks all after it. */
export function auditHash(crypto: TreeHash, previousHash: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, atMs, actor, action, subject, detail } = entry;
  const canonical = canonicalJson({ sequence, atMs, actor, action, subject, detail });
  return toHex(crypto.sha256(utf8(`${previousHash}\n${canonical}`)));
}

/** The sequence number of the first entry that does not follow from the one before it; null for an unbroken chain. */
export function firstBrokenEntry(
  crypto: TreeHash,
  entries: readonly AuditEntry[],
  previousHash: string,
): number | null {
  let previous = previousHash;
  let expected = entries[0]?.sequence;
  for (const entry of entries) {
    if (entry.sequence !== expected || entry.hash !== auditHash(crypto, previous, entry))
      return entry.sequence;
    previous = entry.hash;
    expected = entry.sequence + 1;
  }
  return null;
}

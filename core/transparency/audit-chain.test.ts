import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../contract/server-api.ts';
import { auditHash, CHAIN_START, firstBrokenEntry } from './audit-chain.ts';
import type { TreeHash } from './merkle-tree.ts';

const crypto: TreeHash = {
  sha256: bytes => new Uint8Array(createHash('sha256').update(bytes).digest()),
};

function chain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  let previous = CHAIN_START;
  for (let sequence = 1; sequence <= length; sequence++) {
    const entry = {
      sequence,
      atMs: 1000 + sequence,
      actor: 'Ada',
      action: 'request.decide',
      subject: `r${sequence}`,
      detail: { decision: 'approve', durationS: 60 },
    };
    previous = auditHash(crypto, previous, entry);
    entries.push({ ...entry, hash: previous });
  }
  return entries;
}

describe('audit chain', () => {
  test('an untouched chain is unbroken, also from its middle', () => {
    const entries = chain(5);
    expect(firstBrokenEntry(crypto, entries, CHAIN_START)).toBeNull();
    expect(firstBrokenEntry(crypto, entries.slice(2), entries[1]?.hash ?? '')).toBeNull();
    expect(firstBrokenEntry(crypto, [], CHAIN_START)).toBeNull();
  });

  test('a changed, removed or swapped entry is found', () => {
    const changes: readonly ((entries: AuditEntry[]) => unknown)[] = [
      e => Object.assign(e[2] ?? {}, { actor: 'Eve' }),
      e => Object.assign(e[2] ?? {}, { detail: { decision: 'deny', durationS: 60 } }),
      e => Object.assign(e[2] ?? {}, { atMs: 5 }),
      e => e.splice(2, 1),
      e => e.splice(2, 2, ...e.slice(2, 4).reverse()),
    ];
    for (const change of changes) {
      const entries = chain(5);
      change(entries);
      expect(firstBrokenEntry(crypto, entries, CHAIN_START)).toBeGreaterThanOrEqual(3);
    }
  });

  test('the order of keys and absent members make no difference, values do', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), detail => {
        const entry = { sequence: 1, atMs: 1, actor: 'a', action: 'b', subject: 'c' };
        const reversed = Object.fromEntries(Object.entries(detail).reverse());
        const hash = auditHash(crypto, CHAIN_START, { ...entry, detail });
        expect(auditHash(crypto, CHAIN_START, { ...entry, detail: { ...reversed, absent: undefined } })).toBe(
          hash,
        );
        expect(auditHash(crypto, CHAIN_START, { ...entry, detail: { ...detail, more: 1 } })).not.toBe(hash);
      }),
    );
  });
});

import { expect, test } from 'vitest';
import type { AuditEntry } from '../../contract/server-api.ts';
import { detailWords, matchingEntries } from './audit-words.ts';

const entry = (change: Partial<AuditEntry>): AuditEntry => ({
  sequence: 1,
  atMs: 0,
  actor: 'Ana',
  action: 'grant.issued',
  subject: 'g_1',
  detail: {},
  hash: 'ff',
  ...change,
});

test('details are told on one line, empty ones left out', () => {
  expect(
    detailWords({ target: 'db', seconds: 60, note: null, masked: { email: 2 }, by: ['Ana', 'Bob'] }),
  ).toBe('target db · seconds 60 · masked (email 2) · by Ana, Bob');
});

test('every word of a search has to occur, in any field and case', () => {
  const entries = [entry({}), entry({ actor: 'Bob', detail: { target: 'Orders' } })];
  expect(matchingEntries(entries, 'bob orders')).toHaveLength(1);
  expect(matchingEntries(entries, 'bob ledger')).toHaveLength(0);
  expect(matchingEntries(entries, '')).toHaveLength(2);
});

import type { AuditEntry } from '../../contract/server-api.ts';

/** The details of an entry on one line: `key value · key value`, nested ones in brackets; the actor has a column of its own. */
export function detailWords(detail: AuditEntry['detail']): string {
  return Object.entries(detail)
    .filter(([key, value]) => key !== 'accountId' && value !== null && value !== undefined)
    .map(([key, value]) => `${key} ${valueWords(value)}`)
    .join(' · ');
}

function valueWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueWords).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = Object.entries(value).map(([key, nested]) => `${key} ${valueWords(nested)}`);
  return inner.length === 0 ? 'none' : `(${inner.join(', ')})`;
}

/** Entries in which every word of the search occurs somewhere, whatever the case. */
export function matchingEntries(entries: readonly AuditEntry[], search: string): AuditEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(entry => {
    const text = `${entry.actor} ${entry.action} ${entry.subject} ${detailWords(entry.detail)}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}

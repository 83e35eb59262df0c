import { expect, test } from 'vitest';
import type { RecordingSummary } from '../../contract/server-api.ts';
import type { RecordingFilters } from './recording-filters.ts';
import { filterRecordings, formatFilters, NO_FILTERS, parseFilters } from './recording-filters.ts';

interface Change {
  readonly name?: string;
  readonly email?: number;
  readonly status?: string;
  readonly at?: number;
  readonly dueAtMs?: number;
  readonly endCause?: string;
  readonly state?: string;
}

function recording(id: string, change: Change) {
  return {
    id,
    state: change.state ?? 'complete',
    deletion: null,
    durationMs: change.email ?? 0,
    session: {
      operator: { name: change.name ?? 'Ana' },
      target: { name: change.name === 'Bob' ? 'Stock' : 'Orders', environment: 'production' },
      account: 'app',
      startedAtMs: change.at ?? 0,
      masked: change.email === undefined ? {} : { email: change.email },
      lockReasons: [],
      endCause: change.endCause ?? 'exited',
    },
    review: { status: change.status ?? 'unreviewed', dueAtMs: change.dueAtMs ?? null },
  } as unknown as RecordingSummary;
}

const NOW_MS = 1_000;
const all = [
  recording('a', { at: 1, dueAtMs: 500 }),
  recording('b', { name: 'Bob', email: 3, status: 'reviewed', at: 2, dueAtMs: 400 }),
  recording('c', { status: 'follow-up', at: 3, dueAtMs: 2_000, endCause: 'revoked' }),
  recording('d', { state: 'running', at: 4, email: 1 }),
];
const ids = (filters: Partial<RecordingFilters>) =>
  filterRecordings(all, { ...NO_FILTERS, ...filters }, NOW_MS).map(({ id }) => id);

test('without filters everything is listed, newest first', () => {
  expect(ids({})).toEqual(['d', 'c', 'b', 'a']);
});

test.each<[Partial<RecordingFilters>, string[]]>([
  [{ text: 'bob STOCK' }, ['b']],
  [{ text: 'nobody' }, []],
  [{ operator: 'Bob' }, ['b']],
  [{ target: 'Orders' }, ['d', 'c', 'a']],
  [{ review: 'waiting' }, ['c', 'a']],
  [{ review: 'overdue' }, ['a']],
  [{ review: 'reviewed' }, ['b']],
  [{ review: 'flagged' }, ['c']],
  [{ review: 'running' }, ['d']],
  [{ masked: 'any' }, ['d', 'b']],
  [{ masked: 'email' }, ['d', 'b']],
  [{ masked: 'card' }, []],
  [{ isStopped: true }, ['c']],
  [{ sort: 'due' }, ['a', 'c', 'd', 'b']],
  [{ sort: 'masked' }, ['b', 'd', 'c', 'a']],
  [{ sort: 'longest' }, ['b', 'd', 'c', 'a']],
])('%j leaves %j', (filters, expected) => {
  expect(ids(filters)).toEqual(expected);
});

test('filters stand in the address and come back from it', () => {
  const filters: RecordingFilters = {
    text: 'a & b',
    operator: 'Ana',
    target: 'Orders',
    review: 'overdue',
    masked: 'email',
    isStopped: true,
    sort: 'due',
  };
  expect(parseFilters(formatFilters(filters))).toEqual(filters);
  expect(formatFilters(NO_FILTERS)).toBe('');
  expect(parseFilters('review=nonsense&sort=nonsense&x=1')).toEqual(NO_FILTERS);
});

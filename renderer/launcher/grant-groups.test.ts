import { expect, test } from 'vitest';
import type { AccessRequest, GrantRecord } from '../../contract/server-api.ts';
import { openRequests, pendingExtension, requestOf, usableGrants } from './grant-groups.ts';

const grant = (change: object) =>
  ({
    id: 'g',
    requestId: 'r',
    holder: { id: 'me' },
    state: 'active',
    expiresAtMs: 1000,
    ...change,
  }) as GrantRecord;
const request = (change: object) =>
  ({
    id: 'r',
    requester: { id: 'me' },
    state: 'pending',
    createdAtMs: 0,
    decidedAtMs: null,
    grantId: null,
    supersedes: null,
    ...change,
  }) as AccessRequest;

test('only own, active, running grants can be used, the most pressing first', () => {
  const grants = [
    grant({ id: 'late', expiresAtMs: 2000 }),
    grant({ id: 'soon', expiresAtMs: 1000 }),
    grant({ id: 'over', expiresAtMs: 500 }),
    grant({ id: 'revoked', state: 'revoked' }),
    grant({ id: 'other', holder: { id: 'you' } }),
  ];
  expect(usableGrants(grants, 'me', 500).map(({ id }) => id)).toEqual(['soon', 'late']);
});

test('a denied request is shown for a day, a pending one always, nobody else’s ever', () => {
  const day = 24 * 3_600_000;
  const requests = [
    request({ id: 'denied-now', state: 'denied', decidedAtMs: day }),
    request({ id: 'denied-long-ago', state: 'denied', decidedAtMs: 0 }),
    request({ id: 'waits', createdAtMs: 0 }),
    request({ id: 'done', state: 'approved' }),
    request({ id: 'other', requester: { id: 'you' } }),
  ];
  expect(openRequests(requests, 'me', day + 5).map(({ id }) => id)).toEqual(['waits', 'denied-now']);
});

test('a grant finds the request that it came from, and a running extension', () => {
  const requests = [request({ id: 'r', grantId: 'g' }), request({ id: 'x', supersedes: 'g' })];
  expect(requestOf(grant({}), requests)?.id).toBe('r');
  expect(pendingExtension(requests, 'g')?.id).toBe('x');
  expect(pendingExtension([request({ supersedes: 'g', state: 'denied' })], 'g')).toBeNull();
});

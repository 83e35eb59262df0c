import { expect, test } from 'vitest';
import type { Route } from './router.ts';
import { formatRoute, parseRoute } from './router.ts';

test.each<[string, Route]>([
  ['', { view: 'launcher' }],
  ['#/', { view: 'launcher' }],
  ['#/approvals', { view: 'approvals' }],
  ['#/recordings', { view: 'recordings' }],
  ['#/keys', { view: 'keys' }],
  ['#/recordings/r_1', { view: 'recording', recordingId: 'r_1' }],
  ['#/recordings/r_1?at=83.25', { view: 'recording', recordingId: 'r_1', atMs: 83_250 }],
  ['#/recordings/r_1?at=soon', { view: 'recording', recordingId: 'r_1' }],
  ['#/session/s-1', { view: 'session', sessionId: 's-1' }],
  ['#/session/', { view: 'launcher' }],
  ['#/settings', { view: 'settings' }],
  ['#/insights', { view: 'insights' }],
  ['#/admin', { view: 'admin' }],
  ['#/admin/policy', { view: 'admin', section: 'policy' }],
  ['#/admin/secrets', { view: 'admin' }],
  ['#/?request=shop-db', { view: 'launcher', request: 'shop-db' }],
  ['#/?request=a%20b', { view: 'launcher' }],
  ['#/no-such-view', { view: 'launcher' }],
])('the fragment %j leads to %j', (fragment, route) => {
  expect(parseRoute(fragment)).toEqual(route);
});

test.each<Route>([
  { view: 'recording', recordingId: 'a b/c', atMs: 1_500 },
  { view: 'launcher', request: 'shop-db' },
  { view: 'admin', section: 'people' },
])('the written route %j reads back as itself', route => {
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

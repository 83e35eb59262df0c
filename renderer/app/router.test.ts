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
  ['#/no-such-view', { view: 'launcher' }],
])('the fragment %j leads to %j', (fragment, route) => {
  expect(parseRoute(fragment)).toEqual(route);
});

test('a written route reads back as itself', () => {
  const route: Route = { view: 'recording', recordingId: 'a b/c', atMs: 1_500 };
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

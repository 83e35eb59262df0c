import { expect, test } from 'vitest';
import type { Role } from '../../contract/server-api.ts';
import { isAt, placesOf } from './places.ts';

test.each<[Role[], string[]]>([
  [['operator'], ['Launcher']],
  [['approver'], ['Launcher', 'Approvals', 'Insights']],
  [['reviewer'], ['Launcher', 'Recordings', 'Keys', 'Audit', 'Insights']],
  [['administrator'], ['Launcher', 'Recordings', 'Keys', 'Audit', 'Insights', 'Admin']],
])('%j have the views %j', (roles, labels) => {
  expect(placesOf(roles).map(({ label }) => label)).toEqual(labels);
});

test('a replay and a live view belong to the recordings', () => {
  const at = placesOf(['reviewer']).filter(place => isAt(place, { view: 'recording', recordingId: 'x' }));
  expect(at.map(({ label }) => label)).toEqual(['Recordings']);
});

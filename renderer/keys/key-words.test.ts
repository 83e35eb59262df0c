import { expect, test } from 'vitest';
import { AccountId, ReviewerGroupId } from '../../contract/ids.ts';
import type { KeyRecipient } from '../../contract/keys.ts';
import type { Account } from '../../contract/server-api.ts';
import { byPerson, membersWithoutKey, olderActive, registrationOf } from './key-words.ts';

const account = (name: string): Account => ({ id: AccountId.parse(name), name, roles: ['reviewer'] });
const key = (recipient: string, of: string, change: Partial<KeyRecipient> = {}): KeyRecipient => ({
  recipient,
  fingerprint: recipient,
  accountId: AccountId.parse(of),
  accountName: of,
  addedAtMs: 1,
  retiredAtMs: null,
  isBreakGlass: false,
  unlocked: null,
  ...change,
});
const rita = account('Rita');

test.each([
  ['known to nobody', [], 'not-published'],
  ['in use', [key('age1a', 'Rita')], 'published'],
  ['retired', [key('age1a', 'Rita', { retiredAtMs: 5 })], 'retired'],
  ['somebody else’s', [key('age1a', 'Victor')], 'of-another'],
  ['not known yet', null, null],
] as const)('a key that is %s on the server', (_name, registered, expected) => {
  expect(registrationOf({ recipient: 'age1a' }, registered, rita.id)).toBe(expected);
});

test('after a rotation the older key that grants still name is to be retired; a break-glass key and what is retired are not', () => {
  const registered = [
    key('age1new', 'Rita'),
    key('age1old', 'Rita'),
    key('age1older', 'Rita', { retiredAtMs: 3 }),
    key('age1glass', 'Rita', { isBreakGlass: true }),
    key('age1other', 'Victor'),
  ];
  const older = olderActive({ recipient: 'age1new' }, registered, rita.id);
  expect(older.map(({ recipient }) => recipient)).toEqual(['age1old']);
});

test('keys stand by person with their groups, active ones first; a break-glass key is nobody’s', () => {
  const groups = [{ id: ReviewerGroupId.parse('payments'), members: [rita], targetIds: [] }];
  const people = byPerson(
    [
      key('age1v', 'Victor'),
      key('age1old', 'Rita', { addedAtMs: 1, retiredAtMs: 9 }),
      key('age1a', 'Rita', { addedAtMs: 2 }),
      key('age1b', 'Rita', { addedAtMs: 3 }),
      key('age1g', 'Rita', { isBreakGlass: true }),
    ],
    groups,
  );
  expect(people.map(({ name, groups: own, keys }) => [name, own, keys.map(each => each.recipient)])).toEqual([
    ['Rita', ['payments'], ['age1b', 'age1a', 'age1old']],
    ['Victor', [], ['age1v']],
  ]);
});

test('a group names its members whose keys nothing is sealed to', () => {
  const group = { members: [rita, account('Victor'), account('Vera')] };
  const recipients = [key('age1a', 'Rita'), key('age1v', 'Victor', { retiredAtMs: 2 })];
  expect(membersWithoutKey(group, recipients)).toEqual(['Victor', 'Vera']);
});

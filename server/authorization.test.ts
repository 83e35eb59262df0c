import { describe, expect, test } from 'vitest';
import { AccountId, DeviceId } from '../contract/ids.ts';
import type { Role } from '../contract/server-api.ts';
import type { Action, Caller, Subject } from './authorization.ts';
import { ACTIONS, authorize, isAllowed } from './authorization.ts';

const me = AccountId.parse('me');
const other = AccountId.parse('other');
const device = DeviceId.parse('device');
const otherDevice = DeviceId.parse('other-device');

function caller(role: Role): Caller {
  return { account: { id: me, name: 'Someone', roles: [role] }, deviceId: device };
}

/**
 * Per action: who may on what is another's (o approver r reviewer …: first letters), and who may on what is their own,
 * from the device that it belongs to. o operator, a approver, r reviewer, A administrator.
 */
const TABLE: Readonly<Record<Action, readonly [others: string, own: string]>> = {
  'target.read': ['oarA', 'oarA'],
  'request.create': ['o', 'o'],
  'request.read': ['aA', 'oarA'],
  'request.withdraw': ['', 'oarA'],
  'request.decide': ['a', ''],
  'grant.read': ['aA', 'oarA'],
  'grant.use': ['', 'oarA'],
  'grant.revoke': ['aA', 'oarA'],
  'session.read': ['arA', 'oarA'],
  'session.report': ['', 'oarA'],
  'session.suspend': ['a', 'a'],
  'session.resume': ['a', ''],
  'session.lift': ['a', ''],
  'recording.upload': ['', 'oarA'],
  'recording.list': ['rA', 'rA'],
  'recording.read': ['r', 'r'],
  'recording.watch': ['ar', 'ar'],
  'recording.review': ['r', ''],
  'recording.hold': ['rA', 'rA'],
  'recording.retain': ['A', 'A'],
  'recording.delete': ['A', 'A'],
  'recording.scrub': ['A', 'A'],
  'recording.lift-flag': ['', ''],
  'recording.comment': ['r', 'r'],
  'recording.share': ['r', 'r'],
  'recipient.read': ['rA', 'rA'],
  'recipient.write': ['A', 'rA'],
  'recipient.write-break-glass': ['A', 'A'],
  'reviewer-group.read': ['rA', 'rA'],
  'reviewer-group.write': ['A', 'A'],
  'break-glass.announce': ['rA', 'rA'],
  'device.read': ['A', 'oarA'],
  'device.revoke': ['A', 'oarA'],
  'account.read': ['A', 'A'],
  'account.write': ['A', 'A'],
  'target.write': ['A', 'A'],
  'host-certificate.create': ['A', 'A'],
  'policy.read': ['A', 'A'],
  'policy.test': ['A', 'A'],
  'audit.read': ['rA', 'rA'],
  'insights.read': ['arA', 'arA'],
};
const LETTERS: readonly (readonly [string, Role])[] = [
  ['o', 'operator'],
  ['a', 'approver'],
  ['r', 'reviewer'],
  ['A', 'administrator'],
];

describe('authorization', () => {
  for (const action of ACTIONS) {
    for (const [letter, role] of LETTERS) {
      const [others, own] = TABLE[action];
      test(`${role}: ${action}`, () => {
        const isInGroups = true;
        expect(isAllowed(caller(role), action, { ownerId: other, deviceId: otherDevice, isInGroups })).toBe(
          others.includes(letter),
        );
        expect(isAllowed(caller(role), action, { ownerId: me, deviceId: device, isInGroups })).toBe(
          own.includes(letter),
        );
      });
    }
  }

  test('what belongs to another device of the same account cannot be used', () => {
    const subject = { ownerId: me, deviceId: otherDevice };
    for (const action of ['grant.use', 'session.report', 'recording.upload'] as const) {
      expect(isAllowed(caller('operator'), action, subject)).toBe(false);
    }
    expect(() => authorize(caller('operator'), 'grant.use', subject)).toThrow('another device');
  });

  test('an approver decides on an own request only where the target allows it', () => {
    expect(isAllowed(caller('approver'), 'request.decide', { ownerId: me, allowsSelfApproval: true })).toBe(
      true,
    );
    expect(() => authorize(caller('approver'), 'request.decide', { ownerId: me })).toThrow(
      'cannot decide on it',
    );
  });

  test('a flag is lifted by another reviewer than who raised it and than the operator', () => {
    const lift = (subject: Subject) =>
      isAllowed(caller('reviewer'), 'recording.lift-flag', { ...subject, isInGroups: true });
    expect(lift({ ownerId: other, deciderId: other })).toBe(true);
    expect(lift({ ownerId: other, deciderId: me })).toBe(false);
    expect(lift({ ownerId: me, deciderId: other })).toBe(false);
    expect(isAllowed(caller('approver'), 'recording.lift-flag', { ownerId: other, deciderId: other })).toBe(
      false,
    );
    expect(() =>
      authorize(caller('reviewer'), 'recording.lift-flag', {
        ownerId: other,
        deciderId: me,
        isInGroups: true,
      }),
    ).toThrow('until another reviewer does');
  });

  test.each([
    'recording.read',
    'recording.watch',
    'recording.review',
    'recording.comment',
    'recording.share',
    'recording.hold',
    'recording.lift-flag',
  ] as const)('%s: not by a reviewer of other groups, nor where nobody said which', action => {
    for (const isInGroups of [{}, { isInGroups: false }]) {
      const subject = { ownerId: other, deciderId: other, ...isInGroups };
      for (const role of ['reviewer', 'approver'] as const)
        expect(isAllowed(caller(role), action, subject)).toBe(false);
    }
    expect(() => authorize(caller('reviewer'), action, { ownerId: other, isInGroups: false })).toThrow(
      'none of the groups of reviewers',
    );
  });

  test('an operator is no approver even where self-approval is allowed', () => {
    expect(isAllowed(caller('operator'), 'request.decide', { ownerId: me, allowsSelfApproval: true })).toBe(
      false,
    );
  });

  test('an action without a rule is refused, also one that an object inherits', () => {
    for (const action of ['no.such', 'toString', '__proto__', 'constructor']) {
      // A cast, because the type knows only the actions that have a rule.
      expect(isAllowed(caller('administrator'), action as Action)).toBe(false);
    }
  });
});

import { describe, expect, test } from 'vitest';
import type { Role } from '../../contract/server-api.ts';
import type { GuideFacts } from './guide-steps.ts';
import { guideSteps, isGuideDone } from './guide-steps.ts';

const me = { id: 'acc_me', name: 'Me', roles: ['operator'] };
const other = { id: 'acc_other', name: 'Other', roles: ['operator'] };
const NOTHING_KNOWN = {
  account: me,
  requests: null,
  grants: null,
  sessions: null,
  recordings: null,
  targets: null,
  identity: null,
  keys: null,
  accounts: null,
  hasPolicy: null,
  isTold: false,
} as unknown as GuideFacts;

/** Only the fields that the guide reads. */
const done = (role: Role, facts: object) =>
  guideSteps(role, { ...NOTHING_KNOWN, ...facts } as GuideFacts).map(({ isDone }) => isDone);

describe('the guide', () => {
  test.each<[Role, string, object, (boolean | null)[]]>([
    ['operator', 'nothing known', {}, [null, null, null, null]],
    ['operator', 'nothing done', { requests: [], grants: [], sessions: [] }, [false, false, false, false]],
    [
      'operator',
      'what others did',
      { requests: [{ requester: other }], grants: [{ holder: other }], sessions: [{ operator: other }] },
      [false, false, false, false],
    ],
    [
      'operator',
      'a running session',
      {
        requests: [{ requester: me }],
        grants: [{ holder: me }],
        sessions: [{ operator: me, endedAtMs: null }],
      },
      [true, true, true, false],
    ],
    ['approver', 'a decision of another', { requests: [{ decidedBy: other }] }, [false, false]],
    ['approver', 'an own decision', { requests: [{ decidedBy: me }], isTold: true }, [true, true]],
    ['reviewer', 'no key', { identity: { recipient: null }, keys: { recipients: [] } }, [false, false, null]],
    [
      'reviewer',
      'a key that was retired, a flag',
      {
        identity: { recipient: 'age1' },
        keys: { recipients: [{ accountId: me.id, retiredAtMs: 5 }] },
        recordings: [{ review: { reviewedBy: [], raisedBy: [me] } }],
      },
      [true, false, true],
    ],
    [
      'administrator',
      'an approver who left',
      {
        targets: [{}],
        accounts: [
          { roles: ['operator', 'reviewer'], disabledAtMs: null },
          { roles: ['approver'], disabledAtMs: 1 },
        ],
        keys: { recipients: [{ retiredAtMs: null, isBreakGlass: true }] },
        hasPolicy: false,
      },
      [true, false, false, true, false],
    ],
  ])('of a %s: %s', (role, _, facts, expected) => {
    expect(done(role, facts)).toEqual(expected);
  });

  test('is over when every step is done, not while one is unknown', () => {
    const steps = guideSteps('approver', { ...NOTHING_KNOWN, isTold: true });
    expect(isGuideDone(steps)).toBe(false);
    expect(isGuideDone(steps.map(step => ({ ...step, isDone: true })))).toBe(true);
  });
});

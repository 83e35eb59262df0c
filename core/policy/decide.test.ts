import { describe, expect, it } from 'vitest';
import { AccessPolicy } from '../../contract/access-policy.ts';
import { TargetInput } from '../../contract/server-api.ts';
import { applyRule, decideByPolicy, decideExtension, mayApprove } from './decide.ts';
import type { Person } from './decide.ts';
import { replayPolicy } from './replay.ts';

const policy = AccessPolicy.parse({
  version: 1,
  groups: { dba: ['Dora', 'Ada'] },
  rules: [
    {
      name: 'short',
      who: { roles: ['operator'] },
      targets: ['shop-*'],
      accounts: ['support'],
      maxMinutes: 30,
    },
    {
      name: 'long',
      who: { roles: ['operator'], groups: ['dba'] },
      targets: ['shop-*'],
      maxMinutes: 120,
      approvals: { count: 2, by: { groups: ['dba'] } },
      extensions: { by: 'requester', atMost: 1, totalMinutes: 180 },
      scope: { denyTables: ['salaries'], allowTables: ['orders'] },
      budget: { valuesPerSession: 50 },
    },
    { name: 'by name', who: { names: ['oLgA'] }, environments: ['staging'], kinds: ['ssh'], maxMinutes: 10 },
  ],
});
const person = (name: string, groups: string[] = []): Person => ({
  name,
  roles: ['operator', 'approver'],
  groups,
});
const wish = (id: string, minutes: number, login = 'support') => ({
  target: { id, environment: 'production', kind: 'postgres' },
  login,
  durationS: minutes * 60,
});

describe('a decision about an extension', () => {
  const dora = person('Dora');
  const extend = (minutes: number, ruleName: string | null, totalMinutes: number) =>
    decideExtension(policy, dora, wish('shop-db', minutes), { ruleName, totalS: totalMinutes * 60 });
  it.each([
    ['stays with the rule that gave the grant, though an easier one comes first', 15, 'long', 135, 'long'],
    ['stays with the easier one where that gave it', 15, 'short', 45, 'short'],
    ['is refused where that rule does not give so much', 31, 'short', 61, null],
    ['goes by the whole time where that rule is gone', 15, 'gone', 45, 'long'],
    ['goes by the whole time where there was no policy', 15, null, 30, 'short'],
    ['is refused where no rule gives the whole time', 15, null, 135, null],
  ])('%s', (...[, minutes, ruleName, totalMinutes, expected]) => {
    expect(extend(minutes, ruleName, totalMinutes).rule?.name ?? null).toBe(expected);
  });
});

describe('a decision by policy', () => {
  it.each([
    ['the first rule that fits decides', person('Olga'), wish('shop-db', 30), 'short'],
    ['a longer time is another rule’s', person('Dora'), wish('shop-db', 31), 'long'],
    ['a group of the identity provider counts', person('Olga', ['dba']), wish('shop-db', 120), 'long'],
    ['a group is told apart from another', person('Olga', ['dbas']), wish('shop-db', 31), null],
    ['too long for every rule', person('Dora'), wish('shop-db', 121), null],
    ['another login', person('Olga'), wish('shop-db', 5, 'postgres'), null],
    ['another target', person('Olga'), wish('shops', 5), null],
    [
      'a name in whatever case',
      person('Olga'),
      { ...wish('x', 5), target: { id: 'x', environment: 'staging', kind: 'ssh' } },
      'by name',
    ],
    [
      'each of environment and kind',
      person('Olga'),
      { ...wish('x', 5), target: { id: 'x', environment: 'staging', kind: 'local' } },
      null,
    ],
  ])('%s', (_, who, what, rule) => {
    expect(decideByPolicy(policy, who, what).rule?.name ?? null).toBe(rule);
  });

  it('says in words why nothing fits', () => {
    expect(decideByPolicy(policy, person('Dora'), wish('shop-db', 121))).toMatchObject({
      why: expect.stringContaining('120 min at most'),
    });
    expect(decideByPolicy(policy, person('Olga'), wish('bank', 5))).toMatchObject({
      why: expect.stringContaining('no rule of the policy lets Olga'),
    });
  });

  it('refuses everybody without a rule', () => {
    expect(decideByPolicy({ ...policy, rules: [] }, person('Olga'), wish('shop-db', 1)).rule).toBeNull();
  });

  it('counts approvers of the rule only', () => {
    const long = policy.rules[1];
    if (long === undefined) throw new Error('there are three rules');
    expect(mayApprove(policy, long, person('Ada'))).toBe(true);
    expect(mayApprove(policy, long, person('Olga'))).toBe(false);
    expect(mayApprove(policy, long, { ...person('Ada'), roles: ['operator'] })).toBe(false);
  });
});

describe('terms under a rule', () => {
  const terms = TargetInput.omit({ secret: true, viaSecrets: true }).parse({
    target: { id: 'db', kind: 'postgres', name: 'DB' },
    accounts: ['support'],
    redaction: {},
    scope: { denyTables: ['keys'] },
    session: {},
    budget: { valuesPerSession: 20, valuesPerMinute: 5 },
    maxMinutes: 60,
  });
  const under = (changes: object) =>
    applyRule(terms, { ...(policy.rules[1] as AccessPolicy['rules'][number]), ...changes });

  it('are narrower, never wider', () => {
    expect(under({})).toMatchObject({
      scope: { denyTables: ['keys', 'salaries'], allowTables: ['orders'] },
      budget: { valuesPerSession: 20, valuesPerMinute: 5 },
      maxMinutes: 60,
      session: { maxExtensions: 1 },
      redaction: terms.redaction,
    });
  });

  it('allow nothing where both sides allow different tables', () => {
    const own = { ...terms, scope: { ...terms.scope, allowTables: ['customers'] } };
    const both = applyRule(own, policy.rules[1] as AccessPolicy['rules'][number]);
    expect(both.scope.allowTables).toEqual(['-']);
  });
});

describe('a dry run', () => {
  const past = {
    id: 'r1',
    createdAtMs: 0,
    requester: person('Dora'),
    ...wish('shop-db', 60),
    isExtension: false,
    rule: 'long',
    state: 'approved',
    approvedBy: [person('Ada'), person('Dora')],
    totalMinutes: 60,
  };
  it.each([
    ['refused', { requester: person('Olga') }],
    ['undecided', {}],
    ['other-terms', { requester: person('Olga', ['dba']) }],
    ['same', { durationS: 60, approvedBy: [person('Max')] }],
    ['self-extended', { isExtension: true }],
    ['self-extended', { isExtension: true, durationS: 900, totalMinutes: 135 }],
    ['refused', { isExtension: true, totalMinutes: 181 }],
    ['other-terms', { state: 'denied', approvedBy: [] }],
  ])('%s: %j', (would, changes) => {
    expect(replayPolicy(policy, [{ ...past, ...changes }])[0]).toMatchObject({ would });
  });
});

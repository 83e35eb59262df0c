import { describe, expect, it, test } from 'vitest';
import type { Entity } from '../../../contract/redaction.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { DEFAULT_POLICY, parsePolicy } from '../policy.ts';
import { allowListOf } from './allow-list.ts';
import { networkRange } from './network-range.ts';
import { matchesWildcard } from './wildcard.ts';

const isAllowed = (lists: object, entity: Entity, value: string): boolean =>
  allowListOf(parsePolicy(lists))?.(entity, value) ?? false;

describe('the allow lists of a policy', () => {
  it('are no list where they are empty', () => {
    expect(allowListOf(DEFAULT_POLICY)).toBeNull();
  });

  it.each<[object, Entity, string, boolean]>([
    [{ allowValues: ['4111 1111 1111 1111'] }, 'card', '4111-1111-1111-1111', true],
    [{ allowValues: ['4111 1111 1111 1111'] }, 'card', '4111111111111112', false],
    [{ allowValues: ['Support@Example.com'] }, 'email', 'support@example.com', true],
    [{ allowValues: ['hunter2'] }, 'password', 'hunter2', true],
    [{ allowValues: ['hunter2'] }, 'password', 'Hunter2', false],
    [{ allowEmailDomains: ['example.com'] }, 'email', 'olga@Example.com', true],
    [{ allowEmailDomains: ['example.com'] }, 'email', 'olga@mail.example.com', false],
    [{ allowEmailDomains: ['example.com'] }, 'email', 'olga@notexample.com', false],
    [{ allowEmailDomains: ['example.com'] }, 'email', 'olga@corp.ru, root@example.com', false],
    [{ allowEmailDomains: ['*.example.com'] }, 'email', 'olga@a.b.example.com', true],
    [{ allowEmailDomains: ['*.example.com'] }, 'email', 'olga@example.com', false],
    [{ allowEmailDomains: ['example.com'] }, 'person', 'olga@example.com', false],
    [{ allowNetworks: ['192.0.2.0/24'] }, 'ip', '192.0.2.255', true],
    [{ allowNetworks: ['192.0.2.0/24'] }, 'ip', '192.0.3.0', false],
    [{ allowNetworks: ['2001:db8::/32'] }, 'ip', '2001:DB8:1::1', true],
    [{ allowNetworks: ['2001:db8::/32'] }, 'ip', '2001:db9::1', false],
    [{ allowPatterns: ['TEST-*'] }, 'api-key', 'test-4711', true],
    [{ allowPatterns: ['TEST-*'] }, 'api-key', 'a-test-4711', false],
  ])('%j shows %s %j: %j', (lists, entity, value, isShown) => {
    expect(isAllowed(lists, entity, value)).toBe(isShown);
  });

  it('reach what the detectors find, and hide its neighbours all the same', () => {
    const detector = createLineDetector(
      parsePolicy({ allowEmailDomains: ['example.com'], allowNetworks: ['203.0.113.0/24'] }),
    );
    const line = 'from 203.0.113.9 for 198.51.100.7 by ops@example.com to olga@corp.ru';
    expect(detector.findings(line, true).map(({ start, end }) => line.slice(start, end))).toEqual([
      '198.51.100.7',
      'olga@corp.ru',
    ]);
  });
});

test.each([
  ['10.0.0.0/8', '10.255.1.2', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['0.0.0.0/0', '::1', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.2', false],
  ['192.0.2.0/24', '::ffff:192.0.2.77', true],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['::/0', '2001:db8::1.2.3.4', true],
  ['2001:db8::1', '2001:0db8:0:0:0:0:0:1', true],
  ['10.0.0.0/8', 'not an address', false],
])('%s holds %s: %j', (range, address, isInside) => {
  expect(networkRange(range)?.(address)).toBe(isInside);
});

test.each(['10.0.0.0/33', '1.2.3', '::1::', '1:2:3', 'x/8', '300.1.1.1'])('%s is no range', range => {
  expect(networkRange(range)).toBeNull();
});

test.each([
  ['acct-*-test', 'acct-17-test', true],
  ['acct-*-test', 'acct-test', false],
  ['*test*', 'a test b', true],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['plain', 'plain', true],
  ['plain', 'plainer', false],
])('the pattern %s matches %s: %j', (pattern, text, isMatch) => {
  expect(matchesWildcard(text, pattern)).toBe(isMatch);
});

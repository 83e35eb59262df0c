import { expect, test } from 'vitest';
import { ENTITIES, RedactionPolicy } from '../../contract/redaction.ts';
import { neverHidden, policyGroups, policySentence } from './policy-words.ts';

test('the default policy hides every kind', () => {
  const policy = RedactionPolicy.parse({});
  expect(policySentence(policy)).toBe('Hides personal data and secrets of every known kind.');
  expect(policyGroups(policy).map(group => group.title)).toEqual(['Hidden']);
  expect(policyGroups(policy)[0]?.names).toHaveLength(ENTITIES.length - 1);
});

test('what is shown and what locks the session is said by name', () => {
  const policy = RedactionPolicy.parse({
    entities: { ip: 'allow', 'private-key': 'block', card: 'partial' },
  });
  expect(policySentence(policy)).toBe('Hides personal data and secrets; shows IP addresses.');
  const groups = Object.fromEntries(policyGroups(policy).map(group => [group.action, group.names]));
  expect(groups['block']).toEqual(['private keys']);
  expect(groups['partial']).toEqual(['card numbers']);
  expect(groups['allow']).toEqual(['IP addresses']);
});

test('hidden columns are named, many of them shortened', () => {
  const policy = RedactionPolicy.parse({ columns: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] });
  expect(policyGroups(policy)[0]?.names).toContain('columns a, b, c, d, e and 2 more');
});

test('a policy that allows everything says so', () => {
  expect(policySentence(RedactionPolicy.parse({ default: 'allow' }))).toBe('Hides nothing.');
});

test('what is never hidden is said, listed values by their number', () => {
  expect(neverHidden(RedactionPolicy.parse({}))).toEqual([]);
  const policy = RedactionPolicy.parse({
    allowEmailDomains: ['example.com', '*.example.org'],
    allowNetworks: ['192.0.2.0/24'],
    allowValues: ['a', 'b'],
    allowPatterns: ['TEST-*'],
  });
  expect(neverHidden(policy)).toEqual([
    'e-mail addresses at example.com, *.example.org',
    'addresses in 192.0.2.0/24',
    '3 listed values and patterns',
  ]);
});

test('pseudonyms that are the same in every session are called so', () => {
  const policy = RedactionPolicy.parse({ entities: { person: 'token' }, tokenScope: 'organisation' });
  expect(policyGroups(policy).find(group => group.action === 'token')?.title).toMatch(/every session/);
});

import { describe, expect, it } from 'vitest';
import { problemWords } from '../settings/read-settings.ts';
import { readAccessPolicy } from './read-policy.ts';

const VALID = `version: 1
groups:
  dba: [Dora]
rules:
  - name: shop
    who: { roles: [operator] }
    targets: ["shop-*"]
    maxMinutes: 60
    redaction: { preset: strict }
`;

function problemsOf(source: string): string[] {
  const reading = readAccessPolicy(source);
  return 'problems' in reading ? reading.problems.map(problemWords) : [];
}

describe('a policy file', () => {
  it('is read as YAML, with what it leaves out', () => {
    const reading = readAccessPolicy(VALID);
    expect(reading).toMatchObject({
      policy: {
        groups: { dba: ['Dora'] },
        rules: [
          {
            approvals: { count: 1 },
            extensions: { by: 'approvers', atMost: 3 },
            redaction: { name: 'strict', privateIps: true },
          },
        ],
      },
    });
  });

  it('is read as JSON', () => {
    const source = JSON.stringify({
      version: 1,
      rules: [{ name: 'a', who: { roles: ['operator'] }, targets: ['*'], maxMinutes: 5 }],
    });
    expect(readAccessPolicy(source)).toHaveProperty('policy');
  });

  it.each([
    [
      'a wrong key with the one that was meant',
      VALID.replace('maxMinutes', 'maxMinute'),
      ['line 8, rules.0.maxMinute: there is no key "maxMinute" here; did you mean "maxMinutes"?'],
    ],
    ['a wrong value', VALID.replace('maxMinutes: 60', 'maxMinutes: 0'), ['line 8, rules.0.maxMinutes: ']],
    ['a wrong role', VALID.replace('[operator]', '[operater]'), ['line 6, rules.0.who.roles.0: ']],
    ['a wrong preset', VALID.replace('strict', 'strikt'), ['line 9, rules.0.redaction.preset: ']],
    [
      'a rule that names nothing',
      VALID.replace('    targets: ["shop-*"]\n', ''),
      ['line 5, rules.0: must say at least one of targets'],
    ],
    [
      'a rule for nobody',
      VALID.replace('{ roles: [operator] }', '{}'),
      ['line 6, rules.0.who: must say at least one of roles'],
    ],
    ['a version of the future', VALID.replace('version: 1', 'version: 2'), ['line 1, version: ']],
    [
      'two rules of one name',
      `${VALID}${VALID.slice(VALID.indexOf('  - name'))}`,
      ['line 10, rules.1.name: there is a rule "shop" above already'],
    ],
    ['what is not YAML', 'version: 1\nrules: [', ['line 2: this is not YAML']],
    ['a key that is written twice', `${VALID}version: 1\n`, ['line 10: this is not YAML']],
    ['nothing at all', '', ['line 1, version: ', 'line 1, rules: is missing.']],
  ])('names the key and the line of %s', (_, source, expected) => {
    const told = problemsOf(source);
    for (const [index, words] of expected.entries()) expect(told[index]).toContain(words);
    expect(told.length).toBeGreaterThanOrEqual(expected.length);
  });

  it('refuses aliases that explode', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, next] of ['ab', 'bc', 'cd', 'de'].map(pair => [...pair])) {
      lines.push(`${next}: &${next} [${Array.from({ length: 10 }, () => `*${one}`).join(', ')}]`);
    }
    expect(problemsOf(lines.join('\n'))[0]).toContain('cannot be read');
  });
});

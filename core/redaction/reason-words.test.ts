import { describe, expect, it } from 'vitest';
import { evidenceOf } from './evidence.ts';
import { reasonWords, ruleWords } from './reason-words.ts';

describe('why a value was masked', () => {
  it.each([
    ['email.column', 'the table column it stands in'],
    ['card.luhn', 'its checksum, issuer and length'],
    ['api-key.github-token', 'the rule for github token'],
    ['strange', 'the rule for strange'],
  ])('by the rule %s is said as: %s', (rule, words) => {
    expect(ruleWords(rule)).toBe(words);
  });

  it('is one line with evidence and score', () => {
    expect(reasonWords({ rule: 'ssn.column', score: 0.949, evidence: ['column "ssn"', 'shape fits'] })).toBe(
      'by the table column it stands in (column "ssn"; shape fits), 95% sure',
    );
    expect(reasonWords({ rule: 'email.address', score: 7 })).toBe('by its form, 100% sure');
  });
});

describe('evidence that leaves the session host', () => {
  it('is bounded, and what looks like a value in it is replaced', () => {
    const evidence = evidenceOf({
      evidence: [
        'key "card 4012888888881881"',
        'key "olga@corp.ru"',
        'local part, @ and domain',
        'x'.repeat(500),
      ],
    });
    expect(evidence).toEqual([
      'key "card ****************"',
      `key "${'•'.repeat(12)}"`,
      'local part, @ and domain',
      `${'x'.repeat(119)}…`,
    ]);
    expect(evidenceOf({ evidence: Array<string>(50).fill('a') })).toHaveLength(6);
  });
});

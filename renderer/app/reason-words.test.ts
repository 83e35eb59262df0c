import { afterEach, expect, test } from 'vitest';
import { METHOD_WORDS, RULE_WORDS, reasonWords as coreWords } from '../../core/redaction/reason-words.ts';
import { english } from '../texts/en/english.ts';
import { german } from '../texts/de/german.ts';
import { setTexts } from '../texts/t.ts';
import { reasonWords } from './reason-words.ts';

afterEach(() => setTexts(english));

test('the window says in English what commands say', () => {
  const rules = [...Object.keys(RULE_WORDS), ...Object.keys(METHOD_WORDS).map(method => `ssn.${method}`)];
  for (const rule of [...rules, 'api-key.github-token', 'iban.de-long', 'x.constructor'])
    for (const why of [
      { rule, score: 0.949 },
      { rule, score: 7, evidence: ['column "ssn"', 'shape fits'] },
    ])
      expect(reasonWords(why)).toBe(coreWords(why));
});

test('and in German in German', () => {
  setTexts(german);
  expect(reasonWords({ rule: 'card.luhn', score: 0.98 })).toBe(
    'an Prüfsumme, Aussteller und Länge, zu 98 % sicher',
  );
  expect(reasonWords({ rule: 'api-key.github-token', score: 0.9, evidence: ['prefix'] })).toBe(
    'an der Regel für „github token“ (prefix), zu 90 % sicher',
  );
});

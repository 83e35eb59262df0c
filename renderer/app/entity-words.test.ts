import { expect, test } from 'vitest';
import { countedEntities, maskedWords, totalMasked } from './entity-words.ts';

test('counts are told most frequent first, in the right number', () => {
  expect(maskedWords({ card: 1, email: 12, ip: 2 })).toBe(
    '12 e-mail addresses, 2 IP addresses, 1 card number',
  );
});

test('no masked value is told as nothing', () => {
  expect(maskedWords({})).toBe('nothing');
  expect(maskedWords({ email: 0 })).toBe('nothing');
});

test('totals count values, not entities', () => {
  expect(totalMasked({ email: 12, card: 3 })).toBe(15);
  expect(countedEntities({ card: 3, email: 3 }).map(({ entity }) => entity)).toEqual(['card', 'email']);
});

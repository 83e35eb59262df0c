import { describe, expect, it } from 'vitest';
import { makePeople } from './synthetic-people.ts';
import { cardNumber, createRandom, iban } from './synthetic-values.ts';

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, c, i) => {
    const doubled = Number(c) * (i % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

describe('synthetic people', () => {
  it('are the same for the same seed and differ for another', () => {
    expect(makePeople(20, 7)).toEqual(makePeople(20, 7));
    expect(makePeople(20, 7)).not.toEqual(makePeople(20, 8));
  });

  it('come from six countries, with unique mail addresses in plain letters', () => {
    const people = makePeople(600, 1);
    expect(new Set(people.map(person => person.country)).size).toBe(6);
    expect(new Set(people.map(person => person.email)).size).toBe(600);
    for (const person of people) expect(person.email).toMatch(/^[a-z]+\.[a-z]+\d+@[a-z.]+$/);
  });

  it('carry cards that pass Luhn and IBANs that pass mod 97', () => {
    const random = createRandom(3);
    for (let i = 0; i < 200; i += 1) expect(passesLuhn(cardNumber(random))).toBe(true);
    for (const country of ['GB', 'DE', 'FR', 'ES', 'PL'] as const) {
      const value = iban(random, country) ?? '';
      const numeric = [...(value.slice(4) + value.slice(0, 4))]
        .map(c => String(Number.parseInt(c, 36)))
        .join('');
      expect(BigInt(numeric) % 97n).toBe(1n);
    }
  });
});

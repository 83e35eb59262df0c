import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ean13, icao9303, isDate, isMonthDay, luhn, mod11_10, mod97, verhoeff } from './checksums.ts';

/** Examples of the standards; with any other last digit each fails. */
describe('check digits', () => {
  it.each([
    ['luhn', luhn, '79927398713'],
    ['mod 11,10', mod11_10, '86095742719'],
    ['Verhoeff', verhoeff, '2363'],
    ['EAN-13', ean13, '4006381333931'],
    ['ICAO 9303', icao9303, 'L898902C36'],
    ['ICAO 9303 of a date', icao9303, '7408122'],
  ])('of %s hold for the example and for no other last digit', (_name, check, example) => {
    expect(check(example)).toBe(true);
    for (let digit = 0; digit < 10; digit++) {
      const other = `${example.slice(0, -1)}${digit}`;
      if (other !== example) expect(check(other), other).toBe(false);
    }
  });

  it('of ISO 7064 MOD 97-10 leave one for a valid IBAN, moved to the end', () => {
    expect(mod97('370400440532013000DE89')).toBe(1);
    expect(mod97('370400440532013000DE88')).not.toBe(1);
  });

  it('of Luhn notice every single wrong digit', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const example = '79927398713';
        const wrong = (Number(example.charAt(at)) + by) % 10;
        expect(luhn(example.slice(0, at) + String(wrong) + example.slice(at + 1))).toBe(false);
      }),
    );
  });
});

describe('dates', () => {
  it.each([
    [2000, 2, 29, true],
    [1900, 2, 29, false],
    [1999, 2, 29, false],
    [2024, 2, 29, true],
    [2023, 4, 31, false],
    [2023, 12, 31, true],
    [2023, 13, 1, false],
    [2023, 0, 1, false],
  ])('%i-%i-%i is one: %s', (year, month, day, is) => {
    expect(isDate(year, month, day)).toBe(is);
  });

  it('without a year have a 29 February', () => {
    expect(isMonthDay(2, 29)).toBe(true);
    expect(isMonthDay(2, 30)).toBe(false);
  });
});

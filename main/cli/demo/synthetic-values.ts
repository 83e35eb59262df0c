/**
 * Values that look like personal data and belong to nobody: made from a seed, with correct checksums, in the shapes of each
 * country. Phone numbers use ranges that regulators keep for fiction where there are such; cards use test issuer prefixes.
 */
export type Country = 'US' | 'GB' | 'DE' | 'FR' | 'ES' | 'PL';

/** A small deterministic generator (mulberry32), so that each demo shows the same people. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Random = (below: number) => number;

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random(10)).join('');
}

/** Payment card number that passes Luhn (ISO/IEC 7812-1), 16 digits, Visa or Mastercard prefix. */
export function cardNumber(random: Random): string {
  const body = (random(2) === 0 ? '4' : `5${1 + random(5)}`) + digits(random, 14);
  const payload = body.slice(0, 15);
  let sum = 0;
  for (let i = 0; i < payload.length; i += 1) {
    const digit = Number(payload[payload.length - 1 - i]);
    sum += i % 2 === 0 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return payload + String((10 - (sum % 10)) % 10);
}

/** Length of the account part (BBAN) per country, digits only (SWIFT IBAN registry). */
const BBAN_DIGITS: Readonly<Record<Exclude<Country, 'US'>, number>> = {
  GB: 14,
  DE: 18,
  FR: 23,
  ES: 20,
  PL: 24,
};

/** IBAN with check digits after ISO 13616 (mod 97). The United States has none: null. */
export function iban(random: Random, country: Country): string | null {
  if (country === 'US') return null;
  const bban = (country === 'GB' ? 'NWBK' : '') + digits(random, BBAN_DIGITS[country]);
  const numeric = [...`${bban}${country}00`].map(c => String(Number.parseInt(c, 36))).join('');
  let remainder = 0;
  for (const c of numeric) remainder = (remainder * 10 + Number(c)) % 97;
  return `${country}${String(98 - remainder).padStart(2, '0')}${bban}`;
}

/** National identity or tax number in the country's own shape, with its check digit. */
export function nationalId(random: Random, country: Country): string {
  switch (country) {
    case 'US':
      return `${100 + random(565)}-${String(1 + random(99)).padStart(2, '0')}-${String(1 + random(9999)).padStart(4, '0')}`;
    case 'GB': {
      const letters = 'ABCEGHJKLMPRSTWXYZ';
      return `${letters[random(letters.length)]}${letters[random(letters.length)]} ${digits(random, 2)} ${digits(random, 2)} ${digits(random, 2)} ${'ABCD'[random(4)]}`;
    }
    case 'ES': {
      const number = 10_000_000 + random(89_000_000);
      return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}`;
    }
    case 'PL': {
      const body = `${String(50 + random(49))}${String(1 + random(12)).padStart(2, '0')}${String(1 + random(28)).padStart(2, '0')}${digits(random, 4)}`;
      const sum = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3].reduce(
        (total, weight, i) => total + weight * Number(body[i]),
        0,
      );
      return body + String((10 - (sum % 10)) % 10);
    }
    case 'FR': {
      const body = `${1 + random(2)}${String(50 + random(49))}${String(1 + random(12)).padStart(2, '0')}${String(1 + random(95)).padStart(2, '0')}${digits(random, 6)}`;
      return body + String(97 - Number(BigInt(body) % 97n)).padStart(2, '0');
    }
    case 'DE': {
      const body = uniqueDigits(random);
      let product = 10;
      for (const c of body) {
        const sum = (Number(c) + product) % 10 || 10;
        product = (sum * 2) % 11;
      }
      return body + String((11 - product) % 10);
    }
  }
}

/** Ten digits, the first not 0, one of them twice: the rule of the German tax number (AO section 139b). */
function uniqueDigits(random: Random): string {
  const pool = [...'0123456789'];
  for (let i = pool.length - 1; i > 0; i -= 1) {
    const j = random(i + 1);
    [pool[i], pool[j]] = [pool[j] ?? '', pool[i] ?? ''];
  }
  if (pool[0] === '0') [pool[0], pool[1]] = [pool[1] ?? '', '0'];
  pool[9] = pool[random(9)] ?? '1';
  return pool.join('');
}

/** Telephone number in the international notation that people of the country write. */
export function phoneNumber(random: Random, country: Country): string {
  switch (country) {
    case 'US':
      return `+1 (${['202', '212', '303', '415', '512', '617'][random(6)]}) 555-${String(100 + random(100)).padStart(4, '0')}`;
    case 'GB':
      return `+44 7700 900${String(random(1000)).padStart(3, '0')}`;
    case 'DE':
      return `+49 151 ${digits(random, 8)}`;
    case 'FR':
      return `+33 6 39 98 ${digits(random, 2)} ${digits(random, 2)}`;
    case 'ES':
      return `+34 6${digits(random, 2)} ${digits(random, 3)} ${digits(random, 3)}`;
    case 'PL':
      return `+48 60${random(10)} ${digits(random, 3)} ${digits(random, 3)}`;
  }
}

/** Date of birth of an adult, `YYYY-MM-DD`. */
export function birthDate(random: Random): string {
  return `${1940 + random(65)}-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
}

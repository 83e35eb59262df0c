import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 130 random bits in 26 lower-case letters and digits (Crockford's base 32): safe in URLs, file names and names of roles. */
export function newId(): string {
  return Array.from(randomBytes(26), byte => ALPHABET[byte & 31]).join('');
}

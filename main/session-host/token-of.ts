import { createHmac, createSecretKey } from 'node:crypto';

/** Keyed pseudonyms: HMAC-SHA-256 (RFC 2104) under `tokenKey` (base64url), as 52 characters of base32 in lower case (RFC 4648). */
export function createTokenOf(tokenKey: string): (value: string) => string {
  const key = createSecretKey(tokenKey, 'base64url');
  return value => base32(createHmac('sha256', key).update(value, 'utf8').digest());
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31] ?? '';
    }
  }
  return bits === 0 ? text : text + (ALPHABET[(held << (5 - bits)) & 31] ?? '');
}

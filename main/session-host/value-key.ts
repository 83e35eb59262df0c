import { createHmac, createSecretKey } from 'node:crypto';

/** Tells values apart without keeping them: HMAC-SHA-256 (RFC 2104) under `key` (base64url), as base64. */
export function createValueKeyOf(key: string): (value: string) => string {
  // a key object: bytes would be made into one for each value, which takes six times as long as the hash
  const secret = createSecretKey(key, 'base64url');
  return value => createHmac('sha256', secret).update(value, 'utf8').digest('base64');
}

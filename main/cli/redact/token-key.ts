import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UsageError } from '../command.ts';

const MIN_KEY_BYTES = 16;

/**
 * Pseudonyms of a run: HMAC-SHA-256 under the bytes of a file, so that runs can be compared, or under a random key without one. Throws
 * `UsageError` for a file that cannot be read or has fewer than 16 bytes (values are few enough to try all of them under a short key).
 */
export function chooseTokenOf(keyFile: string | undefined): (value: string) => string {
  const key = keyFile === undefined ? randomBytes(32) : readKey(keyFile);
  return value => createHmac('sha256', key).update(value).digest('hex');
}

function readKey(path: string): Buffer {
  let key: Buffer;
  try {
    key = readFileSync(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new UsageError(`Cannot read the token key "${path}" (${code}).`);
  }
  if (key.length >= MIN_KEY_BYTES) return key;
  throw new UsageError(
    `The token key "${path}" has ${key.length} bytes; it needs at least ${MIN_KEY_BYTES}: "openssl rand -out FILE 32" makes one.`,
  );
}

import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTokenOf } from './token-of.ts';

const KEY = Buffer.alloc(32, 7).toString('base64url');

describe('tokens', () => {
  it('are the HMAC of the value in base32', () => {
    const digest = createHmac('sha256', Buffer.alloc(32, 7)).update('olga').digest();
    const expected = execFileSync('base32', ['-w0'], { input: digest }).toString();
    expect(createTokenOf(KEY)('olga')).toBe(expected.replaceAll('=', '').toLowerCase());
  });

  it('are the same for the same value and key only', () => {
    const other = Buffer.alloc(32, 8).toString('base64url');
    expect(createTokenOf(KEY)('a')).toBe(createTokenOf(KEY)('a'));
    expect(createTokenOf(KEY)('a')).not.toBe(createTokenOf(KEY)('b'));
    expect(createTokenOf(KEY)('a')).not.toBe(createTokenOf(other)('a'));
  });
});

import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

describe('secret box', () => {
  const box = createSecretBox(randomBytes(32));

  test('opens what it sealed', () => {
    const secret = { kind: 'password', username: 'shop', password: 'correct horse' };
    expect(box.open(box.seal(secret, 'target-1'), 'target-1')).toEqual(secret);
  });

  test('shows nothing of the secret', () => {
    expect(Buffer.from(box.seal('correct horse', 'x')).includes('correct')).toBe(false);
  });

  test('refuses another context, another key, and every altered byte', () => {
    const sealed = box.seal('secret', 'target-1');
    expect(() => box.open(sealed, 'target-2')).toThrow('cannot be opened');
    expect(() => createSecretBox(randomBytes(32)).open(sealed, 'target-1')).toThrow('cannot be opened');
    for (let at = 0; at < sealed.length; at++) {
      const altered = Uint8Array.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => box.open(altered, 'target-1')).toThrow('cannot be opened');
    }
    expect(() => box.open(sealed.subarray(0, 20), 'target-1')).toThrow('cannot be opened');
  });
});

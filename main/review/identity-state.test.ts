import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SecretBox } from '../vault/secret-box.ts';
import { fileSecretBox } from '../vault/secret-box.ts';
import { passphraseFor, stateOf } from './identity-state.ts';
import { createIdentityStore } from './identity-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-identity-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keychain: SecretBox = { ...fileSecretBox, scheme: 'test-keychain' };

it.each([
  ['none, in a shell without a keychain', fileSecretBox, null, /no keychain/],
  ['a short one', fileSecretBox, '1234567', /at least 8/],
  ['a short one beside a keychain', keychain, '1234567', /at least 8/],
])('a window makes no key with %s', (_name, box, passphrase, words) => {
  expect(() => passphraseFor(createIdentityStore(folder, box), passphrase)).toThrow(words);
});

it('a window makes a key with a passphrase, or with none beside a keychain', () => {
  expect(passphraseFor(createIdentityStore(folder), '12345678')).toBe('12345678');
  expect(passphraseFor(createIdentityStore(folder, keychain), null)).toBeNull();
});

it('a window gets public halves and a fingerprint, never a key', async () => {
  const store = createIdentityStore(folder);
  expect(await stateOf(store)).toMatchObject({ recipient: null, fingerprint: null, recipients: [] });
  const older = await store.create(null);
  const recipient = await store.rotate(null);
  const state = await stateOf(store);
  expect(state).toEqual({
    recipient,
    fingerprint: expect.stringMatching(/^([0-9a-f]{4} ){4}[0-9a-f]{4}$/) as unknown,
    recipients: [recipient, older],
    isUnlocked: true,
    needsPassphrase: false,
    protection: 'file',
    hasKeychain: false,
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecretBox } from '../vault/secret-box.ts';
import { fileSecretBox } from '../vault/secret-box.ts';
import { createIdentityStore, parseIdentity } from './identity-store.ts';

/** Passphrases are tried 256 times as fast as in the product. */
const LITTLE_WORK = 10;
const openStore = (folder: string, box?: SecretBox) => createIdentityStore(folder, box, LITTLE_WORK);

describe('identity store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-identity-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps an identity under a passphrase and opens it with that passphrase only', async () => {
    const recipient = await openStore(folder).create('correct horse');
    const later = openStore(folder);
    expect(later).toMatchObject({ recipient, isUnlocked: false, needsPassphrase: true });
    expect(() => later.identity()).toThrow(/locked/);
    await expect(later.unlock('wrong')).rejects.toMatchObject({ code: 'passphrase-wrong' });
    await later.unlock('correct horse');
    expect(later.identity()).toMatch(/^AGE-SECRET-KEY-1/);
    expect(readFileSync(join(folder, 'identity.age')).includes('AGE-SECRET-KEY-1')).toBe(false);
  }, 60_000);

  it('without a passphrase is a stock age identity file that only its owner may read', async () => {
    const recipient = await openStore(folder).create(null);
    const file = join(folder, 'identity.txt');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(`# public key: ${recipient}`);
    expect(openStore(folder).isUnlocked).toBe(true);
  });

  it('never replaces an identity', async () => {
    const store = openStore(folder);
    await store.create(null);
    await expect(store.create(null)).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each(['correct horse', null])(
    'is rotated: the older identity stays, under passphrase %s',
    async passphrase => {
      const store = openStore(folder);
      const first = await store.create(passphrase);
      const [older = ''] = store.identity().split('\n');
      const second = await store.rotate(passphrase);
      expect(second).not.toBe(first);
      const later = openStore(folder);
      expect(later.recipient).toBe(second);
      if (passphrase !== null) {
        expect(() => later.identity()).toThrow(/locked/);
        await expect(later.rotate('wrong')).rejects.toMatchObject({ code: 'passphrase-wrong' });
        await later.unlock(passphrase);
      }
      const kept = later.identity().split('\n');
      expect(kept).toHaveLength(2);
      expect(kept[1]).toBe(older);
      const extra = await generateX25519Identity();
      await later.adopt(extra, passphrase);
      await later.adopt(extra, passphrase);
      expect(later.identity().split('\n')).toEqual([...kept, extra]);
      expect(later.recipient).toBe(second);
      expect(readdirSync(folder).filter(name => name.startsWith('identity'))).toHaveLength(1);
    },
    60_000,
  );

  it('says where an identity is missing', async () => {
    const store = openStore(folder);
    expect(store.recipient).toBeNull();
    expect(() => store.identity()).toThrow(/sallyport keys new/);
    await expect(store.unlock('x')).rejects.toMatchObject({ code: 'identity-missing' });
    expect(() => parseIdentity('# nothing here\n')).toThrow(/AGE-SECRET-KEY-1/);
  });
});

describe('identity store with a keychain', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-identity-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Another scheme than the files' own; `name` stands for the machine and user that it belongs to. */
  const keychain = (name: string): SecretBox => ({
    scheme: 'test-keychain',
    meaning: null,
    seal: secret => Buffer.from(`${name}:${secret}`).toString('base64'),
    open(sealed) {
      const text = Buffer.from(sealed, 'base64').toString();
      if (!text.startsWith(`${name}:`)) throw new Error('sealed elsewhere');
      return text.slice(name.length + 1);
    },
  });

  it('seals an identity that has no passphrase, opens it at once, and rotates it in place', async () => {
    const store = openStore(folder, keychain('a'));
    const first = await store.create(null);
    expect(readdirSync(folder).sort()).toEqual(['identity.sealed.json', 'recipient.txt']);
    const text = readFileSync(join(folder, 'identity.sealed.json'), 'utf8');
    expect(text).not.toContain('AGE-SECRET-KEY');
    expect(statSync(join(folder, 'identity.sealed.json')).mode & 0o777).toBe(0o600);
    const later = openStore(folder, keychain('a'));
    expect(later).toMatchObject({ isUnlocked: true, needsPassphrase: false, protection: 'keychain' });
    const second = await later.rotate(null);
    expect(await openStore(folder, keychain('a')).recipients()).toEqual([second, first]);
  });

  it.each([
    ['another keychain', keychain('b')],
    ['no keychain', fileSecretBox],
  ])('is not opened with %s, which says so when it is needed', async (_name, box) => {
    await openStore(folder, keychain('a')).create(null);
    const elsewhere = openStore(folder, box);
    expect(elsewhere.isUnlocked).toBe(false);
    expect(() => elsewhere.identity()).toThrow(/keychain of the desktop program/);
    await expect(elsewhere.rotate(null)).rejects.toMatchObject({ code: 'identity-missing' });
    await expect(elsewhere.create(null)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('takes an unguarded file over when it is written the next time', async () => {
    const first = await openStore(folder).create(null);
    const store = openStore(folder, keychain('a'));
    expect(store).toMatchObject({ isUnlocked: true, protection: 'file' });
    const second = await store.rotate(null);
    expect(readdirSync(folder).sort()).toEqual(['identity.sealed.json', 'recipient.txt']);
    expect(await store.recipients()).toEqual([second, first]);
  });
});

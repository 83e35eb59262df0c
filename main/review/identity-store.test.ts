import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdentityStore, parseIdentity } from './identity-store.ts';

describe('identity store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-identity-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps an identity under a passphrase and opens it with that passphrase only', async () => {
    const recipient = await createIdentityStore(folder).create('correct horse');
    const later = createIdentityStore(folder);
    expect(later).toMatchObject({ recipient, isUnlocked: false, needsPassphrase: true });
    expect(() => later.identity()).toThrow(/locked/);
    await expect(later.unlock('wrong')).rejects.toMatchObject({ code: 'passphrase-wrong' });
    await later.unlock('correct horse');
    expect(later.identity()).toMatch(/^AGE-SECRET-KEY-1/);
    expect(readFileSync(join(folder, 'identity.age')).includes('AGE-SECRET-KEY-1')).toBe(false);
  }, 60_000);

  it('without a passphrase is a stock age identity file that only its owner may read', async () => {
    const recipient = await createIdentityStore(folder).create(null);
    const file = join(folder, 'identity.txt');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(`# public key: ${recipient}`);
    expect(createIdentityStore(folder).isUnlocked).toBe(true);
  });

  it('never replaces an identity', async () => {
    const store = createIdentityStore(folder);
    await store.create(null);
    await expect(store.create(null)).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each(['correct horse', null])(
    'is rotated: the older identity stays, under passphrase %s',
    async passphrase => {
      const store = createIdentityStore(folder);
      const first = await store.create(passphrase);
      const [older = ''] = store.identity().split('\n');
      const second = await store.rotate(passphrase);
      expect(second).not.toBe(first);
      const later = createIdentityStore(folder);
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
    const store = createIdentityStore(folder);
    expect(store.recipient).toBeNull();
    expect(() => store.identity()).toThrow(/sallyport keys new/);
    await expect(store.unlock('x')).rejects.toMatchObject({ code: 'identity-missing' });
    expect(() => parseIdentity('# nothing here\n')).toThrow(/AGE-SECRET-KEY-1/);
  });
});

import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import {
  Decrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { createSealer } from './sealer.ts';

describe('sealing', () => {
  it('lets every recipient open the segment, and nobody else', async () => {
    const identities = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
    const seal = createSealer(await Promise.all(identities.map(identityToRecipient)));
    const sealed = await seal(new TextEncoder().encode('plain'));
    for (const identity of identities) {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      const plain = await promisify(zstdDecompress)(await decrypter.decrypt(sealed));
      expect(plain.toString()).toBe('plain');
    }
    const stranger = new Decrypter();
    stranger.addIdentity(await generateX25519Identity());
    await expect(stranger.decrypt(sealed)).rejects.toThrow();
  });

  it('refuses what is no X25519 recipient, also one more beside a good one', async () => {
    const good = await identityToRecipient(await generateX25519Identity());
    const postQuantum = await identityToRecipient(await generateHybridIdentity());
    const mistyped = good.slice(0, -1) + (good.endsWith('q') ? 'p' : 'q');
    for (const recipients of [[], ['age1nonsense'], [postQuantum], [good, postQuantum], [mistyped]])
      expect(() => createSealer(recipients)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

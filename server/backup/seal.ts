import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { SallyportError } from '../../contract/errors.ts';

/** To whom a backup is sealed. */
export type BackupSeal =
  | { readonly kind: 'recipients'; readonly recipients: readonly string[] }
  /** `workFactor`: log2 of scrypt's N; age's own where not given */
  | { readonly kind: 'passphrase'; readonly passphrase: string; readonly workFactor?: number };
/** What opens one. */
export type BackupKey =
  | { readonly kind: 'identities'; readonly identities: readonly string[] }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

/**
 * Writes a sealed file that is there whole or not at all, for this user alone. Throws `conflict` where the file is there already, `bad-input`
 * for a recipient that is none.
 */
export async function writeSealed(path: string, seal: BackupSeal, plain: Readable): Promise<void> {
  const encrypter = new Encrypter();
  if (seal.kind === 'passphrase') {
    encrypter.setPassphrase(seal.passphrase);
    if (seal.workFactor !== undefined) encrypter.setScryptWorkFactor(seal.workFactor);
  } else for (const recipient of seal.recipients) addRecipient(encrypter, recipient);
  const beside = `${path}.part`;
  const claimed = await open(path, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new SallyportError(
      'conflict',
      `"${path}" is there already. Name a file that is not, or remove it first.`,
    );
  });
  await claimed.close();
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      const packed = plain.pipe(createZstdCompress());
      plain.on('error', error => packed.destroy(error));
      const sealed = await encrypter.encrypt(
        // Node's web stream is the one that age takes; their declarations differ in name only.
        Readable.toWeb(packed) as unknown as globalThis.ReadableStream<Uint8Array>,
      );
      await file.writeFile(Readable.fromWeb(sealed as unknown as ReadableStream<Uint8Array>));
      await file.sync();
    } finally {
      await file.close().catch(() => undefined);
    }
    await rename(beside, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    await rm(beside, { force: true });
    await rm(path, { force: true });
    throw error;
  }
}

/**
 * The plain stream of a sealed file. Every piece of it was checked (age's payload is authenticated in chunks of 64 KiB); one that was altered or cut
 * short ends in an error. Throws `passphrase-wrong` or `identity-missing` where the key does not open it, `bad-input` where it is no sealed file.
 */
export async function readSealed(path: string, key: BackupKey): Promise<Readable> {
  const decrypter = new Decrypter();
  if (key.kind === 'passphrase') decrypter.addPassphrase(key.passphrase);
  else for (const identity of key.identities) addIdentity(decrypter, identity);
  const file = createReadStream(path);
  const opened = await decrypter
    .decrypt(Readable.toWeb(file) as unknown as globalThis.ReadableStream<Uint8Array>)
    .catch((error: unknown) => {
      file.destroy();
      throw notOpened(path, key, error);
    });
  const sealed = Readable.fromWeb(opened as unknown as ReadableStream<Uint8Array>);
  const plain = createZstdDecompress();
  sealed.on('error', error => plain.destroy(error));
  return sealed.pipe(plain);
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new SallyportError('bad-input', `"${recipient}" is no age recipient. One begins with "age1".`, {
      cause,
    });
  }
}

function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch (cause) {
    throw new SallyportError('bad-input', 'The file of identities has a line that is no age identity.', {
      cause,
    });
  }
}

function notOpened(path: string, key: BackupKey, cause: unknown): Error {
  if (cause instanceof Error && 'syscall' in cause) return cause;
  if (cause instanceof Error && /no identity matched/.test(cause.message)) {
    return key.kind === 'passphrase'
      ? new SallyportError('passphrase-wrong', `This passphrase does not open "${path}".`, { cause })
      : new SallyportError(
          'identity-missing',
          `"${path}" is sealed to other recipients than this identity.`,
          { cause },
        );
  }
  return new SallyportError('bad-input', `"${path}" is no backup, or its beginning is damaged.`, { cause });
}

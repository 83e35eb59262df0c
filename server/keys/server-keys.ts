import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SallyportError } from '../../contract/errors.ts';
import { writeDurably } from '../data-folder.ts';
import type { SigningKeys } from './signing-keys.ts';
import { createSigningKeys } from './signing-keys.ts';

/** Private keys of the server, each in a 0600 file under `keys/`. */
export interface ServerKeys {
  readonly signing: SigningKeys;
  readonly sshUserCa: KeyObject;
  readonly sshHostCa: KeyObject;
  /** 32 bytes; seals target secrets */
  readonly master: Uint8Array;
  /** 32 bytes; pseudonyms that are the same in every session of this server. Another key makes other pseudonyms, nothing else. */
  readonly tokens: Uint8Array;
}

/**
 * Loads the keys, making what is not there yet. Every key in `keys/signing/` is published and verifies; the one whose file name
 * sorts last signs: rotation is adding a file, and removing the old one when its last grant has ended.
 * Throws `server-failed` for a damaged file.
 */
export async function loadServerKeys(folder: string): Promise<ServerKeys> {
  const signingFolder = join(folder, 'signing');
  await mkdir(signingFolder, { recursive: true, mode: 0o700 });
  const names = (await readdir(signingFolder)).filter(name => name.endsWith('.pem')).sort();
  if (names.length === 0) names.push('0001.pem');
  const signing: KeyObject[] = [];
  for (const name of names) signing.push(await loadKey(join(signingFolder, name)));
  return {
    signing: await createSigningKeys(signing),
    sshUserCa: await loadKey(join(folder, 'ssh-user-ca.pem')),
    sshHostCa: await loadKey(join(folder, 'ssh-host-ca.pem')),
    master: await loadRandomKey(join(folder, 'master-key')),
    tokens: await loadRandomKey(join(folder, 'token-key')),
  };
}

async function loadKey(path: string): Promise<KeyObject> {
  const pem = await readOrMake(path, () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
    return key;
  } catch (error) {
    throw damaged(path, error);
  }
}

async function loadRandomKey(path: string): Promise<Uint8Array> {
  const text = await readOrMake(path, () => randomBytes(32).toString('base64'));
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw damaged(path, null);
  return key;
}

async function readOrMake(path: string, make: () => string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw damaged(path, error);
    const made = make();
    await writeDurably(path, made);
    return made;
  }
}

function damaged(path: string, cause: unknown): SallyportError {
  return new SallyportError('server-failed', `The key file ${path} is damaged. Restore it from a backup.`, {
    cause,
  });
}

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { SallyportError } from '../../contract/errors.ts';

/**
 * A reviewer's age identities on disk, the newest first and the older ones that older recordings need, in one of the files that the stock `age` program reads: `identity.age` under a passphrase
 * (age-encryption.org/v1, scrypt), or `identity.txt` without one (mode 0600; the file system is then its only guard).
 * `recipient.txt` holds the public half. Unlocked identities live in this process's memory only.
 */
export interface IdentityStore {
  /** The public half; null while there is no identity. */
  readonly recipient: string | null;
  readonly isUnlocked: boolean;
  readonly needsPassphrase: boolean;
  /** Makes an identity. Throws `conflict` where one exists: replacing it would make recordings unreadable. */
  create(passphrase: string | null): Promise<string>;
  /** Throws `passphrase-wrong` or `identity-missing`. */
  unlock(passphrase: string): Promise<void>;
  /** The unlocked identities (`AGE-SECRET-KEY-1…`), one a line. Throws `identity-missing`, or `passphrase-wrong` while they are locked. */
  identity(): string;
  /**
   * Makes a new identity, which is the recipient from now on; the older ones stay and open what was sealed to them. `passphrase`: the one that
   * the file has, null where it has none. Throws `identity-missing`, `passphrase-wrong`. A break leaves the old file or the new one, whole.
   */
  rotate(passphrase: string | null): Promise<string>;
  /** Adds an identity to open recordings with; the recipient stays. Throws as `rotate`. */
  adopt(identity: string, passphrase: string | null): Promise<void>;
}

/** First line of an age file, binary form. */
const AGE_FILE_MARK = 'age-encryption.org/';

/** Opens the store of a folder; an identity without passphrase is unlocked at once. */
export function createIdentityStore(folder: string): IdentityStore {
  const sealedFile = join(folder, 'identity.age');
  const plainFile = join(folder, 'identity.txt');
  const recipientFile = join(folder, 'recipient.txt');
  let unlocked: string | null = existsSync(plainFile) ? parseIdentity(readFileSync(plainFile, 'utf8')) : null;

  const keep = async (text: string, passphrase: string | null): Promise<void> => {
    const file = passphrase === null ? plainFile : sealedFile;
    const encrypter = new Encrypter();
    if (passphrase !== null) encrypter.setPassphrase(passphrase);
    const content = passphrase === null ? text : await encrypter.encrypt(text);
    await writeFile(`${file}.part`, content, { mode: 0o600, flush: true });
    await rename(`${file}.part`, file);
  };
  /** All identities, read with the passphrase of their file. */
  const read = async (passphrase: string | null): Promise<string[]> => {
    if (!existsSync(sealedFile) && !existsSync(plainFile)) throw missing(folder);
    if (!existsSync(sealedFile)) return parseIdentity(readFileSync(plainFile, 'utf8')).split('\n');
    return (await openSealed(readFileSync(sealedFile), passphrase ?? '')).split('\n');
  };
  const replace = async (identities: readonly string[], passphrase: string | null): Promise<void> => {
    await keep(await identityText(identities), existsSync(sealedFile) ? passphrase : null);
    unlocked = identities.join('\n');
  };

  return {
    async rotate(passphrase) {
      const older = await read(passphrase);
      const identity = await generateX25519Identity();
      const recipient = await identityToRecipient(identity);
      await replace([identity, ...older], passphrase);
      await writeFile(recipientFile, `${recipient}\n`, { mode: 0o644 });
      return recipient;
    },
    async adopt(identity, passphrase) {
      const known = await read(passphrase);
      if (!known.includes(identity)) await replace([...known, identity], passphrase);
    },
    get recipient() {
      return existsSync(recipientFile) ? readFileSync(recipientFile, 'utf8').trim() : null;
    },
    get isUnlocked() {
      return unlocked !== null;
    },
    get needsPassphrase() {
      return existsSync(sealedFile);
    },
    async create(passphrase) {
      if (existsSync(sealedFile) || existsSync(plainFile)) {
        throw new SallyportError(
          'conflict',
          `There is an identity in ${folder} already. Recordings sealed to it need it: move it away yourself if you want another.`,
        );
      }
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const identity = await generateX25519Identity();
      const recipient = await identityToRecipient(identity);
      await keep(await identityText([identity]), passphrase);
      await writeFile(recipientFile, `${recipient}\n`, { mode: 0o644 });
      unlocked = identity;
      return recipient;
    },
    async unlock(passphrase) {
      if (unlocked !== null) return;
      if (!existsSync(sealedFile)) throw missing(folder);
      unlocked = await openSealed(readFileSync(sealedFile), passphrase);
    },
    identity() {
      if (unlocked !== null) return unlocked;
      if (existsSync(sealedFile))
        throw new SallyportError(
          'passphrase-wrong',
          'The identity is locked. Unlock it with its passphrase first.',
        );
      throw missing(folder);
    },
  };
}

/** The secret keys of an identity file, one a line; comments and blank lines are skipped. Throws `identity-missing`. */
export function parseIdentity(text: string): string {
  const lines = text.split('\n').filter(line => line.startsWith('AGE-SECRET-KEY-1'));
  if (lines.length === 0) {
    throw new SallyportError(
      'identity-missing',
      'The file holds no age identity (a line that begins with AGE-SECRET-KEY-1).',
    );
  }
  return lines.map(line => line.trim()).join('\n');
}

/** As `age-keygen` writes it: each secret key below its public half. */
async function identityText(identities: readonly string[]): Promise<string> {
  const blocks = await Promise.all(
    identities.map(async identity => `# public key: ${await identityToRecipient(identity)}\n${identity}\n`),
  );
  return blocks.join('');
}

function missing(folder: string): SallyportError {
  return new SallyportError(
    'identity-missing',
    `There is no identity in ${folder}. Make one with "sallyport keys new".`,
  );
}

/**
 * The identity in a file for the `age` program: plain, or itself an age file under a passphrase, which is then asked for.
 * Throws `identity-missing` or `passphrase-wrong`.
 */
export async function readIdentityFile(file: string, askPassphrase: () => Promise<string>): Promise<string> {
  const content = await readFile(file).catch((cause: unknown) => {
    throw new SallyportError('identity-missing', `The identity file ${file} cannot be read.`, { cause });
  });
  if (!content.toString('latin1').startsWith(AGE_FILE_MARK)) return parseIdentity(content.toString('utf8'));
  return openSealed(content, await askPassphrase());
}

async function openSealed(sealed: Uint8Array, passphrase: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const text = await decrypter.decrypt(sealed, 'text').catch((cause: unknown) => {
    throw new SallyportError(
      'passphrase-wrong',
      'The passphrase does not open this identity. Try again; there is no way around it.',
      { cause },
    );
  });
  return parseIdentity(text);
}

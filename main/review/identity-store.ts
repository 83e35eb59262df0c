import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { z } from 'zod';
import { SallyportError } from '../../contract/errors.ts';
import type { IdentityProtection } from '../../contract/keys.ts';
import type { SecretBox } from '../vault/secret-box.ts';
import { fileSecretBox } from '../vault/secret-box.ts';

/**
 * A reviewer's age identities on disk, the newest first and the older ones that older recordings need: `identity.age` under a passphrase
 * (age-encryption.org/v1, scrypt) or `identity.txt` without one (mode 0600; the file system is then its only guard), both of which the stock `age`
 * program reads; or `identity.sealed.json`, which the system's keychain opens for the desktop shell.
 * `recipient.txt` holds the public half. Unlocked identities live in this process's memory only.
 */
export interface IdentityStore {
  /** The public half; null while there is no identity. */
  readonly recipient: string | null;
  readonly isUnlocked: boolean;
  readonly needsPassphrase: boolean;
  /** what guards the file; null while there is no identity */
  readonly protection: IdentityProtection | null;
  /** what would guard an identity that is made without a passphrase */
  readonly protectionWithoutPassphrase: Exclude<IdentityProtection, 'passphrase'>;
  /** Makes an identity. Throws `conflict` where one exists: replacing it would make recordings unreadable. */
  create(passphrase: string | null): Promise<string>;
  /** Throws `passphrase-wrong` or `identity-missing`. */
  unlock(passphrase: string): Promise<void>;
  /** Public halves of the unlocked identities, the newest first; while they are locked, of the newest only. */
  recipients(): Promise<readonly string[]>;
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

const KeychainFile = z.strictObject({ version: z.literal(1), scheme: z.string(), sealed: z.string() });

/** log2 of what trying one passphrase costs (age-encryption.org/v1, scrypt): what the `age` program takes too. */
const SCRYPT_WORK_FACTOR = 18;

/**
 * Opens the store of a folder; an identity without passphrase is unlocked at once. `box`: of the shell, for identities that have none.
 * `workFactor`: less only in tests.
 */
export function createIdentityStore(
  folder: string,
  box: SecretBox = fileSecretBox,
  workFactor = SCRYPT_WORK_FACTOR,
): IdentityStore {
  const files: Readonly<Record<IdentityProtection, string>> = {
    passphrase: join(folder, 'identity.age'),
    keychain: join(folder, 'identity.sealed.json'),
    file: join(folder, 'identity.txt'),
  };
  const recipientFile = join(folder, 'recipient.txt');
  const protectionWithoutPassphrase = box.scheme === fileSecretBox.scheme ? 'file' : 'keychain';
  const protection = (): IdentityProtection | null =>
    (['passphrase', 'keychain', 'file'] as const).find(kind => existsSync(files[kind])) ?? null;
  let unlocked: string | null = openedAtOnce();

  /** A keychain that does not answer now is asked again when the identity is needed, which tells why then. */
  function openedAtOnce(): string | null {
    try {
      return protection() === 'keychain' ? readKeychain() : protection() === 'file' ? readPlain() : null;
    } catch (error) {
      if (protection() === 'keychain') return null;
      throw error;
    }
  }
  function readPlain(): string {
    return parseIdentity(readFileSync(files.file, 'utf8'));
  }
  function readKeychain(): string {
    try {
      const { scheme, sealed } = KeychainFile.parse(JSON.parse(readFileSync(files.keychain, 'utf8')));
      if (scheme !== box.scheme) throw new Error(`sealed by "${scheme}", this program has "${box.scheme}"`);
      return parseIdentity(box.open(sealed));
    } catch (cause) {
      throw new SallyportError(
        'identity-missing',
        `The identity in ${folder} is sealed by the keychain of the desktop program, which does not open it here. Use the desktop program on the machine and as the user that made it.`,
        { cause },
      );
    }
  }
  const keep = async (text: string, passphrase: string | null): Promise<void> => {
    const kind = passphrase === null ? protectionWithoutPassphrase : 'passphrase';
    await writeFile(`${files[kind]}.part`, await contentOf(text, passphrase), { mode: 0o600, flush: true });
    await rename(`${files[kind]}.part`, files[kind]);
  };
  const contentOf = async (text: string, passphrase: string | null): Promise<string | Uint8Array> => {
    if (passphrase !== null) {
      const encrypter = new Encrypter();
      encrypter.setScryptWorkFactor(workFactor);
      encrypter.setPassphrase(passphrase);
      return encrypter.encrypt(text);
    }
    if (protectionWithoutPassphrase === 'file') return text;
    return `${JSON.stringify({ version: 1, scheme: box.scheme, sealed: box.seal(text) })}\n`;
  };
  /** All identities, read with the passphrase of their file. */
  const read = async (passphrase: string | null): Promise<string[]> => {
    switch (protection()) {
      case null:
        throw missing(folder);
      case 'file':
        return readPlain().split('\n');
      case 'keychain':
        return readKeychain().split('\n');
      case 'passphrase':
        return (await openSealed(readFileSync(files.passphrase), passphrase ?? '')).split('\n');
    }
  };
  /** In the file that is there, guarded as it was; one without a passphrase is guarded by the keychain where this shell has one. */
  const replace = async (identities: readonly string[], passphrase: string | null): Promise<void> => {
    const before = protection();
    await keep(await identityText(identities), before === 'passphrase' ? passphrase : null);
    // Only once the new file is whole: a break in between leaves two, of which the guarded one counts.
    if (before === 'file' && protectionWithoutPassphrase === 'keychain') await rm(files.file);
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
    async recipients() {
      if (unlocked !== null) return Promise.all(unlocked.split('\n').map(each => identityToRecipient(each)));
      return existsSync(recipientFile) ? [readFileSync(recipientFile, 'utf8').trim()] : [];
    },
    get needsPassphrase() {
      return protection() === 'passphrase';
    },
    get protection() {
      return protection();
    },
    protectionWithoutPassphrase,
    async create(passphrase) {
      if (protection() !== null) {
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
      unlocked = (await read(passphrase)).join('\n');
    },
    identity() {
      if (unlocked !== null) return unlocked;
      if (protection() === 'keychain') return readKeychain();
      if (protection() === 'passphrase')
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

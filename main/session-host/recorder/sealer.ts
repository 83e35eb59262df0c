import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { SallyportError } from '../../../contract/errors.ts';

const compress = promisify(zstdCompress);

/** Measured: 250 MB/s; higher levels cost more than they save at 256 KiB. */
const ZSTD_LEVEL = 3;

/** Turns the plaintext of a segment into a complete age file for all recipients: zstd inside, age outside. */
export type Sealer = (plain: Uint8Array) => Promise<Uint8Array>;

/**
 * `recipients`: X25519 (`age1…`). Post-quantum and other kinds are refused: age does not let them stand beside X25519 in one file
 * without weakening what they promise. Throws `bad-input`.
 */
export function createSealer(recipients: readonly string[]): Sealer {
  if (recipients.length === 0)
    throw new SallyportError('bad-input', 'A recording needs at least one recipient that may open it.');
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      if (!/^age1[02-9ac-hj-np-z]{58}$/.test(recipient)) throw new TypeError('not an X25519 recipient');
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw new SallyportError(
        'bad-input',
        `"${recipient.slice(0, 80)}" is not a recipient that recordings can be sealed to. Use X25519 recipients ("age1…"), as "sallyport keys" or "age-keygen" make them.`,
        { cause },
      );
    }
  }
  return async plain => {
    const packed = await compress(plain, {
      params: { [constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL, [constants.ZSTD_c_checksumFlag]: 1 },
      pledgedSrcSize: plain.length,
    });
    return encrypter.encrypt(packed);
  };
}

/** Seals for a recipient that nobody can be, with an identity that is forgotten: the first sealing of a process takes ten times as long as the next. */
export async function rehearseSealing(plain: Uint8Array): Promise<void> {
  await createSealer([await identityToRecipient(await generateIdentity())])(plain);
}

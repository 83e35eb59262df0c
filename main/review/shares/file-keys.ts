import type { Identity, Stanza } from 'age-encryption';
import { SallyportError } from '../../../contract/errors.ts';
import type { AgeIdentity } from '../age-identity.ts';
import { createDecrypter } from '../age-identity.ts';

/**
 * An age file is encrypted with a file key of its own, which its header wraps for each recipient (age-encryption.org/v1). Whoever has the file
 * key opens the file, and nothing else. The header's MAC is made with it: a wrong file key is refused, not believed.
 */
export type FileKeys = ReadonlyMap<string, Uint8Array>;

/** Bytes of the header's first X25519 share that name a file: random for each. */
const NAME_BYTES = 8;
const FILE_KEY_BYTES = 16;
const ENTRY_BYTES = NAME_BYTES + FILE_KEY_BYTES;
/** Of an age file's begin: as much as a header may have (open-segment.ts). */
const HEADER_BYTES = 8 * 1024;

/** The name and the file key of an age file. Throws `recording-unreadable` for an identity that does not open it. */
export async function fileKeyOf(
  sealed: Uint8Array,
  identity: AgeIdentity,
): Promise<readonly [name: string, fileKey: Uint8Array]> {
  let name: string | null = null;
  const looking: Identity = {
    unwrapFileKey(stanzas) {
      name = nameOf(stanzas);
      return null;
    },
  };
  const decrypter = createDecrypter([looking, ...(Array.isArray(identity) ? identity : [identity])]);
  const fileKey = await decrypter.decryptHeader(sealed.subarray(0, HEADER_BYTES)).catch((cause: unknown) => {
    throw new SallyportError(
      'recording-unreadable',
      'Your key does not open this recording, so it cannot be shared from here.',
      { cause },
    );
  });
  if (name === null)
    throw new SallyportError('recording-corrupt', 'A part of the recording is not sealed as recordings are.');
  return [name, fileKey];
}

/** Opens the age files that it has file keys of. */
export function identityOf(keys: FileKeys): Identity {
  return {
    unwrapFileKey(stanzas) {
      const name = nameOf(stanzas);
      const fileKey = name === null ? undefined : keys.get(name);
      return fileKey === undefined ? null : Uint8Array.from(fileKey);
    },
  };
}

/** Entries of 24 bytes, one behind another, in base64. */
export function encodeFileKeys(keys: readonly (readonly [name: string, fileKey: Uint8Array])[]): string {
  return Buffer.concat(keys.flatMap(([name, fileKey]) => [Buffer.from(name, 'hex'), fileKey])).toString(
    'base64',
  );
}

/** Null where it is not entries of the right size. */
export function decodeFileKeys(text: string): (readonly [name: string, fileKey: Uint8Array])[] | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length % ENTRY_BYTES !== 0) return null;
  return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, i) => {
    const entry = bytes.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES);
    return [
      entry.subarray(0, NAME_BYTES).toString('hex'),
      Uint8Array.from(entry.subarray(NAME_BYTES)),
    ] as const;
  });
}

function nameOf(stanzas: readonly Stanza[]): string | null {
  const share = stanzas.find(({ args }) => args[0] === 'X25519')?.args[1];
  const bytes = Buffer.from(share ?? '', 'base64');
  return bytes.length < NAME_BYTES ? null : bytes.subarray(0, NAME_BYTES).toString('hex');
}

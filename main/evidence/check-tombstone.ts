import type { JWK } from 'jose';
import { calculateJwkThumbprint, compactVerify, createLocalJWKSet } from 'jose';
import { SallyportError } from '../../contract/errors.ts';
import { Tombstone, TOMBSTONE_TYP, TombstoneFile } from '../../contract/tombstone.ts';
import type { RecordingSource } from '../review/recording-source.ts';

/** Far more than a tombstone and a server's keys are. */
const MAX_BYTES = 256 * 1024;

export interface CheckedTombstone {
  /** null where the signature is not that of the wanted key, or of none in the file */
  readonly tombstone: Tombstone | null;
  /** RFC 7638 thumbprints of the keys that were believed */
  readonly serverKeys: readonly string[];
  readonly words: readonly string[];
}

/** Whether a file that begins with these bytes may be a tombstone, and so is no recording. */
export function isTombstone(firstBytes: Uint8Array): boolean {
  return /^\{\s*"tombstone"\s*:/.test(new TextDecoder().decode(firstBytes));
}

/**
 * Checks what stays of a deleted recording: the server's signature, offline. `serverKey`: the only key (thumbprint) that is believed; null: those in
 * the file. Throws `bad-input` for a file that is none.
 */
export async function checkTombstone(
  source: RecordingSource,
  serverKey: string | null,
): Promise<CheckedTombstone> {
  const { bytes, size } = await source.read({ from: 0, to: MAX_BYTES });
  const file = TombstoneFile.safeParse(size > MAX_BYTES ? null : parseJson(bytes));
  if (!file.success)
    throw new SallyportError(
      'bad-input',
      'This file is neither a recording nor a tombstone. "sallyport admin delete" writes tombstones.',
    );
  const keys: JWK[] = [];
  const serverKeys: string[] = [];
  for (const key of file.data.jwks.keys as JWK[]) {
    const thumbprint = await calculateJwkThumbprint(key).catch(() => null);
    if (thumbprint === null || (serverKey !== null && thumbprint !== serverKey)) continue;
    keys.push(key);
    serverKeys.push(thumbprint);
  }
  const tombstone = await read(file.data.tombstone, keys);
  return {
    tombstone,
    serverKeys,
    words: tombstone === null ? [WRONG] : wordsOf(tombstone),
  };
}

const WRONG = 'The tombstone is not signed by that server: it says nothing about any recording.';

async function read(jws: string, keys: JWK[]): Promise<Tombstone | null> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet({ keys }), {
      algorithms: ['EdDSA', 'Ed25519'],
    });
    if (protectedHeader.typ !== TOMBSTONE_TYP) return null;
    return Tombstone.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return null;
  }
}

function wordsOf(tombstone: Tombstone): readonly string[] {
  const { recordingId, bytes, segments, atMs, by, reason, retainUntilMs, isReviewed, isKeyDestroyed } =
    tombstone;
  const kept =
    retainUntilMs === null ? 'no time was set' : `to be kept until ${new Date(retainUntilMs).toISOString()}`;
  return [
    `The recording of session ${recordingId} was deleted on ${new Date(atMs).toISOString()} by ${by}: ${reason}`,
    `It had ${bytes} bytes in ${segments} segments, ${isReviewed ? 'was reviewed' : 'was not reviewed'}, ${kept}.`,
    isKeyDestroyed
      ? 'The key that its stored bytes were encrypted with was destroyed first: a copy of those bytes cannot be read.'
      : 'Its stored bytes had no key of their own: a copy of them can be read by its reviewers.',
    `Header ${tombstone.headerHash ?? 'not kept'}, last record ${tombstone.hash ?? 'not kept'} (SHA-256): by these a copy is known to be it.`,
  ];
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

import { createCipheriv, createDecipheriv, createPrivateKey, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { DraftEntry } from '../../../contract/recording-draft.ts';

/**
 * The bytes of a draft (docs/adr/0008): `SPDR`, a version byte, a salt of 32 bytes, then batches of entries, `u32 bytes · ciphertext · tag`,
 * big-endian. The key is HKDF-SHA-256 (RFC 5869) of the device's private key with that salt and the session's id; each batch is JSON under
 * AES-256-GCM, its nonce the number of the batch. It stands nowhere: who has the device's key makes it again.
 */
const PREAMBLE = Buffer.from('SPDR\x01', 'latin1');
export const SALT_BYTES = 32;
const TAG_BYTES = 16;
/** More than what is held at most, as JSON. */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

export interface DraftKeyInput {
  /** Ed25519, PKCS#8 */
  readonly devicePrivateKeyPem: string;
  readonly sessionId: string;
}

export function draftPreamble(salt: Uint8Array): Uint8Array {
  return Buffer.concat([PREAMBLE, salt]);
}

/** A batch as it stands in the file. `batch`: counted from 0, once each. */
export function sealBatch(key: Uint8Array, batch: number, entries: readonly DraftEntry[]): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(batch));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(entries), 'utf8'), cipher.final()]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(sealed.length + TAG_BYTES);
  return Buffer.concat([length, sealed, cipher.getAuthTag()]);
}

export function draftKey({ devicePrivateKeyPem, sessionId }: DraftKeyInput, salt: Uint8Array): Uint8Array {
  const { d } = createPrivateKey(devicePrivateKeyPem).export({ format: 'jwk' });
  if (d === undefined) throw new TypeError('The device key must be a private key.');
  const seed = Buffer.from(d, 'base64url');
  return new Uint8Array(hkdfSync('sha256', seed, salt, `sallyport draft ${sessionId}`, 32));
}

/** What of a draft could be opened. */
export interface ReadDraft {
  readonly entries: readonly DraftEntry[];
  /** bytes that they take */
  readonly length: number;
  /** the bytes of one more batch, to stand there */
  readonly next: (entries: readonly DraftEntry[]) => Uint8Array;
}

/** A draft up to where it is torn, altered or under another key; null where it has no beginning. Never throws on any bytes. */
export function readDraft(bytes: Uint8Array, from: DraftKeyInput): ReadDraft | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = PREAMBLE.length + SALT_BYTES;
  if (file.length < at || !file.subarray(0, PREAMBLE.length).equals(PREAMBLE)) return null;
  const key = draftKey(from, file.subarray(PREAMBLE.length, at));
  const entries: DraftEntry[] = [];
  let batch = 0;
  for (; at + 4 <= file.length; batch++) {
    const length = file.readUInt32BE(at);
    const end = at + 4 + length;
    if (length < TAG_BYTES || length > MAX_BATCH_BYTES || end > file.length) break;
    const opened = openBatch(key, batch, file.subarray(at + 4, end));
    if (opened === null) break;
    entries.push(...opened);
    at = end;
  }
  const count = batch;
  return { entries, length: at, next: more => sealBatch(key, count, more) };
}

function openBatch(key: Uint8Array, batch: number, sealed: Buffer): DraftEntry[] | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(batch), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const json = Buffer.concat([
      decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
    return z.array(DraftEntry).parse(JSON.parse(json.toString('utf8')));
  } catch {
    return null;
  }
}

function nonceOf(batch: number): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(batch, 8);
  return nonce;
}

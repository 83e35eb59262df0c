import { createHash, createPrivateKey } from 'node:crypto';
import { Encrypter } from 'age-encryption';
import { CompactSign } from 'jose';
import { SallyportError } from '../../../contract/errors.ts';
import type { DeviceId, RecordingId } from '../../../contract/ids.ts';
import type { ShareClaims, ShareContent, ShareInput } from '../../../contract/recording-share.ts';
import { SHARE_PART_KEYS, SHARE_TYP } from '../../../contract/recording-share.ts';
import { PREAMBLE_BYTES } from '../../../core/recording/container.ts';
import { readHeader } from '../../../core/recording/outline.ts';
import type { AgeIdentity } from '../age-identity.ts';
import type { RecordingSource } from '../recording-source.ts';
import { createSegmentCollector } from '../segment-reader.ts';
import { encodeFileKeys, fileKeyOf } from './file-keys.ts';

const READ_BYTES = 1024 * 1024;

/** What a share is made of. */
export interface RecordingKeys {
  readonly recordingId: RecordingId;
  /** SHA-256 of the header record, hex */
  readonly headerHash: string;
  readonly keys: readonly (readonly [name: string, fileKey: Uint8Array])[];
}

/** The device that signs. */
export interface SharingDevice {
  readonly deviceId: DeviceId;
  readonly privateKeyPem: string;
}

/** SHA-256, hex, of the header record that a recording begins with: it has no body, so that it ends where the next record begins. */
export function headerHashOf(firstBytes: Uint8Array, endOffset: number): string {
  return createHash('sha256').update(firstBytes.subarray(PREAMBLE_BYTES, endOffset)).digest('hex');
}

/**
 * The file keys of every segment and of these comments (age files). Reads the whole recording once. Throws `recording-unreadable` for an identity that
 * does not open it, `recording-corrupt` for what is no recording. Comments that the identity does not open are left out.
 */
export async function collectKeys(options: {
  readonly recordingId: RecordingId;
  readonly source: RecordingSource;
  readonly identity: AgeIdentity;
  readonly comments: readonly Uint8Array[];
}): Promise<RecordingKeys> {
  const { recordingId, source, identity, comments } = options;
  const collector = createSegmentCollector();
  const keys: (readonly [string, Uint8Array])[] = [];
  let headerHash: string | null = null;
  for (let from = 0; ; ) {
    const { bytes } = await source.read({ from, to: from + READ_BYTES });
    if (from === 0) {
      const head = readHeader(bytes);
      if (head?.header.sessionId !== recordingId)
        throw new SallyportError('recording-corrupt', 'This is not the recording that was asked for.');
      headerHash = headerHashOf(bytes, head.endOffset);
    }
    if (bytes.length === 0 || headerHash === null) break;
    from += bytes.length;
    for (const { sealed } of collector.push(bytes)) keys.push(await fileKeyOf(sealed, identity));
  }
  for (const comment of comments) {
    const key = await fileKeyOf(comment, identity).catch(() => null);
    if (key !== null) keys.push(key);
  }
  return { recordingId, headerHash: headerHash ?? '', keys };
}

/** The parts of a share for one recipient, each sealed to it and signed by the device. */
export async function* shareParts(
  { recordingId, headerHash, keys }: RecordingKeys,
  recipient: string,
  { deviceId, privateKeyPem }: SharingDevice,
): AsyncGenerator<ShareInput> {
  const parts = Math.max(1, Math.ceil(keys.length / SHARE_PART_KEYS));
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const privateKey = createPrivateKey(privateKeyPem);
  for (let part = 1; part <= parts; part += 1) {
    const some = keys.slice((part - 1) * SHARE_PART_KEYS, part * SHARE_PART_KEYS);
    const which = { version: 1, recordingId, headerHash, part, parts } as const;
    const content: ShareContent = { ...which, keys: encodeFileKeys(some) };
    const sealed = Buffer.from(await encrypter.encrypt(JSON.stringify(content)));
    const sha256 = createHash('sha256').update(sealed).digest('hex');
    const claims: ShareClaims = { ...which, recipient, deviceId, sha256 };
    const statement = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'EdDSA', typ: SHARE_TYP })
      .sign(privateKey);
    yield { statement, sealed: sealed.toString('base64') };
  }
}

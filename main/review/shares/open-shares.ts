import { createHash, createPublicKey } from 'node:crypto';
import type { Identity } from 'age-encryption';
import { compactVerify } from 'jose';
import { SallyportError } from '../../../contract/errors.ts';
import type { RecordingId } from '../../../contract/ids.ts';
import type { StoredShare } from '../../../contract/recording-share.ts';
import { SHARE_TYP, ShareClaims, ShareContent } from '../../../contract/recording-share.ts';
import { createDecrypter } from '../age-identity.ts';
import { decodeFileKeys, identityOf } from './file-keys.ts';

/** Where shares of one recording lie. */
export interface ShareStore {
  list(): Promise<readonly StoredShare[]>;
  /** the sealed bytes of one of them, base64 */
  sealed(share: StoredShare): Promise<string>;
}

export interface OpenShares {
  readonly store: ShareStore;
  readonly recordingId: RecordingId;
  /** of the recording's own bytes, SHA-256 of its header record, hex */
  readonly headerHash: string;
  /** the reader's identities, one a line, and their public halves */
  readonly secrets: string;
  readonly recipients: readonly string[];
}

/**
 * What opens a recording that was shared with one of the recipients; null where nobody did, or not all parts of it came. Of several shares the first one
 * that holds is taken. Throws `recording-unreadable` where there are only such that do not: not signed by the device that the server names,
 * over other bytes or another recording, or not what the statement says.
 */
export async function openShares(wanted: OpenShares): Promise<Identity | null> {
  const { store, recipients } = wanted;
  const own = (await store.list()).filter(({ recipient }) => recipients.includes(recipient));
  const sets = Map.groupBy(own, ({ recipient, deviceId }) => `${recipient} ${deviceId}`);
  let refusal: SallyportError | null = null;
  for (const parts of sets.values()) {
    if (!isWhole(parts)) continue;
    try {
      const keys = new Map<string, Uint8Array>();
      for (const part of parts) for (const [name, key] of await openPart(part, wanted)) keys.set(name, key);
      return identityOf(keys);
    } catch (error) {
      if (!(error instanceof SallyportError) || error.code !== 'recording-unreadable') throw error;
      refusal ??= error;
    }
  }
  if (refusal !== null) throw refusal;
  return null;
}

/** Whether every part of a share is among these, once. */
export function isWhole(parts: readonly Pick<StoredShare, 'part' | 'parts'>[]): boolean {
  const [first] = parts;
  const numbers = new Set(parts.map(({ part }) => part));
  return (
    first !== undefined &&
    parts.length === first.parts &&
    numbers.size === first.parts &&
    parts.every(({ part, parts: all }) => all === first.parts && part <= all)
  );
}

async function openPart(share: StoredShare, wanted: OpenShares) {
  const { recordingId, headerHash } = wanted;
  const refused = (cause?: unknown) =>
    new SallyportError(
      'recording-unreadable',
      `The share of ${share.by.name} is not what their device signed for this recording, and was refused. Tell your administrator, and ask for another one.`,
      { cause },
    );
  const claims = await claimsOf(share).catch((cause: unknown) => {
    throw refused(cause);
  });
  const bytes = Buffer.from(await wanted.store.sealed(share), 'base64');
  const isSigned =
    claims.recordingId === recordingId &&
    claims.headerHash === headerHash &&
    claims.recipient === share.recipient &&
    claims.deviceId === share.deviceId &&
    claims.part === share.part &&
    claims.parts === share.parts &&
    claims.sha256 === createHash('sha256').update(bytes).digest('hex');
  if (!isSigned) throw refused();
  const text = await createDecrypter(wanted.secrets)
    .decrypt(bytes, 'text')
    .catch((cause: unknown) => {
      throw refused(cause);
    });
  const content = ShareContent.safeParse(parseJson(text));
  const isSame =
    content.success &&
    content.data.recordingId === recordingId &&
    content.data.headerHash === headerHash &&
    content.data.part === claims.part &&
    content.data.parts === claims.parts;
  const keys = isSame ? decodeFileKeys(content.data.keys) : null;
  if (keys === null) throw refused();
  return keys;
}

async function claimsOf({ statement, devicePublicKey: x }: StoredShare): Promise<ShareClaims> {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const { payload, protectedHeader } = await compactVerify(statement, key, { algorithms: ['EdDSA'] });
  if (protectedHeader.typ !== SHARE_TYP) throw new Error('The statement is about something else.');
  return ShareClaims.parse(JSON.parse(new TextDecoder().decode(payload)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

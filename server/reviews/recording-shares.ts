import { createHash, createPublicKey } from 'node:crypto';
import { compactVerify } from 'jose';
import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { ShareInput, StoredShare } from '../../contract/recording-share.ts';
import { SHARE_PART_KEYS, SHARE_TYP, ShareClaims } from '../../contract/recording-share.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import { readAccount } from '../identity/accounts.ts';
import { recordingSubject } from '../identity/reviewer-groups.ts';
import { newId } from '../new-id.ts';
import { refuseDeleted } from '../retention/retention-terms.ts';
import type { ServerContext } from '../server-context.ts';
import type { SessionRow } from '../sessions/session-records.ts';
import { readSessionRow } from '../sessions/session-records.ts';

/**
 * Keeps a part of a share: only by a reviewer of the recording, signed by the calling device, and for a recipient of another who may read it.
 * Throws `not-allowed`, `bad-input` for a statement that does not hold, `conflict` while the session still runs.
 */
export async function createShare(
  context: ServerContext,
  caller: Caller,
  { id, statement, sealed }: { readonly id: RecordingId } & ShareInput,
): Promise<StoredShare> {
  return context.changes.run(async change => {
    const { trx } = change;
    const session = await readSessionRow(trx, id);
    authorize(caller, 'recording.share', await recordingSubject(trx, caller, session));
    await refuseDeleted(trx, id);
    const device = await trx
      .selectFrom('devices')
      .select('public_key')
      .where('id', '=', caller.deviceId)
      .executeTakeFirstOrThrow();
    const claims = await verifiedClaims(statement, device.public_key);
    const bytes = Buffer.from(sealed, 'base64');
    const recording = await trx
      .selectFrom('recordings')
      .select(['state', 'header_hash', 'segments'])
      .where('session_id', '=', id)
      .executeTakeFirst();
    if (recording === undefined || recording.state === 'running')
      throw new SallyportError('conflict', 'The recording is not whole yet. Share it when it is.');
    const isOfThis =
      claims.recordingId === id &&
      claims.deviceId === caller.deviceId &&
      claims.part <= claims.parts &&
      claims.parts <= mostParts(recording.segments) &&
      claims.sha256 === createHash('sha256').update(bytes).digest('hex') &&
      (recording.header_hash === null || recording.header_hash === claims.headerHash);
    if (!isOfThis) throw refusedStatement();
    const readerId = await readerOf(trx, claims.recipient, session);
    const row = {
      id: newId(),
      session_id: id,
      recipient: claims.recipient,
      device_id: caller.deviceId,
      account_id: caller.account.id,
      part: claims.part,
      parts: claims.parts,
      at_ms: context.nowMs(),
      statement,
      sealed: bytes,
    };
    await trx
      .insertInto('recording_shares')
      .values(row)
      .onConflict(conflict =>
        conflict.columns(['session_id', 'recipient', 'device_id', 'part']).doUpdateSet(row),
      )
      .execute();
    const { recipient, part, parts, sha256 } = claims;
    change.audit({
      actor: caller,
      action: 'recording.share',
      subject: id,
      detail: { recipient, readerId, part, parts, sha256 },
    });
    change.emit({ kind: 'recording-changed', recordingId: id }, { roles: ['reviewer', 'administrator'] });
    return {
      id: row.id,
      recipient,
      isRetired: false,
      by: caller.account,
      deviceId: caller.deviceId,
      devicePublicKey: device.public_key,
      part,
      parts,
      atMs: row.at_ms,
      statement,
    };
  });
}

/** Without their sealed bytes, oldest first. Throws `not-found`, `not-allowed`. */
export async function listShares(
  { db }: ServerContext,
  caller: Caller,
  id: RecordingId,
): Promise<StoredShare[]> {
  const session = await readSessionRow(db, id);
  authorize(caller, 'recording.read', await recordingSubject(db, caller, session));
  const rows = await db
    .selectFrom('recording_shares as share')
    .innerJoin('accounts', 'accounts.id', 'share.account_id')
    .innerJoin('devices', 'devices.id', 'share.device_id')
    .leftJoin('recipients', 'recipients.recipient', 'share.recipient')
    .select(['share.id', 'share.recipient', 'share.device_id', 'share.part', 'share.parts', 'share.at_ms'])
    .select(['share.statement', 'devices.public_key', 'recipients.retired_at_ms'])
    .select(['accounts.id as by_id', 'accounts.name', 'accounts.roles'])
    .where('share.session_id', '=', id)
    .orderBy('share.at_ms')
    .orderBy('share.part')
    .execute();
  return rows.map(row => ({
    id: row.id,
    recipient: row.recipient,
    isRetired: row.retired_at_ms !== null,
    by: { id: row.by_id, name: row.name, roles: row.roles },
    deviceId: row.device_id,
    devicePublicKey: row.public_key,
    part: row.part,
    parts: row.parts,
    atMs: row.at_ms,
    statement: row.statement,
  }));
}

/** The sealed bytes of one part, base64. Throws `not-found`, `not-allowed`. */
export async function readShare(
  { db }: ServerContext,
  caller: Caller,
  { id, shareId }: { readonly id: RecordingId; readonly shareId: string },
): Promise<{ sealed: string }> {
  const session = await readSessionRow(db, id);
  authorize(caller, 'recording.read', await recordingSubject(db, caller, session));
  const row = await db
    .selectFrom('recording_shares')
    .select('sealed')
    .where('session_id', '=', id)
    .where('id', '=', shareId)
    .executeTakeFirst();
  if (row === undefined) throw new SallyportError('not-found', 'There is no such share of this recording.');
  return { sealed: Buffer.from(row.sealed).toString('base64') };
}

/** A share names every segment and some thousands of comments, and is not a store for anything else. */
function mostParts(segments: number): number {
  return Math.ceil(segments / SHARE_PART_KEYS) + 1;
}

async function verifiedClaims(statement: string, x: string): Promise<ShareClaims> {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const { payload, protectedHeader } = await compactVerify(statement, key, { algorithms: ['EdDSA'] });
    if (protectedHeader.typ !== SHARE_TYP) throw new Error('another type');
    return ShareClaims.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw refusedStatement(cause);
  }
}

/** Whose recipient it is: somebody who may read the recording as well. Throws `bad-input`. */
async function readerOf(db: Kysely<Database>, recipient: string, session: SessionRow) {
  const row = await db
    .selectFrom('recipients')
    .select('account_id')
    .where('recipient', '=', recipient)
    .where('retired_at_ms', 'is', null)
    .executeTakeFirst();
  if (row === undefined)
    throw new SallyportError('bad-input', 'The recipient is not registered, or was retired.');
  const account = await readAccount(db, row.account_id);
  const subject = await recordingSubject(db, { account }, session);
  if (!account.roles.includes('reviewer') || subject.isInGroups !== true)
    throw new SallyportError(
      'bad-input',
      `${account.name} is not among the reviewers of this recording, and gets no share of it.`,
    );
  return account.id;
}

function refusedStatement(cause?: unknown): SallyportError {
  return new SallyportError(
    'bad-input',
    'The share was refused: it is not signed by this device, or not over these bytes and this recording.',
    { cause },
  );
}

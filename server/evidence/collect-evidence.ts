import { SallyportError } from '../../contract/errors.ts';
import type { Evidence } from '../../contract/evidence.ts';
import { Receipt, RECEIPT_TYP } from '../../contract/receipt.ts';
import type { AuditEntry } from '../../contract/server-api.ts';
import type { RecordingId } from '../../contract/ids.ts';
import { CHAIN_START } from '../../core/transparency/audit-chain.ts';
import { entriesAbout, readAuditEntry } from '../audit/audit-log.ts';
import type { Caller } from '../authorization.ts';
import { authorize } from '../authorization.ts';
import { recordingSubject } from '../identity/reviewer-groups.ts';
import type { ServerContext } from '../server-context.ts';
import { readSessionRow, toSession } from '../sessions/session-records.ts';
import { checkpointOf, proveInclusion } from '../transparency/transparency-log.ts';

/** Enough for a session that was extended and watched often; the schema has the same limit. */
const MAX_ENTRIES = 5000;

/**
 * What this server can prove about a recording that is whole. Asking for it is an audit entry itself, and the last one in the evidence.
 * Throws `not-allowed`, `not-found`, `conflict` while the session still runs.
 */
export async function collectEvidence(
  context: ServerContext,
  caller: Caller,
  id: RecordingId,
): Promise<Evidence> {
  const { db, changes, keys } = context;
  const row = await readSessionRow(db, id);
  authorize(caller, 'recording.read', await recordingSubject(db, caller, row));
  const recording = await db
    .selectFrom('recordings')
    .select('state')
    .where('session_id', '=', id)
    .executeTakeFirst();
  if (recording === undefined || recording.state === 'running') {
    throw new SallyportError(
      'conflict',
      'The recording is not whole on the server yet. Ask for its evidence when the session has ended and was uploaded.',
    );
  }
  await changes.run(change => {
    change.audit({ actor: caller, action: 'recording.evidence', subject: id, detail: {} });
    return Promise.resolve();
  });
  const grants = await db
    .selectFrom('grants')
    .select(['id', 'request_id', 'jws'])
    .where('root_id', '=', row.root_id)
    .orderBy('issued_at_ms')
    .execute();
  const subjects = [id, ...grants.flatMap(grant => [grant.id, grant.request_id])];
  const { size, checkpoint } = await checkpointOf(context);
  const entries = await entriesAbout(db, { subjects, upTo: size, limit: MAX_ENTRIES });
  const receipts = await receiptsOf(context, id, entries);
  const proven: Evidence['entries'] = [];
  for (const { sequence } of entries) {
    const { entry, proof } = await proveInclusion(db, { sequence, size });
    const previous = sequence === 1 ? null : await readAuditEntry(db, sequence - 1);
    proven.push({ entry, proof, previousHash: previous?.hash ?? CHAIN_START });
  }
  return {
    version: 1,
    jwks: { keys: keys.signing.jwks.keys.map(key => ({ ...key })) },
    grants: grants.map(({ jws }) => jws),
    receipts,
    session: await toSession(db, row),
    checkpoint,
    entries: proven,
  };
}

/** A receipt for the whole recording with the time at which it was stored, as the audit log has it. */
async function receiptsOf(
  { keys }: Pick<ServerContext, 'keys'>,
  recordingId: RecordingId,
  entries: readonly AuditEntry[],
): Promise<string[]> {
  const stored = entries.find(
    ({ action, subject }) => action === 'recording.stored' && subject === recordingId,
  );
  const receipt = Receipt.safeParse({ recordingId, atMs: stored?.atMs, ...stored?.detail });
  return receipt.success ? [await keys.signing.signWithKey(RECEIPT_TYP, receipt.data)] : [];
}

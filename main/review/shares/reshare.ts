import { SallyportError } from '../../../contract/errors.ts';
import type { RecordingId } from '../../../contract/ids.ts';
import type { RecordingSummary } from '../../../contract/server-api.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import { createServerSource } from '../recording-source.ts';
import { readOutline } from '../replay.ts';
import type { SharingDevice } from './make-share.ts';
import { collectKeys, shareParts } from './make-share.ts';
import { isWhole } from './open-shares.ts';
import type { SharedKeys } from './shared-keys.ts';
import { openWithShares } from './shared-keys.ts';

export interface Reshare {
  readonly http: ServerHttp;
  /** of the reviewer who shares */
  readonly keys: SharedKeys;
  readonly device: SharingDevice;
  /** whom it is for: age recipients that the server knows */
  readonly recipients: readonly string[];
  readonly recordings: readonly RecordingId[];
  /** aborted: no further recording is begun */
  readonly signal: AbortSignal;
  readonly onOutcome: (recordingId: RecordingId, outcome: ReshareOutcome) => void;
}

/** `opens-already`: for every one of the recipients; a failure says why this recording was not shared. */
export type ReshareOutcome = 'shared' | 'opens-already' | { readonly failure: string };

/** Lets recipients open recordings that were sealed without them, one after another; one that fails does not hold up the next. */
export async function reshareRecordings(reshare: Reshare): Promise<void> {
  for (const recordingId of reshare.recordings) {
    if (reshare.signal.aborted) return;
    const outcome = await reshareOne(reshare, recordingId).catch((error: unknown) => {
      if (!(error instanceof SallyportError)) throw error;
      return { failure: error.message };
    });
    reshare.onOutcome(recordingId, outcome);
  }
}

/** Recordings that can be shared: whole, and with their bytes. */
export function shareable(recordings: readonly RecordingSummary[]): readonly RecordingId[] {
  return recordings.flatMap(({ id, state, deletion }) =>
    state !== 'running' && deletion === null ? [id] : [],
  );
}

async function reshareOne(
  { http, keys, device, recipients }: Reshare,
  recordingId: RecordingId,
): Promise<ReshareOutcome> {
  const missing = await missingOf(http, recordingId, recipients);
  if (missing.length === 0) return 'opens-already';
  const { comments } = await http.call('recordingReview', { params: { id: recordingId } });
  const collected = await openWithShares(keys, recordingId, identity =>
    collectKeys({
      recordingId,
      source: createServerSource(http, recordingId),
      identity,
      comments: comments.map(({ sealed }) => Buffer.from(sealed, 'base64')),
    }),
  );
  for (const recipient of missing)
    for await (const input of shareParts(collected, recipient, device))
      await http.call('createShare', { params: { id: recordingId }, input });
  return 'shared';
}

/** Those of the recipients that open neither the recording nor a whole share of it. */
async function missingOf(
  http: ServerHttp,
  id: RecordingId,
  recipients: readonly string[],
): Promise<readonly string[]> {
  const { header } = await readOutline(createServerSource(http, id), CHAIN_CRYPTO);
  const { shares } = await http.call('listShares', { params: { id } });
  const sets = Map.groupBy(shares, share => `${share.recipient} ${share.deviceId}`);
  const sharedWith = new Set(
    [...sets.values()].flatMap(parts => (isWhole(parts) ? [parts[0]?.recipient] : [])),
  );
  return recipients.filter(each => !header.recipients.includes(each) && !sharedWith.has(each));
}

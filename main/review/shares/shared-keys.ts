import type { Identity } from 'age-encryption';
import { SallyportError } from '../../../contract/errors.ts';
import type { RecordingId } from '../../../contract/ids.ts';
import { LARGEST_HEADER_BYTES, readHeader } from '../../../core/recording/outline.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import type { AgeIdentity } from '../age-identity.ts';
import type { IdentityStore } from '../identity-store.ts';
import { createServerSource } from '../recording-source.ts';
import { headerHashOf } from './make-share.ts';
import { openShares } from './open-shares.ts';
import { createServerShares } from './share-stores.ts';

/** As many recordings as anybody has open in a day. */
const MAX_KNOWN = 100;

/** Keys that other reviewers shared, asked for only where the profile's own identities are not enough. */
export interface SharedKeys {
  /** The profile's identities, with the keys of a share that was opened before. Throws `identity-missing`, `passphrase-wrong`. */
  known(recordingId: RecordingId): AgeIdentity;
  /** As `known`, after asking the server for a share; null where there is none. Throws `recording-unreadable` for one that does not hold. */
  find(recordingId: RecordingId): Promise<AgeIdentity | null>;
}

export function createSharedKeys({
  http,
  identities,
}: {
  readonly http: ServerHttp;
  readonly identities: IdentityStore;
}): SharedKeys {
  const opened = new Map<RecordingId, Identity>();
  const known = (recordingId: RecordingId): AgeIdentity => {
    const own = identities.identity();
    const shared = opened.get(recordingId);
    return shared === undefined ? own : [own, shared];
  };
  return {
    known,
    async find(recordingId) {
      if (opened.has(recordingId)) return known(recordingId);
      const source = createServerSource(http, recordingId);
      // What was imported here is on no server.
      const first = await source.read({ from: 0, to: LARGEST_HEADER_BYTES }).catch(noneWhereNotFound);
      const head = first === null ? null : readHeader(first.bytes);
      if (first === null || head === null) return null;
      const shared = await openShares({
        store: createServerShares(http, recordingId),
        recordingId,
        headerHash: headerHashOf(first.bytes, head.endOffset),
        secrets: identities.identity(),
        recipients: await identities.recipients(),
      });
      if (shared === null) return null;
      opened.set(recordingId, shared);
      const [oldest] = opened.keys();
      if (opened.size > MAX_KNOWN && oldest !== undefined) opened.delete(oldest);
      return known(recordingId);
    },
  };
}

function noneWhereNotFound(error: unknown): null {
  if (error instanceof SallyportError && error.code === 'not-found') return null;
  throw error;
}

/**
 * Opens something of a recording with the profile's identities or, where they are none of its recipients, with what was shared. Throws
 * `recording-unreadable` with what to do about it.
 */
export async function openWithShares<T>(
  keys: SharedKeys,
  recordingId: RecordingId,
  open: (identity: AgeIdentity) => Promise<T>,
): Promise<T> {
  try {
    return await open(keys.known(recordingId));
  } catch (cause) {
    if (!(cause instanceof SallyportError) || cause.code !== 'recording-unreadable') throw cause;
    const found = await keys.find(recordingId);
    if (found !== null) return open(found);
    throw new SallyportError(
      'recording-unreadable',
      'Your key does not open this recording: it was sealed to other reviewers, and nobody has shared it with you. A reviewer who can read it does so in the Keys view, or with "sallyport keys reshare".',
      { cause },
    );
  }
}

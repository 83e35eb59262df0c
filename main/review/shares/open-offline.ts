import { identityToRecipient } from 'age-encryption';
import { SallyportError } from '../../../contract/errors.ts';
import type { HeldShare } from '../../../contract/recording-share.ts';
import { LARGEST_HEADER_BYTES, readHeader } from '../../../core/recording/outline.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import type { RecordingSource } from '../recording-source.ts';
import type { Replay } from '../replay.ts';
import { openReplay } from '../replay.ts';
import { headerHashOf } from './make-share.ts';
import { openShares } from './open-shares.ts';
import { createHeldShares } from './share-stores.ts';

/**
 * Opens a recording without a server: with the identities (one a line) or, where they are none of its recipients, with shares that came along. Throws as
 * `openReplay`, and `recording-unreadable` with what to do where neither opens it.
 */
export async function openOffline(options: {
  readonly source: RecordingSource;
  readonly secrets: string;
  readonly shares: () => Promise<readonly HeldShare[]>;
}): Promise<Replay> {
  const { source, secrets } = options;
  try {
    return await openReplay({ source, identity: secrets, crypto: CHAIN_CRYPTO });
  } catch (cause) {
    if (!(cause instanceof SallyportError) || cause.code !== 'recording-unreadable') throw cause;
    const { bytes } = await source.read({ from: 0, to: LARGEST_HEADER_BYTES });
    const head = readHeader(bytes);
    if (head === null) throw cause;
    const shared = await openShares({
      store: createHeldShares(await options.shares()),
      recordingId: head.header.sessionId,
      headerHash: headerHashOf(bytes, head.endOffset),
      secrets,
      recipients: await Promise.all(secrets.split('\n').map(each => identityToRecipient(each))),
    });
    if (shared !== null) return openReplay({ source, identity: [secrets, shared], crypto: CHAIN_CRYPTO });
    throw new SallyportError(
      'recording-unreadable',
      `This identity does not open the recording: it was sealed to other reviewers, and no share for it came along. A reviewer who can read it shares it with you ("sallyport keys reshare"); then "sallyport evidence ${head.header.sessionId}" fetches a bundle with the share in it, which is exported without a server.`,
      { cause },
    );
  }
}

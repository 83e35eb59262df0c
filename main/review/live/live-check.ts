import type { RecordingId } from '../../../contract/ids.ts';
import type { LiveCheck } from '../../../contract/ipc.ts';
import type { ChainCrypto } from '../../../core/recording/chain-crypto.ts';
import type { ChainVerifier } from '../../../core/recording/chain-verifier.ts';
import { createChainVerifier } from '../../../core/recording/chain-verifier.ts';
import type { LiveBytes } from './live-bytes.ts';

const READ_BYTES = 1024 * 1024;
/** Windows on a few sessions; a check that gave way begins anew when it is asked for. */
const MAX_CHECKS = 8;

/**
 * Checks the chain of running recordings from their first byte on, beside what is shown of them: a view that begins in the middle says at once
 * what it has not checked yet.
 */
export interface LiveChecks {
  /** How far the check is; it goes on by itself up to `bytes`. */
  upTo(recordingId: RecordingId, bytes: number): LiveCheck;
  forget(recordingId: RecordingId): void;
}

interface Running {
  readonly verifier: ChainVerifier;
  wantedBytes: number;
  isReading: boolean;
}

export function createLiveChecks(options: {
  readonly crypto: ChainCrypto;
  readonly bytesOf: (recordingId: RecordingId) => Pick<LiveBytes, 'readOn'>;
}): LiveChecks {
  const checks = new Map<RecordingId, Running>();

  const goOn = async (recordingId: RecordingId, check: Running): Promise<void> => {
    if (check.isReading) return;
    check.isReading = true;
    const live = options.bytesOf(recordingId);
    try {
      while (checks.get(recordingId) === check && check.verifier.state.receivedBytes < check.wantedBytes) {
        const from = check.verifier.state.receivedBytes;
        const to = Math.min(check.wantedBytes, from + READ_BYTES);
        const bytes = await live.readOn(from, to);
        if (bytes.length === 0) break;
        check.verifier.push(bytes);
      }
    } catch {
      // the view itself says that the server is away; the next piece goes on from here
    } finally {
      check.isReading = false;
    }
  };

  return {
    upTo(recordingId, bytes) {
      const check = checks.get(recordingId) ?? {
        verifier: createChainVerifier(options.crypto),
        wantedBytes: 0,
        isReading: false,
      };
      checks.set(recordingId, check);
      const [oldest] = checks.keys();
      if (checks.size > MAX_CHECKS && oldest !== undefined) checks.delete(oldest);
      check.wantedBytes = Math.max(check.wantedBytes, bytes);
      void goOn(recordingId, check);
      const { receivedBytes, signedSegments, nextSequence, problems } = check.verifier.state;
      return {
        checkedBytes: receivedBytes,
        totalBytes: check.wantedBytes,
        segments: nextSequence,
        signedSegments,
        problem: problems[0]?.message ?? null,
      };
    },
    forget: recordingId => void checks.delete(recordingId),
  };
}

import { SallyportError } from '../../../contract/errors.ts';
import type { RecordingId } from '../../../contract/ids.ts';
import type { EventOf } from '../../../contract/ipc.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import type { EnrolledAccount } from '../../vault/vault.ts';
import type { IdentityStore } from '../identity-store.ts';
import type { ReviewService } from '../review-service.ts';
import { reshareRecordings, shareable } from './reshare.ts';
import type { SharedKeys } from './shared-keys.ts';

export interface ResharingOptions {
  readonly http: ServerHttp;
  readonly keys: SharedKeys;
  readonly identities: Pick<IdentityStore, 'identity'>;
  readonly account: EnrolledAccount;
  readonly onReshared: (progress: EventOf<'keys.reshared'>) => void;
}

/** Sharing every recording that a window's reviewer can open: in the background, one run at a time. */
export function createResharing(options: ResharingOptions): Pick<ReviewService, 'reshare' | 'stopReshare'> {
  let running: AbortController | null = null;
  return {
    async reshare({ recipient }) {
      if (running !== null)
        throw new SallyportError('conflict', 'Recordings are being shared already. Wait until that is over.');
      const stopping = new AbortController();
      running = stopping;
      try {
        // Locked or missing, it is said before anything begins.
        options.identities.identity();
        const { recordings: all } = await options.http.call('listRecordings', { query: { limit: 1000 } });
        const recordings = shareable(all);
        void run(options, { recipient, recordings, signal: stopping.signal }).finally(() => {
          running = null;
        });
        return { total: recordings.length };
      } catch (error) {
        running = null;
        throw error;
      }
    },
    stopReshare: () => running?.abort(),
  };
}

/** Never rejects: what stops it is its outcome. */
async function run(
  { http, keys, account, onReshared }: ResharingOptions,
  {
    recipient,
    recordings,
    signal,
  }: {
    readonly recipient: string;
    readonly recordings: readonly RecordingId[];
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const total = recordings.length;
  const reasons = new Map<string, number>();
  let [shared, openAlready, done] = [0, 0, 0];
  const fail = (reason: string, count: number) => reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  try {
    await reshareRecordings({
      http,
      keys,
      device: { deviceId: account.deviceId, privateKeyPem: account.device.privateKeyPem },
      recipients: [recipient],
      recordings,
      signal,
      onOutcome(_id, outcome) {
        if (typeof outcome === 'object') fail(outcome.failure, 1);
        else if (outcome === 'shared') shared += 1;
        else openAlready += 1;
        done += 1;
        onReshared({ recipient, done, total, outcome: null });
      },
    });
  } catch (error) {
    fail(error instanceof Error ? error.message : 'It failed.', total - done);
    done = total;
  }
  const failures = [...reasons].map(([reason, count]) => ({ reason, recordings: count }));
  const isStopped = done < total;
  onReshared({ recipient, done, total, outcome: { shared, openAlready, failures, isStopped } });
}

import { randomBytes } from 'node:crypto';
import type { ServerEvent } from '../../contract/server-api.ts';
import type { Dispose, Timers } from '../timers.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import type { StreamState } from './event-stream.ts';
import { followEvents } from './event-stream.ts';
import { createProofSigner } from './proof.ts';
import type { ServerHttp } from './server-http.ts';
import { createServerHttp } from './server-http.ts';
import type { ServerTime } from './server-time.ts';
import { createServerTime } from './server-time.ts';
import type { Lease } from './signed-statements.ts';
import { verifyLease, verifyTime } from './signed-statements.ts';

/** An enrolled device's line to its server: requests with proof, signed time, events and leases. */
export interface ServerConnection {
  readonly http: ServerHttp;
  readonly time: ServerTime;
  /** The newest lease that is believed, or null. */
  readonly lease: Lease | null;
  readonly state: { readonly kind: StreamState; readonly message: string | null };
  /** Asks for signed time and takes it in. Throws `SallyportError`. */
  syncTime(): Promise<void>;
  /**
   * Holds the lease back until the time and what is known were fetched anew (after sleep, a jump of the clock or a gap): the sessions
   * are locked for that one round trip, and for as long as the server does not answer.
   */
  doubt(): void;
  /** Doubts where the clock jumped (sleep, or somebody set it) since this was last called. */
  checkClock(): void;
  dispose(): void;
}

export interface ServerConnectionListeners {
  readonly onEvent: (event: Exclude<ServerEvent, { kind: 'lease' }>) => void;
  /** The lease is new, or null: in doubt. */
  readonly onLease: (lease: Lease | null) => void;
  readonly onState: () => void;
  /**
   * Fetch what is known anew. Leases are held back until the promise is settled; where it rejects, they stay held back until
   * the next try, which comes with the next lease.
   */
  readonly onGap: () => Promise<void>;
}

export interface ServerConnectionOptions {
  readonly account: EnrolledAccount;
  readonly timers: Timers;
  readonly wallNowMs: () => number;
  readonly random: () => number;
  readonly listeners: ServerConnectionListeners;
}

export function connectServer(options: ServerConnectionOptions): ServerConnection {
  const { account, timers, listeners } = options;
  const time = createServerTime({ timers, wallNowMs: options.wallNowMs });
  const http = createServerHttp({
    serverUrl: account.serverUrl,
    proof: createProofSigner({
      deviceId: account.deviceId,
      audience: account.audience,
      privateKeyPem: account.device.privateKeyPem,
    }),
    nowMs: time.nowMs,
    wallNowMs: options.wallNowMs,
  });
  let lease: Lease | null = null;
  let held: Lease | null = null;
  /** each gap asks for one more resynchronisation than was done */
  let gaps = 1;
  let resynced = 0;
  let isResyncing = false;
  let state: { kind: StreamState; message: string | null } = { kind: 'connecting', message: null };

  async function syncTime(): Promise<void> {
    const sentMs = time.monotonicMs();
    // An older answer, kept by somebody on the way, would set the clock back.
    const nonce = randomBytes(16).toString('base64url');
    const answer = await http.call('time', { query: { nonce } });
    const receivedMs = time.monotonicMs();
    time.sample({
      serverMs: await verifyTime(answer.time, { jwks: account.jwks, nonce }),
      sentMs,
      receivedMs,
    });
  }

  async function resync(): Promise<void> {
    if (isResyncing) return;
    isResyncing = true;
    try {
      while (resynced < gaps) {
        const upTo = gaps;
        await syncTime();
        // Windows show server time; now it is known.
        listeners.onState();
        await listeners.onGap();
        resynced = upTo;
      }
      if (held !== null) take(held);
    } catch (error) {
      // The next lease asks again; until then the lease that arrived is held back.
      setState(state.kind, error instanceof Error ? error.message : null);
    } finally {
      isResyncing = false;
    }
  }

  function take(fresh: Lease): void {
    if (resynced < gaps) {
      held = fresh;
      void resync();
      return;
    }
    held = null;
    lease = fresh;
    listeners.onLease(lease);
  }

  function doubt(): void {
    gaps += 1;
    // It was signed for a time, and that time is checked again once the server's clock is known anew.
    held ??= lease;
    lease = null;
    listeners.onLease(null);
    void resync();
  }

  const disposeStream: Dispose = followEvents({
    http,
    timers,
    random: options.random,
    onEvent(event) {
      if (event.kind !== 'lease') return listeners.onEvent(event);
      verifyLease(event.lease, { jwks: account.jwks, deviceId: account.deviceId }).then(
        fresh => {
          time.hear(fresh.nowMs);
          take(fresh);
        },
        (error: unknown) => setState('offline', error instanceof Error ? error.message : null),
      );
      return undefined;
    },
    onGap: doubt,
    // The lease that stands goes on; a new one counts only after a look at what happened meanwhile, so that a session that was revoked
    // during the break does not open for a moment.
    onResumed() {
      gaps += 1;
      void resync();
    },
    onState: setState,
  });

  function setState(kind: StreamState, message: string | null): void {
    state = { kind, message };
    listeners.onState();
  }

  return {
    http,
    time,
    get lease() {
      return lease;
    },
    get state() {
      return state;
    },
    syncTime,
    doubt,
    checkClock() {
      if (time.takeJump()) doubt();
    },
    dispose: disposeStream,
  };
}

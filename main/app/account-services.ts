import { join } from 'node:path';
import { SallyportError } from '../../contract/errors.ts';
import type { EventName, EventOf } from '../../contract/ipc.ts';
import type { ServerEvent } from '../../contract/server-api.ts';
import { assertNever } from '../../core/assert-never.ts';
import type { IdentityStore } from '../review/identity-store.ts';
import type { CreateReviewService, ReviewService } from '../review/review-service.ts';
import { createLogWitness } from '../server-client/log-witness.ts';
import type { ServerConnection } from '../server-client/server-connection.ts';
import { connectServer } from '../server-client/server-connection.ts';
import type { SessionHostPool } from '../session-host-client/session-host-client.ts';
import type { AccountSessions } from '../sessions/account-sessions.ts';
import { createAccountSessions } from '../sessions/account-sessions.ts';
import { reviewReminder } from './review-reminder.ts';
import type { Dispose, Timers } from '../timers.ts';
import type { Profile } from '../vault/profile-folder.ts';
import type { EnrolledAccount } from '../vault/vault.ts';

/** Everything that one enrolled account has in this client. */
export interface AccountServices {
  readonly enrolled: EnrolledAccount;
  readonly connection: ServerConnection;
  readonly sessions: AccountSessions;
  readonly review: ReviewService;
  close(): Promise<void>;
}

/** Tells the windows of the account. */
export type Emit = <N extends EventName>(name: N, payload: EventOf<N>) => void;

export interface AccountServicesOptions {
  readonly enrolled: EnrolledAccount;
  readonly profile: Profile;
  readonly pool: SessionHostPool;
  readonly timers: Timers;
  readonly wallNowMs: () => number;
  readonly random: () => number;
  readonly ownEnvironment: Readonly<Record<string, string | undefined>>;
  readonly spoolQuotaBytes: number;
  readonly identities: IdentityStore;
  readonly createReviewService: CreateReviewService;
  readonly emit: Emit;
  /** the connection to the server is another now */
  readonly onState: () => void;
}

/** How often the clock is checked for jumps (sleep). Input is checked by itself, so this only bounds how late a screen is covered. */
const CLOCK_CHECK_MS = 1_000;
/** A server that rewrites its log has this long until a client notices; a check is two small requests. */
const LOG_CHECK_MS = 15 * 60_000;

export function createAccountServices(options: AccountServicesOptions): AccountServices {
  const { enrolled, profile, pool, timers, random, emit } = options;
  const sessions = createAccountSessions({
    account: enrolled,
    connection: () => connection,
    pool,
    timers,
    random,
    spoolRoot: profile.spoolFolder,
    spoolQuotaBytes: options.spoolQuotaBytes,
    ownEnvironment: options.ownEnvironment,
    listeners: {
      onNotice: (level, message) => emit('notice', { level, message }),
      listenersOf: sessionId => ({
        onAccess: snapshot => emit('access.changed', snapshot),
        onWarning: message => emit('notice', { level: 'warning', message, sessionId }),
        onMasked: (counts, reasons) => emit('session.masked', { sessionId, counts, reasons: [...reasons] }),
        onRecording: health => emit('session.recording', { sessionId, health }),
        onNotice: (level, message) => emit('notice', { level, message, sessionId }),
      }),
    },
  });
  let isRecovered = false;
  let isClosed = false;
  const connection = connectServer({
    account: enrolled,
    timers,
    wallNowMs: options.wallNowMs,
    random,
    listeners: {
      onEvent: take,
      onLease(lease) {
        sessions.leaseChanged(lease);
        // The first lease says that the server is there: what earlier clients left behind can go to it.
        if (lease === null || isRecovered) return;
        isRecovered = true;
        void sessions.recover();
        void observeLog();
      },
      onState: options.onState,
      onGap: () => sessions.resync(),
    },
  });

  function take(event: Exclude<ServerEvent, { kind: 'lease' }>): void {
    switch (event.kind) {
      case 'request-changed':
        return emit('requests.changed', event.request);
      case 'grant-issued':
        emit('grants.changed', event.grant);
        return void sessions.grantIssued(event.grant);
      case 'grant-revoked':
        sessions.grantRevoked(event);
        return void showGrant(event.grantId);
      case 'grant-frozen':
        return void showGrant(event.grantId);
      case 'session-changed':
        return emit('sessions.changed', event.session);
      case 'session-suspended':
        return sessions.suspended(event.sessionId, event.isSuspended);
      case 'session-lifted':
        return sessions.budgetLifted(event.sessionId, event.liftedAtMs);
      case 'session-alert':
        return alerted(event);
      case 'recording-changed':
        return emit('recordings.changed', { recordingId: event.recordingId });
      case 'session-watched':
        sessions.watched(event.sessionId, event.watchers);
        return emit('session.watched', { sessionId: event.sessionId, watchers: event.watchers });
      case 'reviews-due':
        return emit('notice', reviewReminder(event));
      default:
        return assertNever(event);
    }
  }

  function alerted({
    sessionId,
    text,
    operator,
    target,
  }: Extract<ServerEvent, { kind: 'session-alert' }>): void {
    if (sessions.alerted(sessionId, text))
      return emit('notice', { level: 'warning', message: text, sessionId });
    return emit('notice', { level: 'warning', message: `${operator} on ${target}: ${text}` });
  }

  /** Shows a revoked grant; told anew when its holder's client has frozen the input. */
  async function showGrant(id: EventOf<'grants.changed'>['id']): Promise<void> {
    try {
      emit('grants.changed', await connection.http.call('getGrant', { params: { id } }));
    } catch {
      // The windows learn it when they list grants again; the sessions under it are frozen already.
    }
  }

  const review = options.createReviewService({
    http: connection.http,
    account: enrolled,
    identities: options.identities,
    importsFolder: profile.importsFolder,
    wallNowMs: options.wallNowMs,
    nowMs: () => timers.nowMs(),
    serverNowMs: () => connection.time.nowMs(),
    onChecked: (recordingId, { checkedBytes, totalBytes, failure, isOver }) =>
      emit('replay.checked', { recordingId, checkedBytes, totalBytes, failure, isOver }),
    onSearched: found => emit('replay.searched', found),
    onReshared: progress => emit('keys.reshared', progress),
  });

  const witness = createLogWitness({
    http: connection.http,
    jwks: enrolled.jwks,
    path: join(profile.witnessFolder, `${enrolled.deviceId}.jws`),
  });
  let stopObserving: Dispose = () => undefined;
  /** A server that cannot be reached is asked again later; one that cannot prove its log is told of each time. */
  async function observeLog(): Promise<void> {
    try {
      await witness.observe();
    } catch (error) {
      if (error instanceof SallyportError && error.code === 'log-rewritten')
        emit('notice', { level: 'error', message: error.message });
    }
    if (!isClosed) stopObserving = timers.after(LOG_CHECK_MS, () => void observeLog());
  }

  let stopChecks = timers.after(CLOCK_CHECK_MS, checkClock);
  function checkClock(): void {
    connection.checkClock();
    stopChecks = timers.after(CLOCK_CHECK_MS, checkClock);
  }

  return {
    enrolled,
    connection,
    sessions,
    review,
    async close() {
      isClosed = true;
      stopObserving();
      await sessions.close();
      stopChecks();
      connection.dispose();
      await review.dispose();
    },
  };
}

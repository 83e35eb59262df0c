import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SallyportError } from '../../contract/errors.ts';
import type { GrantId, SessionId } from '../../contract/ids.ts';
import type { SessionView } from '../../contract/ipc.ts';
import type { GrantRecord, SessionRecord } from '../../contract/server-api.ts';
import type { ServerConnection } from '../server-client/server-connection.ts';
import type { Lease } from '../server-client/signed-statements.ts';
import type { SessionHostPool } from '../session-host-client/session-host-client.ts';
import type { Timers } from '../timers.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { childEnvironment } from './child-environment.ts';
import { buildOpenMessage, fetchGrant } from './open-session.ts';
import { hasLeftRecordings, recoverSpool } from './recover-spool.ts';
import { claimReportsFolder, removeEmptyFolder } from './reports-folder.ts';
import type { Revocation } from './grant-chains.ts';
import { createGrantChains } from './grant-chains.ts';
import { createRunningSessions } from './running-sessions.ts';
import type { Session, SessionListeners } from './session.ts';
import { createSession } from './session.ts';
import type { SessionReports } from './session-reports.ts';
import { createSessionReports, readLeftReports } from './session-reports.ts';

/** The sessions of one account in this client. */
export interface AccountSessions {
  /** Checks the grant anew, registers the session, starts it; resolves when its terminal is there. Throws `SallyportError`. */
  open(options: OpenOptions): Promise<Session>;
  /** Throws `not-found`. */
  get(sessionId: SessionId): Session;
  running(): readonly SessionView[];
  /** Resolves when everything that the session started is gone; at once for one that is not here. */
  over(sessionId: SessionId): Promise<void>;
  leaseChanged(lease: Lease | null): void;
  /** Freezes every session under the grant's chain, those that are being opened too, and takes no extension of that chain any more. */
  grantRevoked(revocation: Revocation): void;
  /** A grant was issued: perhaps an extension of running sessions. */
  grantIssued(record: GrantRecord): Promise<void>;
  suspended(sessionId: SessionId, isSuspended: boolean): void;
  /** Nobody sits at this machine: every session is locked until its operator unlocks it. */
  lockAll(): void;
  budgetLifted(sessionId: SessionId, liftedAtMs: number): void;
  /** A rule of the server spoke; returns false where the session does not run here. */
  alerted(sessionId: SessionId, text: string): boolean;
  /** Who watches a session live, by name. */
  watched(sessionId: SessionId, watchers: readonly string[]): void;
  /** Looks up at the server what events may have been missed. Rejects where it cannot be reached. */
  resync(): Promise<void>;
  /** Closes and uploads what earlier clients left behind, and tells how their sessions ended. Never rejects. */
  recover(): Promise<void>;
  /** Ends every session. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly grantId: GrantId;
  readonly cols: number;
  readonly rows: number;
}

/** What sessions tell, each with the session that it is about. */
export interface AccountSessionsListeners {
  readonly listenersOf: (sessionId: SessionId) => Omit<SessionListeners, 'onFrozen' | 'onClosed'>;
  readonly onNotice: (level: 'info' | 'warning' | 'error', message: string) => void;
}

export interface AccountSessionsOptions {
  readonly account: EnrolledAccount;
  /** called late: the connection is made with listeners that lead here */
  readonly connection: () => ServerConnection;
  readonly pool: SessionHostPool;
  readonly timers: Timers;
  readonly random: () => number;
  /** of all accounts of the profile; each device has its own folder inside */
  readonly spoolRoot: string;
  readonly spoolQuotaBytes: number;
  readonly ownEnvironment: Readonly<Record<string, string | undefined>>;
  readonly listeners: AccountSessionsListeners;
}

/** A lease comes with the first seconds of a connection; without one there is no access. */
const LEASE_WAIT_MS = 8_000;
const OPEN_DEADLINE_MS = 60_000;
const CLOSE_DEADLINE_MS = 10_000;
const TELL_DEADLINE_MS = 2_000;
const FIRST_RECOVER_AGAIN_MS = 3_000;
const MAX_RECOVER_AGAIN_MS = 120_000;

export function createAccountSessions(options: AccountSessionsOptions): AccountSessions {
  const { account, pool, timers, random, listeners } = options;
  const spoolFolder = join(options.spoolRoot, account.deviceId);
  mkdirSync(spoolFolder, { recursive: true, mode: 0o700 });
  const reports = claimReportsFolder(join(options.spoolRoot, `${account.deviceId}.reports`));
  const sessions = createRunningSessions();
  const chains = createGrantChains({
    account,
    connection: options.connection,
    sessions,
    onNotice: (sessionId, level, message) => listeners.listenersOf(sessionId).onNotice(level, message),
  });
  /** how often events may have been missed */
  let gaps = 0;
  const leaseWaiters = new Set<() => void>();
  const telling = new Set<SessionReports>();
  const stop = new AbortController();
  const complaints = new Set<string>();
  let recovering: Promise<void> | null = null;
  let recoverAgainMs = FIRST_RECOVER_AGAIN_MS;

  async function freshLease(): Promise<Lease> {
    const deadline = timers.nowMs() + LEASE_WAIT_MS;
    for (;;) {
      const { lease, time, state, http } = options.connection();
      if (lease !== null && time.nowMs() < lease.untilMs) return lease;
      const leftMs = deadline - timers.nowMs();
      if (leftMs <= 0)
        throw new SallyportError(
          'server-unreachable',
          `The server at ${http.serverUrl} does not confirm access now${state.message === null ? '' : ` (${state.message})`}. Try again when it is reachable.`,
        );
      await new Promise<void>(resolve => {
        const cancel = timers.after(leftMs, resolve);
        leaseWaiters.add(() => (cancel(), resolve()));
      });
      leaseWaiters.clear();
    }
  }

  function listenersOf(sessionId: SessionId): SessionListeners {
    return {
      ...listeners.listenersOf(sessionId),
      onFrozen(grantId, frozenAtMs) {
        options
          .connection()
          .http.call('reportFrozen', { params: { id: grantId }, input: { frozenAtMs } })
          // The figure is for the record; the input is frozen all the same.
          .catch(() => undefined);
      },
      onClosed(isUploaded) {
        sessions.delete(sessionId);
        if (!isUploaded && !stop.signal.aborted) void recover();
      },
    };
  }

  function startTelling(sessionId: SessionId, folder: string): SessionReports {
    const { http } = options.connection();
    const made = createSessionReports({ http, timers, random, folder, sessionId });
    telling.add(made);
    void made.told.then(() => telling.delete(made));
    return made;
  }

  /** What cannot be told now lies in files for the next client. */
  async function finishTelling(): Promise<void> {
    const all = [...telling];
    await Promise.race([
      Promise.all(all.map(each => each.told)),
      new Promise<void>(resolve => timers.after(TELL_DEADLINE_MS, resolve)),
    ]);
    for (const each of all) each.dispose();
  }

  async function open(wish: OpenOptions): Promise<Session> {
    const stopExpecting = sessions.expect();
    try {
      return await openExpected(wish);
    } finally {
      stopExpecting();
    }
  }

  async function openExpected({ grantId, cols, rows }: OpenOptions): Promise<Session> {
    const connection = options.connection();
    const gapsBefore = gaps;
    pool.prepare();
    const grant = await fetchGrant(connection, account, grantId);
    await freshLease();
    const made = await connection.http.call('createSession', { input: { grantId } });
    const sessionId = made.id;
    const told = startTelling(sessionId, reports.folder);
    try {
      const message = await buildOpenMessage({
        grant,
        account,
        connection,
        sessionId,
        cols,
        rows,
        environment: childEnvironment(options.ownEnvironment),
        spoolFolder,
        spoolQuotaBytes: options.spoolQuotaBytes,
      });
      const handle = await pool.take();
      const { lease, isSuspended } = await knownNow(grant.record, made, gapsBefore).catch(
        async (error: unknown) => {
          await handle.close(0);
          throw error;
        },
      );
      const session = createSession({
        grant: grant.record,
        claims: grant.claims,
        sessionId,
        handle,
        leaseUntilMs: lease.untilMs,
        nowMs: connection.time.nowMs,
        checkClock: connection.checkClock,
        timers,
        reports: told,
        listeners: listenersOf(sessionId),
      });
      // A rule of the server may have spoken already.
      if (isSuspended) session.dispatch({ kind: 'suspended', isSuspended });
      // Before what was heard meanwhile is done to it: the host knows nothing to extend or to note an alert in before this.
      handle.send(message);
      sessions.add(session);
      for (const { text } of made.alerts) session.alert(text);
      return await settled(session);
    } catch (error) {
      // A session that was made tells its own end.
      if (sessions.get(sessionId) === undefined)
        told.tell({
          masked: {},
          lockReasons: [],
          endCause: chains.isRevoked(grant.record.rootId) ? 'revoked' : 'failed',
        });
      throw error;
    }
  }

  /**
   * What holds at the moment that a session is put in place, after everything that took time: throws `grant-revoked` where that was heard
   * meanwhile; where events may have been missed meanwhile, asks for what they would have said.
   */
  async function knownNow(
    { rootId }: GrantRecord,
    made: SessionRecord,
    gapsBefore: number,
  ): Promise<{ readonly lease: Lease; readonly isSuspended: boolean }> {
    let { isSuspended } = made;
    for (let asked = gapsBefore; ; ) {
      const lease = await freshLease();
      if (chains.isRevoked(rootId))
        throw new SallyportError('grant-revoked', 'This grant was revoked. Ask for a new one.');
      if (asked === gaps) return { lease, isSuspended };
      asked = gaps;
      const known = await chains.resync(rootId);
      isSuspended = known.find(({ id }) => id === made.id)?.isSuspended ?? isSuspended;
    }
  }

  async function settled(session: Session): Promise<Session> {
    const cancel = timers.after(OPEN_DEADLINE_MS, () =>
      session.dispatch({ kind: 'end-asked', cause: 'failed' }),
    );
    try {
      await session.opened;
      return session;
    } finally {
      cancel();
    }
  }

  /** What stays wrong is met again at each look at the spool. */
  function tellOnce(message: string): void {
    if (complaints.has(message)) return;
    complaints.add(message);
    listeners.onNotice('warning', message);
  }

  function recover(): Promise<void> {
    recovering ??= recoverNow()
      .catch((error: unknown) => {
        if (!stop.signal.aborted)
          tellOnce(
            `Recordings of earlier sessions are kept and uploaded later (${error instanceof Error ? error.message : 'unknown reason'}).`,
          );
      })
      .finally(() => {
        recovering = null;
        // Another client had them in hand, or is only just gone: look again, ever more seldom.
        if (stop.signal.aborted || !hasLeftRecordings(spoolFolder, sessions.ids())) return;
        timers.after(recoverAgainMs, () => {
          if (!stop.signal.aborted) void recover();
        });
        recoverAgainMs = Math.min(MAX_RECOVER_AGAIN_MS, recoverAgainMs * 2);
      });
    return recovering;
  }

  async function recoverNow(): Promise<void> {
    if (hasLeftRecordings(spoolFolder, sessions.ids())) {
      const clockOffsetMs = options.connection().time.offsetMs();
      const found = await recoverSpool({ pool, account, spoolFolder, clockOffsetMs, signal: stop.signal });
      for (const message of found.failed) tellOnce(message);
    }
    for (const folder of reports.abandoned()) {
      await Promise.all(
        readLeftReports(folder).map(({ sessionId, report }) => {
          const told = startTelling(sessionId, folder);
          told.tell(report);
          return told.told;
        }),
      );
      if (!stop.signal.aborted) removeEmptyFolder(folder);
    }
  }

  return {
    open,
    get(sessionId) {
      const session = sessions.get(sessionId);
      if (session === undefined)
        throw new SallyportError('not-found', 'This session does not run here any more.');
      return session;
    },
    running: () => sessions.all().map(session => session.view()),
    over: sessionId => sessions.get(sessionId)?.over ?? Promise.resolve(),
    leaseChanged(lease) {
      for (const session of sessions.all())
        session.dispatch(
          lease === null ? { kind: 'lease-dropped' } : { kind: 'lease-renewed', untilMs: lease.untilMs },
        );
      if (lease !== null) for (const wake of [...leaseWaiters]) wake();
    },
    grantRevoked: chains.revoked,
    grantIssued: chains.issued,
    lockAll: () => sessions.tellAll(session => session.dispatch({ kind: 'operator-locked' })),
    suspended: chains.suspended,
    budgetLifted: chains.budgetLifted,
    alerted: (sessionId, text) => sessions.tell(sessionId, session => session.alert(text)),
    watched: (sessionId, watchers) => void sessions.tell(sessionId, session => session.setWatchers(watchers)),
    async resync() {
      gaps += 1;
      for (const rootId of new Set(sessions.all().map(session => session.rootId)))
        await chains.resync(rootId);
    },
    recover,
    async close() {
      stop.abort();
      await Promise.all(sessions.all().map(session => session.close(CLOSE_DEADLINE_MS)));
      await finishTelling();
      await recovering;
      reports.release();
    },
  };
}

import { isDeepStrictEqual } from 'node:util';
import type { AccessSnapshot } from '../../contract/access.ts';
import type { Failure } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { GrantClaims } from '../../contract/grant.ts';
import type { GrantId, SessionId } from '../../contract/ids.ts';
import type { SessionView } from '../../contract/ipc.ts';
import type { Exposure } from '../../contract/monitoring.ts';
import type { RecordingHealth } from '../../contract/recording.ts';
import type { MaskCounts, MaskReason } from '../../contract/redaction.ts';
import type { GrantRecord } from '../../contract/server-api.ts';
import type { FromHost } from '../../contract/session-host.ts';
import { nextDueMs } from '../../core/access/deadlines.ts';
import type { AccessEffect, AccessEvent } from '../../core/access/machine.ts';
import { step } from '../../core/access/machine.ts';
import { snapshotOf } from '../../core/access/snapshot.ts';
import { isGateOpen, startAccess } from '../../core/access/state.ts';
import { endWords } from '../../core/access/words.ts';
import { assertNever } from '../../core/assert-never.ts';
import type { SessionHostHandle } from '../session-host-client/session-host-client.ts';
import type { Dispose, Timers } from '../timers.ts';
import type { SessionReports } from './session-reports.ts';
import type { Attachment, TerminalPort } from './terminal-relay.ts';
import { createTerminalRelay } from './terminal-relay.ts';

/** One session in main: the only writer of its access machine. The host enforces what is decided here. */
export interface Session {
  readonly sessionId: SessionId;
  /** the grant that counts now: the first one, or its last extension */
  readonly grant: GrantRecord;
  /** the first grant of the chain that it runs under */
  readonly rootId: GrantId;
  /** Resolves when the target's terminal is there; rejects with what went wrong. */
  readonly opened: Promise<void>;
  /** Resolves when everything that the session started is gone and its recording is sealed (or left to recovery). */
  readonly over: Promise<void>;
  view(): SessionView;
  /** Something happened; decided and carried out in this tick. */
  dispatch(event: AccessEvent): void;
  /** Whether the session runs, or ran, under this grant. */
  isUnder(grantId: GrantId): boolean;
  /** Freezes input first; `onFrozen` of the listeners tells when the host has. */
  revoke(revocation: { readonly grantId: GrantId; readonly revokedAtMs: number }): void;
  /**
   * A verified grant that supersedes this session's and differs from it in nothing but its time and who gave it: nothing else can change
   * while the session runs. Returns false where it is not taken.
   */
  extend(record: GrantRecord, claims: GrantClaims): boolean;
  /** An approver lifted a `budget` lock at this time; one that was lifted before the lock came changes nothing. */
  liftBudget(liftedAtMs: number): void;
  /** What a rule of the server saw, for the recording. */
  alert(text: string): void;
  /** Who watches live, by name: for showing only. */
  setWatchers(names: readonly string[]): void;
  attach(port: TerminalPort): Attachment;
  /** Ends the session if it runs, seals, leaves an unfinished upload to the next start. */
  close(deadlineMs: number): Promise<void>;
}

export interface SessionListeners {
  readonly onAccess: (snapshot: AccessSnapshot) => void;
  readonly onWarning: (text: string) => void;
  readonly onMasked: (counts: MaskCounts, reasons: readonly MaskReason[]) => void;
  readonly onRecording: (health: RecordingHealth) => void;
  readonly onNotice: (level: 'info' | 'warning' | 'error', message: string) => void;
  /** Input is frozen after a revocation; server time. */
  readonly onFrozen: (grantId: GrantId, frozenAtMs: number) => void;
  /** The host is gone. `isUploaded`: the server has the whole recording. */
  readonly onClosed: (isUploaded: boolean) => void;
}

export interface SessionOptions {
  readonly grant: GrantRecord;
  readonly claims: GrantClaims;
  readonly sessionId: SessionId;
  readonly handle: SessionHostHandle;
  readonly leaseUntilMs: number;
  /** server time */
  readonly nowMs: () => number;
  /** Looks whether the clock jumped since the last look; where it did, the lease is dropped before it returns. */
  readonly checkClock: () => void;
  readonly timers: Timers;
  readonly reports: SessionReports;
  readonly listeners: SessionListeners;
}

/** The host proves the end within its own deadlines; one that does not is ended by force. */
const END_DEADLINE_MS = 15_000;
const CLOSE_DEADLINE_MS = 5_000;
/** How far this client's idea of server time may be off. */
const CLOCK_TOLERANCE_MS = 1_000;
/** Deadlines are looked at again at least this often, whatever the timers did meanwhile. */
const REVIEW_EVERY_MS = 1_000;

/** What a running session is held to: its host, its credentials and its recording were made for these. */
const TERMS = ['target', 'scope', 'redaction', 'budget', 'recording', 'session'] as const;

function isOnSameTerms(before: GrantClaims, next: GrantClaims): boolean {
  return TERMS.every(key => isDeepStrictEqual(before[key], next[key]));
}

export function createSession(options: SessionOptions): Session {
  const { sessionId, handle, timers, nowMs, listeners, reports } = options;
  let grant = options.grant;
  let claims = options.claims;
  const grantIds = new Set<GrantId>([grant.id]);
  let state = startAccess({
    sessionId,
    grantId: grant.id,
    terms: claims.session,
    startsAtMs: claims.nbf * 1000,
    expiresAtMs: claims.exp * 1000,
    leaseUntilMs: options.leaseUntilMs,
    nowMs: nowMs(),
  });
  let masked: MaskCounts = {};
  let maskReasons: MaskReason[] = [];
  let exposure: Exposure | null = null;
  let recording: RecordingHealth | null = null;
  const alerts = new Set<string>();
  let watchers: readonly string[] = [];
  let isHostGateOpen = false;
  let unfrozen: GrantId | null = null;
  let isHostOver = false;
  let isClosed = false;
  let reviewTimer: Dispose = () => undefined;
  let endTimer: Dispose = () => undefined;
  const opened = Promise.withResolvers<void>();
  opened.promise.catch(() => undefined);
  const over = Promise.withResolvers<void>();

  const relay = createTerminalRelay({
    toHost: frame => handle.send({ kind: 'data', frame }),
    mayInput() {
      // The machine looks at the clock before any input passes: after sleep, nothing typed gets through on an old decision.
      options.checkClock();
      dispatch({ kind: 'activity' });
      return isGateOpen(state);
    },
  });

  function dispatch(event: AccessEvent): void {
    const taken = step(state, event, nowMs());
    state = taken.state;
    for (const effect of taken.effects) perform(effect);
    review();
  }

  function perform(effect: AccessEffect): void {
    switch (effect.kind) {
      case 'gate':
        return handle.send({ kind: 'gate', isOpen: effect.isOpen });
      case 'cover':
        relay.setCovered(effect.isCovered);
        return handle.send({ kind: 'cover', isCovered: effect.isCovered });
      case 'note':
        return handle.send({ kind: 'note', phase: effect.phase, text: effect.text });
      case 'warn':
        return listeners.onWarning(effect.text);
      case 'end':
        opened.reject(new SallyportError('session-ended', endWords(effect.cause)));
        if (isHostOver) return undefined;
        handle.send({ kind: 'end', cause: effect.cause });
        endTimer = timers.after(END_DEADLINE_MS, () => void closeHost(false));
        // It had the grace to answer in, and nothing that it is told reaches it.
        if (effect.cause === 'host-unresponsive') void closeHost(false);
        return undefined;
      case 'changed':
        listeners.onAccess(snapshotOf(state, nowMs()));
        return report();
      default:
        return assertNever(effect);
    }
  }

  function review(): void {
    reviewTimer();
    if (state.phase === 'ended') return;
    const dueMs = nextDueMs(state, nowMs());
    const delayMs =
      dueMs === null ? REVIEW_EVERY_MS : Math.min(REVIEW_EVERY_MS, Math.max(1, dueMs - nowMs()));
    reviewTimer = timers.after(delayMs, () => dispatch({ kind: 'evaluate' }));
  }

  /** The end is told when it is proven, not when it was decided. */
  function report(): void {
    const snapshot = snapshotOf(state, nowMs());
    const endCause = isHostOver ? (snapshot.endCause ?? 'failed') : null;
    reports.tell({
      masked,
      lockReasons: snapshot.lockReasons,
      endCause,
      ...(exposure === null ? {} : { exposure }),
    });
  }

  function hostOver(): void {
    isHostOver = true;
    endTimer();
    relay.close();
    report();
    over.resolve();
  }

  async function closeHost(isUploaded: boolean): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    endTimer();
    await handle.close(CLOSE_DEADLINE_MS);
    if (!isHostOver) hostOver();
    listeners.onClosed(isUploaded);
  }

  function gateMoved(isOpen: boolean): void {
    isHostGateOpen = isOpen;
    if (isOpen && !isGateOpen(state)) handle.send({ kind: 'gate', isOpen: false });
    if (!isOpen) tellFrozen();
  }

  function tellFrozen(): void {
    if (unfrozen === null || isHostGateOpen) return;
    const grantId = unfrozen;
    unfrozen = null;
    listeners.onFrozen(grantId, nowMs());
  }

  function hostAsked(message: Extract<FromHost, { kind: 'lock' }>): void {
    dispatch({ kind: 'host-asked', reason: message.reason });
    if (!isGateOpen(state)) return listeners.onNotice('warning', message.message);
    // It closed by itself and was wrong: main decides.
    handle.send({ kind: 'cover', isCovered: false });
    handle.send({ kind: 'gate', isOpen: true });
    return undefined;
  }

  function hostEnded(message: Extract<FromHost, { kind: 'ended' }>): void {
    gateMoved(false);
    dispatch({ kind: 'host-ended', cause: message.cause });
    if (message.message) listeners.onNotice('warning', message.message);
    if (message.processesLeft !== null && message.processesLeft > 0)
      listeners.onNotice(
        'error',
        `${message.processesLeft} processes of the session could not be ended. Look for them on this machine.`,
      );
    hostOver();
    if (message.recordingPath === null) void closeHost(false);
  }

  function fail(failure: Failure): void {
    opened.reject(new SallyportError(failure.code, failure.message));
    if (state.phase !== 'requested') listeners.onNotice('error', failure.message);
  }

  handle.onMessage = message => {
    switch (message.kind) {
      case 'opened':
        dispatch({ kind: 'opened' });
        return opened.resolve();
      case 'gate':
        return gateMoved(message.isOpen);
      case 'masked':
        masked = message.counts;
        maskReasons = message.reasons ?? [];
        listeners.onMasked(masked, maskReasons);
        return report();
      case 'exposure':
        ({ exposure } = message);
        return report();
      case 'recording':
        recording = message.health;
        return listeners.onRecording(message.health);
      case 'lock':
        return hostAsked(message);
      case 'ended':
        return hostEnded(message);
      case 'uploaded':
        return void closeHost(true);
      case 'failed':
        return fail(message.error);
      case 'ready':
      case 'heartbeat':
      case 'recovered':
        return undefined;
      default:
        return assertNever(message);
    }
  };
  handle.onData = frame => relay.takeHostFrame(frame);
  handle.onSilence = isSilent => {
    // After the end it only has its recording to upload, and another host can.
    if (state.phase === 'ended') return isSilent ? void closeHost(false) : undefined;
    return dispatch({ kind: 'host-silent', isSilent });
  };
  handle.onLost = (_why, message) => {
    if (isClosed) return;
    isClosed = true;
    gateMoved(false);
    fail({ code: 'host-failed', message });
    isHostOver = true;
    dispatch({ kind: 'host-lost' });
    hostOver();
    listeners.onClosed(false);
  };
  review();

  return {
    sessionId,
    get grant() {
      return grant;
    },
    opened: opened.promise,
    over: over.promise,
    view: () => ({
      sessionId,
      grant,
      access: snapshotOf(state, nowMs()),
      masked,
      maskReasons,
      recording,
      watchers: [...watchers],
    }),
    dispatch,
    isUnder: grantId => grantIds.has(grantId),
    rootId: options.grant.rootId,
    revoke({ grantId, revokedAtMs }) {
      if (state.reasons.revoked !== undefined) return;
      unfrozen = grantId;
      dispatch({ kind: 'revoked' });
      grant = { ...grant, state: 'revoked', revokedAtMs };
      tellFrozen();
    },
    extend(record, next) {
      if (next.supersedes === undefined || !grantIds.has(next.supersedes)) return false;
      if (state.reasons.revoked !== undefined || !isOnSameTerms(claims, next)) return false;
      dispatch({ kind: 'extended', grantId: record.id, expiresAtMs: next.exp * 1000 });
      if (state.grantId !== record.id) return false;
      grantIds.add(record.id);
      grant = record;
      claims = next;
      handle.send({ kind: 'extend', exp: next.exp });
      return true;
    },
    liftBudget(liftedAtMs) {
      const lockedAtMs = state.reasons.budget;
      if (lockedAtMs === undefined || liftedAtMs < lockedAtMs - CLOCK_TOLERANCE_MS) return;
      handle.send({ kind: 'lift' });
      dispatch({ kind: 'budget-lifted' });
    },
    alert(text) {
      // what a rule says while the session is made comes with its making and as an event
      if (alerts.has(text)) return;
      alerts.add(text);
      handle.send({ kind: 'alert', text });
    },
    setWatchers(names) {
      watchers = names;
    },
    attach: port => relay.attach(port),
    async close(deadlineMs) {
      dispatch({ kind: 'end-asked', cause: 'closed-by-operator' });
      const cancel = timers.after(deadlineMs, () => void closeHost(false));
      await over.promise;
      cancel();
      await closeHost(false);
    },
  };
}

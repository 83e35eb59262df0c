import { describe, expect, test } from 'vitest';
import type { AccessSnapshot } from '../../contract/access.ts';
import { GrantId, SessionId } from '../../contract/ids.ts';
import type { GrantRecord, SessionReport } from '../../contract/server-api.ts';
import type { ToHost } from '../../contract/session-host.ts';
import { REVOKED_GRACE_MS } from '../../core/access/deadlines.ts';
import { encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import { fakeTimers } from '../../test/support/fake-timers.ts';
import { grantFixture } from '../../test/support/session-fixtures.ts';
import type { SessionHostHandle } from '../session-host-client/session-host-client.ts';
import { createSession } from './session.ts';

const GRANT_MS = 600_000;
const LEASE_MS = 15_000;

function setUp() {
  const claims = grantFixture({ exp: Math.floor(Date.now() / 1000) + GRANT_MS / 1000 });
  const startMs = claims.nbf * 1000;
  const timers = fakeTimers(startMs);
  const sent: ToHost[] = [];
  const accesses: AccessSnapshot[] = [];
  const reports: SessionReport[] = [];
  const notices: string[] = [];
  const frozen: number[] = [];
  const closed: boolean[] = [];
  let isProcessClosed = false;
  const handle: SessionHostHandle = {
    send: message => sent.push(message),
    onMessage: () => undefined,
    onData: () => undefined,
    onLost: () => undefined,
    onSilence: () => undefined,
    close: () => {
      isProcessClosed = true;
      return Promise.resolve();
    },
  };
  const id = GrantId.parse('gr_1');
  const grant = { id, rootId: id, state: 'active', supersedes: null } as unknown as GrantRecord;
  const clock = { check: () => undefined as void };
  const session = createSession({
    grant,
    claims,
    sessionId: SessionId.parse('se_1'),
    handle,
    leaseUntilMs: startMs + GRANT_MS * 10,
    nowMs: timers.nowMs,
    checkClock: () => clock.check(),
    timers,
    reports: { tell: report => reports.push(report), told: Promise.resolve(), dispose: () => undefined },
    listeners: {
      onAccess: snapshot => accesses.push(snapshot),
      onWarning: text => notices.push(text),
      onMasked: () => undefined,
      onRecording: () => undefined,
      onNotice: (_level, message) => notices.push(message),
      onFrozen: (_grantId, atMs) => frozen.push(atMs),
      onClosed: isUploaded => closed.push(isUploaded),
    },
  });
  const ended = (
    cause: 'exited' | 'revoked' | 'grant-expired' | 'failed',
    recordingPath: string | null = '/s/x',
  ) =>
    handle.onMessage({
      kind: 'ended',
      cause,
      exitStatus: 0,
      processesLeft: 0,
      recordingPath,
      segments: 1,
      bytes: 10,
    });
  const open = () => {
    handle.onMessage({ kind: 'opened' });
    handle.onMessage({ kind: 'gate', isOpen: true });
    sent.length = 0;
  };
  const turn = () => new Promise(resolve => setImmediate(resolve));
  return {
    ...{
      session,
      claims,
      startMs,
      timers,
      sent,
      accesses,
      reports,
      notices,
      frozen,
      closed,
      handle,
      grant,
      clock,
    },
    ...{ ended, open, turn, isProcessClosed: () => isProcessClosed },
  };
}

const kinds = (sent: readonly ToHost[]) =>
  sent.map(message =>
    message.kind === 'gate' ? `gate ${message.isOpen ? 'open' : 'closed'}` : message.kind,
  );

describe('a session in main', () => {
  test('opens the gate of its host when the terminal is there, uncovered first', async () => {
    const { session, handle, sent } = setUp();
    handle.onMessage({ kind: 'opened' });
    await session.opened;
    expect(kinds(sent).filter(kind => kind !== 'note')).toEqual(['cover', 'gate open']);
  });

  test('closes the gate first and covers at the end of the grant, then ends after the grace', () => {
    const { open, timers, sent, accesses, session, ended, reports } = setUp();
    open();
    timers.advance(GRANT_MS);
    expect(accesses.at(-1)).toMatchObject({
      phase: 'locked',
      lockReasons: ['grant-expired'],
      isGateOpen: false,
    });
    const afterEnd = sent.filter(message => message.kind !== 'note').slice(-2);
    expect(kinds(afterEnd)).toEqual(['gate closed', 'cover']);
    timers.advance(60_000);
    expect(sent.at(-1)).toEqual({ kind: 'end', cause: 'grant-expired' });
    expect(reports.every(report => report.endCause === null)).toBe(true);
    ended('grant-expired');
    expect(reports.at(-1)?.endCause).toBe('grant-expired');
    expect(session.view().access.phase).toBe('ended');
  });

  test('a revocation closes the gate in the same tick, and is frozen when the host says so', () => {
    const { session, open, sent, frozen, handle, timers, startMs, grant } = setUp();
    open();
    session.revoke({ grantId: grant.id, revokedAtMs: startMs });
    expect(kinds(sent)[0]).toBe('gate closed');
    expect(frozen).toEqual([]);
    timers.advance(7);
    handle.onMessage({ kind: 'gate', isOpen: false });
    expect(frozen).toEqual([startMs + 7]);
    timers.advance(REVOKED_GRACE_MS);
    expect(sent.at(-1)).toEqual({ kind: 'end', cause: 'revoked' });
    expect(session.grant.state).toBe('revoked');
  });

  test('a revocation of a locked session is frozen at once', () => {
    const { session, open, handle, frozen, startMs, grant } = setUp();
    open();
    session.dispatch({ kind: 'operator-locked' });
    handle.onMessage({ kind: 'gate', isOpen: false });
    session.revoke({ grantId: grant.id, revokedAtMs: startMs });
    expect(frozen).toHaveLength(1);
  });

  test('no input passes on an old decision: the clock is looked at before each', () => {
    const { session, open, timers, sent } = setUp();
    open();
    const shown = session.attach({ send: () => undefined, closed: () => undefined });
    const type = () =>
      shown.receive(encodeTerminalMessage({ kind: 'input', bytes: new TextEncoder().encode('x') }));
    type();
    expect(kinds(sent)).toContain('data');
    sent.length = 0;
    session.dispatch({ kind: 'lease-renewed', untilMs: timers.nowMs() });
    session.dispatch({ kind: 'lease-dropped' });
    type();
    expect(kinds(sent)).not.toContain('data');
  });

  test('input finds a jump of the clock by itself, before it passes: no timer had its turn since the machine woke', () => {
    const { session, open, clock, sent } = setUp();
    open();
    const shown = session.attach({ send: () => undefined, closed: () => undefined });
    clock.check = () => session.dispatch({ kind: 'lease-dropped' });
    shown.receive(encodeTerminalMessage({ kind: 'input', bytes: new TextEncoder().encode('x') }));
    expect(kinds(sent)).not.toContain('data');
    expect(kinds(sent)[0]).toBe('gate closed');
  });

  test('a revocation that is told twice is frozen once, under the grant that was revoked', () => {
    const { session, open, frozen, handle, timers, startMs } = setUp();
    open();
    const revocation = { grantId: GrantId.parse('gr_2'), revokedAtMs: startMs };
    session.revoke(revocation);
    handle.onMessage({ kind: 'gate', isOpen: false });
    timers.advance(500);
    session.revoke(revocation);
    expect(frozen).toEqual([startMs]);
  });

  test('no extension reopens what was revoked', () => {
    const { session, open, claims, grant, startMs } = setUp();
    open();
    session.revoke({ grantId: grant.id, revokedAtMs: startMs });
    const later = {
      ...claims,
      jti: GrantId.parse('gr_2'),
      supersedes: grant.id,
      exp: claims.exp + 600,
    };
    expect(session.extend({ ...grant, id: later.jti }, later)).toBe(false);
  });

  const STRICTER = {
    scope: { readOnly: true },
    redaction: { blocks: false },
    budget: { valuesPerSession: 1 },
    recording: { retentionDays: 1 },
    session: { graceMs: 5 },
    target: { port: 23 },
  };
  test.each(Object.entries(STRICTER))(
    'an extension with another %s is not taken: the session could not be held to it',
    (name, change) => {
      const { session, open, claims, grant, sent } = setUp();
      open();
      const before = claims[name as keyof typeof STRICTER];
      const later = {
        ...claims,
        jti: GrantId.parse('gr_2'),
        supersedes: grant.id,
        exp: claims.exp + 600,
        [name]: { ...before, ...change },
      };
      expect(session.extend({ ...grant, id: later.jti }, later)).toBe(false);
      expect(sent).toEqual([]);
      expect(session.view().access.expiresAtMs).toBe(claims.exp * 1000);
    },
  );

  test('an extension for another target, or of another grant, is not taken; a fitting one reaches the host', () => {
    const { session, open, claims, grant, sent } = setUp();
    open();
    const next = { ...grant, id: GrantId.parse('gr_2') };
    const later = { ...claims, jti: next.id, supersedes: grant.id, exp: claims.exp + 600 };
    expect(session.extend(next, { ...later, supersedes: GrantId.parse('gr_9') })).toBe(false);
    expect(session.extend(next, { ...later, target: { ...later.target, account: 'root' } })).toBe(false);
    expect(sent.filter(message => message.kind === 'extend')).toEqual([]);
    expect(session.extend(next, later)).toBe(true);
    expect(sent.at(-1)).toEqual({ kind: 'extend', exp: later.exp });
    expect(session.isUnder(next.id)).toBe(true);
    expect(session.isUnder(grant.id)).toBe(true);
  });

  test('a host that wrongly takes the grant for expired is opened again', () => {
    const { handle, open, sent } = setUp();
    open();
    handle.onMessage({ kind: 'lock', reason: 'grant-expired', message: 'over' });
    expect(kinds(sent)).toEqual(['cover', 'gate open']);
  });

  test('a host that asks for a lock is locked by main', () => {
    const { handle, open, sent, accesses, notices } = setUp();
    open();
    handle.onMessage({ kind: 'lock', reason: 'recorder-failed', message: 'The disk is full.' });
    expect(kinds(sent)[0]).toBe('gate closed');
    expect(accesses.at(-1)?.lockReasons).toEqual(['recorder-failed']);
    expect(notices).toContain('The disk is full.');
  });

  test('a host that opens its gate by itself is told to close it', () => {
    const { session, handle, open, sent } = setUp();
    open();
    session.dispatch({ kind: 'operator-locked' });
    sent.length = 0;
    handle.onMessage({ kind: 'gate', isOpen: true });
    expect(sent).toEqual([{ kind: 'gate', isOpen: false }]);
  });

  test('a lost host ends the session with its cause, and its recording is left to recovery', async () => {
    const { session, handle, open, reports, closed, notices } = setUp();
    open();
    handle.onLost('exited', 'It is gone.');
    await session.over;
    expect(session.view().access).toMatchObject({ phase: 'ended', endCause: 'host-lost' });
    expect(reports.at(-1)?.endCause).toBe('host-lost');
    expect(closed).toEqual([false]);
    expect(notices).toContain('It is gone.');
  });

  test('a host that does not answer locks the session, which goes on when it does', () => {
    const { session, handle, open, sent, isProcessClosed } = setUp();
    open();
    handle.onSilence(true);
    expect(kinds(sent)[0]).toBe('gate closed');
    expect(session.view().access.lockReasons).toEqual(['host-unresponsive']);
    handle.onSilence(false);
    expect(session.view().access).toMatchObject({ isGateOpen: true, phase: 'granted' });
    expect(isProcessClosed()).toBe(false);
  });

  test('one that does not answer within the grace is ended by force, and the end is told', async () => {
    const { session, handle, open, timers, claims, reports, turn, isProcessClosed, closed } = setUp();
    open();
    handle.onSilence(true);
    timers.advance(claims.session.graceMs - 1);
    expect(session.view().access.phase).toBe('locked');
    timers.advance(1);
    await turn();
    expect(isProcessClosed()).toBe(true);
    expect(reports.at(-1)?.endCause).toBe('host-unresponsive');
    expect(closed).toEqual([false]);
  });

  test('a session that cannot be opened rejects with what its host said', async () => {
    const { session, handle, ended, turn, isProcessClosed, reports } = setUp();
    handle.onMessage({ kind: 'failed', error: { code: 'host-key-unknown', message: 'Unknown key.' } });
    ended('failed', null);
    await expect(session.opened).rejects.toMatchObject({ code: 'host-key-unknown', message: 'Unknown key.' });
    await turn();
    expect(isProcessClosed()).toBe(true);
    expect(reports.at(-1)?.endCause).toBe('failed');
  });

  test('the host stays until the recording is uploaded', async () => {
    const { handle, open, ended, turn, closed, isProcessClosed } = setUp();
    open();
    ended('exited');
    await turn();
    expect(isProcessClosed()).toBe(false);
    handle.onMessage({ kind: 'uploaded', sessionId: SessionId.parse('se_1') });
    await turn();
    expect(isProcessClosed()).toBe(true);
    expect(closed).toEqual([true]);
  });

  test('a host that does not prove the end in time is ended by force, and the end is told all the same', async () => {
    const { session, open, timers, turn, isProcessClosed, reports } = setUp();
    open();
    session.dispatch({ kind: 'end-asked', cause: 'closed-by-operator' });
    timers.advance(LEASE_MS);
    await turn();
    expect(isProcessClosed()).toBe(true);
    expect(reports.at(-1)?.endCause).toBe('closed-by-operator');
  });
});

import { describe, expect, it } from 'vitest';
import { LEASE_MS } from '../../contract/access.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { FromHost } from '../../contract/session-host.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import {
  fakeDetector,
  fakeRecorder,
  fakeRedactor,
  fakeTransport,
} from '../../test/support/fake-session-parts.ts';
import { fakeTimers } from '../../test/support/fake-timers.ts';
import { openFixture } from '../../test/support/session-fixtures.ts';
import type { SessionParts } from './session-parts.ts';
import { openSession } from './session.ts';

const NOW_MS = 1_800_000_000_000;
const bytes = (s: string): Uint8Array => new TextEncoder().encode(s);
const input = (s: string): Uint8Array => encodeTerminalMessage({ kind: 'input', bytes: bytes(s) });

function setUp(parts: Partial<SessionParts> = {}) {
  const timers = fakeTimers(5_000);
  const transport = fakeTransport();
  const recorder = fakeRecorder();
  const posted: FromHost[] = [];
  const open = openFixture({ exp: NOW_MS / 1000 + 100, graceMs: 10_000 });
  const session = openSession(open, message => posted.push(message), {
    openTransport: () => transport,
    createRecorder: () => recorder,
    createRedactor: fakeRedactor,
    createLineDetector: () => fakeDetector,
    createTokenOf: () => value => value,
    timers,
    wallNowMs: () => NOW_MS,
    ...parts,
  });
  const of = <K extends FromHost['kind']>(kind: K): Extract<FromHost, { kind: K }>[] =>
    posted.filter((message): message is Extract<FromHost, { kind: K }> => message.kind === kind);
  const type = (s: string): void => session.receive({ kind: 'data', frame: input(s) });
  const shown = (): string =>
    of('data')
      .map(message => decodeHostMessage(message.frame))
      .map(message => (message?.kind === 'output' ? new TextDecoder().decode(message.bytes) : ''))
      .join('');
  /** Lets promises go on. */
  const turn = async (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const openIt = async (): Promise<void> => {
    await turn();
    transport.open();
    await turn();
  };
  return { session, timers, transport, recorder, posted, of, type, shown, turn, openIt, open };
}

describe('a session', () => {
  it('says opened when the transport is there, and shows what the redactor returns', async () => {
    const { openIt, of, transport, shown, recorder } = setUp();
    await openIt();
    expect(of('opened')).toHaveLength(1);
    transport.onOutput(bytes('a S b'));
    expect(shown()).toBe('a * b');
    expect(recorder.events[1]).toMatchObject({ kind: 'marker', atMs: NOW_MS });
  });

  it('takes no input before main opens the gate, whatever frames say, and takes it after', async () => {
    const { openIt, type, session, transport, of } = setUp();
    await openIt();
    for (let kind = 0; kind < 256; kind++) {
      session.receive({ kind: 'data', frame: Uint8Array.of(kind, 1, 2, 3, 4) });
      session.receive({ kind: 'data', frame: Uint8Array.of(kind) });
    }
    type('id\r');
    expect(transport.written).toEqual([]);
    expect(of('gate')).toEqual([]);
    session.receive({ kind: 'gate', isOpen: true });
    type('id\r');
    expect(transport.written).toEqual([bytes('id\r')]);
    expect(of('gate')).toEqual([{ kind: 'gate', isOpen: true }]);
  });

  it('takes no input in the tick in which main closes the gate, covers or ends', async () => {
    for (const close of [
      { kind: 'gate', isOpen: false },
      { kind: 'cover', isCovered: true },
      { kind: 'end', cause: 'revoked' },
    ] as const) {
      const { openIt, type, session, transport } = setUp();
      await openIt();
      session.receive({ kind: 'gate', isOpen: true });
      session.receive(close);
      type('x');
      expect(transport.written).toEqual([]);
    }
  });

  it('pauses and hides under a cover, and goes on after it', async () => {
    const { openIt, session, transport, shown } = setUp();
    await openIt();
    session.receive({ kind: 'cover', isCovered: true });
    transport.onOutput(bytes('in between'));
    expect({ isPaused: transport.isPaused, shown: shown() }).toEqual({ isPaused: true, shown: '' });
    session.receive({ kind: 'cover', isCovered: false });
    expect({ isPaused: transport.isPaused, shown: shown() }).toEqual({
      isPaused: false,
      shown: 'in between',
    });
  });

  it('passes sizes on within limits, the last of many last, and a size from before the start', async () => {
    const { openIt, session, transport, timers } = setUp();
    const resize = (cols: number, rows: number): void =>
      session.receive({ kind: 'data', frame: encodeTerminalMessage({ kind: 'resize', cols, rows }) });
    resize(90, 30);
    await openIt();
    timers.advance(100);
    for (let cols = 91; cols <= 120; cols++) resize(cols, 30);
    resize(1, 30);
    resize(1001, 30);
    timers.advance(100);
    expect(transport.sizes).toEqual([
      [90, 30],
      [91, 30],
      [120, 30],
    ]);
  });

  it('ends with proof, seals, says ended once, then uploaded', async () => {
    const { openIt, session, transport, recorder, posted, of, turn } = setUp();
    await openIt();
    session.receive({ kind: 'end', cause: 'revoked' });
    session.receive({ kind: 'end', cause: 'operator' });
    await turn();
    expect(transport.endDeadlines).toHaveLength(1);
    expect(recorder.sealed).toEqual({ cause: 'revoked', processesLeft: 0, isChannelClosed: null });
    expect(of('ended')).toEqual([
      {
        kind: 'ended',
        cause: 'revoked',
        message: null,
        exitStatus: null,
        processesLeft: 0,
        recordingPath: '/spool/fake.sprec',
        segments: 1,
        bytes: 100,
      },
    ]);
    recorder.acknowledgeUpload();
    await turn();
    expect(posted.at(-1)).toMatchObject({ kind: 'uploaded' });
  });

  it('ends as exited with its status when the program is over, after its last output', async () => {
    const { openIt, transport, of, shown, turn, recorder } = setUp();
    await openIt();
    transport.onOutput(bytes('bye?'));
    transport.exit({ exitStatus: 7, signal: null, message: 'it broke' });
    await turn();
    expect(shown()).toBe('bye*');
    expect(of('ended')).toMatchObject([{ cause: 'exited', exitStatus: 7, message: 'it broke' }]);
    expect(recorder.events.map(event => event.kind)).toEqual(['output', 'output', 'exit']);
  });

  it('says why it could not open, and then ended, with the recording sealed', async () => {
    const { turn, transport, of, recorder } = setUp();
    await turn();
    transport.refuse(new SallyportError('host-key-changed', 'the key of the host is another one'));
    await turn();
    expect(of('opened')).toEqual([]);
    expect(of('failed')).toEqual([
      { kind: 'failed', error: { code: 'host-key-changed', message: 'the key of the host is another one' } },
    ]);
    expect(of('ended')).toMatchObject([{ cause: 'failed' }]);
    expect(recorder.sealed?.cause).toBe('failed');
    expect(transport.endDeadlines).toHaveLength(1);
  });

  it('does not open without a recorder', async () => {
    let isOpened = false;
    const { turn, of } = setUp({
      createRecorder: () => {
        throw new SallyportError('spool-full', 'no room');
      },
      openTransport: () => {
        isOpened = true;
        return fakeTransport();
      },
    });
    await turn();
    expect(isOpened).toBe(false);
    expect(of('failed')).toMatchObject([{ error: { code: 'spool-full' } }]);
    expect(of('ended')).toMatchObject([{ cause: 'failed', recordingPath: null, segments: 0 }]);
  });

  it('does not repeat the words of an unexpected error', async () => {
    const { turn, of } = setUp({
      openTransport: () => {
        throw new TypeError('cannot read "4012 8888 8888 1881"');
      },
    });
    await turn();
    expect(of('failed')).toMatchObject([{ error: { code: 'internal' } }]);
    expect(JSON.stringify(of('failed'))).not.toContain('4012');
  });

  it('asks for a lock, shuts the gate and shows nothing more when the recorder fails', async () => {
    const { openIt, session, type, transport, recorder, of, shown, turn } = setUp();
    await openIt();
    session.receive({ kind: 'gate', isOpen: true });
    recorder.refuse();
    transport.onOutput(bytes('unrecorded'));
    session.receive({ kind: 'gate', isOpen: true });
    type('x');
    expect(shown()).toBe('');
    expect(transport.written).toEqual([]);
    expect(transport.isPaused).toBe(true);
    expect(of('lock')).toMatchObject([{ reason: 'recorder-failed' }]);
    session.receive({ kind: 'end', cause: 'recorder-failed' });
    await turn();
    expect(of('ended')).toMatchObject([{ cause: 'recorder-failed', recordingPath: null }]);
  });

  it('closes the gate and asks for a lock, once, when the policy blocks what was found', async () => {
    const { openIt, session, transport, of, shown } = setUp();
    await openIt();
    session.receive({ kind: 'gate', isOpen: true });
    transport.onOutput(bytes('BBB'));
    expect(shown()).toBe('***');
    expect(of('gate').at(-1)).toEqual({ kind: 'gate', isOpen: false });
    expect(of('lock')).toMatchObject([{ reason: 'budget' }]);
    session.receive({ kind: 'gate', isOpen: true });
    transport.onOutput(bytes('B'));
    expect(of('lock')).toHaveLength(2);
  });

  it('covers itself when the grant is over and main says nothing, and ends after the grace', async () => {
    const { openIt, session, timers, transport, of, turn } = setUp();
    await openIt();
    session.receive({ kind: 'gate', isOpen: true });
    const beat = (ms: number): void => {
      for (let t = 0; t < ms; t += 1000) {
        session.heard();
        timers.advance(1000);
      }
    };
    beat(100_000);
    expect(of('lock')).toEqual([]);
    beat(1_000);
    expect(of('lock')).toMatchObject([{ reason: 'grant-expired' }]);
    expect(of('gate').at(-1)).toEqual({ kind: 'gate', isOpen: false });
    expect(transport.isPaused).toBe(true);
    beat(13_000);
    await turn();
    expect(of('ended')).toEqual([]);
    beat(1_000);
    await turn();
    expect(of('ended')).toMatchObject([{ cause: 'grant-expired' }]);
  });

  it('follows an extension and ignores a shorter one', async () => {
    const { openIt, session, timers, of, open } = setUp();
    await openIt();
    session.receive({ kind: 'extend', exp: open.grant.exp + 200 });
    session.receive({ kind: 'extend', exp: open.grant.exp - 50 });
    for (let t = 0; t < 300; t++) {
      session.heard();
      timers.advance(1000);
    }
    expect(of('lock')).toEqual([]);
    session.heard();
    timers.advance(1000);
    expect(of('lock')).toMatchObject([{ reason: 'grant-expired' }]);
  });

  it('closes the gate when main has been silent for as long as a lease', async () => {
    const { openIt, session, timers, of } = setUp();
    await openIt();
    session.receive({ kind: 'gate', isOpen: true });
    timers.advance(LEASE_MS - 1);
    expect(of('lock')).toEqual([]);
    timers.advance(1);
    expect(of('lock')).toMatchObject([{ reason: 'policy-stale' }]);
    expect(of('gate').at(-1)).toEqual({ kind: 'gate', isOpen: false });
  });

  it('ended while it is still opening, is ended and not failed', async () => {
    const { session, turn, transport, of } = setUp();
    await turn();
    session.receive({ kind: 'end', cause: 'closed-by-operator' });
    transport.refuse(new SallyportError('session-ended', 'ended before it was open'));
    await turn();
    expect(of('failed')).toEqual([]);
    expect(of('opened')).toEqual([]);
    expect(of('ended')).toMatchObject([{ cause: 'closed-by-operator' }]);
    expect(transport.endDeadlines).toHaveLength(1);
  });

  it('does not wait for a proof for ever', async () => {
    const stuck = { ...fakeTransport(), end: () => new Promise<never>(() => undefined) };
    const { session, timers, turn, of } = setUp({ openTransport: () => stuck });
    await turn();
    session.receive({ kind: 'end', cause: 'revoked' });
    await turn();
    timers.advance(7_000);
    await turn();
    timers.advance(500);
    await turn();
    expect(of('ended')).toMatchObject([{ cause: 'revoked', processesLeft: null }]);
  });

  it('leaves no timer behind', async () => {
    const { openIt, session, timers, turn, transport } = setUp();
    await openIt();
    transport.onOutput(bytes('S?'));
    session.receive({ kind: 'end', cause: 'operator' });
    await turn();
    timers.advance(1_000);
    expect(timers.pending).toBe(0);
  });
});

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AccessSnapshot } from '../../../contract/access.ts';
import { decodeTerminalMessage, encodeHostMessage } from '../../../core/data-plane/frame.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import type { TerminalPort } from '../../sessions/terminal-relay.ts';
import type { OwnKey } from './own-terminal.ts';
import { createOwnTerminal } from './own-terminal.ts';

const turn = async (): Promise<void> => new Promise(resolve => setImmediate(resolve));

function startTerminal({ isPlain = false } = {}) {
  const timers = fakeTimers();
  const stdout = new PassThrough();
  const stdin = new PassThrough();
  const keys: OwnKey[] = [];
  const sent: string[] = [];
  let seq = 0;
  let port: TerminalPort | null = null;
  const terminal = createOwnTerminal({
    stdin,
    stdout,
    isPlain,
    timers,
    onKey: key => keys.push(key),
    setRawOutput: () => undefined,
  });
  terminal.setTitle('Sallyport g', '');
  terminal.show(to => {
    port = to;
    return {
      receive(frame) {
        const message = decodeTerminalMessage(frame);
        if (message?.kind === 'input') sent.push(new TextDecoder().decode(message.bytes));
        return true;
      },
      detach: () => undefined,
    };
  });
  return {
    terminal,
    timers,
    keys,
    sent,
    type: (text: string) => void stdin.emit('data', Buffer.from(text)),
    output: (text: string) =>
      port?.send(
        encodeHostMessage({ kind: 'output', seq: (seq += 1), bytes: new TextEncoder().encode(text) }),
      ),
    written: () => String(stdout.read() ?? ''),
  };
}

const access = (expiresInMs: number, more: Partial<AccessSnapshot> = {}) =>
  AccessSnapshot.parse({
    sessionId: 'ses_00000001',
    grantId: 'gra_00000001',
    phase: 'granted',
    lockReasons: [],
    isGateOpen: true,
    nowMs: 5_000,
    expiresAtMs: 5_000 + expiresInMs,
    graceEndsAtMs: null,
    warningMs: null,
    endCause: null,
    extensionsLeft: 0,
    ...more,
  });
const EXPIRED: Partial<AccessSnapshot> = {
  phase: 'locked',
  lockReasons: ['grant-expired'],
  isGateOpen: false,
  graceEndsAtMs: 25_000,
  extensionsLeft: 1,
};

describe('the title of the own terminal', () => {
  it('counts down by itself, and is written when its words change', () => {
    const { terminal, timers, written } = startTerminal();
    terminal.accessChanged(access(150_000));
    expect(written()).toBe('\x1b]0;Sallyport g · 3 minutes left\x07');
    timers.advance(29_000);
    expect(written()).toBe('');
    timers.advance(2_000);
    expect(written()).toBe(
      '\x1b]0;Sallyport g · 2 minutes left\x07\x1b]0;Sallyport g · 119 seconds left\x07',
    );
    timers.advance(2_000);
    expect(written()).toBe(
      '\x1b]0;Sallyport g · 118 seconds left\x07\x1b]0;Sallyport g · 117 seconds left\x07',
    );
  });

  it('follows an extension, and stops with the session', () => {
    const { terminal, timers, written } = startTerminal();
    terminal.accessChanged(access(3_000));
    terminal.accessChanged(access(600_000));
    expect(written()).toContain('10 minutes left');
    terminal.restore();
    expect(timers.pending).toBe(0);
  });

  it('holds a message while a full-screen program has the screen, and then goes on', () => {
    const { terminal, timers, output, written } = startTerminal();
    terminal.accessChanged(access(100_000));
    output('\x1b[?1049h');
    written();
    terminal.say('Access ends in 100 seconds.');
    timers.advance(9_000);
    expect(written()).toBe('\x1b]0;Access ends in 100 seconds.\x07\x07');
    timers.advance(1_000);
    expect(written()).toBe('\x1b]0;Sallyport g · 90 seconds left\x07');
  });
});

it('a message stands out in reverse, and without it under NO_COLOR', () => {
  for (const [isPlain, line] of [
    [false, '\r\n\x1b[7m Sallyport: Soon. \x1b[0m\r\n'],
    [true, '\r\nSallyport: Soon.\r\n'],
  ] as const) {
    const { terminal, written } = startTerminal({ isPlain });
    terminal.say('Soon.');
    expect(written()).toBe(line);
  }
});

it('says in the title how the recording is, and how long a lock lasts', () => {
  const { terminal, written } = startTerminal();
  terminal.setTitle('shop\x07db', 'recorded');
  terminal.accessChanged(access(100_000));
  expect(written()).toBe('\x1b]0;shop?db · 100 seconds left · recorded\x07');
  terminal.setTitle('shop', 'recorded, upload offline');
  expect(written()).toBe('\x1b]0;shop · 100 seconds left · recorded, upload offline\x07');
  terminal.accessChanged(access(0, EXPIRED));
  expect(written()).toContain('shop · locked, ends in 20 seconds · recorded');
});

describe('a cover', () => {
  it('offers more time where the grant can be extended, and nowhere else', () => {
    const cases: readonly [Partial<AccessSnapshot>, boolean][] = [
      [EXPIRED, true],
      [{ ...EXPIRED, extensionsLeft: 0 }, false],
      [{ ...EXPIRED, lockReasons: ['revoked', 'grant-expired'] }, false],
      [{ ...EXPIRED, lockReasons: ['operator'] }, false],
    ];
    for (const [more, isOffered] of cases) {
      const { terminal, written } = startTerminal();
      terminal.accessChanged(access(0, more));
      expect(written().includes('Ctrl-] e asks for more time')).toBe(isOffered);
    }
  });

  it('tells what comes while it stands', () => {
    const { terminal, written } = startTerminal();
    terminal.accessChanged(access(0, EXPIRED));
    written();
    terminal.say('Asked for more.');
    expect(written()).toBe('\r\nAsked for more.\r\n');
  });
});

describe('a question', () => {
  it('takes the keys that were typed behind its own, and gives the session back with what came meanwhile', async () => {
    const { terminal, keys, sent, type, output, written } = startTerminal();
    type('ls\x1de');
    expect([keys, sent]).toEqual([['extend'], ['ls']]);
    const answers = terminal.ask(['How long? ', 'Why? ']);
    written();
    output('from the session');
    terminal.say('Soon.');
    type('15\r');
    await turn();
    type('incident\r');
    expect(written()).toBe('15\r\nWhy? incident\r\n');
    expect(await answers).toEqual(['15', 'incident']);
    expect(written()).toBe('\x1b[?1049l\x1b[?25hfrom the session\r\n\x1b[7m Sallyport: Soon. \x1b[0m\r\n');
    type('pwd');
    expect(sent).toEqual(['ls', 'pwd']);
  });

  it('gives way to the lock that came while it stood', async () => {
    const { terminal, type, output, written } = startTerminal();
    terminal.accessChanged(access(1_000));
    const answers = terminal.ask(['How long? ']);
    terminal.accessChanged(access(0, EXPIRED));
    output('shown later');
    written();
    type('\x03');
    expect(await answers).toBeNull();
    const covered = written();
    expect(covered).toMatch(/The grant has expired/);
    expect(covered).not.toContain('shown later');
    terminal.accessChanged(access(600_000));
    expect(written()).toMatch(/\x1b\[\?1049l\x1b\[\?25hshown later$/);
  });

  it('is given up when the session ends, and asks nothing beside another one', async () => {
    const { terminal } = startTerminal();
    const answers = terminal.ask(['How long? ']);
    expect(await terminal.ask(['Why? '])).toBeNull();
    terminal.restore();
    expect(await answers).toBeNull();
  });
});

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AccessSnapshot } from '../../../contract/access.ts';
import { encodeHostMessage } from '../../../core/data-plane/frame.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import type { TerminalPort } from '../../sessions/terminal-relay.ts';
import { createOwnTerminal } from './own-terminal.ts';

function startTerminal({ isPlain = false } = {}) {
  const timers = fakeTimers();
  const stdout = new PassThrough();
  let port: TerminalPort | null = null;
  const terminal = createOwnTerminal({
    stdin: new PassThrough(),
    stdout,
    title: 'Sallyport g',
    isPlain,
    timers,
    onKey: () => undefined,
    setRawOutput: () => undefined,
  });
  terminal.show(to => {
    port = to;
    return { receive: () => true, detach: () => undefined };
  });
  return {
    terminal,
    timers,
    output: (text: string) =>
      port?.send(encodeHostMessage({ kind: 'output', seq: 1, bytes: new TextEncoder().encode(text) })),
    written: () => String(stdout.read() ?? ''),
  };
}

const access = (expiresInMs: number) =>
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
  });

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

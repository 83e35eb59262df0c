import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { FromHost } from '../../contract/session-host.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import { verify } from '../support/recording-bench.ts';
import { RECORDER_HIGH_WATERMARK_BYTES } from '../../main/session-host/recorder/recorder.ts';
import { openFixture } from '../support/session-fixtures.ts';
import type { HostBench } from '../support/started-session.ts';
import {
  createHostBench,
  eventually,
  FAKE_HOST,
  processesMarked,
  quiet,
} from '../support/started-session.ts';

/** The real process and real shells, with a recorder that fails in the ways that a test says. */
const benches: HostBench[] = [];
const children: ChildProcess[] = [];
async function bench(): Promise<HostBench> {
  const made = await createHostBench(FAKE_HOST);
  benches.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(benches.splice(0).map(each => each.dispose()));
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const ENVIRONMENT = { PATH: '/usr/bin:/bin', HOME: '/tmp', SHELL: '/bin/sh', TERM: 'xterm-256color' };

describe('a session host whose recorder fails', () => {
  it('shows nothing that was not accepted, and asks for a lock', async () => {
    const { start, folder } = await bench();
    const accepted = join(folder, 'accepted');
    const { terminal } = await start({
      environment: { ...ENVIRONMENT, TEST_RECORDER: 'refuses:20000', TEST_ACCEPTED: accepted },
    });
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type('seq 1 100000\r');
    await expect(terminal.hears('lock')).resolves.toMatchObject({ reason: 'recorder-failed' });
    terminal.send({ kind: 'gate', isOpen: true });
    terminal.type('echo after\r');
    terminal.send({ kind: 'end', cause: 'recorder-failed' });
    await expect(terminal.hears('ended')).resolves.toMatchObject({
      cause: 'recorder-failed',
      processesLeft: 0,
    });
    expect(terminal.text).toBe(readFileSync(accepted, 'utf8'));
    expect(terminal.receivedBytes).toBeLessThanOrEqual(20_000);
  });

  it('holds the program while the recorder is full, loses nothing, and goes on when it drained', async () => {
    const { start, folder } = await bench();
    const accepted = join(folder, 'accepted');
    const { terminal } = await start({
      environment: { ...ENVIRONMENT, TEST_RECORDER: 'stuck', TEST_ACCEPTED: accepted },
    });
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type('seq 1 600000; echo over-$((1+1))\r');
    await terminal.hasReceived(RECORDER_HIGH_WATERMARK_BYTES);
    // Only what was read already may still come.
    await quiet(() => terminal.receivedBytes);
    expect(terminal.receivedBytes - RECORDER_HIGH_WATERMARK_BYTES).toBeLessThan(400_000);
    terminal.send({ kind: 'data', frame: encodeTerminalMessage({ kind: 'resize', cols: 100, rows: 30 }) });
    await terminal.sees(/over-2\r\n/);
    expect(readFileSync(accepted, 'utf8')).toMatch(/\r\n599999\r\n600000\r\nover-2\r\n/);
  });

  it('after an error that nobody expected says so without its words, ends the shell and exits', async () => {
    const { start, logs } = await bench();
    const { terminal, open } = await start({ environment: { ...ENVIRONMENT, TEST_RECORDER: 'throws' } });
    terminal.send({ kind: 'gate', isOpen: true });
    await terminal.sees(/[$#] /);
    terminal.type('echo 4012888888881881!\r');
    await expect(terminal.hears('failed')).resolves.toMatchObject({ error: { code: 'internal' } });
    await expect(terminal.hears('ended')).resolves.toMatchObject({ cause: 'failed', processesLeft: 0 });
    await expect(terminal.isLost()).resolves.toBe('exited');
    expect(processesMarked(open.sessionId)).toEqual([]);
    expect(JSON.stringify([terminal.messages, logs])).not.toContain('4012');
    expect(logs.join('\n')).toMatch(/unexpected-error RangeError/);
  });
});

describe('a session host whose main misbehaves', () => {
  /** A host on a bare channel: anything can be sent, and the channel can be cut. */
  async function bare() {
    const child = fork(FAKE_HOST, [], {
      env: {},
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    children.push(child);
    let log = '';
    child.stderr?.on('data', chunk => (log += String(chunk)));
    const messages: FromHost[] = [];
    const text = (): string =>
      messages
        .map(message => (message.kind === 'data' ? decodeHostMessage(message.frame) : null))
        .map(message => (message?.kind === 'output' ? Buffer.from(message.bytes).toString() : ''))
        .join('');
    child.on('message', message => messages.push(message as FromHost));
    await once(child, 'message');
    return {
      child,
      messages,
      text,
      log: () => log,
      says: (kind: string) => eventually(() => messages.some(m => m.kind === kind)),
    };
  }
  const input = (s: string) => ({
    kind: 'data',
    frame: encodeTerminalMessage({ kind: 'input', bytes: new TextEncoder().encode(s) }),
  });

  it('drops what makes no sense, and the session goes on with its gate closed', async () => {
    const { folder } = await bench();
    const { child, messages, log, says, text } = await bare();
    child.send(
      openFixture({
        spoolFolder: join(folder, 'spool'),
        environment: { ...ENVIRONMENT, TEST_RECORDER: 'memory' },
      }),
    );
    await says('opened');
    await eventually(() => /[$#] /.test(text()));
    const nonsense: unknown[] = [
      null,
      'gate',
      42,
      [],
      new Map([['kind', 'gate']]),
      { kind: 'gate', isOpen: 1 },
      { kind: 'gate', isOpen: 'true' },
      { kind: 'data', frame: { 0: 5, length: 1 } },
      { kind: 'data', frame: new ArrayBuffer(8) },
      { kind: 'end', cause: 'because' },
      { kind: 'open' },
      { kind: '__proto__' },
    ];
    for (const message of nonsense) child.send(message as object);
    child.send(input('echo not-allowed\r'));
    child.send({ kind: 'gate', isOpen: true });
    child.send(input('echo allowed-$((1+1))\r'));
    await eventually(() => text().includes('allowed-2'));
    expect(text()).not.toContain('not-allowed');
    expect(messages.filter(message => message.kind === 'gate')).toEqual([{ kind: 'gate', isOpen: true }]);
    expect(log().match(/malformed-message/g)).toHaveLength(nonsense.length);
  });

  it('that is gone: closes, seals the recording, ends the shell and exits by itself', async () => {
    const { folder } = await bench();
    const { child, says, text } = await bare();
    const open = openFixture({ spoolFolder: join(folder, 'spool'), recipients: [await recipient()] });
    child.send(open);
    await says('opened');
    child.send({ kind: 'gate', isOpen: true });
    await eventually(() => /[$#] /.test(text()));
    child.send(input('nohup sleep 1000 >/dev/null & echo up-$((1+1))\r'));
    await eventually(() => text().includes('up-2'));
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(processesMarked(open.sessionId)).toEqual([]);
    const path = join(folder, 'spool', `${open.sessionId}.sprec`);
    expect(existsSync(path)).toBe(true);
    expect(verify(readFileSync(path))).toMatchObject({
      isVerified: true,
      endCause: 'policy-stale',
    });
  });

  it('that only closes the channel of a spare gets rid of it', async () => {
    const { child } = await bare();
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
  });

  it('does not end for Ctrl-C in the terminal of main, and ends in order for SIGTERM', async () => {
    const { folder } = await bench();
    const { child, messages, says } = await bare();
    child.send(
      openFixture({
        spoolFolder: join(folder, 'spool'),
        environment: { ...ENVIRONMENT, TEST_RECORDER: 'memory' },
      }),
    );
    await says('opened');
    child.kill('SIGINT');
    child.kill('SIGHUP');
    child.send({ kind: 'heartbeat', n: 9 });
    await says('heartbeat');
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(messages.find(message => message.kind === 'ended')).toMatchObject({ cause: 'policy-stale' });
  });
});

async function recipient(): Promise<string> {
  const { generateIdentity, identityToRecipient } = await import('age-encryption');
  return identityToRecipient(await generateIdentity());
}

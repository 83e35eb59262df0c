import { describe, expect, it } from 'vitest';
import { HEARTBEAT_LOST_MS, HEARTBEAT_MS } from '../../contract/access.ts';
import { fakeTimers } from '../../test/support/fake-timers.ts';
import { openFixture } from '../../test/support/session-fixtures.ts';
import { createSessionHostPool } from './create-session-host-pool.ts';
import type { HostProcess } from './session-host-client.ts';

/** as in the pool */
const SPARE_AFTER_MS = 1_500;

interface FakeProcess extends HostProcess {
  readonly posted: { readonly kind: string; readonly n?: number }[];
  isAnswering: boolean;
  isKilled: boolean;
  exit(code: number | null): void;
}

function fakeProcess(): FakeProcess {
  const posted: FakeProcess['posted'] = [];
  const fake: FakeProcess = {
    posted,
    isAnswering: true,
    isKilled: false,
    onMessage: () => undefined,
    onExit: () => undefined,
    post(message) {
      const sent = message as FakeProcess['posted'][number];
      posted.push(sent);
      if (sent.kind === 'heartbeat' && fake.isAnswering) fake.onMessage(sent);
    },
    kill() {
      fake.isKilled = true;
    },
    exit: code => fake.onExit(code),
  };
  return fake;
}

function setUp({ keepsSpare = true } = {}) {
  const timers = fakeTimers();
  const hosts: FakeProcess[] = [];
  const orphans: string[] = [];
  const pool = createSessionHostPool({
    fork() {
      const host = fakeProcess();
      hosts.push(host);
      return host;
    },
    timers,
    keepsSpare,
    endOrphans: sessionId => orphans.push(sessionId),
  });
  const host = (index: number): FakeProcess => {
    const found = hosts[index];
    if (found === undefined) throw new Error(`there is no host ${index}`);
    return found;
  };
  timers.advance(SPARE_AFTER_MS);
  const take = async () => {
    const taking = pool.take();
    hosts.at(-1)?.onMessage({ kind: 'ready' });
    return taking;
  };
  return { pool, timers, hosts, host, orphans, take };
}

describe('a pool of session hosts', () => {
  it('starts one ahead, and the next when the session that took it has had the processor for itself', async () => {
    const { hosts, take, timers } = setUp();
    expect(hosts).toHaveLength(1);
    await take();
    timers.advance(SPARE_AFTER_MS - 1);
    expect(hosts).toHaveLength(1);
    timers.advance(1);
    expect(hosts).toHaveLength(2);
    timers.advance(10 * SPARE_AFTER_MS);
    expect(hosts).toHaveLength(2);
  });

  it('starts none that was not asked for where one session is all that is to be expected', async () => {
    const { pool, hosts, take, timers } = setUp({ keepsSpare: false });
    expect(hosts).toHaveLength(0);
    pool.prepare();
    pool.prepare();
    expect(hosts).toHaveLength(1);
    await take();
    timers.advance(10 * SPARE_AFTER_MS);
    expect(hosts).toHaveLength(1);
  });

  it('passes on control messages and frames, and drops what makes no sense', async () => {
    const { host, take } = setUp();
    const handle = await take();
    const messages: unknown[] = [];
    const frames: Uint8Array[] = [];
    handle.onMessage = message => messages.push(message);
    handle.onData = frame => frames.push(frame);
    host(0).onMessage({ kind: 'opened' });
    host(0).onMessage({ kind: 'gate', isOpen: 'yes' });
    host(0).onMessage('opened');
    host(0).onMessage({ kind: 'data', frame: Uint8Array.of(3) });
    expect(messages).toEqual([{ kind: 'opened' }]);
    expect(frames).toEqual([Uint8Array.of(3)]);
  });

  it('tells when a host with a session falls silent and when it answers again, and leaves it alone', async () => {
    const { timers, host, take } = setUp();
    const handle = await take();
    const silences: boolean[] = [];
    handle.onSilence = isSilent => silences.push(isSilent);
    handle.send(openFixture());
    timers.advance(10 * HEARTBEAT_LOST_MS);
    expect(silences).toEqual([]);
    host(0).isAnswering = false;
    timers.advance(HEARTBEAT_LOST_MS - HEARTBEAT_MS);
    expect(silences).toEqual([]);
    timers.advance(5 * HEARTBEAT_LOST_MS);
    expect(silences).toEqual([true]);
    host(0).isAnswering = true;
    timers.advance(2 * HEARTBEAT_MS);
    expect(silences).toEqual([true, false]);
    expect(host(0).isKilled).toBe(false);
    host(0).isAnswering = false;
    timers.advance(2 * HEARTBEAT_LOST_MS);
    expect(silences).toEqual([true, false, true]);
  });

  it('tells of a host without a session that is silent, once, and ends it by force', async () => {
    const { timers, host, take } = setUp();
    const handle = await take();
    const lost: string[] = [];
    handle.onLost = why => lost.push(why);
    timers.advance(10 * HEARTBEAT_LOST_MS);
    expect(lost).toEqual([]);
    host(0).isAnswering = false;
    timers.advance(HEARTBEAT_LOST_MS - HEARTBEAT_MS);
    expect(lost).toEqual([]);
    timers.advance(2 * HEARTBEAT_MS);
    expect(lost).toEqual(['unresponsive']);
    expect(host(0).isKilled).toBe(true);
    host(0).exit(null);
    expect(lost).toEqual(['unresponsive']);
  });

  it('tells of a host that exited, and has its orphans ended', async () => {
    const { host, take, orphans } = setUp();
    const handle = await take();
    const open = openFixture();
    handle.send(open);
    const lost: string[] = [];
    handle.onLost = (why, message) => lost.push(`${why}: ${message}`);
    host(0).exit(9);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatch(/^exited: .*exit code 9/);
    expect(orphans).toEqual([open.sessionId]);
  });

  it('closes by asking, and by force after the deadline, and that is no loss', async () => {
    const { timers, host, take } = setUp();
    const handle = await take();
    const lost: string[] = [];
    handle.onLost = why => lost.push(why);
    const closing = handle.close(3_000);
    expect(host(0).posted.at(-1)).toEqual({ kind: 'close' });
    timers.advance(2_999);
    expect(host(0).isKilled).toBe(false);
    timers.advance(1);
    expect(host(0).isKilled).toBe(true);
    host(0).exit(null);
    await closing;
    await handle.close(1_000);
    expect(lost).toEqual([]);
  });

  it('stops restarting after five failures within a minute, says so, and goes on after it', async () => {
    const { pool, timers, hosts, take } = setUp();
    for (let i = 0; i < 5; i++) hosts.at(-1)?.exit(1);
    expect(hosts).toHaveLength(5);
    await expect(pool.take()).rejects.toMatchObject({
      code: 'host-failed',
      message: expect.stringMatching(/Try again in 60 seconds/) as string,
    });
    timers.advance(59_999);
    await expect(pool.take()).rejects.toMatchObject({ code: 'host-failed' });
    timers.advance(1);
    const taking = take();
    expect(hosts).toHaveLength(6);
    hosts.at(-1)?.onMessage({ kind: 'ready' });
    await expect(taking).resolves.toBeDefined();
  });

  it('gives a host more time to get ready than to answer a heartbeat', async () => {
    const { pool, timers, host } = setUp();
    host(0).isAnswering = false;
    const taking = pool.take();
    timers.advance(3 * HEARTBEAT_LOST_MS);
    expect(host(0).isKilled).toBe(false);
    host(0).onMessage({ kind: 'ready' });
    await expect(taking).resolves.toBeDefined();
  });

  it('ends a host that does not get ready, and takes another', async () => {
    const { pool, timers, hosts, host } = setUp();
    const taking = pool.take();
    timers.advance(20_000);
    expect(host(0).isKilled).toBe(true);
    host(0).exit(null);
    await new Promise(resolve => setImmediate(resolve));
    hosts.at(-1)?.onMessage({ kind: 'ready' });
    await expect(taking).resolves.toBeDefined();
    expect(hosts.length).toBeGreaterThan(1);
  });

  it('gives two that are asked for at once two hosts', async () => {
    const { pool, hosts } = setUp();
    const both = [pool.take(), pool.take()];
    await new Promise(resolve => setImmediate(resolve));
    for (const each of hosts) each.onMessage({ kind: 'ready' });
    const [a, b] = await Promise.all(both);
    expect(a).not.toBe(b);
  });

  it('ends its spare and starts nothing more when it is disposed', async () => {
    const { pool, host, hosts } = setUp();
    const disposing = pool.dispose();
    host(0).exit(0);
    await disposing;
    expect(hosts).toHaveLength(1);
    await expect(pool.take()).rejects.toMatchObject({ code: 'host-failed' });
  });
});

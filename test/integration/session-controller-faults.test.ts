import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccessSnapshot } from '../../contract/access.ts';
import type { ServerHttp } from '../../main/server-client/server-http.ts';
import { fetchGrant } from '../../main/sessions/open-session.ts';
import type { ClientWorld } from '../support/client-world.ts';
import { attachTerminal, grantAccess, openTestWindow, startClientWorld } from '../support/client-world.ts';

let world: ClientWorld;
/** how far somebody has set the wall clock of the client's machine */
let wallOffsetMs = 0;
beforeAll(async () => {
  world = await startClientWorld({ graceMs: 12_000 }, { wallNowMs: () => Date.now() + wallOffsetMs });
});
afterAll(() => world.close());

async function openSession() {
  const { grantId } = await grantAccess(world, 600);
  const { sessionId } = await world.operator.ask('session.open', { grantId, cols: 80, rows: 24 });
  return { grantId, sessionId, terminal: attachTerminal(world.operator, sessionId) };
}
const answerOf = (terminal: { type(text: string): void }, a: number, b: number) =>
  terminal.type(`echo "=$((${a} * ${b}))="\r`);
const recordOf = async (sessionId: string) =>
  (await world.operator.ask('sessions.list', {})).find(each => each.id === sessionId);
const recordingOf = async (sessionId: string) =>
  (await world.reviewer.ask('recordings.list', {})).find(each => each.id === sessionId);

/** Linux: the processes that a process has started and not outlived. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function operatorServices() {
  const services = world.app.accounts().find(each => each.enrolled.account.id === world.operator.account.id);
  if (services === undefined) throw new Error('no operator');
  return services;
}

describe('a grant that this client may not use', () => {
  /** A server, or somebody on the way, that changes what it answers. */
  function tampering(http: ServerHttp, change: (jws: string) => string): ServerHttp {
    return {
      ...http,
      async call(name, args) {
        const answer = await http.call(name, args);
        return typeof answer === 'object' && 'jws' in answer && typeof answer.jws === 'string'
          ? { ...answer, jws: change(answer.jws) }
          : answer;
      },
    };
  }

  const longer = (jws: string): string => {
    const [header, payload = '', signature] = jws.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number };
    const changed = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 3600 })).toString('base64url');
    return `${header}.${changed}.${signature}`;
  };

  test('an altered one is refused, though it came from the server', async () => {
    const { grantId } = await grantAccess(world, 600);
    const { connection, enrolled } = operatorServices();
    const honest = { http: connection.http, time: connection.time, syncTime: connection.syncTime };
    await expect(fetchGrant(honest, enrolled, grantId)).resolves.toBeDefined();
    const altered = { ...honest, http: tampering(connection.http, longer) };
    await expect(fetchGrant(altered, enrolled, grantId)).rejects.toMatchObject({ code: 'grant-altered' });
  });

  test('one in the place of another is refused', async () => {
    const first = await grantAccess(world, 600);
    const second = await grantAccess(world, 600);
    const { connection, enrolled } = operatorServices();
    const { jws } = await connection.http.call('getGrant', { params: { id: second.grantId } });
    const swapped = {
      ...connection,
      time: connection.time,
      http: tampering(connection.http, () => jws ?? ''),
    };
    await expect(fetchGrant(swapped, enrolled, first.grantId)).rejects.toMatchObject({
      code: 'grant-foreign',
    });
  });

  test('one of another account is refused', async () => {
    const { grantId } = await grantAccess(world, 600);
    const answer = await world.approver.outcome('session.open', { grantId, cols: 80, rows: 24 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'grant-foreign' } });
  });

  test('an expired one is refused', async () => {
    const { grantId } = await grantAccess(world, 5);
    await expect
      .poll(
        async () => (await world.operator.ask('grants.list', {})).find(each => each.id === grantId)?.state,
        {
          timeout: 10_000,
        },
      )
      .toBe('expired');
    const answer = await world.operator.outcome('session.open', { grantId, cols: 80, rows: 24 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'grant-expired' } });
  });

  test('one that is not there is refused', async () => {
    const answer = await world.operator.outcome('session.open', { grantId: 'gr_none', cols: 80, rows: 24 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });
});

// A lease and a grace have to run out; the rest is what a busy machine may add.
describe('a server that does not answer', { timeout: 120_000 }, () => {
  test('at the start: the client says so in words, and works when the server comes', async () => {
    const { grantId } = await grantAccess(world, 600);
    world.network.cut();
    const app = world.openClient();
    try {
      const window = await openTestWindow(app, world.operator.account);
      const answer = await window.outcome('session.open', { grantId, cols: 80, rows: 24 });
      expect(answer).toMatchObject({ ok: false, error: { code: 'server-unreachable' } });
      await expect.poll(async () => (await window.ask('app.state', {})).server.state).toBe('offline');
      expect((await window.ask('app.state', {})).server.message).toMatch(/does not answer/);
      world.network.restore();
      await expect.poll(async () => (await window.ask('app.state', {})).server.state).toBe('online');
      const { sessionId } = await window.ask('session.open', { grantId, cols: 80, rows: 24 });
      await window.ask('session.end', { sessionId });
    } finally {
      world.network.restore();
      await app.dispose();
    }
  });

  test('for five seconds: the session goes on, and its recording is complete', async () => {
    const { sessionId, terminal } = await openSession();
    world.network.cut();
    answerOf(terminal, 9, 9);
    await terminal.until(/=81=/);
    await wait(5_000);
    answerOf(terminal, 9, 11);
    await terminal.until(/=99=/);
    world.network.restore();
    await world.operator.ask('session.end', { sessionId });
    await expect.poll(() => recordingOf(sessionId)).toMatchObject({ state: 'complete' });
    expect(await recordOf(sessionId)).toMatchObject({ endCause: 'closed-by-operator' });
  });

  test('longer than the lease: locks, drops what is typed, and opens again when it is back', async () => {
    const { sessionId, terminal } = await openSession();
    answerOf(terminal, 2, 21);
    await terminal.until(/=42=/);
    world.network.cut();
    const locked = await world.operator.untilAccess(sessionId, access => access.phase === 'locked');
    expect(locked.lockReasons).toEqual(['policy-stale']);
    answerOf(terminal, 2, 31);
    world.network.restore();
    await world.operator.untilAccess(sessionId, access => access.isGateOpen);
    answerOf(terminal, 2, 41);
    await terminal.until(/=82=/);
    expect(terminal.shown()).not.toContain('=62=');
    await world.operator.ask('session.end', { sessionId });
  });

  test('while the grant is revoked: the session does not open again, not for a moment', async () => {
    const { grantId, sessionId, terminal } = await openSession();
    answerOf(terminal, 4, 4);
    await terminal.until(/=16=/);
    world.network.cut();
    await world.operator.untilAccess(sessionId, access => access.phase === 'locked');
    const since = world.operator.events.length;
    await world.admin.call('revokeGrant', { params: { id: grantId }, input: { reason: 'test' } });
    world.network.restore();
    const ended = await world.operator.untilAccess(sessionId, access => access.phase === 'ended');
    expect(ended.endCause).toBe('revoked');
    const opened = world.operator.events
      .slice(since)
      .filter(({ name, payload }) => name === 'access.changed' && (payload as AccessSnapshot).isGateOpen);
    expect(opened).toEqual([]);
  });

  test('for good: the session ends by itself, and the server learns it when it can be told', async () => {
    const { sessionId, terminal } = await openSession();
    answerOf(terminal, 3, 3);
    await terminal.until(/=9=/);
    world.network.cut();
    const ended = await world.operator.untilAccess(sessionId, access => access.phase === 'ended');
    expect(ended.endCause).toBe('policy-stale');
    world.network.restore();
    await expect.poll(() => recordOf(sessionId)).toMatchObject({ endCause: 'policy-stale' });
    await expect.poll(() => recordingOf(sessionId)).toMatchObject({ state: 'complete' });
  });
});

test('after sleep the session is locked until the server answers, and opens with the lease that stands', async () => {
  const { connection } = operatorServices();
  const { sessionId } = await openSession();
  const { lease: old } = connection;
  // From here on there are seconds until the next lease.
  await expect.poll(() => connection.lease).not.toBe(old);
  const standing = connection.lease;
  world.app.resumed();
  expect(connection.lease).toBeNull();
  await world.operator.untilAccess(sessionId, access => access.phase === 'locked');
  await world.operator.untilAccess(sessionId, access => access.isGateOpen);
  expect(connection.lease).toBe(standing);
  await world.operator.ask('session.end', { sessionId });
});

test.each([
  ['back', -3_600_000],
  ['forward', 3_600_000],
])('a clock that is set %s by an hour locks for a moment, and moves the end not at all', async (_, byMs) => {
  const { connection } = operatorServices();
  const { sessionId, terminal } = await openSession();
  const before = await world.operator.untilAccess(sessionId, access => access.isGateOpen);
  const since = world.operator.events.length;
  wallOffsetMs += byMs;
  await expect
    .poll(
      () =>
        world.operator.events
          .slice(since)
          .some(({ name, payload }) => name === 'access.changed' && !(payload as AccessSnapshot).isGateOpen),
      { timeout: 30_000 },
    )
    .toBe(true);
  const after = await world.operator.untilAccess(sessionId, access => access.isGateOpen);
  expect(after.expiresAtMs).toBe(before.expiresAtMs);
  expect(Math.abs(connection.time.nowMs() - Date.now())).toBeLessThan(5_000);
  answerOf(terminal, 2, 51);
  await terminal.until(/=102=/);
  await world.operator.ask('session.end', { sessionId });
  // The processes of sessions read the true clock of this machine.
  wallOffsetMs = 0;
});

test.skipIf(process.platform !== 'linux')(
  'a session host that answers no more is ended by force, with the processes of its session',
  async () => {
    const { sessionId, terminal } = await openSession();
    terminal.type('echo "=$PPID="\r');
    const host = Number(/=(\d+)=/.exec(await terminal.until(/=\d+=/))?.[1]);
    const shells = childrenOf(host);
    expect(shells).not.toEqual([]);
    process.kill(host, 'SIGSTOP');
    const ended = await world.operator.untilAccess(sessionId, access => access.phase === 'ended');
    expect(ended.endCause).toBe('host-unresponsive');
    await expect.poll(() => [host, ...shells].filter(isRunning), { timeout: 30_000 }).toEqual([]);
    await expect
      .poll(() => recordOf(sessionId), { timeout: 30_000 })
      .toMatchObject({ endCause: 'host-unresponsive' });
  },
);

test('what a killed client left behind is closed and told by the next one', async () => {
  const { grantId } = await grantAccess(world, 600);
  const child = fork(
    fileURLToPath(new URL('../support/client-child.ts', import.meta.url)),
    [world.profileFolder, world.operator.account.id, grantId],
    { detached: true, stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] },
  );
  if (child.stdout === null || child.pid === undefined) throw new Error('no child');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const sessionId = line.toString().trim();
  // Its session hosts are in its process group: a power cut for all of them.
  process.kill(-child.pid, 'SIGKILL');
  await once(child, 'exit');
  expect(await recordOf(sessionId)).toMatchObject({ endCause: null });

  const app = world.openClient();
  try {
    await expect.poll(() => recordingOf(sessionId)).toMatchObject({ state: 'interrupted' });
    await expect.poll(() => recordOf(sessionId)).toMatchObject({ endCause: 'recovered' });
    const spools = join(world.profileFolder, 'spool');
    const left = () =>
      readdirSync(spools, { recursive: true, encoding: 'utf8' }).filter(name => name.includes(sessionId));
    // the server's receipt stays: whoever is asked later can show what was handed in
    await expect
      .poll(() => left().filter(name => !name.endsWith(join('receipts', `${sessionId}.jws`))))
      .toEqual([]);
    expect(left()).toHaveLength(1);
  } finally {
    await app.dispose();
  }
});

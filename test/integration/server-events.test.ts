import { compactVerify, createLocalJWKSet } from 'jose';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LEASE_MS } from '../../contract/access.ts';
import { TargetId } from '../../contract/ids.ts';
import type { AccessRequest, TargetSummary } from '../../contract/server-api.ts';
import { LEASE_TYP } from '../../contract/server-api.ts';
import type { TestDevice } from '../support/server-device.ts';
import { enrolDevice } from '../support/server-device.ts';
import type { TestServer } from '../support/test-server.ts';
import { grantAccess, startTestServer } from '../support/test-server.ts';

let server: TestServer;
let operator: TestDevice;
let approver: TestDevice;
let reviewer: TestDevice;
let target: TargetSummary;
beforeAll(async () => {
  server = await startTestServer({ leaseRenewalMs: 100, exposeDatabase: true });
  [operator, approver, reviewer] = [
    await server.person('Olga', 'operator'),
    await server.person('Anna', 'approver'),
    await server.person('Rita', 'reviewer'),
  ];
  await reviewer.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
  target = await server.target({ target: { id: TargetId.parse('shell'), kind: 'local', name: 'Shell' } });
});
afterAll(() => server.close());

async function connectDatabase(): Promise<Client> {
  const access = server.running().database;
  const client = new Client({
    host: access?.host,
    port: access?.port,
    user: access?.superuser,
    password: access?.password,
    database: 'sallyport',
  });
  await client.connect();
  return client;
}

const LONG = { timeout: 20_000 };

describe('the event stream', () => {
  test('a revocation reaches the holder at once, and others who decide', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const [own, deciding] = [await operator.events(), await approver.events()];
    const revoked = await approver.ok('revokeGrant', {
      params: { id: grant.id },
      input: { reason: 'suspicious' },
    });
    for (const stream of [own, deciding]) {
      const { event, sequence } = await stream.find(({ event }) => event.kind === 'grant-revoked');
      expect(event).toEqual({
        kind: 'grant-revoked',
        grantId: grant.id,
        rootId: grant.id,
        revokedAtMs: revoked.revokedAtMs,
        by: 'Anna',
        reason: 'suspicious',
      });
      expect(sequence).toBe(stream.start + 1);
      stream.close();
    }
  });

  test('that the input is frozen reaches those who decide, with how long it took, once', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const deciding = await approver.events();
    const { revokedAtMs } = await approver.ok('revokeGrant', {
      params: { id: grant.id },
      input: { reason: 'suspicious' },
    });
    const frozen = { params: { id: grant.id }, input: { frozenAtMs: (revokedAtMs ?? 0) + 1 } };
    const { revocationMs } = await operator.ok('reportFrozen', frozen);
    await operator.ok('reportFrozen', frozen);
    const { event } = await deciding.find(each => each.event.kind === 'grant-frozen');
    expect(event).toEqual({ kind: 'grant-frozen', grantId: grant.id, revocationMs });
    await grantAccess(operator, approver, { target });
    await deciding.find(each => each.event.kind === 'grant-issued');
    expect(deciding.received.filter(each => each.event.kind === 'grant-frozen')).toHaveLength(1);
    deciding.close();
  });

  test('an operator hears of own things, an approver of all, a reviewer of sessions', async () => {
    const stranger = await server.person('Otto', 'operator');
    const streams = { stranger: await stranger.events(), reviewer: await reviewer.events() };
    const grant = await grantAccess(operator, approver, { target });
    await operator.ok('createSession', { input: { grantId: grant.id } });
    await streams.reviewer.find(({ event }) => event.kind === 'session-changed');
    expect(streams.reviewer.received.map(({ event }) => event.kind)).not.toContain('grant-issued');
    const own = await grantAccess(stranger, approver, { target });
    const first = await streams.stranger.find(({ sequence }) => sequence !== null);
    expect(first.event).toMatchObject({ kind: 'request-changed', request: { requester: { name: 'Otto' } } });
    const issued = await streams.stranger.find(({ event }) => event.kind === 'grant-issued');
    expect(issued.event).toMatchObject({ grant: { id: own.id, jws: own.jws } });
    for (const stream of Object.values(streams)) stream.close();
  });

  test('a second device of the holder gets the grant without its JWS', async () => {
    const { enrolCode } = await server.administrator.ok('createEnrolCode', {
      params: { id: operator.account.id },
    });
    const second = await enrolDevice(server.url, enrolCode);
    const streams = [await second.events(), await approver.events()];
    await grantAccess(operator, approver, { target });
    for (const stream of streams) {
      const { event } = await stream.find(received => received.event.kind === 'grant-issued');
      expect(event).toMatchObject({ grant: { jws: null } });
      stream.close();
    }
  });

  test('the first lease comes at once, more follow, and each is signed for this device', async () => {
    const stream = await operator.events();
    await stream.find(() => stream.received.filter(({ event }) => event.kind === 'lease').length >= 3);
    stream.close();
    expect(stream.received[0]).toMatchObject({ sequence: null, event: { kind: 'lease' } });
    const keys = createLocalJWKSet({ keys: operator.enrolment.jwks.keys as [] });
    const leases = stream.received.flatMap(({ event }) => (event.kind === 'lease' ? [event.lease] : []));
    const claims = await Promise.all(
      leases.map(async lease => {
        const { payload, protectedHeader } = await compactVerify(lease, keys);
        expect(protectedHeader.typ).toBe(LEASE_TYP);
        return JSON.parse(new TextDecoder().decode(payload)) as { sub: string; now: number; until: number };
      }),
    );
    for (const { sub, now, until } of claims) {
      expect(sub).toBe(operator.deviceId);
      expect(until - now).toBe(LEASE_MS);
    }
    expect(claims.map(c => c.now)).toEqual(claims.map(c => c.now).sort((a, b) => a - b));
  });

  test('what was missed comes on resuming, in order and without gaps, while more is happening', async () => {
    const before = await operator.events();
    const { start } = before;
    before.close();
    for (let i = 0; i < 3; i++) await grantAccess(operator, approver, { target });
    const going = Promise.all(Array.from({ length: 5 }, () => grantAccess(operator, approver, { target })));
    const resumed = await operator.events(start);
    await going;
    // Each of the eight: asked, approved, issued.
    await resumed.find(({ sequence }) => sequence === start + 24);
    resumed.close();
    const numbers = resumed.received.flatMap(({ sequence }) => sequence ?? []);
    expect(numbers).toEqual(Array.from({ length: 24 }, (_, i) => start + 1 + i));
  });

  test('a number that there is not yet is a conflict', async () => {
    expect((await operator.events(1_000_000)).status).toBe(409);
  });

  test('two hundred streams get a revocation, each once', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const streams = await Promise.all(Array.from({ length: 200 }, () => operator.events()));
    await approver.ok('revokeGrant', { params: { id: grant.id }, input: { reason: 'all' } });
    await Promise.all(streams.map(stream => stream.find(({ event }) => event.kind === 'grant-revoked')));
    for (const stream of streams) {
      expect(stream.received.filter(({ event }) => event.kind === 'grant-revoked')).toHaveLength(1);
      stream.close();
    }
  });
});

describe('a session', () => {
  test('only another approver lets a suspended session go on', async () => {
    const bo = await server.person('Bo', 'operator', 'approver');
    const grant = await grantAccess(bo, approver, { target });
    const session = await bo.ok('createSession', { input: { grantId: grant.id } });
    const suspend = (who: TestDevice, isSuspended: boolean) =>
      who.call('suspendSession', { params: { id: session.id }, input: { isSuspended } });
    expect((await suspend(bo, true)).status).toBe(200);
    expect(await suspend(bo, false)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('Ask another approver') },
    });
    expect(await suspend(approver, false)).toMatchObject({ status: 200, body: { isSuspended: false } });
    const ofChain = await approver.ok('listSessions', { query: { chain: grant.id, running: 'true' } });
    expect(ofChain.sessions.map(({ id }) => id)).toEqual([session.id]);
  });

  test('none begins beside a revocation that is being committed', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const client = await connectDatabase();
    try {
      await client.query('BEGIN');
      await client.query("UPDATE sallyport.grants SET state = 'revoked', revoked_at_ms = 1 WHERE id = $1", [
        grant.id,
      ]);
      const creating = operator.call('createSession', { input: { grantId: grant.id } });
      // Once it waits for the row, it has looked at nothing older.
      await expect
        .poll(async () => {
          const { rows } = await client.query<{ waiting: number }>(
            "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
          );
          return rows[0]?.waiting;
        }, LONG)
        .toBeGreaterThan(0);
      await client.query('COMMIT');
      expect(await creating).toMatchObject({ status: 403, body: { code: 'grant-revoked' } });
    } finally {
      await client.end();
    }
    expect((await approver.ok('listSessions', { query: { chain: grant.id } })).sessions).toEqual([]);
  });
});

describe('a target that is disabled', () => {
  const id = TargetId.parse('moved');
  const put = () =>
    server.target({
      target: { id, kind: 'redis', name: 'Moved' },
      secret: { kind: 'password', username: 'root', password: 'hunter2-hunter2' },
    });
  const wish = { targetId: id, account: 'deploy', reason: 'x', durationS: 60 };
  const approve = (request: AccessRequest) =>
    approver.call('decideRequest', { params: { id: request.id }, input: { decision: 'approve' } });
  const set = (isDisabled: boolean, revokesGrants = false) =>
    server.administrator.ok('disableTarget', {
      params: { id },
      input: { isDisabled, revokesGrants, reason: 'it is being moved.' },
    });
  const refusal = {
    status: 409,
    body: {
      code: 'conflict',
      detail: expect.stringMatching(/"Moved" was disabled on .* by Root: it is being moved\./) as unknown,
    },
  };

  test('lets nothing new begin, says why, and what runs goes on until it is revoked', async () => {
    const grant = await grantAccess(operator, approver, { target: await put() });
    const session = await operator.ok('createSession', { input: { grantId: grant.id } });
    const otto = await server.person('Ove', 'operator');
    const waiting = await otto.ok('createRequest', { input: wish });
    expect(await set(true)).toMatchObject({ disabled: { by: 'Root', reason: 'it is being moved.' } });
    const own = { params: { id: grant.id } };
    for (const answer of [
      await operator.call('createRequest', { input: wish }),
      await operator.call('createRequest', { input: { ...wish, supersedes: grant.id } }),
      await operator.call('createSession', { input: { grantId: grant.id } }),
      await operator.call('createCredential', { ...own, input: {} }),
    ])
      expect(answer).toMatchObject(refusal);
    expect(await approve(waiting)).toMatchObject(refusal);
    // Other terms do not enable it.
    await put();
    expect(await approve(waiting)).toMatchObject(refusal);
    expect(await operator.ok('getGrant', own)).toMatchObject({ state: 'active' });
    await operator.ok('reportSession', {
      params: { id: session.id },
      input: { masked: {}, lockReasons: [], endCause: null },
    });
    await set(true, true);
    expect(await operator.ok('getGrant', own)).toMatchObject({ state: 'revoked' });

    expect((await set(false)).disabled).toBeUndefined();
    expect((await approve(waiting)).status).toBe(200);
    const { entries } = await server.administrator.ok('listAudit', { query: { limit: 30 } });
    const about = entries.filter(({ subject }) => subject === id);
    expect(about.map(({ action }) => action)).toEqual([
      'target.put',
      'target.disable',
      'target.put',
      'target.disable',
      'target.enable',
    ]);
    expect(about[3]?.detail).toMatchObject({ revokedGrants: 1 });
  });

  test('or that got limits which no client can keep, is not approved', async () => {
    const box = await server.target({ target: { id: TargetId.parse('box'), kind: 'local', name: 'Box' } });
    const request = await operator.ok('createRequest', {
      input: { targetId: box.id, account: 'deploy', reason: 'x', durationS: 60 },
    });
    await server.target({
      target: { id: box.id, kind: 'local', name: 'Box' },
      scope: { denyCommands: ['rm'] },
    });
    expect(await approve(request)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('nothing can hold it to its limits (denyCommands') as unknown },
    });
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { CompactSign, compactVerify, createLocalJWKSet } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReviewerGroupId, TargetId } from '../../contract/ids.ts';
import { PROOF_TYP, TIME_TYP } from '../../contract/server-api.ts';
import type { Answer, TestDevice } from '../support/server-device.ts';
import { enrolDevice, send } from '../support/server-device.ts';
import type { TestServer } from '../support/test-server.ts';
import { grantAccess, startTestServer } from '../support/test-server.ts';

let server: TestServer;
let operator: TestDevice;
let approver: TestDevice;
beforeAll(async () => {
  server = await startTestServer();
  operator = await server.person('Olga', 'operator');
  approver = await server.person('Ann', 'approver');
});
afterAll(() => server.close());

const PATH = '/v1/account';
const get = (proof: string): Promise<Answer> =>
  send(`${server.url()}${PATH}`, 'GET', { authorization: `Sallyport ${proof}` });

describe('enrolment', () => {
  test('a code makes a device that can prove itself', async () => {
    const { account, deviceId } = await operator.ok('whoAmI');
    expect(account).toEqual({ id: operator.account.id, name: 'Olga', roles: ['operator'] });
    expect(deviceId).toBe(operator.deviceId);
  });

  test('a code is good once', async () => {
    const { enrolCode } = await server.administrator.ok('createEnrolCode', {
      params: { id: operator.account.id },
    });
    await enrolDevice(server.url, enrolCode);
    await expect(enrolDevice(server.url, enrolCode)).rejects.toThrow('unknown, used or expired');
  });

  test('a code that nobody made is refused', async () => {
    await expect(enrolDevice(server.url, 'abcdefghijklmnop')).rejects.toThrow('not-signed-in');
  });

  test('only an administrator makes accounts', async () => {
    const answer = await operator.call('createAccount', { input: { name: 'Eve', roles: ['administrator'] } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    const { entries } = await server.administrator.ok('listAudit');
    expect(entries.at(-1)).toMatchObject({ actor: 'Olga', action: 'refused', subject: 'createAccount' });
  });

  test('a name is taken once, in whatever case', async () => {
    const answer = await server.administrator.call('createAccount', {
      input: { name: 'OLGA', roles: ['operator'] },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });
});

describe('device proof', () => {
  test('without one, a request is refused before its body is looked at', async () => {
    const answer = await send(`${server.url()}/v1/requests`, 'POST', { body: { nonsense: true } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test('a proof is good once', async () => {
    const proof = await operator.proof({ method: 'GET', path: PATH });
    expect((await get(proof)).status).toBe(200);
    expect(await get(proof)).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining('used before') },
    });
  });

  test('of two uses at the same moment one wins', async () => {
    const proof = await operator.proof({ method: 'GET', path: PATH });
    const statuses = await Promise.all([get(proof), get(proof), get(proof)].map(async a => (await a).status));
    expect(statuses.sort()).toEqual([200, 401, 401]);
  });

  test('an altered proof is refused, whichever part was altered', async () => {
    const proof = await operator.proof({ method: 'GET', path: PATH });
    const parts = proof.split('.');
    for (const index of [0, 1, 2]) {
      const altered = parts.map((part, i) =>
        i === index ? `${part.slice(0, 10)}${part[10] === 'A' ? 'B' : 'A'}${part.slice(11)}` : part,
      );
      expect((await get(altered.join('.'))).status).toBe(401);
    }
    expect((await get(proof)).status).toBe(200);
  });

  test('one for another server, path, query or method is refused', async () => {
    const request = { method: 'GET', path: PATH };
    const foreign = [
      await operator.proof(request, { aud: 'sallyport-elsewhere' }),
      await operator.proof({ ...request, path: '/v1/grants' }),
      await operator.proof({ ...request, path: `${PATH}?limit=1` }),
      await operator.proof({ ...request, method: 'POST' }),
    ];
    for (const proof of foreign) expect((await get(proof)).status).toBe(401);
  });

  test('a stale or future one is refused, with the time of the server', async () => {
    const nowS = Math.floor(Date.now() / 1000);
    for (const iat of [nowS - 40, nowS + 40]) {
      const answer = await get(await operator.proof({ method: 'GET', path: PATH }, { iat }));
      expect(answer.status).toBe(401);
      expect(Math.abs(Number(answer.headers.get('x-server-time')) - Date.now())).toBeLessThan(10_000);
    }
    const within = await operator.proof({ method: 'GET', path: PATH }, { iat: nowS - 20 });
    expect((await get(within)).status).toBe(200);
  });

  test('one signed by another key, of another type or with another algorithm is refused', async () => {
    const claims = JSON.parse(
      Buffer.from(
        (await operator.proof({ method: 'GET', path: PATH })).split('.')[1] ?? '',
        'base64url',
      ).toString(),
    ) as Record<string, unknown>;
    const payload = new TextEncoder().encode(JSON.stringify(claims));
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const forged = [
      await new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', typ: PROOF_TYP }).sign(stranger),
      await new CompactSign(payload)
        .setProtectedHeader({ alg: 'EdDSA', typ: 'sallyport-grant+jwt' })
        .sign(operator.privateKey),
      await new CompactSign(payload)
        .setProtectedHeader({ alg: 'HS256', typ: PROOF_TYP })
        .sign(Buffer.from(operator.publicKey, 'base64url')),
      `${Buffer.from(JSON.stringify({ alg: 'none', typ: PROOF_TYP })).toString('base64url')}.${Buffer.from(payload).toString('base64url')}.`,
    ];
    for (const proof of forged) expect((await get(proof)).status).toBe(401);
  });

  test('a revoked device is refused, and its streams end', async () => {
    const lost = await server.person('Lena', 'operator');
    const stream = await lost.events();
    await lost.ok('whoAmI');
    await server.administrator.ok('revokeDevice', { input: { deviceId: lost.deviceId, reason: 'lost' } });
    for (let i = 0; i < 3; i += 1) expect((await lost.call('whoAmI')).status).toBe(401);
    await stream.ended;
    const { entries } = await server.administrator.ok('listAudit', { query: { limit: 200 } });
    const refused = entries.filter(
      ({ action, subject }) => action === 'device.refused' && subject === lost.deviceId,
    );
    // Once, however often it asks.
    expect(refused).toMatchObject([
      { actor: 'server', detail: { reason: 'This device was revoked.', address: '127.0.0.1' } },
    ]);
  });

  test('an account that is disabled has nothing left, and comes back by nothing', async () => {
    const lea = await server.person('Lea', 'operator', 'reviewer');
    const stream = await lea.events();
    const { id } = lea.account;
    const further = await server.administrator.ok('createEnrolCode', { params: { id } });
    const recipient = `age1${'z'.repeat(58)}`;
    const glass = `age1${'y'.repeat(58)}`;
    await lea.ok('putRecipient', { input: { recipient } });
    const breakGlass = { recipient: glass, accountId: id, isBreakGlass: true };
    await server.administrator.ok('putRecipient', { input: breakGlass });
    const group = { id: ReviewerGroupId.parse('leaving') };
    await server.administrator.ok('changeReviewerGroup', { input: { ...group, add: [id] } });
    const target = await server.target({
      target: { id: TargetId.parse('shell'), kind: 'local', name: 'Shell' },
    });
    const grant = await grantAccess(lea, approver, { target });
    const session = await lea.ok('createSession', { input: { grantId: grant.id } });
    const disable = (who: TestDevice) =>
      who.call('disableAccount', { params: { id }, input: { reason: 'left the company' } });
    expect((await disable(operator)).status).toBe(403);
    expect(await disable(server.administrator)).toMatchObject({
      status: 200,
      body: { devices: 1, sessions: 1, retired: [recipient], leftGroups: ['leaving'] },
    });
    await stream.ended;
    expect(stream.received.map(({ event }) => event.kind)).toContain('grant-revoked');
    const params = { id: grant.id };
    expect(await server.administrator.ok('getGrant', { params })).toMatchObject({ state: 'revoked' });
    const { sessions } = await server.administrator.ok('listSessions');
    expect(sessions.find(each => each.id === session.id)).toMatchObject({ endCause: 'revoked' });
    expect((await lea.call('whoAmI')).status).toBe(401);
    await expect(enrolDevice(server.url, further.enrolCode)).rejects.toThrow('not-signed-in');
    expect((await server.administrator.call('createEnrolCode', { params: { id } })).status).toBe(409);
    const again = { input: { recipient, accountId: id } };
    expect((await server.administrator.call('putRecipient', again)).status).toBe(400);
    expect(
      (await server.administrator.call('changeReviewerGroup', { input: { ...group, add: [id] } })).status,
    ).toBe(400);
    const active = (await server.administrator.ok('listRecipients')).recipients.map(each => each.recipient);
    expect(active).toEqual([glass]);
    const query = { retired: 'true' };
    const { recipients } = await server.administrator.ok('listRecipients', { query });
    expect(recipients).toMatchObject([
      { recipient, retiredAtMs: expect.any(Number) as unknown },
      { recipient: glass },
    ]);
    expect((await disable(server.administrator)).status).toBe(409);
    const { entries } = await server.administrator.ok('listAudit', { query: { limit: 200 } });
    const about = entries.filter(({ subject }) => subject === id).map(({ action }) => action);
    expect(about.slice(-2)).toEqual(['recipient.retire', 'account.disable']);
    expect(entries.find(({ action }) => action === 'account.disable')?.detail).toMatchObject({
      reason: 'left the company',
    });
  });

  test('the last administrator or approver who could act is not disabled; of two at once one stays', async () => {
    const disable = (who: TestDevice, id = who.account.id) =>
      server.administrator.call('disableAccount', { params: { id }, input: { reason: 'a test' } });
    const refused = await disable(server.administrator);
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('the last administrator') as unknown },
    });
    // without a device nobody can act as them
    await server.administrator.ok('createAccount', { input: { name: 'Later', roles: ['administrator'] } });
    expect((await disable(server.administrator)).status).toBe(409);
    const both = [approver, await server.person('Ada', 'approver')];
    const answers = await Promise.all(both.map(who => disable(who)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test("another person's device cannot be revoked by an operator", async () => {
    const answer = await operator.call('revokeDevice', {
      input: { deviceId: server.administrator.deviceId, reason: 'mischief' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('open routes', () => {
  test('signed time verifies by the published keys, and repeats what it is asked with', async () => {
    const jwks = (await send(`${server.url()}/v1/jwks`, 'GET')).body as { keys: [] };
    const nonce = 'a-nonce-of-this-test';
    const answer = await send(`${server.url()}/v1/time?nonce=${nonce}`, 'GET');
    const { time } = answer.body as { time: string };
    const { payload, protectedHeader } = await compactVerify(time, createLocalJWKSet(jwks));
    expect(protectedHeader.typ).toBe(TIME_TYP);
    const { now, ...rest } = JSON.parse(new TextDecoder().decode(payload)) as { now: number };
    expect(rest).toEqual({ nonce });
    expect(Math.abs(now - Date.now())).toBeLessThan(10_000);
    expect(jwks).toEqual({ keys: operator.enrolment.jwks.keys });
    expect(JSON.stringify(jwks)).not.toContain('"d"');
  });

  test('health and readiness answer', async () => {
    expect((await send(`${server.url()}/healthz`, 'GET')).body).toEqual({ ok: true });
    expect((await send(`${server.url()}/readyz`, 'GET')).body).toEqual({ ok: true });
  });
});

describe('bad input', () => {
  const raw = (path: string, init: RequestInit) => fetch(`${server.url()}${path}`, init);

  test('gets a problem that names the key, in JSON, whatever is wrong', async () => {
    const wrong = await operator.call('createRequest', {
      // What the type forbids is what the server must refuse.
      input: { targetId: 'x', account: 'a', reason: '', durationS: 1 } as never,
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({ code: 'bad-input', status: 400 });
    expect(JSON.stringify(wrong.body)).toContain('durationS');
    const answers = [
      await raw('/v1/enrol', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }),
      await raw('/v1/enrol', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }),
      await raw('/v1/enrol', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' }),
      await raw('/v1/nowhere', { method: 'GET' }),
      await raw('/v1/enrol', { method: 'DELETE' }),
      await raw('/v1/%zz', { method: 'GET' }),
      await raw('/v1/enrol', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: 'x'.repeat(2_000_000) }),
      }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
    }
  });

  test('a field that the schema does not know is refused', async () => {
    const answer = await server.administrator.call('createAccount', {
      input: { name: 'Mallory', roles: ['operator'], isAdmin: true } as never,
    });
    expect(answer.status).toBe(400);
  });
});

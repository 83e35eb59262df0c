import { compactVerify, createLocalJWKSet } from 'jose';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRANT_TYP, GrantClaims } from '../../contract/grant.ts';
import { TargetId } from '../../contract/ids.ts';
import type { AccessRequest, GrantRecord, TargetSummary } from '../../contract/server-api.ts';
import { CHAIN_START, firstBrokenEntry } from '../../core/transparency/audit-chain.ts';
import { TREE_HASH } from '../../server/transparency/log-tree.ts';
import type { TestDevice } from '../support/server-device.ts';
import { enrolDevice } from '../support/server-device.ts';
import type { TestServer } from '../support/test-server.ts';
import { grantAccess, startTestServer } from '../support/test-server.ts';

const RECIPIENT = `age1${'q'.repeat(58)}`;
let server: TestServer;
let operator: TestDevice;
let approver: TestDevice;
let reviewer: TestDevice;
let target: TargetSummary;
/** added to the server's clock */
let aheadMs = 0;
beforeAll(async () => {
  server = await startTestServer({
    nowMs: () => Date.now() + aheadMs,
    sweepMs: 50,
    exposeDatabase: true,
  });
  [operator, approver, reviewer] = [
    await server.person('Olga', 'operator'),
    await server.person('Anna', 'approver', 'operator'),
    await server.person('Rita', 'reviewer', 'operator'),
  ];
  target = await server.target({
    target: { id: TargetId.parse('shell'), kind: 'redis', name: 'Cache' },
    scope: { denyCommands: ['FLUSHALL'] },
    session: { graceMs: 60_000, maxExtensions: 1 },
    secret: { kind: 'password', username: 'root', password: 'hunter2-hunter2' },
  });
});
afterAll(() => server.close());

async function ask(
  who: TestDevice,
  changes: { durationS?: number; readOnly?: boolean; supersedes?: string } = {},
): Promise<AccessRequest> {
  const { durationS = 600, readOnly = false, supersedes } = changes;
  return who.ok('createRequest', {
    input: {
      targetId: target.id,
      account: 'deploy',
      reason: 'to look at the queue',
      durationS,
      readOnly,
      ...(supersedes === undefined ? {} : { supersedes }),
    },
  });
}

const decide = (who: TestDevice, request: AccessRequest, input: object) =>
  who.call('decideRequest', { params: { id: request.id }, input: { decision: 'approve', ...input } });

async function claimsOf(grant: GrantRecord): Promise<GrantClaims> {
  const keys = createLocalJWKSet({ keys: operator.enrolment.jwks.keys as [] });
  const { payload, protectedHeader } = await compactVerify(grant.jws ?? '', keys);
  expect(protectedHeader.typ).toBe(GRANT_TYP);
  return GrantClaims.parse(JSON.parse(new TextDecoder().decode(payload)));
}

describe('before there is a reviewer', () => {
  test('no grant is issued, in words, and the request stays open', async () => {
    const request = await ask(operator);
    const answer = await decide(approver, request, {});
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('no reviewer') } });
    expect(await operator.ok('getRequest', { params: { id: request.id } })).toMatchObject({
      state: 'pending',
    });
    await operator.ok('withdrawRequest', { params: { id: request.id } });
  });

  test('an operator is no recipient, a reviewer is', async () => {
    const refused = await operator.call('putRecipient', { input: { recipient: RECIPIENT } });
    expect(refused.status).toBe(403);
    await reviewer.ok('putRecipient', { input: { recipient: RECIPIENT } });
    expect(await reviewer.ok('listRecipients')).toMatchObject({ recipients: [{ recipient: RECIPIENT }] });
  });
});

describe('requests and grants', () => {
  test('an approved request becomes a grant that verifies by the published keys', async () => {
    const request = await ask(operator, { durationS: 300 });
    expect(request).toMatchObject({ state: 'pending', requester: { name: 'Olga' }, grantId: null });
    const decided = await approver.ok('decideRequest', {
      params: { id: request.id },
      input: { decision: 'approve', note: 'fine' },
    });
    expect(decided).toMatchObject({
      state: 'approved',
      decidedBy: { name: 'Anna' },
      decisionNote: 'fine',
    });
    const grant = await operator.ok('getGrant', { params: { id: decided.grantId ?? '' } });
    const claims = await claimsOf(grant);
    expect(claims).toMatchObject({
      iss: operator.enrolment.issuer,
      aud: operator.enrolment.audience,
      sub: operator.account.id,
      jti: grant.id,
      device: operator.deviceId,
      request: request.id,
      target: { id: 'shell', account: 'deploy' },
      scope: { readOnly: false, denyCommands: ['FLUSHALL'] },
      recording: { recipients: [RECIPIENT], strict: true },
      reason: 'to look at the queue',
      approved_by: [approver.account.id],
    });
    expect(claims.exp - claims.nbf).toBe(300);
    expect(grant.expiresAtMs).toBe(claims.exp * 1000);
    expect(JSON.stringify(claims)).not.toContain('hunter2');
  });

  test('the JWS is for the holder’s device alone', async () => {
    const grant = await grantAccess(operator, approver, { target });
    expect(grant.jws).not.toBeNull();
    expect((await approver.ok('getGrant', { params: { id: grant.id } })).jws).toBeNull();
    const { enrolCode } = await server.administrator.ok('createEnrolCode', {
      params: { id: operator.account.id },
    });
    const second = await enrolDevice(server.url, enrolCode);
    expect((await second.ok('getGrant', { params: { id: grant.id } })).jws).toBeNull();
  });

  test('an approver narrows, and never widens', async () => {
    const wide = await ask(operator, { durationS: 300 });
    expect((await decide(approver, wide, { durationS: 301 })).status).toBe(400);
    expect((await decide(approver, wide, { durationS: 60, readOnly: true })).status).toBe(200);
    const { grantId } = await operator.ok('getRequest', { params: { id: wide.id } });
    const claims = await claimsOf(await operator.ok('getGrant', { params: { id: grantId ?? '' } }));
    expect(claims.exp - claims.nbf).toBe(60);
    expect(claims.scope.readOnly).toBe(true);

    const readOnly = await ask(operator, { readOnly: true });
    expect((await decide(approver, readOnly, { readOnly: false })).status).toBe(400);
    await operator.ok('withdrawRequest', { params: { id: readOnly.id } });
  });

  test('nobody approves an own request, unless the target allows it', async () => {
    const own = await ask(approver);
    expect(await decide(approver, own, {})).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('another approver') },
    });
    const relaxed = await server.target({
      target: { id: TargetId.parse('sandbox'), kind: 'local', name: 'Sandbox' },
      allowSelfApproval: true,
    });
    expect((await grantAccess(approver, approver, { target: relaxed })).state).toBe('active');
    await approver.ok('withdrawRequest', { params: { id: own.id } });
  });

  test('operators, reviewers and administrators decide nothing', async () => {
    const request = await ask(operator);
    for (const who of [operator, reviewer, server.administrator]) {
      expect((await decide(who, request, {})).status).toBe(403);
    }
    await operator.ok('withdrawRequest', { params: { id: request.id } });
  });

  test('a request is decided once', async () => {
    const request = await ask(operator);
    const answers = await Promise.all([
      decide(approver, request, {}),
      decide(approver, request, { decision: 'deny' }),
    ]);
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409]);
    const withdrawn = await operator.call('withdrawRequest', { params: { id: request.id } });
    expect(withdrawn.status).toBe(409);
  });

  test('an operator sees own requests and grants only', async () => {
    const request = await ask(approver);
    const { requests } = await operator.ok('listRequests');
    expect(new Set(requests.map(r => r.requester.name))).toEqual(new Set(['Olga']));
    expect((await operator.call('getRequest', { params: { id: request.id } })).status).toBe(403);
    const { grants } = await operator.ok('listGrants');
    expect(new Set(grants.map(g => g.holder.name))).toEqual(new Set(['Olga']));
    expect((await approver.ok('listRequests')).requests.length).toBeGreaterThan(requests.length);
    await approver.ok('withdrawRequest', { params: { id: request.id } });
  });

  test('a login that the target does not have, or more time than it allows, is refused', async () => {
    for (const changes of [{ account: 'root' }, { durationS: 3601 }, { targetId: 'nowhere' }]) {
      const answer = await operator.call('createRequest', {
        input: { targetId: target.id, account: 'deploy', reason: 'x', durationS: 60, ...changes },
      });
      expect([400, 404]).toContain(answer.status);
    }
  });
});

describe('extension', () => {
  test('it supersedes, ends later, counts, and stops at the limit', async () => {
    const first = await grantAccess(operator, approver, { target, durationS: 120 });
    const second = await grantAccess(operator, approver, { target, durationS: 60, supersedes: first.id });
    expect(second.supersedes).toBe(first.id);
    expect((await claimsOf(second)).supersedes).toBe(first.id);
    expect(second.expiresAtMs).toBe(first.expiresAtMs + 60_000);
    expect(await operator.ok('getGrant', { params: { id: first.id } })).toMatchObject({
      state: 'superseded',
    });
    const third = await operator.call('createRequest', {
      input: {
        targetId: target.id,
        account: 'deploy',
        reason: 'more',
        durationS: 60,
        supersedes: second.id,
      },
    });
    expect(third).toMatchObject({ status: 409, body: { detail: expect.stringContaining('limit') } });
    const revoked = await approver.ok('revokeGrant', {
      params: { id: first.id },
      input: { reason: 'enough' },
    });
    expect(revoked).toMatchObject({ id: second.id, rootId: first.id, state: 'revoked' });
    const { grants } = await operator.ok('listGrants', { query: { chain: first.id } });
    expect(grants.map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  test("another person's grant, a revoked one, and one whose grace is over cannot be extended", async () => {
    const grant = await grantAccess(operator, approver, { target, durationS: 60 });
    const extend = (who: TestDevice) =>
      who.call('createRequest', {
        input: { targetId: target.id, account: 'deploy', reason: 'x', durationS: 60, supersedes: grant.id },
      });
    expect((await extend(reviewer)).status).toBe(409);
    const waiting = await ask(operator, { supersedes: grant.id });
    expect((await extend(operator)).status).toBe(409);
    await operator.ok('revokeGrant', { params: { id: grant.id }, input: { reason: 'done' } });
    expect((await decide(approver, waiting, {})).status).toBe(409);
    await operator.ok('withdrawRequest', { params: { id: waiting.id } });
    expect((await extend(operator)).status).toBe(409);
  });
});

describe('revocation', () => {
  test('approvers and the holder revoke, others do not, and only once', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const revoke = (who: TestDevice) =>
      who.call('revokeGrant', { params: { id: grant.id }, input: { reason: 'enough' } });
    expect((await revoke(reviewer)).status).toBe(403);
    expect(await revoke(approver)).toMatchObject({ status: 200, body: { state: 'revoked' } });
    expect((await revoke(approver)).status).toBe(409);
  });

  test('the measured latency is that of the slowest session, and a time that cannot be is refused', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const frozen = (frozenAtMs: number) =>
      operator.call('reportFrozen', { params: { id: grant.id }, input: { frozenAtMs } });
    expect((await frozen(Date.now())).status).toBe(409);
    const { revokedAtMs } = await approver.ok('revokeGrant', {
      params: { id: grant.id },
      input: { reason: 'enough' },
    });
    const at = revokedAtMs ?? 0;
    expect((await frozen(at - 60_000)).status).toBe(400);
    expect((await frozen(at + 60_000)).status).toBe(400);
    expect(await frozen(at + 1)).toMatchObject({ status: 200, body: { revocationMs: expect.any(Number) } });
    aheadMs += 5_000;
    await frozen(at + 4_321);
    await frozen(at);
    expect((await approver.ok('getGrant', { params: { id: grant.id } })).revocationMs).toBe(4_321);
    aheadMs -= 5_000;
    expect(
      (await approver.call('reportFrozen', { params: { id: grant.id }, input: { frozenAtMs: at } })).status,
    ).toBe(403);
  });
});

describe('sessions', () => {
  test('a session is registered, reported, suspended and ended', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const session = await operator.ok('createSession', { input: { grantId: grant.id } });
    const again = { input: { grantId: grant.id, sessionId: session.id } };
    expect(await operator.ok('createSession', again)).toEqual(session);
    const params = { id: session.id };
    const report = { masked: { email: 3 }, lockReasons: ['idle'], endCause: null } as const;
    expect(
      await operator.ok('reportSession', { params, input: { ...report, lockReasons: ['idle'] } }),
    ).toMatchObject({ masked: { email: 3 }, endedAtMs: null });
    const stranger = await approver.call('reportSession', {
      params,
      input: { ...report, lockReasons: [] },
    });
    expect(stranger.status).toBe(403);
    expect((await operator.call('suspendSession', { params, input: { isSuspended: true } })).status).toBe(
      403,
    );
    await approver.ok('suspendSession', { params, input: { isSuspended: true } });
    const ended = await operator.ok('reportSession', {
      params,
      input: { masked: { email: 4 }, lockReasons: [], endCause: 'exited' },
    });
    expect(ended).toMatchObject({ endCause: 'exited', endedAtMs: expect.any(Number) });
    const late = await operator.call('reportSession', {
      params,
      input: { masked: {}, lockReasons: [], endCause: 'failed' },
    });
    expect(late.status).toBe(409);
    const { sessions } = await reviewer.ok('listSessions', { query: { running: 'false' } });
    expect(sessions.map(s => s.id)).toContain(session.id);
  });

  test('a recording that is not there cannot be reviewed', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const { id } = await operator.ok('createSession', { input: { grantId: grant.id } });
    const answer = await reviewer.call('reviewRecording', {
      params: { id },
      input: { decision: 'reviewed' },
    });
    expect(answer.status).toBe(404);
    expect((await operator.call('listRecordings')).status).toBe(403);
  });
});

describe('the end of a grant', () => {
  test('after it there is no credential, no session, and no revocation', async () => {
    const grant = await grantAccess(operator, approver, { target, durationS: 60 });
    const params = { id: grant.id };
    expect(await operator.ok('createCredential', { params, input: {} })).toEqual({
      kind: 'password',
      username: 'root',
      password: 'hunter2-hunter2',
      validUntilMs: null,
    });
    expect((await approver.call('createCredential', { params, input: {} })).status).toBe(403);
    aheadMs += 60_000;
    const iat = Math.floor((Date.now() + aheadMs) / 1000);
    const call = async (path: string, body: object) => {
      const proof = await operator.proof({ method: 'POST', path }, { iat });
      return fetch(`${server.url()}${path}`, {
        method: 'POST',
        headers: { authorization: `Sallyport ${proof}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    };
    const credential = await call(`/v1/grants/${grant.id}/credential`, {});
    expect(credential.status).toBe(403);
    expect(await credential.json()).toMatchObject({ code: 'grant-expired' });
    expect((await call('/v1/sessions', { grantId: grant.id })).status).toBe(403);
    expect((await call(`/v1/grants/${grant.id}/revoke`, { reason: 'late' })).status).toBe(409);
    aheadMs = 0;
  });
});

test('the audit log is one unbroken chain, and holds no secret', async () => {
  const { entries } = await reviewer.ok('listAudit', { query: { limit: 1000 } });
  expect(entries[0]?.sequence).toBe(1);
  expect(firstBrokenEntry(TREE_HASH, entries, CHAIN_START)).toBeNull();
  const actions = new Set(entries.map(entry => entry.action));
  for (const action of [
    'request.create',
    'request.approve',
    'grant.revoke',
    'credential.issue',
    'session.end',
  ]) {
    expect(actions).toContain(action);
  }
  expect(JSON.stringify(entries)).not.toContain('hunter2');
  expect((await operator.call('listAudit')).status).toBe(403);
});

test('the tables hold no secret in clear, and refuse to change the audit log', async () => {
  const access = server.running().database;
  const client = new Client({
    host: access?.host,
    port: access?.port,
    user: access?.superuser,
    password: access?.password,
    database: 'sallyport',
  });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT sealed_secrets FROM sallyport.targets WHERE id = $1', [
      'shell',
    ]);
    expect(rows).toHaveLength(1);
    expect(String(rows[0]?.sealed_secrets)).not.toContain('hunter2');
    for (const change of [
      `UPDATE sallyport.audit SET actor = 'nobody'`,
      'DELETE FROM sallyport.audit',
      'TRUNCATE sallyport.audit',
    ]) {
      await expect(client.query(change)).rejects.toThrow('append-only');
    }
  } finally {
    await client.end();
  }
});

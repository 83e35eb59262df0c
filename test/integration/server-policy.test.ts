import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GrantClaims } from '../../contract/grant.ts';
import { TargetId } from '../../contract/ids.ts';
import type { AccessRequest, GrantRecord } from '../../contract/server-api.ts';
import type { PolicyFile } from '../../server/policy/policy-file.ts';
import { openPolicyFile } from '../../server/policy/policy-file.ts';
import type { TestDevice } from '../support/server-device.ts';
import type { TestServer, TestTarget } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

const POLICY = `version: 1
groups:
  dba: [Anna, Ada]
rules:
  - name: quick look
    who: { roles: [operator] }
    targets: [shop]
    accounts: [support]
    maxMinutes: 5
    extensions: { by: requester, atMost: 9 }
    redaction: { preset: strict }
  - name: shop
    who: { roles: [operator] }
    targets: [shop]
    accounts: [support]
    maxMinutes: 60
    approvals: { count: 2, by: { groups: [dba] } }
    extensions: { by: requester, atMost: 2, totalMinutes: 30 }
    redaction: { preset: strict }
    scope: { denyCommands: [FLUSHALL] }
    budget: { valuesPerSession: 100 }
    recording: { retentionDays: 30 }
    review: { reviewers: 2 }
  - name: own sandbox
    who: { names: [Anna] }
    targets: [sandbox]
    maxMinutes: 10
`;

let folder: string;
let server: TestServer;
let policy: PolicyFile;
let olga: TestDevice;
let anna: TestDevice;
let ada: TestDevice;
let max: TestDevice;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-policy-'));
  writeFileSync(join(folder, 'policy.yaml'), POLICY);
  policy = await openPolicyFile(join(folder, 'policy.yaml'), Date.now);
  server = await startTestServer({ policy, sweepMs: 50 });
  olga = await server.person('Olga', 'operator');
  anna = await server.person('Anna', 'approver', 'operator');
  ada = await server.person('Ada', 'approver');
  max = await server.person('Max', 'approver');
  const rita = await server.person('Rita', 'reviewer');
  await rita.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
  await server.target({
    target: { id: TargetId.parse('shop'), kind: 'redis', name: 'Shop' },
    accounts: ['support', 'root'],
  });
  for (const id of ['sandbox', 'bank']) {
    await server.target({
      target: { id: TargetId.parse(id), kind: 'local', name: id },
      allowSelfApproval: true,
    });
  }
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const wish = (targetId: string, account: string, minutes: number, supersedes?: string) => ({
  input: {
    targetId: TargetId.parse(targetId),
    account,
    reason: 'a test',
    durationS: minutes * 60,
    ...(supersedes === undefined ? {} : { supersedes }),
  },
});
const decide = (who: TestDevice, { id }: AccessRequest, input: object = {}) =>
  who.call('decideRequest', { params: { id }, input: { decision: 'approve', ...input } });
const lastEntries = async (count: number) =>
  (await server.administrator.ok('listAudit', { query: { limit: count } })).entries;
function claimsOf({ jws }: GrantRecord): GrantClaims {
  const payload = Buffer.from((jws ?? '').split('.')[1] ?? '', 'base64url');
  return GrantClaims.parse(JSON.parse(payload.toString()));
}

describe('asking', () => {
  test.each([
    ['another login', wish('shop', 'root', 5), 'no rule of the policy lets Olga'],
    ['another target', wish('bank', 'deploy', 5), 'no rule of the policy lets Olga'],
  ])('for %s is refused and noted', async (_, request, words) => {
    const answer = await olga.call('createRequest', request);
    expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringContaining(words) } });
    expect(await lastEntries(1)).toMatchObject([
      { action: 'refused', subject: 'createRequest', actor: 'Olga' },
    ]);
  });

  test('an operator sees only what may be asked for', async () => {
    const { targets } = await olga.ok('listTargets');
    expect(targets).toMatchObject([{ id: 'shop', accounts: ['support'], redaction: { name: 'strict' } }]);
    expect((await server.administrator.ok('listTargets')).targets).toHaveLength(3);
  });
});

describe('approving', () => {
  test('takes as many distinct approvers as the rule says, and grants the least of what they granted', async () => {
    const request = await olga.ok('createRequest', wish('shop', 'support', 20));
    expect(request).toMatchObject({ approvals: { required: 2, by: [] }, rule: 'shop', state: 'pending' });
    expect(await decide(max, request)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('wants this decided by dba') },
    });
    const first = await decide(anna, request, { durationS: 600 });
    expect(first).toMatchObject({
      status: 200,
      body: { state: 'pending', grantId: null, approvals: { required: 2, by: [{ name: 'Anna' }] } },
    });
    expect(await lastEntries(1)).toMatchObject([
      { action: 'request.approve', detail: { approvals: 1, required: 2, grantId: null, rule: 'shop' } },
    ]);
    expect(await decide(anna, request)).toMatchObject({ status: 409 });
    const second = await decide(ada, request, { note: 'go' });
    expect(second).toMatchObject({ status: 200, body: { state: 'approved', decidedBy: { name: 'Ada' } } });
    const { grantId } = await olga.ok('getRequest', { params: { id: request.id } });
    const claims = claimsOf(await olga.ok('getGrant', { params: { id: grantId ?? '' } }));
    expect(claims.exp - claims.nbf).toBe(600);
    expect(claims).toMatchObject({
      approved_by: [anna.account.id, ada.account.id],
      redaction: { name: 'strict' },
      scope: { denyCommands: ['FLUSHALL'] },
      budget: { valuesPerSession: 100 },
      recording: { retentionDays: 30 },
      session: { maxExtensions: 2 },
    });
  });

  test('two approvals at the same moment make one grant', async () => {
    const request = await olga.ok('createRequest', wish('shop', 'support', 20));
    const answers = await Promise.all([decide(anna, request), decide(ada, request)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await olga.ok('getRequest', { params: { id: request.id } })).toMatchObject({ state: 'approved' });
  });

  test('a denial of one is a denial', async () => {
    const request = await olga.ok('createRequest', wish('shop', 'support', 20));
    await decide(anna, request);
    expect(await decide(ada, request, { decision: 'deny' })).toMatchObject({ body: { state: 'denied' } });
  });

  test('an own request is never decided, whatever the target says', async () => {
    const own = await anna.ok('createRequest', wish('sandbox', 'deploy', 5));
    expect(await decide(anna, own)).toMatchObject({ status: 403 });
    await anna.ok('withdrawRequest', { params: { id: own.id } });
  });
});

describe('extending', () => {
  test('the holder extends alone where the rule says so, up to its total', async () => {
    const request = await olga.ok('createRequest', wish('shop', 'support', 10));
    await decide(anna, request);
    await decide(ada, request);
    const { grantId } = await olga.ok('getRequest', { params: { id: request.id } });
    const extended = await olga.ok('createRequest', wish('shop', 'support', 20, grantId ?? ''));
    expect(extended).toMatchObject({ state: 'approved', decidedBy: null, rule: 'shop' });
    const grant = await olga.ok('getGrant', { params: { id: extended.grantId ?? '' } });
    expect(claimsOf(grant)).toMatchObject({
      approved_by: [anna.account.id, ada.account.id],
      supersedes: grantId,
    });
    expect((await lastEntries(1))[0]).toMatchObject({ action: 'request.self-extend', actor: 'Olga' });
    expect(await olga.call('createRequest', wish('shop', 'support', 1, grant.id))).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('allows 30 min in all') },
    });
  });
});

describe('an extension of a session that runs', () => {
  test('keeps its scope, and is refused where the target is another by now', async () => {
    const request = await olga.ok('createRequest', wish('shop', 'support', 10));
    await decide(anna, request);
    const { grantId } = await decide(ada, request).then(() =>
      olga.ok('getRequest', { params: { id: request.id } }),
    );
    const asked = wish('shop', 'support', 5, grantId ?? '');
    const readOnly = { input: { ...asked.input, readOnly: true } };
    expect(await olga.call('createRequest', readOnly)).toMatchObject({ status: 400 });
    const shop = {
      target: { id: TargetId.parse('shop'), kind: 'redis', name: 'Shop' },
      accounts: ['support', 'root'],
    } satisfies TestTarget;
    await server.target({ ...shop, scope: { denyCommands: ['KEYS'] } });
    expect(await olga.call('createRequest', asked)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('(scope)') },
    });
    await server.target(shop);
    expect(await olga.ok('createRequest', asked)).toMatchObject({ state: 'approved' });
  });
});

describe('the policy itself', () => {
  test('is shown to administrators, and tested against the history without a change', async () => {
    expect((await olga.call('getPolicy')).status).toBe(403);
    expect(await server.administrator.ok('getPolicy')).toMatchObject({ policy: { source: POLICY } });
    const stricter = POLICY.replace('count: 2', 'count: 3').replaceAll('by: requester', 'by: approvers');
    const { rows } = await server.administrator.ok('testPolicy', { input: { source: stricter, limit: 100 } });
    expect(rows.filter(row => row.would === 'undecided' && row.was === 'approved').length).toBeGreaterThan(1);
    expect(rows.find(row => row.was === 'approved')?.why).toContain('of 3 approvals, of dba');
    const wrong = await server.administrator.call('testPolicy', {
      input: { source: 'version: 1\nrulez: []\n', limit: 1 },
    });
    expect(wrong).toMatchObject({ status: 400, body: { detail: expect.stringContaining('line 2, rulez') } });
  });

  test('a change of the file is taken up and noted; a file that is not valid is not', async () => {
    const waiting = await olga.ok('createRequest', wish('shop', 'support', 20));
    writeFileSync(join(folder, 'policy.yaml'), 'version: 1\nrules: [{]\n');
    await policy.lookAgain();
    expect(await lastEntries(1)).toMatchObject([{ action: 'policy.refused' }]);
    expect(await server.administrator.ok('getPolicy')).toMatchObject({ policy: { source: POLICY } });

    writeFileSync(join(folder, 'policy.yaml'), 'version: 1\nrules: []\n');
    await policy.lookAgain();
    expect(await lastEntries(1)).toMatchObject([
      { action: 'policy.apply', actor: 'server', detail: { rules: [] } },
    ]);
    expect((await olga.call('createRequest', wish('shop', 'support', 5))).status).toBe(403);
    // What was asked for under another policy is not granted under this one.
    expect((await decide(anna, waiting)).status).toBe(403);
    expect(await decide(anna, waiting, { decision: 'deny' })).toMatchObject({ body: { state: 'denied' } });
  });

  test('a server that starts without one says so once, and goes by its targets again', async () => {
    await server.restart({ policy: undefined as never });
    expect(await lastEntries(1)).toMatchObject([{ action: 'policy.remove', actor: 'server' }]);
    expect((await olga.call('createRequest', wish('bank', 'deploy', 5))).status).toBe(200);
    await server.restart({ policy: undefined as never });
    expect(await lastEntries(1)).toMatchObject([{ action: 'request.create' }]);
  });

  test('what no client would hold a session to is not even asked for', async () => {
    await server.target({
      target: { id: TargetId.parse('limited'), kind: 'local', name: 'Limited' },
      scope: { denyCommands: ['reboot'] },
    });
    expect(await olga.call('createRequest', wish('limited', 'deploy', 5))).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('denyCommands for a target of kind "local"') },
    });
  });
});

describe('the terms of a target', () => {
  const id = TargetId.parse('changed');
  const terms = (changes: object = {}) => ({
    target: { id, kind: 'redis' as const, name: 'Changed', host: 'a.example.org', ...changes },
    secret: { kind: 'password' as const, username: 'root', password: 'hunter2-hunter2' },
  });
  const read = async () => server.administrator.ok('getTarget', { params: { id } });
  const put = (input: object) => server.administrator.call('putTarget', { input: input as never });

  test('are shown to administrators, with the kind of the credential and never what it is', async () => {
    await server.target(terms());
    const record = await read();
    expect(record).toMatchObject({ credential: 'password', terms: { target: { host: 'a.example.org' } } });
    expect(JSON.stringify(record)).not.toContain('hunter2');
    expect((await olga.call('getTarget', { params: { id } })).status).toBe(403);
    const missing = { params: { id: TargetId.parse('nowhere') } };
    expect((await server.administrator.call('getTarget', missing)).status).toBe(404);
  });

  test('change without the credential, but not so that it would go to another place', async () => {
    const { terms: before } = await read();
    const kept = { secret: { kind: 'none' }, keepsSecrets: true };
    expect((await put({ ...before, ...kept, maxMinutes: 7 })).status).toBe(200);
    expect(await read()).toMatchObject({ credential: 'password', terms: { maxMinutes: 7 } });
    for (const place of [{ host: 'evil.example.org' }, { port: 7 }, { kind: 'ssh' }]) {
      const moved = await put({ ...before, ...kept, target: { ...before.target, ...place } });
      expect(moved).toMatchObject({ status: 400, body: { detail: expect.stringContaining('given anew') } });
    }
    expect(await read()).toMatchObject({ terms: { target: { host: 'a.example.org' } } });
  });

  test('of a new target have no credential to keep', async () => {
    const { terms: before } = await read();
    const fresh = { ...before, target: { ...before.target, id: TargetId.parse('fresh') } };
    expect((await put({ ...fresh, secret: { kind: 'none' }, keepsSecrets: true })).status).toBe(400);
  });
});

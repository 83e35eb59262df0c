import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AccountId, DeviceId, GrantId, RecordingId, ReviewerGroupId, TargetId } from '../../contract/ids.ts';
import type { AuditEntry } from '../../contract/server-api.ts';
import type { RouteName } from '../../contract/server-routes.ts';
import { SERVER_ROUTES } from '../../contract/server-routes.ts';
import { generateDeviceKey } from '../../main/vault/device-key.ts';
import { OidcSettings } from '../../server/identity/oidc/oidc-settings.ts';
import { createOidcProvider } from '../../server/identity/oidc/provider.ts';
import { openDataFolder } from '../../server/data-folder.ts';
import { deliverAlerts } from '../../server/monitoring/deliver-alerts.ts';
import { createLog, openCore } from '../../server/server-core.ts';
import { AUDIT_ACTIONS } from '../../server/audit/audit-actions.ts';
import { ACTIONS, SEEN_ELSEWHERE } from '../support/audit-actions.ts';
import type { TestIdentityProvider } from '../support/identity-provider.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import type { RecordingBench } from '../support/recording-bench.ts';
import { createBench } from '../support/recording-bench.ts';
import type { CallOptions, TestDevice } from '../support/server-device.ts';
import { enrolDevice, send } from '../support/server-device.ts';
import { proofOf } from '../support/sign-in-proof.ts';
import { recordSession, uploadAs } from '../support/stored-recording.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

const RECIPIENT = `age1${'q'.repeat(58)}`;
const DAY_MS = 24 * 3600_000;
let provider: TestIdentityProvider;
let server: TestServer;
let bench: RecordingBench;
let aheadMs = 0;
let admin: TestDevice;
let operator: TestDevice;
let approver: TestDevice;
let rita: TestDevice;
let victor: TestDevice;
const called = new Set<RouteName>();

beforeAll(async () => {
  provider = await startIdentityProvider();
  provider.people.set('olaf', { name: 'Olaf', groups: ['engineers'] });
  const settings = OidcSettings.parse({
    issuer: provider.issuer,
    clientId: provider.clientId,
    scopes: ['openid', 'profile', 'groups'],
    roles: { operator: ['engineers'] },
  });
  [server, bench] = await Promise.all([
    startTestServer({
      nowMs: () => Date.now() + aheadMs,
      sweepMs: 100,
      oidc: createOidcProvider({ settings, clientSecret: null }),
    }),
    createBench(),
  ]);
  admin = server.administrator;
  operator = await server.person('Olga', 'operator');
  approver = await server.person('Anna', 'approver');
  rita = await server.person('Rita', 'reviewer');
  victor = await server.person('Victor', 'reviewer');
});
afterAll(async () => {
  await server.close();
  await provider.close();
  await bench.remove();
});

const last = async (): Promise<number> =>
  (await admin.ok('listAudit', { query: { limit: 1 } })).entries.at(-1)?.sequence ?? 0;
const since = async (sequence: number): Promise<readonly AuditEntry[]> =>
  (await admin.ok('listAudit', { query: { after: sequence, limit: 1000 } })).entries;

/** Runs what calls a route, and sees the entries that it leaves. */
async function leaves<T>(name: RouteName, run: () => Promise<T>): Promise<T> {
  const before = await last();
  const answer = await run();
  called.add(name);
  const actions = (await since(before)).map(({ action }) => action);
  for (const action of ACTIONS[name]) expect(actions, `${name} leaves ${action}`).toContain(action);
  return answer;
}
const step = <N extends RouteName>(name: N, who: TestDevice, options?: CallOptions<N>) =>
  leaves(name, () => who.ok(name, options));

test('every route that changes or decides something leaves its entry', async () => {
  await leaves('enrol', async () => {
    const { account } = await step('createAccount', admin, { input: { name: 'Eve', roles: ['operator'] } });
    const { enrolCode } = await step('createEnrolCode', admin, { params: { id: account.id } });
    const eve = await enrolDevice(server.url, enrolCode);
    await step('revokeDevice', admin, { input: { deviceId: DeviceId.parse(eve.deviceId), reason: 'lost' } });
    await step('disableAccount', admin, { params: { id: account.id }, input: { reason: 'left' } });
  });
  const key = generateDeviceKey();
  const started = await leaves('startSignIn', async () => {
    const answer = await send(`${server.url()}${SERVER_ROUTES.startSignIn.path}`, 'POST', {
      body: { flow: 'device', deviceName: 'x', devicePublicKey: key.publicKey },
    });
    return SERVER_ROUTES.startSignIn.output.parse(answer.body);
  });
  await provider.signIn(started.url, 'olaf');
  aheadMs += 10_000; // the provider may be asked again
  await leaves('finishSignIn', async () => {
    const answer = await send(`${server.url()}/v1/sign-in/${started.id}/finish`, 'POST', {
      body: { proof: await proofOf(key, started.id) },
    });
    expect(answer.body).toMatchObject({ state: 'done' });
  });

  await step('putRecipient', rita, { input: { recipient: RECIPIENT } });
  await step('changeReviewerGroup', admin, {
    input: { id: ReviewerGroupId.parse('audit'), add: [AccountId.parse(rita.account.id)] },
  });
  await admin.ok('changeReviewerGroup', { input: { id: ReviewerGroupId.parse('passing'), add: [] } });
  await step('deleteReviewerGroup', admin, { params: { id: ReviewerGroupId.parse('passing') } });
  await step('announceBreakGlass', rita, {
    input: { recipient: RECIPIENT, custodians: ['a', 'b'], reason: 'fire' },
  });
  const target = await leaves('putTarget', () =>
    server.target({
      target: { id: TargetId.parse('shop'), kind: 'local', name: 'Shop' },
      redaction: { tokenScope: 'organisation' },
    }),
  );
  await step('disableTarget', admin, {
    params: { id: target.id },
    input: { isDisabled: true, revokesGrants: false, reason: 'maintenance' },
  });
  await admin.ok('disableTarget', {
    params: { id: target.id },
    input: { isDisabled: false, revokesGrants: false, reason: 'done' },
  });
  const { publicKey } = generateKeyPairSync('ed25519');
  const wire = Buffer.concat(
    ['ssh-ed25519', Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')].map(part => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    }),
  );
  await step('createHostCertificate', admin, {
    input: { publicKey: `ssh-ed25519 ${wire.toString('base64')}`, names: ['shop.internal'] },
  });

  const wish = { targetId: target.id, account: 'deploy', reason: 'to look', durationS: 3600 };
  const taken = await step('createRequest', operator, { input: wish });
  await step('withdrawRequest', operator, { params: { id: taken.id } });
  const refused = await operator.ok('createRequest', { input: wish });
  const beforeDenial = await last();
  await approver.ok('decideRequest', { params: { id: refused.id }, input: { decision: 'deny' } });
  expect((await since(beforeDenial)).map(({ action }) => action)).toContain('request.deny');
  const asked = await operator.ok('createRequest', { input: wish });
  const { grantId } = await step('decideRequest', approver, {
    params: { id: asked.id },
    input: { decision: 'approve' },
  });
  const id = grantId ?? '';
  await step('createCredential', operator, { params: { id }, input: {} });
  await step('createTokenKey', operator, { params: { id } });
  const session = await step('createSession', operator, { input: { grantId: GrantId.parse(id) } });
  const onSession = { params: { id: session.id } };
  await step('suspendSession', approver, { ...onSession, input: { isSuspended: true } });
  await approver.ok('suspendSession', { ...onSession, input: { isSuspended: false } });
  const report = { masked: {}, lockReasons: ['budget'], endCause: null };
  await operator.ok('reportSession', { ...onSession, input: report });
  await step('liftBudget', approver, onSession);
  await step('reportSession', operator, {
    ...onSession,
    input: { masked: {}, lockReasons: [], endCause: 'operator' },
  });
  await step('revokeGrant', approver, { params: { id }, input: { reason: 'enough' } });
  await step('reportFrozen', operator, { params: { id }, input: { frozenAtMs: Date.now() + aheadMs } });
}, 120_000);

test('whatever is done with a recording leaves its entry', async () => {
  const target = await server.target({ target: { id: TargetId.parse('rec'), kind: 'local', name: 'Rec' } });
  const cast = { server, bench, operator, approver };
  const { session, bytes } = await recordSession(cast, target);
  const id = RecordingId.parse(session.id);
  const on = { params: { id } };
  const upload = uploadAs(cast, operator, session.id);
  await upload.create();
  const half = bytes.length >> 1;
  await upload.append(0, bytes.subarray(0, half), null);
  await step('followRecording', rita, { ...on, query: { after: -1 } });
  await step('stopFollowing', rita, on);
  const before = await last();
  await upload.append(half, bytes.subarray(half), bytes.length);
  expect((await since(before)).map(({ action }) => action)).toContain('recording.stored');
  const beforeReading = await last();
  const path = `/v1/recordings/${id}/content`;
  const read = await fetch(`${server.url()}${path}`, {
    headers: { authorization: `Sallyport ${await rita.proof({ method: 'GET', path })}` },
  });
  expect(read.ok).toBe(true);
  await read.arrayBuffer();
  expect((await since(beforeReading)).map(({ action }) => action)).toContain('recording.read');

  const beforeRefusals = await last();
  const refused = await fetch(`${server.url()}${path}`, {
    headers: { authorization: `Sallyport ${await operator.proof({ method: 'GET', path })}` },
  });
  expect(refused.status).toBe(403);
  await expect(uploadAs(cast, approver, session.id).create()).rejects.toThrow();
  expect((await since(beforeRefusals)).map(({ action, subject, actor }) => [action, subject, actor])).toEqual(
    [
      ['refused', 'readRecording', 'Olga'],
      ['refused', 'uploadRecording', 'Anna'],
    ],
  );

  await step('recordingEvidence', rita, on);
  await step('reportWatched', rita, { ...on, input: { spans: [[0, 1]] } });
  await step('createComment', rita, { ...on, input: { sealed: 'YQ==' } });
  await step('reviewRecording', rita, { ...on, input: { decision: 'flagged', note: 'odd' } });
  const { decisions } = await rita.ok('recordingReview', on);
  await step('liftDecision', victor, {
    ...on,
    input: { decisionId: decisions[0]?.id ?? '', reason: 'was the ticket' },
  });
  await step('holdRecording', rita, { ...on, input: { reason: 'asked' } });
  await step('liftHold', rita, { ...on, input: { reason: 'answered' } });
  await step('retainRecording', admin, {
    ...on,
    input: { reason: 'law', untilMs: Date.now() + aheadMs + 90 * DAY_MS },
  });
  await step('scrubRecordings', admin, { input: { recordingId: id } });
  await victor.ok('reviewRecording', { ...on, input: { decision: 'reviewed' } });
  await step('deleteRecording', admin, { ...on, input: { reason: 'over' } });
  await step('retireRecipient', admin, { input: { recipient: RECIPIENT } });
}, 120_000);

describe('the table', () => {
  test('every route that must leave an entry was called', () => {
    const must = Object.entries(ACTIONS).flatMap(([name, actions]) => (actions.length > 0 ? [name] : []));
    expect(must.filter(name => !called.has(name as RouteName))).toEqual([]);
    expect(Object.keys(ACTIONS).sort()).toEqual(Object.keys(SERVER_ROUTES).sort());
  });

  test('every refusal by the rules leaves an entry with the route and the reason', async () => {
    const before = await last();
    const refusals: string[] = [];
    for (const name of Object.keys(SERVER_ROUTES) as RouteName[]) {
      if (SERVER_ROUTES[name].proof !== 'device') continue;
      const answer = await operator.call(name, {
        params: { id: 'nothing', shareId: 'x' },
        input: INPUTS[name] as never,
      });
      if (answer.status === 403) refusals.push(name);
    }
    expect(refusals).toContain('createAccount');
    expect(refusals.length).toBeGreaterThan(8);
    const noted = (await since(before)).filter(({ action }) => action === 'refused');
    expect(noted.map(({ subject }) => subject)).toEqual(refusals);
    expect(noted.every(({ detail, actor }) => typeof detail['reason'] === 'string' && actor === 'Olga')).toBe(
      true,
    );
  });

  test('a wrong enrolment code and the passing of time leave theirs', async () => {
    const before = await last();
    await expect(enrolDevice(server.url, 'nobody-made-this')).rejects.toThrow('not-signed-in');
    await rita.ok('putRecipient', { input: { recipient: `age1${'p'.repeat(58)}` } });
    const wish = { targetId: TargetId.parse('shop'), account: 'deploy', reason: 'x', durationS: 60 };
    const granted = await operator.ok('createRequest', { input: wish });
    const { grantId } = await approver.ok('decideRequest', {
      params: { id: granted.id },
      input: { decision: 'approve' },
    });
    await operator.ok('createSession', { input: { grantId: GrantId.parse(grantId ?? '') } });
    await operator.ok('createRequest', { input: wish });
    aheadMs += DAY_MS;
    const wanted = ['device.enrol-refused', 'grant.expire', 'request.expire', 'session.lost'];
    await expect
      .poll(async () => (await since(before)).map(({ action }) => action), { timeout: 60_000 })
      .toEqual(expect.arrayContaining(wanted));
  }, 90_000);

  test('an alert that nobody took after every try leaves its own', async () => {
    await server.pause();
    const core = await openCore({
      folder: await openDataFolder(server.dataFolder),
      databaseUrl: null,
      log: createLog('silent'),
      nowMs: () => Date.now() + aheadMs,
      alertSinks: [{ name: 'dead', deliver: () => Promise.reject(new Error('nobody is there')) }],
    });
    const { context } = core;
    const notice = { sessionId: 'some-session', rule: 'new-target' };
    await context.db
      .insertInto('alert_deliveries')
      .values({ alert_id: 'a', sink: 'dead', notice: JSON.stringify(notice), attempts: 199, due_at_ms: 0 })
      .execute();
    await deliverAlerts(context);
    await core.close();
    await server.restart();
    expect((await since((await last()) - 1))[0]).toMatchObject({
      action: 'alert.undelivered',
      subject: 'some-session',
      detail: { sink: 'dead', reason: 'nobody is there' },
    });
  });

  test('every action in the server’s source is in the log of these tests, or of the named one', async () => {
    const seen = new Set((await since(0)).map(({ action }) => action));
    const missing = AUDIT_ACTIONS.filter(action => !seen.has(action) && SEEN_ELSEWHERE[action] === undefined);
    expect(missing).toEqual([]);
    for (const [action, file] of Object.entries(SEEN_ELSEWHERE)) {
      expect(readFileSync(file, 'utf8').includes(`'${action}'`), `${action} in ${file}`).toBe(true);
    }
  });
});

const reason = { reason: 'x' };
/** What a schema lets in, for routes that the rules refuse to an operator after it. */
const INPUTS: Readonly<Partial<Record<RouteName, unknown>>> = {
  createAccount: { name: 'x', roles: ['operator'] },
  disableAccount: reason,
  putRecipient: { recipient: RECIPIENT },
  retireRecipient: { recipient: RECIPIENT },
  announceBreakGlass: { recipient: RECIPIENT, custodians: ['a', 'b'], ...reason },
  changeReviewerGroup: { id: 'x' },
  createHostCertificate: { publicKey: 'x', names: ['x'] },
  disableTarget: { isDisabled: true, ...reason },
  testPolicy: { source: 'version: 1', limit: 1 },
  scrubRecordings: {},
  putTarget: {
    target: { id: 'x', kind: 'local', name: 'x' },
    accounts: ['x'],
    redaction: {},
    scope: {},
    session: {},
    maxMinutes: 1,
    secret: { kind: 'none' },
  },
};

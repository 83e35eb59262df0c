import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../contract/server-api.ts';
import type { RouteName } from '../../contract/server-routes.ts';
import { SERVER_ROUTES } from '../../contract/server-routes.ts';
import type { RecordingBench } from '../support/recording-bench.ts';
import { createBench } from '../support/recording-bench.ts';
import type { Answer, TestDevice } from '../support/server-device.ts';
import { send } from '../support/server-device.ts';
import { storeRecording } from '../support/stored-recording.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

/**
 * Per route: who gets through when it is about what is another's; o operator, a approver, r reviewer, A administrator, `open`: anybody
 * without a device. What may be done with one's own is in server/authorization.test.ts.
 */
const TABLE: Readonly<Record<RouteName, string>> = {
  health: 'open',
  ready: 'open',
  jwks: 'open',
  time: 'open',
  sshAuthorities: 'open',
  openApi: 'open',
  sshPrincipals: 'open',
  enrol: 'open',
  signInOffer: 'open',
  startSignIn: 'open',
  finishSignIn: 'open',
  whoAmI: 'oarA',
  listAccounts: 'A',
  createAccount: 'A',
  createEnrolCode: 'A',
  disableAccount: 'A',
  listDevices: 'oarA',
  revokeDevice: 'A',
  listRecipients: 'rA',
  putRecipient: 'A',
  announceBreakGlass: 'rA',
  retireRecipient: 'A',
  listReviewerGroups: 'rA',
  changeReviewerGroup: 'A',
  deleteReviewerGroup: 'A',
  listTargets: 'oarA',
  getTarget: 'A',
  putTarget: 'A',
  disableTarget: 'A',
  createHostCertificate: 'A',
  listRequests: 'oarA',
  createRequest: 'o',
  getRequest: 'aA',
  withdrawRequest: '',
  decideRequest: 'a',
  listGrants: 'oarA',
  getGrant: 'aA',
  revokeGrant: 'aA',
  reportFrozen: '',
  createCredential: '',
  createTokenKey: '',
  listSessions: 'oarA',
  createSession: '',
  reportSession: '',
  suspendSession: 'a',
  liftBudget: 'a',
  listRecordings: 'rA',
  holdRecording: 'rA',
  liftHold: 'rA',
  retainRecording: 'A',
  deleteRecording: 'A',
  scrubRecordings: 'A',
  recordingEvidence: 'r',
  recordingReview: 'r',
  reviewRecording: 'r',
  liftDecision: 'r',
  createComment: 'r',
  reportWatched: 'r',
  followRecording: 'ar',
  stopFollowing: 'ar',
  createShare: 'r',
  listShares: 'r',
  readShare: 'r',
  listAudit: 'rA',
  logCheckpoint: 'oarA',
  logConsistency: 'oarA',
  logInclusion: 'rA',
  getPolicy: 'A',
  testPolicy: 'A',
  readInsights: 'arA',
};
const ROLES: readonly (readonly [string, Role])[] = [
  ['o', 'operator'],
  ['a', 'approver'],
  ['r', 'reviewer'],
  ['A', 'administrator'],
];
const RECIPIENT = `age1${'q'.repeat(58)}`;

let server: TestServer;
let bench: RecordingBench;
/** one of each role, who owns nothing of what is asked for */
const people = new Map<Role, TestDevice>();
let calls: Readonly<
  Record<
    string,
    {
      readonly params?: Record<string, string>;
      readonly query?: Record<string, string | number>;
      readonly input?: unknown;
    }
  >
>;

beforeAll(async () => {
  [server, bench] = await Promise.all([startTestServer(), createBench()]);
  const olga = await server.person('Olga', 'operator');
  const anna = await server.person('Anna', 'approver');
  const rita = await server.person('Rita', 'reviewer');
  const victim = await server.person('Victor', 'operator');
  for (const [, role] of ROLES) people.set(role, await server.person(`Some ${role}`, role));
  await rita.ok('putRecipient', { input: { recipient: RECIPIENT } });
  const target = await server.target({ target: { id: 'shell' as never, kind: 'local', name: 'Shell' } });
  const { session } = await storeRecording({ server, bench, operator: olga, approver: anna }, target);
  const wish = { targetId: target.id, account: 'deploy', reason: 'x', durationS: 60 };
  const request = await olga.ok('createRequest', { input: wish });
  await rita.ok('reviewRecording', { params: { id: session.id }, input: { decision: 'flagged', note: 'x' } });
  const { decisions } = await rita.ok('recordingReview', { params: { id: session.id } });
  const reason = { reason: 'x' };
  const onRequest = { params: { id: request.id } };
  const onGrant = { params: { id: session.grantId } };
  const onSession = { params: { id: session.id } };
  calls = {
    createAccount: { input: { name: 'New', roles: ['operator'] } },
    createEnrolCode: { params: { id: olga.account.id } },
    disableAccount: { params: { id: victim.account.id }, input: reason },
    revokeDevice: { input: { deviceId: victim.deviceId, ...reason } },
    putRecipient: { input: { recipient: `age1${'p'.repeat(58)}`, accountId: rita.account.id } },
    announceBreakGlass: { input: { recipient: RECIPIENT, custodians: ['a', 'b'], ...reason } },
    retireRecipient: { input: { recipient: RECIPIENT } },
    changeReviewerGroup: { input: { id: 'group', add: [rita.account.id] } },
    deleteReviewerGroup: { params: { id: 'group' } },
    getTarget: { params: { id: target.id } },
    putTarget: {
      input: {
        target: { id: 'other', kind: 'local', name: 'Other' },
        accounts: ['x'],
        redaction: {},
        scope: {},
        session: {},
        maxMinutes: 1,
        secret: { kind: 'none' },
      },
    },
    disableTarget: { params: { id: target.id }, input: { isDisabled: false, ...reason } },
    createHostCertificate: { input: { publicKey: hostKey(), names: ['shop.internal'] } },
    createRequest: { input: wish },
    getRequest: onRequest,
    withdrawRequest: onRequest,
    decideRequest: { ...onRequest, input: { decision: 'deny' } },
    getGrant: onGrant,
    revokeGrant: { ...onGrant, input: reason },
    reportFrozen: { ...onGrant, input: { frozenAtMs: Date.now() } },
    createCredential: { ...onGrant, input: {} },
    createTokenKey: onGrant,
    createSession: { input: { grantId: session.grantId } },
    reportSession: { ...onSession, input: { masked: {}, lockReasons: [], endCause: null } },
    suspendSession: { ...onSession, input: { isSuspended: true } },
    liftBudget: onSession,
    holdRecording: { ...onSession, input: reason },
    liftHold: { ...onSession, input: reason },
    retainRecording: { ...onSession, input: { ...reason, untilMs: Date.now() + 900 * 24 * 3600_000 } },
    deleteRecording: { ...onSession, input: reason },
    scrubRecordings: { input: { recordingId: session.id } },
    recordingEvidence: onSession,
    recordingReview: onSession,
    reviewRecording: { ...onSession, input: { decision: 'reviewed' } },
    liftDecision: { ...onSession, input: { decisionId: decisions[0]?.id ?? '', ...reason } },
    createComment: { ...onSession, input: { sealed: 'YQ==' } },
    reportWatched: { ...onSession, input: { spans: [[0, 1]] } },
    followRecording: onSession,
    stopFollowing: onSession,
    createShare: { ...onSession, input: { statement: 'x', sealed: 'YQ==' } },
    listShares: onSession,
    readShare: { params: { id: session.id, shareId: 'x' } },
    logConsistency: { query: { first: 1, second: 2 } },
    logInclusion: { query: { sequence: 1, size: 2 } },
    testPolicy: {
      input: {
        source:
          "version: 1\nrules: [{ name: all, who: { roles: [operator] }, targets: ['*'], maxMinutes: 5 }]",
        limit: 1,
      },
    },
  };
});
afterAll(async () => {
  await server.close();
  await bench.remove();
});

/** The public key of an SSH host, as its file has it. */
function hostKey(): string {
  const raw = Buffer.from(
    generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '',
    'base64url',
  );
  const parts = [Buffer.from('ssh-ed25519'), raw].map(part => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return Buffer.concat([length, part]);
  });
  return `ssh-ed25519 ${Buffer.concat(parts).toString('base64')}`;
}

async function callAs(role: Role, name: RouteName): Promise<Answer> {
  const device = people.get(role);
  if (device === undefined) throw new Error(`nobody is ${role}`);
  return device.call(name, (calls[name] ?? {}) as never);
}

const names = Object.keys(SERVER_ROUTES) as RouteName[];
const guarded = names.filter(name => SERVER_ROUTES[name].proof === 'device');
const cases = guarded.flatMap(name => ROLES.map(([letter, role]) => [name, role, letter] as const));

describe('who gets through to what is another’s', () => {
  test('every route has a row', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...names].sort());
    for (const name of names) expect(TABLE[name] === 'open', name).toBe(SERVER_ROUTES[name].proof === 'none');
  });

  // The refusals first: what is let through changes what is asked for.
  test.each(cases.filter(([name, , letter]) => !TABLE[name].includes(letter)))(
    '%s refuses %s',
    async (name, role) => {
      const { status, body } = await callAs(role, name);
      expect({ status, body }).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    },
  );

  // Disabling and deleting last of all.
  const isLast = (name: RouteName) => /^(disable|delete|revoke|retire)/.test(name);
  const passed = cases.filter(([name, , letter]) => TABLE[name].includes(letter));
  test.each(passed.toSorted(([a], [b]) => Number(isLast(a)) - Number(isLast(b))))(
    '%s takes %s',
    async (name, role) => {
      const { status, body } = await callAs(role, name);
      expect(status, JSON.stringify(body)).not.toBe(403);
      expect(status, JSON.stringify(body)).not.toBe(401);
      // A request that is not even read would prove nothing of the rules; a statement of a share is looked at after them.
      if (name !== 'createShare') expect(status, JSON.stringify(body)).not.toBe(400);
      expect(status).toBeLessThan(500);
    },
  );

  test.each(guarded)('%s needs the proof of a device', async name => {
    const { method, path } = SERVER_ROUTES[name];
    const answer = await send(`${server.url()}${path.replaceAll(/:[A-Za-z]+/g, 'x')}`, method);
    expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
  });
});

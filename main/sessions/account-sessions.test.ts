import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { GrantClaims } from '../../contract/grant.ts';
import { GRANT_TYP } from '../../contract/grant.ts';
import { GrantId, SessionId } from '../../contract/ids.ts';
import type { GrantRecord, SessionRecord } from '../../contract/server-api.ts';
import type { ToHost } from '../../contract/session-host.ts';
import { fakeTimers } from '../../test/support/fake-timers.ts';
import { grantFixture } from '../../test/support/session-fixtures.ts';
import type { ServerConnection } from '../server-client/server-connection.ts';
import type { SessionHostHandle } from '../session-host-client/session-host-client.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { createAccountSessions } from './account-sessions.ts';

const FIRST = GrantId.parse('gr_1');
const SECOND = GrantId.parse('gr_2');
const SESSION = SessionId.parse('se_1');
const LONG_MS = 3600_000;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Real sessions of an account over a host and a server that answer as the test says. */
async function setUp() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const base = { ...grantFixture({ exp: Math.floor(Date.now() / 1000) + 600 }), jti: FIRST };
  const timers = fakeTimers(Date.now());
  const record = async (changes: Partial<GrantClaims>, row: Partial<GrantRecord> = {}) => {
    const claims = { ...base, ...changes };
    const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'EdDSA', typ: GRANT_TYP, kid: 'k1' })
      .sign(privateKey);
    const { jti: id, supersedes = null, exp } = claims;
    const times = { issuedAtMs: exp, expiresAtMs: exp * 1000, revokedAtMs: null };
    return {
      id,
      supersedes,
      rootId: FIRST,
      jws,
      state: 'active',
      ...times,
      ...row,
    } as unknown as GrantRecord;
  };
  const first = await record({});
  const second = await record({ jti: SECOND, supersedes: FIRST, exp: base.exp + 600 });

  const hosts: (SessionHostHandle & { sent: ToHost[] })[] = [];
  let isHostReady = Promise.resolve();
  const take = async () => {
    await isHostReady;
    const handle: (typeof hosts)[number] = {
      sent: [],
      send(message) {
        this.sent.push(message);
        if (message.kind === 'open') queueMicrotask(() => this.onMessage({ kind: 'opened' }));
        if (message.kind === 'gate')
          queueMicrotask(() => this.onMessage({ kind: 'gate', isOpen: message.isOpen }));
      },
      onMessage: () => undefined,
      onData: () => undefined,
      onLost: () => undefined,
      onSilence: () => undefined,
      close: () => Promise.resolve(),
    };
    hosts.push(handle);
    return handle;
  };

  const asked: { readonly name: string; readonly input: unknown }[] = [];
  const known = {
    grants: [first],
    session: {
      id: SESSION,
      isSuspended: false,
      alerts: [],
      budgetLiftedAtMs: null,
    } as unknown as SessionRecord,
  };
  let sessions = 0;
  const call = (name: string, input: unknown) => {
    asked.push({ name, input });
    switch (name) {
      case 'getGrant':
        return Promise.resolve(first);
      case 'createSession':
        sessions += 1;
        return Promise.resolve({ ...known.session, id: `se_${sessions}`, isSuspended: false });
      case 'createCredential':
        return Promise.resolve({ kind: 'none' });
      case 'listGrants':
        return Promise.resolve({ grants: known.grants });
      case 'listSessions':
        return Promise.resolve({ sessions: [known.session] });
      default:
        return Promise.resolve({});
    }
  };
  const connection = {
    http: { call, serverUrl: 'https://server.example' },
    time: { nowMs: timers.nowMs, offsetMs: () => 0 },
    lease: { nowMs: timers.nowMs(), untilMs: timers.nowMs() + LONG_MS },
    state: { kind: 'online', message: null },
    checkClock: () => undefined,
  } as unknown as ServerConnection;
  const account = {
    serverUrl: 'https://server.example',
    account: { id: base.sub, name: 'Olga', roles: ['operator'] },
    deviceId: base.device,
    audience: base.aud,
    issuer: base.iss,
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'EdDSA' }] },
    device: { privateKeyPem: '', publicKey: '' },
  } as unknown as EnrolledAccount;
  const notices: string[] = [];
  const spoolRoot = mkdtempSync(join(tmpdir(), 'account-sessions-'));
  folders.push(spoolRoot);
  const ofAccount = createAccountSessions({
    account,
    connection: () => connection,
    pool: { prepare: () => undefined, take, dispose: () => Promise.resolve() },
    timers,
    random: () => 0.5,
    spoolRoot,
    spoolQuotaBytes: 1e9,
    ownEnvironment: {},
    listeners: {
      onNotice: (_level, message) => notices.push(message),
      listenersOf: () => ({
        onAccess: () => undefined,
        onWarning: () => undefined,
        onMasked: () => undefined,
        onRecording: () => undefined,
        onNotice: (_level, message) => notices.push(message),
      }),
    },
  });
  const open = () => ofAccount.open({ grantId: FIRST, cols: 80, rows: 24 });
  /** The next host comes when the returned function is called. */
  const holdHost = () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    isHostReady = promise;
    return () => resolve(undefined);
  };
  /** Opening has come as far as waiting for its host. */
  const untilRegistered = () =>
    vi.waitFor(() => expect(asked.some(({ name }) => name === 'createCredential')).toBe(true));
  const revoke = (grantId: GrantId) =>
    ofAccount.grantRevoked({ grantId, rootId: FIRST, revokedAtMs: timers.nowMs() });
  return {
    ...{ sessions: ofAccount, open, holdHost, untilRegistered, revoke, record },
    ...{ base, first, second, hosts, known, asked, notices, timers, connection },
  };
}

const isOpen = (session: { view(): { access: { isGateOpen: boolean } } }) => session.view().access.isGateOpen;

describe('a revocation of a chain of grants', () => {
  test('freezes the session also where its extension was issued in the same moment and is still being checked', async () => {
    const { sessions, open, second, revoke, notices, base } = await setUp();
    const session = await open();
    expect(isOpen(session)).toBe(true);
    const extended = sessions.grantIssued(second);
    revoke(SECOND);
    await extended;
    expect(isOpen(session)).toBe(false);
    expect(session.view().access).toMatchObject({ lockReasons: ['revoked'], expiresAtMs: base.exp * 1000 });
    expect(notices).toEqual([]);
  });

  test('freezes every session under the chain, each reporting the grant that was revoked', async () => {
    const { open, revoke, asked } = await setUp();
    const tabs = [await open(), await open()];
    revoke(SECOND);
    await vi.waitFor(() =>
      expect(asked.filter(({ name }) => name === 'reportFrozen').map(({ input }) => input)).toMatchObject([
        { params: { id: SECOND } },
        { params: { id: SECOND } },
      ]),
    );
    expect(tabs.map(isOpen)).toEqual([false, false]);
  });

  test('that was missed in a gap is found through the chain', async () => {
    const { sessions, open, known, first, second, asked } = await setUp();
    const session = await open();
    known.grants = [
      { ...second, state: 'revoked', revokedAtMs: Date.now() },
      { ...first, state: 'superseded' },
    ];
    await sessions.resync();
    expect(session.view().access.lockReasons).toEqual(['revoked']);
    expect(asked).toContainEqual({ name: 'listGrants', input: { query: { chain: FIRST } } });
  });

  test('freezes also where this client refused the extension', async () => {
    const { sessions, open, record, base, revoke, notices } = await setUp();
    const session = await open();
    const other = { jti: SECOND, supersedes: FIRST, exp: base.exp + 600 };
    await sessions.grantIssued(await record({ ...other, budget: { ...base.budget, valuesPerSession: 1 } }));
    expect(notices.join()).toContain('not taken');
    expect(isOpen(session)).toBe(true);
    revoke(SECOND);
    expect(isOpen(session)).toBe(false);
  });
});

describe('an extension', () => {
  test('reaches every session under the chain, and one that is being opened', async () => {
    const { sessions, open, second, base, holdHost, untilRegistered, asked } = await setUp();
    const tabs = [await open(), await open()];
    asked.length = 0;
    const release = holdHost();
    const opening = open();
    await untilRegistered();
    await sessions.grantIssued(second);
    release();
    tabs.push(await opening);
    await vi.waitFor(() =>
      expect(tabs.map(tab => tab.view().access.expiresAtMs)).toEqual(tabs.map(() => (base.exp + 600) * 1000)),
    );
  });
});

describe('while a session is being opened', () => {
  test('a revocation refuses it, before anything reaches the target', async () => {
    const { sessions, open, holdHost, untilRegistered, revoke, hosts, asked, timers } = await setUp();
    const release = holdHost();
    const opening = open();
    await untilRegistered();
    revoke(FIRST);
    release();
    await expect(opening).rejects.toMatchObject({ code: 'grant-revoked' });
    expect(hosts.flatMap(host => host.sent)).toEqual([]);
    expect(sessions.running()).toEqual([]);
    await vi.waitFor(() => {
      timers.advance(1_000);
      expect(asked.filter(({ name }) => name === 'reportSession').map(({ input }) => input)).toMatchObject([
        { input: { endCause: 'revoked' } },
      ]);
    });
  });

  test('a suspension holds from its first moment', async () => {
    const { sessions, open, holdHost, untilRegistered } = await setUp();
    const release = holdHost();
    const opening = open();
    await untilRegistered();
    sessions.suspended(SESSION, true);
    release();
    const session = await opening;
    expect(session.view().access).toMatchObject({ isGateOpen: false, lockReasons: ['approver'] });
    sessions.suspended(SESSION, false);
    expect(isOpen(session)).toBe(true);
  });

  test('an alert comes to the session host after it knows what it opens', async () => {
    const { sessions, open, holdHost, untilRegistered, hosts } = await setUp();
    const release = holdHost();
    const opening = open();
    await untilRegistered();
    expect(sessions.alerted(SESSION, 'The first session here.')).toBe(false);
    release();
    await opening;
    const kinds = hosts.flatMap(host => host.sent).map(({ kind }) => kind);
    expect(kinds.filter(kind => kind === 'open' || kind === 'alert')).toEqual(['open', 'alert']);
  });

  test('what a gap swallowed is asked for before it is put in place', async () => {
    const { sessions, open, holdHost, untilRegistered, known, first, asked } = await setUp();
    const suspendedLater = holdHost();
    const opening = open();
    await untilRegistered();
    await sessions.resync();
    known.session = { ...known.session, isSuspended: true };
    suspendedLater();
    expect((await opening).view().access).toMatchObject({ isGateOpen: false, lockReasons: ['approver'] });

    known.session = { ...known.session, isSuspended: false };
    const revokedLater = holdHost();
    asked.length = 0;
    const second = open();
    await untilRegistered();
    await sessions.resync();
    known.grants = [{ ...first, state: 'revoked', revokedAtMs: Date.now() }];
    revokedLater();
    await expect(second).rejects.toMatchObject({ code: 'grant-revoked' });
  });

  test('a lease that is taken back meanwhile counts for nothing', async () => {
    const { sessions, open, holdHost, untilRegistered, connection, timers } = await setUp();
    const release = holdHost();
    const opening = open();
    await untilRegistered();
    Object.assign(connection, { lease: null });
    sessions.leaseChanged(null);
    release();
    let refusal: unknown = null;
    opening.catch((error: unknown) => (refusal = error));
    await vi.waitFor(() => {
      timers.advance(8_000);
      expect(refusal).toMatchObject({ code: 'server-unreachable' });
    });
    expect(sessions.running()).toEqual([]);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppState, RequestInputOf, RequestName, RequestOutputOf } from '../../contract/ipc.ts';
import { createApp } from '../../main/app/app.ts';
import { createReviewService } from '../../main/review/create-review-service.ts';
import { createForkNodeHost } from '../../main/session-host-client/fork-node-host.ts';
import { openProfile } from '../../main/vault/profile-folder.ts';
import { fileSecretBox } from '../../main/vault/secret-box.ts';
import { WEB_SHELL_FACTS } from '../../main/web/web-shell-facts.ts';
import type { EnrolledAccount } from '../../main/vault/vault.ts';
import { createProofSigner } from '../../main/server-client/proof.ts';
import type { ServerHttp } from '../../main/server-client/server-http.ts';
import { createServerHttp } from '../../main/server-client/server-http.ts';
import type { PendingSignIn } from '../../main/server-client/sign-in.ts';
import { readSignInOffer, startSignIn } from '../../main/server-client/sign-in.ts';
import { generateDeviceKey } from '../../main/vault/device-key.ts';
import { OidcSettings } from '../../server/identity/oidc/oidc-settings.ts';
import { createOidcProvider } from '../../server/identity/oidc/provider.ts';
import type { TestIdentityProvider } from '../support/identity-provider.ts';
import { startIdentityProvider } from '../support/identity-provider.ts';
import { startSallyport } from '../support/run-sallyport.ts';
import { send } from '../support/server-device.ts';
import { proofOf } from '../support/sign-in-proof.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

const HOUR_MS = 3600_000;
let provider: TestIdentityProvider;
let server: TestServer;
let aheadMs = 0;
beforeAll(async () => {
  provider = await startIdentityProvider();
  provider.people.set('olga', { name: 'Olga', groups: ['engineers', 'dba'] });
  provider.people.set('anna', { name: 'Anna', groups: ['leads'] });
  provider.people.set('eve', { name: 'Eve', groups: ['sales'] });
  const settings = OidcSettings.parse({
    issuer: provider.issuer,
    clientId: provider.clientId,
    name: 'Example Ltd',
    scopes: ['openid', 'profile', 'groups'],
    roles: { operator: ['engineers'], approver: ['leads'] },
    sessionHours: 8,
  });
  server = await startTestServer({
    oidc: createOidcProvider({ settings, clientSecret: null }),
    nowMs: () => Date.now() + aheadMs,
    leaseRenewalMs: 100,
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

async function signedIn(pending: PendingSignIn, login: string): Promise<EnrolledAccount> {
  await provider.signIn(pending.url, login);
  return pending.finished;
}
const start = (flow: 'browser' | 'device' = 'browser', device = generateDeviceKey()) =>
  startSignIn({ serverUrl: server.url(), flow, device });
const httpOf = ({ deviceId, audience, device }: EnrolledAccount): ServerHttp =>
  createServerHttp({
    serverUrl: server.url(),
    proof: createProofSigner({ deviceId, audience, privateKeyPem: device.privateKeyPem }),
    nowMs: () => Date.now() + aheadMs,
    wallNowMs: () => Date.now(),
  });
const audit = async () => (await server.administrator.ok('listAudit')).entries;

describe('a sign-in through a provider', () => {
  test('is offered by the server that has one', async () => {
    expect(await readSignInOffer(server.url())).toEqual({
      provider: { name: 'Example Ltd', hasDeviceFlow: true },
    });
  });

  test('in a browser enrols the device, with the roles and groups of the claims', async () => {
    const olga = await signedIn(await start(), 'olga');
    expect(olga.account).toMatchObject({ name: 'Olga', roles: ['operator'] });
    expect(await httpOf(olga).call('whoAmI', {})).toMatchObject({ account: { name: 'Olga' } });
    expect((await audit()).slice(-2)).toMatchObject([
      {
        action: 'account.create',
        detail: { groups: ['engineers', 'dba'], signIn: `${provider.issuer}#olga` },
      },
      { action: 'device.enrol', actor: 'Olga' },
    ]);
  });

  test('with a code typed elsewhere enrols a device of the same account', async () => {
    const pending = await start('device');
    expect(pending.userCode).toMatch(/\w{4}-\w{4}/);
    const olga = await signedIn(pending, 'olga');
    const { accounts } = await server.administrator.ok('listAccounts');
    expect(accounts.filter(({ name }) => name === 'Olga').map(({ id }) => id)).toEqual([olga.account.id]);
  });

  test('changes the account as the provider changes the person, and refuses who has no role any more', async () => {
    const before = await signedIn(await start(), 'anna');
    provider.people.set('anna', { name: 'Anna Maria', groups: ['leads', 'engineers'] });
    const anna = await signedIn(await start(), 'anna');
    expect(anna.account).toEqual({ ...before.account, name: 'Anna Maria', roles: ['operator', 'approver'] });
    expect((await audit()).find(({ action }) => action === 'account.update')).toMatchObject({
      subject: anna.account.id,
      detail: { roles: ['operator', 'approver'], was: { name: 'Anna', roles: ['approver'] } },
    });
    provider.people.set('anna', { name: 'Anna Maria', groups: [] });
    await expect(signedIn(await start(), 'anna')).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('has no role here') as unknown,
    });
    expect((await audit()).at(-1)).toMatchObject({ action: 'sign-in.refused' });
  });

  test('is no way into an account that was made here', async () => {
    await server.person('Eve', 'administrator');
    provider.people.set('eve', { name: 'EVE', groups: ['engineers'] });
    await expect(signedIn(await start(), 'eve')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is finished by the device that started it alone, with the answer of this very sign-in, and once', async () => {
    const key = generateDeviceKey();
    const body = {
      flow: 'browser',
      deviceName: 'x',
      devicePublicKey: key.publicKey,
      redirectUri: 'http://127.0.0.1:9/sign-in',
    };
    const started = await send(`${server.url()}/v1/sign-in`, 'POST', { body });
    const { id } = started.body as { id: string };
    const finish = (proof: string, callback: string) =>
      send(`${server.url()}/v1/sign-in/${id}/finish`, 'POST', { body: { proof, callback } });
    for (const foreign of [
      'no.such.proof',
      await proofOf(generateDeviceKey(), id),
      await proofOf(key, 'another-sign-in'),
    ]) {
      expect(await finish(foreign, 'code=x')).toMatchObject({
        status: 401,
        body: { detail: expect.stringContaining('Only the device that started') as unknown },
      });
    }
    const proof = await proofOf(key, id);
    // By its state, before the provider is asked about the code.
    expect(
      await finish(proof, `code=x&state=of-another&iss=${encodeURIComponent(provider.issuer)}`),
    ).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining('did not fit this sign-in') as unknown },
    });
    // Used up by the attempt.
    expect(await finish(proof, 'code=x')).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining('over') as unknown },
    });
    for (const redirectUri of [
      'http://evil.example/sign-in',
      'http://127.0.0.1:9/else',
      'https://127.0.0.1:9/sign-in',
    ]) {
      const refused = await send(`${server.url()}/v1/sign-in`, 'POST', { body: { ...body, redirectUri } });
      expect(refused.status).toBe(400);
    }
  });

  test('runs out: requests are refused and the event stream ends, until the same device signs in again', async () => {
    const olga = await signedIn(await start(), 'olga');
    const http = httpOf(olga);
    const stream = await http.fetch('/v1/events');
    expect(stream.status).toBe(200);
    aheadMs = 8 * HOUR_MS + 1000;
    const text = await stream.text(); // ends by the server
    expect(text).toContain('event: lease');
    await expect(http.call('whoAmI', {})).rejects.toMatchObject({
      code: 'not-signed-in',
      message: expect.stringContaining('Sign in again') as unknown,
    });
    const again = await signedIn(await start('browser', olga.device), 'olga');
    expect(again.deviceId).toBe(olga.deviceId);
    expect(await http.call('whoAmI', {})).toMatchObject({ deviceId: olga.deviceId });
    expect((await audit()).at(-1)).toMatchObject({ action: 'device.sign-in', actor: 'Olga' });
    // The key of a device is its owner's.
    provider.people.set('olaf', { name: 'Olaf', groups: ['engineers'] });
    await expect(signedIn(await start('browser', olga.device), 'olaf')).rejects.toMatchObject({
      message: expect.stringContaining('belongs to another account') as unknown,
    });
  });

  test('is there for a window, which then acts as who signed in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-sign-in-'));
    const app = createApp({
      profile: openProfile(folder, {}),
      secretBox: fileSecretBox,
      shell: WEB_SHELL_FACTS,
      forkHost: createForkNodeHost(),
      createReviewService,
      environment: { PATH: '/usr/bin:/bin', HOME: '/tmp' },
    });
    const window = app.connect(() => undefined);
    const ask = async <N extends RequestName>(
      name: N,
      input: RequestInputOf<N>,
    ): Promise<RequestOutputOf<N>> => {
      const outcome = await window.request(name, input);
      if (!outcome.ok) throw new Error(outcome.error.message);
      return outcome.value as RequestOutputOf<N>;
    };
    const serverUrl = server.url();
    expect(await ask('account.signInOffer', { serverUrl })).toMatchObject({
      provider: { name: 'Example Ltd' },
    });
    const { id: signInId, url } = await ask('account.startSignIn', { serverUrl, flow: 'browser' });
    await provider.signIn(url, 'olga');
    let state: AppState | null = null;
    while (state === null) state = await ask('account.waitForSignIn', { signInId });
    expect(state).toMatchObject({ current: { name: 'Olga' }, server: { url: serverUrl } });

    const second = await ask('account.startSignIn', { serverUrl, flow: 'browser' });
    await ask('account.cancelSignIn', { signInId: second.id });
    expect(await window.request('account.waitForSignIn', { signInId: second.id })).toMatchObject({
      ok: false,
    });
    await app.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is there for the command line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-sign-in-'));
    const command = startSallyport(['keys', 'enrol', server.url(), '--oidc', '--profile', folder]);
    const url = (await command.untilStdout(text => text.includes('\n'))).trim();
    await provider.signIn(url, 'olga');
    expect(await command.untilStdout(text => text.includes('This client is'))).toContain(
      'of Olga (operator)',
    );
    await command.ended;
    rmSync(folder, { recursive: true, force: true });
  });
});

test('a server without a provider says so', async () => {
  aheadMs = 0;
  const signInTerms = { localMs: 3 * HOUR_MS, idleMs: 2 * HOUR_MS };
  await server.restart({ oidc: undefined as never, signInTerms });
  expect(await readSignInOffer(server.url())).toEqual({ provider: null });
  await expect(start()).rejects.toMatchObject({ code: 'not-found' });
});

test('a device of a local account signs in again with a code: after its time, and when it was idle', async () => {
  const lena = await server.person('Lena', 'administrator');
  const codeFor = async (id: string) =>
    (await server.administrator.ok('createEnrolCode', { params: { id } })).enrolCode;
  const [first, second] = [await codeFor(lena.account.id), await codeFor(lena.account.id)];
  const foreign = await codeFor((await server.person('Emil', 'operator')).account.id);
  const enrol = (code: string) =>
    send(`${server.url()}/v1/enrol`, 'POST', {
      body: { code, deviceName: 'laptop', devicePublicKey: lena.publicKey },
    });
  const refusal = () => lena.call('whoAmI');
  const stream = await lena.events();
  const over = { status: 401, body: { detail: expect.stringContaining('Sign in again') as unknown } };

  aheadMs = 2 * HOUR_MS + 1000;
  await stream.ended;
  expect(await refusal()).toMatchObject(over);
  expect(await enrol(foreign)).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
  expect(await enrol(first)).toMatchObject({ status: 200, body: { deviceId: lena.deviceId } });
  await lena.ok('whoAmI');

  for (const hours of [3.5, 4.5]) {
    aheadMs = hours * HOUR_MS;
    await lena.ok('whoAmI');
  }
  aheadMs = 5 * HOUR_MS + 2000;
  expect(await refusal()).toMatchObject(over);
  expect(await enrol(second)).toMatchObject({ status: 200, body: { deviceId: lena.deviceId } });
  const { entries } = await lena.ok('listAudit', { query: { limit: 100 } });
  const own = entries.filter(({ subject }) => subject === lena.deviceId).map(({ action }) => action);
  expect(own).toEqual(['device.enrol', 'device.sign-in', 'device.sign-in']);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JumpHost } from '../../contract/grant.ts';
import type { Credential } from '../../contract/server-api.ts';
import { openTransport } from '../../main/session-host/transports/open-transport.ts';
import { openFixture } from '../support/session-fixtures.ts';
import type { SshKey } from '../support/ssh-key.ts';
import { createSshKey } from '../support/ssh-key.ts';
import type { Ssh2Server } from '../support/ssh2-server.ts';
import { startSsh2Server } from '../support/ssh2-server.ts';
import type { Sshd } from '../support/sshd.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';
import type { TestRedis } from '../support/redis.ts';
import { redisMissing, startRedis } from '../support/redis.ts';
import { collectTerminal } from '../support/terminal-of.ts';

/** A host with the credential for it. */
interface Stop {
  readonly place: JumpHost;
  readonly credential: Credential;
}

const missing = [sshdMissing(), redisMissing()].filter(each => each !== null);
if (missing.length > 0) console.log(`skipped: jump hosts (${missing.join('; ')})`);
describe.skipIf(missing.length > 0)('jump hosts', () => {
  const key: SshKey = createSshKey();
  const stranger = createSshKey();
  let outer: Sshd;
  let inner: Sshd;
  let script: Ssh2Server;
  let redis: TestRedis;
  beforeAll(async () => {
    [outer, inner, script, redis] = await Promise.all([
      startSshd(),
      startSshd(),
      startSsh2Server(),
      startRedis(),
    ]);
  });
  afterAll(() => Promise.all([outer.stop(), inner.stop(), script.stop(), redis.stop()]));

  const byCertificate = (sshd: Sshd, pinned = sshd.hostKey): Stop => ({
    place: {
      host: sshd.host,
      port: sshd.port,
      account: sshd.account,
      trust: { pinnedKeys: [pinned], hostCaKeys: [] },
      transport: 'openssh',
    },
    credential: { kind: 'ssh-certificate', certificate: sshd.signUser(key.publicKey), validUntilMs: 0 },
  });
  const byPassword = (): Stop => ({
    place: {
      host: script.host,
      port: script.port,
      account: script.username,
      trust: { pinnedKeys: [script.hostKey], hostCaKeys: [] },
      transport: 'ssh2',
    },
    credential: {
      kind: 'password',
      username: script.username,
      password: script.password,
      validUntilMs: null,
    },
  });
  const openThrough = (via: readonly Stop[], target: Stop) =>
    openTransport(
      openFixture({
        environment: { PATH: '/usr/bin:/bin', HOME: '/tmp' },
        target: { kind: 'ssh', ...target.place, via: via.map(stop => stop.place) },
        credential: target.credential,
        viaCredentials: via.map(stop => stop.credential),
        sshPrivateKeyPem: key.privateKeyPem,
      }),
    );

  const ways: readonly (readonly [string, () => readonly Stop[], () => Stop])[] = [
    ['OpenSSH through OpenSSH', () => [byCertificate(outer)], () => byCertificate(inner)],
    ['OpenSSH through ssh2', () => [byPassword()], () => byCertificate(inner)],
    ['ssh2 through OpenSSH', () => [byCertificate(outer)], () => byPassword()],
    ['ssh2 through ssh2', () => [byPassword()], () => byPassword()],
    [
      'OpenSSH through ssh2 and OpenSSH',
      () => [byPassword(), byCertificate(outer)],
      () => byCertificate(inner),
    ],
    [
      'ssh2 through OpenSSH, ssh2 and OpenSSH',
      () => [byCertificate(outer), byPassword(), byCertificate(inner)],
      () => byPassword(),
    ],
  ];
  it.each(ways)('%s leads to the target, and everything is closed after it', async (_name, via, target) => {
    const terminal = collectTerminal(openThrough(via(), target()));
    await terminal.transport.opened;
    terminal.type("printf 'arri%s\\n' ved\n");
    await terminal.until(/arrived/);
    expect(await terminal.transport.end(500)).toEqual({ processesLeft: null, isChannelClosed: true });
  });

  it('refuses a jump host whose key is not the pinned one, and names it with both fingerprints', async () => {
    const transport = openThrough([byCertificate(outer, stranger.publicKey)], byCertificate(inner));
    await expect(transport.opened).rejects.toMatchObject({
      code: 'host-key-changed',
      message: expect.stringContaining(`127.0.0.1:${String(outer.port)}`),
    });
  });

  it('refuses a target behind a jump host whose key is not the pinned one, and names the target', async () => {
    const transport = openThrough([byCertificate(outer)], byCertificate(inner, stranger.publicKey));
    await expect(transport.opened).rejects.toMatchObject({
      code: 'host-key-changed',
      message: expect.stringContaining(`127.0.0.1:${String(inner.port)}`),
    });
  });

  it('says which host refused the login', async () => {
    const refused = byCertificate(outer);
    const transport = openThrough(
      [
        {
          ...refused,
          credential: {
            kind: 'ssh-certificate',
            certificate: outer.signUser(key.publicKey, { principal: 'somebody-else' }),
            validUntilMs: 0,
          },
        },
      ],
      byCertificate(inner),
    );
    await expect(transport.opened).rejects.toMatchObject({
      code: 'credential-refused',
      message: expect.stringContaining(`127.0.0.1:${String(outer.port)}`),
    });
  });

  it('says that the target behind a jump host cannot be reached', async () => {
    const gone = byCertificate(inner);
    const transport = openThrough([byCertificate(outer)], { ...gone, place: { ...gone.place, port: 1 } });
    await expect(transport.opened).rejects.toMatchObject({ code: 'target-unreachable' });
  });

  it.each([
    ['ssh2', () => byPassword()],
    ['OpenSSH', () => byCertificate(outer)],
  ] as const)('lead a database terminal to its server by %s', async (_name, stop) => {
    const via = stop();
    const terminal = collectTerminal(
      openTransport(
        openFixture({
          environment: { PATH: '/usr/bin:/bin' },
          target: { kind: 'redis', host: redis.host, port: redis.port, account: 'default', via: [via.place] },
          credential: { kind: 'password', username: 'default', password: redis.password, validUntilMs: null },
          viaCredentials: [via.credential],
          sshPrivateKeyPem: key.privateKeyPem,
        }),
      ),
    );
    await terminal.transport.opened;
    // The client reads a line as typed only once it has set up its terminal.
    await terminal.until(/> /);
    terminal.type('echo through\r');
    await terminal.until(/"through"/);
    expect(await terminal.transport.end(500)).toEqual({ processesLeft: 0, isChannelClosed: true });
  });
});

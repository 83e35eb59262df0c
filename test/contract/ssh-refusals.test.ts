import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GrantTarget } from '../../contract/grant.ts';
import type { OpenSession } from '../../contract/session-host.ts';
import { fingerprintOf, parseHostKey } from '../../main/session-host/transports/host-keys.ts';
import { openTransport } from '../../main/session-host/transports/open-transport.ts';
import { freePort } from '../support/server-process.ts';
import { openFixture } from '../support/session-fixtures.ts';
import { createSshKey } from '../support/ssh-key.ts';
import type { Ssh2Server, Ssh2ServerOptions } from '../support/ssh2-server.ts';
import { startSsh2Server } from '../support/ssh2-server.ts';
import type { Sshd } from '../support/sshd.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';
import type { CollectedTerminal } from '../support/terminal-of.ts';
import { collectTerminal } from '../support/terminal-of.ts';

const ENVIRONMENT = { PATH: '/usr/bin:/bin', HOME: '/tmp', SHELL: '/bin/bash' };
const other = createSshKey();

function fingerprint(line: string): string {
  return fingerprintOf(parseHostKey(line).blob);
}

/** Opens a session that must be refused; resolves with the refusal, and sees to it that nothing was shown. */
async function refusalOf(open: OpenSession): Promise<{ readonly code: unknown; readonly message: string }> {
  const terminal = collectTerminal(openTransport(open));
  const error: unknown = await terminal.transport.opened.then(
    () => new Error('it opened'),
    (reason: unknown) => reason,
  );
  const end = await terminal.transport.ended;
  await terminal.transport.end(200);
  if (!(error instanceof Error)) throw new Error('rejected with something else');
  expect(terminal.text()).toBe('');
  expect(end.message).toBe(error.message);
  return { code: 'code' in error ? error.code : null, message: error.message };
}

const noSshd = sshdMissing();
if (noSshd !== null) console.log(`skipped: refusals of OpenSSH (${noSshd})`);
describe.skipIf(noSshd !== null)('a terminal by OpenSSH', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd({ hostCertificate: true });
  });
  afterAll(() => sshd.stop());

  interface Change {
    readonly pinnedKeys?: readonly string[];
    readonly hostCaKeys?: readonly string[];
    readonly port?: number;
    readonly host?: string;
    readonly principal?: string;
    readonly validity?: string;
    readonly path?: string;
  }
  const openWith = (change: Change): OpenSession => {
    const key = createSshKey();
    return openFixture({
      environment: { ...ENVIRONMENT, PATH: change.path ?? ENVIRONMENT.PATH },
      target: {
        kind: 'ssh',
        host: change.host ?? sshd.host,
        port: change.port ?? sshd.port,
        account: sshd.account,
        trust: {
          pinnedKeys: [...(change.pinnedKeys ?? [sshd.hostKey])],
          hostCaKeys: [...(change.hostCaKeys ?? [])],
        },
      },
      sshPrivateKeyPem: key.privateKeyPem,
      credential: {
        kind: 'ssh-certificate',
        certificate: sshd.signUser(key.publicKey, {
          principal: change.principal ?? sshd.account,
          validity: change.validity ?? '-5m:+5m',
        }),
        validUntilMs: 0,
      },
    });
  };

  it('is refused for a host without a pinned key, with the fingerprint that it presented', async () => {
    const { code, message } = await refusalOf(openWith({ pinnedKeys: [] }));
    expect(code).toBe('host-key-unknown');
    expect(message).toContain('Expected: none');
    expect(message).toContain(fingerprint(sshd.hostKey));
  });

  it('is refused for a host with another key than the pinned one, with both fingerprints', async () => {
    const { code, message } = await refusalOf(openWith({ pinnedKeys: [other.publicKey] }));
    expect(code).toBe('host-key-changed');
    expect(message).toContain(`Expected: ${fingerprint(other.publicKey)}`);
    expect(message).toContain(`Presented: ${fingerprint(sshd.hostKey)}`);
  });

  it('is refused for a host whose certificate another authority signed', async () => {
    const { code, message } = await refusalOf(openWith({ pinnedKeys: [], hostCaKeys: [other.publicKey] }));
    expect(code).toBe('host-key-changed');
    expect(message).toContain(fingerprint(other.publicKey));
    expect(message).toContain(fingerprint(sshd.hostKey));
  });

  it('is refused for a host certificate that names another host', async () => {
    const { code } = await refusalOf(
      openWith({ host: 'localhost', pinnedKeys: [], hostCaKeys: [sshd.hostCaKey] }),
    );
    expect(code).toBe('host-key-changed');
  });

  it('opens for a host whose certificate the trusted authority signed', async () => {
    const transport = openTransport(openWith({ pinnedKeys: [], hostCaKeys: [sshd.hostCaKey] }));
    await transport.opened;
    await transport.end(200);
  });

  it('is refused with a certificate that has expired', async () => {
    const { code, message } = await refusalOf(openWith({ validity: '-2h:-1h' }));
    expect(code).toBe('credential-refused');
    expect(message).toContain(sshd.account);
  });

  it('is refused with a certificate for another account', async () => {
    expect((await refusalOf(openWith({ principal: 'somebody-else' }))).code).toBe('credential-refused');
  });

  it('is refused with a certificate for another key', async () => {
    const open = { ...openWith({}), sshPrivateKeyPem: createSshKey().privateKeyPem };
    expect((await refusalOf(open)).code).toBe('credential-refused');
  });

  it('says that the target cannot be reached when nothing listens there', async () => {
    const { code, message } = await refusalOf(openWith({ port: await freePort() }));
    expect(code).toBe('target-unreachable');
    expect(message).toContain('Connection refused');
  });

  it('says that the target cannot be reached when something else than SSH answers', async () => {
    const server = createServer(socket => socket.end('220 mail\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect((await refusalOf(openWith({ port }))).code).toBe('target-unreachable');
    server.close();
  });

  it('says what to install when there is no ssh', async () => {
    const { code, message } = await refusalOf(openWith({ path: '/nonexistent' }));
    expect(code).toBe('program-missing');
    expect(message).toContain('openssh-client');
  });

  it('is refused where the server gives no terminal', async () => {
    const strict = await startSshd({ extraConfig: ['PermitTTY no'] });
    const key = createSshKey();
    const open = openWith({ port: strict.port, pinnedKeys: [strict.hostKey] });
    const { code } = await refusalOf({
      ...open,
      sshPrivateKeyPem: key.privateKeyPem,
      credential: { kind: 'ssh-certificate', certificate: strict.signUser(key.publicKey), validUntilMs: 0 },
    });
    await strict.stop();
    expect(code).toBe('credential-refused');
  });
});

describe('a terminal by ssh2', () => {
  const key = createSshKey();
  let server: Ssh2Server;
  beforeAll(async () => {
    server = await startSsh2Server({ authorizedKey: key.publicKey });
  });
  afterAll(() => server.stop());

  interface Change {
    readonly pinnedKeys?: readonly string[];
    readonly hostCaKeys?: readonly string[];
    readonly port?: number;
    readonly credential?: OpenSession['credential'];
    readonly sshPrivateKeyPem?: string;
  }
  const openWith = (change: Change): OpenSession =>
    openFixture({
      environment: ENVIRONMENT,
      target: {
        kind: 'ssh',
        transport: 'ssh2',
        host: server.host,
        port: change.port ?? server.port,
        account: server.username,
        trust: {
          pinnedKeys: [...(change.pinnedKeys ?? [server.hostKey])],
          hostCaKeys: [...(change.hostCaKeys ?? [])],
        },
      },
      credential: change.credential ?? {
        kind: 'password',
        username: server.username,
        password: server.password,
        validUntilMs: null,
      },
      sshPrivateKeyPem: change.sshPrivateKeyPem ?? null,
    });

  it('opens with a key that the server knows', async () => {
    const transport = openTransport(
      openWith({ credential: { kind: 'none' }, sshPrivateKeyPem: key.privateKeyPem }),
    );
    await transport.opened;
    expect(await transport.end(200)).toEqual({ processesLeft: null, isChannelClosed: true });
  });

  it('is refused with a key that the server does not know', async () => {
    const open = openWith({ credential: { kind: 'none' }, sshPrivateKeyPem: other.privateKeyPem });
    expect((await refusalOf(open)).code).toBe('credential-refused');
  });

  it('is refused with a wrong password, which is not repeated', async () => {
    const { code, message } = await refusalOf(
      openWith({
        credential: { kind: 'password', username: server.username, password: 'wr0ng', validUntilMs: null },
      }),
    );
    expect(code).toBe('credential-refused');
    expect(message).not.toContain('wr0ng');
  });

  it('is refused for a host without a pinned key, with the fingerprint that it presented', async () => {
    const { code, message } = await refusalOf(openWith({ pinnedKeys: [] }));
    expect(code).toBe('host-key-unknown');
    expect(message).toContain(fingerprint(server.hostKey));
  });

  it('is refused for a host with another key than the pinned one, with both fingerprints', async () => {
    const { code, message } = await refusalOf(openWith({ pinnedKeys: [other.publicKey] }));
    expect(code).toBe('host-key-changed');
    expect(message).toContain(`Expected: ${fingerprint(other.publicKey)}`);
    expect(message).toContain(`Presented: ${fingerprint(server.hostKey)}`);
  });

  it('is refused where only a host authority is trusted, which ssh2 cannot check', async () => {
    const { code, message } = await refusalOf(openWith({ pinnedKeys: [], hostCaKeys: [other.publicKey] }));
    expect(code).toBe('host-key-unknown');
    expect(message).toContain('openssh');
  });

  it('says that the target cannot be reached when nothing listens there', async () => {
    const { code, message } = await refusalOf(openWith({ port: await freePort() }));
    expect(code).toBe('target-unreachable');
    expect(message).toContain('refused');
  });

  it('refuses at once when the server gave no credential', () => {
    expect(() => openTransport(openWith({ credential: { kind: 'none' } }))).toThrow(/no credential/);
  });
});

describe.each([
  ['openssh', noSshd],
  ['ssh2', null],
] as const)('a login by %s that was accepted', (transport, missing) => {
  const key = createSshKey();
  type Then = NonNullable<Ssh2ServerOptions['afterLogin']>;
  const serve = (afterLogin: Then) => startSsh2Server({ authorizedKey: key.publicKey, afterLogin });
  const openOn = (server: Ssh2Server) =>
    openFixture({
      environment: ENVIRONMENT,
      target: {
        kind: 'ssh',
        transport,
        host: server.host,
        port: server.port,
        account: server.username,
        trust: { pinnedKeys: [server.hostKey], hostCaKeys: [] },
      },
      credential: { kind: 'none' },
      sshPrivateKeyPem: key.privateKeyPem,
    });

  it.skipIf(missing !== null).each([
    ['no-session', 'credential-refused'],
    ['no-terminal', 'credential-refused'],
    ['no-shell', 'credential-refused'],
    ['hang-up', 'session-ended'],
  ] as const)('is told as such when then comes "%s", not as a host out of reach', async (then, code) => {
    const server = await serve(then);
    const refusal = await refusalOf(openOn(server));
    await server.stop();
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain('accepted the login');
    expect(refusal.message).not.toContain('could not be reached');
  });

  it.skipIf(missing !== null)(
    'ends with the exit status that comes after the end of the output',
    async () => {
      const server = await serve('late-exit-status');
      const terminal = collectTerminal(openTransport(openOn(server)));
      await terminal.transport.opened;
      expect(await terminal.transport.ended).toEqual({ exitStatus: 255, signal: null, message: null });
      await terminal.transport.end(200);
      await server.stop();
    },
  );
});

describe.skipIf(noSshd !== null)('the end of a remote program', () => {
  const key = createSshKey();
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd({ authorizedKeys: [key.publicKey] });
  });
  afterAll(() => sshd.stop());

  const openBy = async (transport: 'openssh' | 'ssh2'): Promise<CollectedTerminal> => {
    const terminal = collectTerminal(
      openTransport(
        openFixture({
          environment: ENVIRONMENT,
          target: {
            kind: 'ssh',
            transport,
            host: sshd.host,
            port: sshd.port,
            account: sshd.account,
            trust: { pinnedKeys: [sshd.hostKey], hostCaKeys: [] },
          },
          sshPrivateKeyPem: key.privateKeyPem,
        }),
      ),
    );
    await terminal.transport.opened;
    return terminal;
  };

  it.each(['openssh', 'ssh2'] as const)(
    'is told as a lost connection by %s when that breaks, with all output before it',
    async transport => {
      const terminal = await openBy(transport);
      terminal.type("printf 'bef%s\\n' ore; sleep 0.2; kill -9 $PPID\n");
      const end = await terminal.transport.ended;
      expect(terminal.text()).toContain('before');
      expect(end.exitStatus).toBeNull();
      expect(end.message).toContain('connection to the target was lost');
      expect(await terminal.transport.end(300)).toEqual({ processesLeft: null, isChannelClosed: true });
    },
  );

  it.each([
    ['openssh', 'exit 255', { exitStatus: 255, signal: null, message: null }],
    ['ssh2', 'exit 255', { exitStatus: 255, signal: null, message: null }],
    [
      'openssh',
      'kill -9 $$',
      { exitStatus: null, signal: null, message: 'The program on the target was ended by a signal.' },
    ],
    ['ssh2', 'kill -9 $$', { exitStatus: null, signal: 'SIGKILL', message: null }],
  ] as const)('is told by %s after "%s"', async (transport, line, expected) => {
    const terminal = await openBy(transport);
    terminal.type(`${line}\n`);
    expect(await terminal.transport.ended).toEqual(expected);
  });
});

describe('names of hosts and accounts', () => {
  it('can never be read as options', () => {
    const target = { id: 'tg', kind: 'ssh', name: 'x' };
    expect(GrantTarget.safeParse({ ...target, host: '-oProxyCommand=x' }).success).toBe(false);
    expect(GrantTarget.safeParse({ ...target, account: '-oProxyCommand=x' }).success).toBe(false);
    expect(GrantTarget.safeParse({ ...target, host: 'db.example', account: 'root' }).success).toBe(true);
  });
});

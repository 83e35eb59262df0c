import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTransport } from '../../main/session-host/transports/open-transport.ts';
import { findSecretsInProcesses } from '../support/process-secrets.ts';
import { openFixture } from '../support/session-fixtures.ts';
import { createSshKey } from '../support/ssh-key.ts';
import type { Ssh2Server } from '../support/ssh2-server.ts';
import { startSsh2Server } from '../support/ssh2-server.ts';
import type { Sshd } from '../support/sshd.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';
import { collectTerminal } from '../support/terminal-of.ts';

/** All that is readable in the temporary folders of sessions. */
function filesOfSessions(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const folder of readdirSync(tmpdir()).filter(name => /^sallyport-[A-Za-z0-9]{6}$/.test(name))) {
    const path = join(tmpdir(), folder);
    try {
      for (const name of readdirSync(path)) {
        if (statSync(join(path, name)).isFile())
          texts.set(join(path, name), readFileSync(join(path, name), 'utf8'));
      }
    } catch {
      // A session of another test has just removed its folder.
    }
  }
  return texts;
}

const noSshd = sshdMissing();
if (noSshd !== null) console.log(`skipped: secrets of OpenSSH sessions (${noSshd})`);
describe.skipIf(noSshd !== null)('a session by OpenSSH', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  it('puts its private key neither into arguments nor environments nor files, and leaves no file once it is open', async () => {
    const key = createSshKey();
    const secret = key.privateKeyPem.split('\n')[1] ?? '';
    const hop = {
      host: sshd.host,
      port: sshd.port,
      account: sshd.account,
      trust: { pinnedKeys: [sshd.hostKey], hostCaKeys: [] },
    };
    const credential = {
      kind: 'ssh-certificate' as const,
      certificate: sshd.signUser(key.publicKey),
      validUntilMs: 0,
    };
    const open = openFixture({
      environment: { PATH: '/usr/bin:/bin', SSH_AUTH_SOCK: '/run/of-the-operator', UNRELATED: 'x' },
      target: { kind: 'ssh', ...hop, via: [{ ...hop, transport: 'openssh' }] },
      sshPrivateKeyPem: key.privateKeyPem,
      credential,
      viaCredentials: [credential],
    });
    const before = filesOfSessions();
    const terminal = collectTerminal(openTransport(open));
    const seen = new Map<string, string>();
    const watch = setInterval(() => {
      for (const [path, text] of filesOfSessions()) if (!before.has(path)) seen.set(path, text);
    }, 5);
    await terminal.transport.opened;
    clearInterval(watch);

    // Other tests run beside this one: this session's folder is the one whose configuration names this server.
    const ours = [...seen].filter(
      ([path, text]) => path.endsWith('/config') && text.includes(`Port ${String(sshd.port)}\n`),
    );
    const folders = ours.map(([path]) => dirname(path));
    const files = [...seen].filter(([path]) => folders.includes(dirname(path)));
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter(([, text]) => text.includes(secret) || text.includes('PRIVATE KEY'))).toEqual([]);
    const { processes, found } = findSecretsInProcesses(open.sessionId, [
      secret,
      credential.certificate.split(' ')[1] ?? '',
      '/run/of-the-operator',
      'UNRELATED',
    ]);
    expect(processes).toBe(2);
    expect(found).toEqual([]);
    expect(folders.filter(folder => statSync(folder, { throwIfNoEntry: false }) !== undefined)).toEqual([]);
    await terminal.transport.end(300);
  });

  it('lets the key be used for no forwarding: no agent reaches the target', async () => {
    const key = createSshKey();
    const terminal = collectTerminal(
      openTransport(
        openFixture({
          environment: { PATH: '/usr/bin:/bin' },
          target: {
            kind: 'ssh',
            host: sshd.host,
            port: sshd.port,
            account: sshd.account,
            trust: { pinnedKeys: [sshd.hostKey], hostCaKeys: [] },
          },
          sshPrivateKeyPem: key.privateKeyPem,
          credential: { kind: 'ssh-certificate', certificate: sshd.signUser(key.publicKey), validUntilMs: 0 },
        }),
      ),
    );
    await terminal.transport.opened;
    terminal.type('echo "agent=<$SSH_AUTH_SOCK>"\n');
    await terminal.until(/agent=<>/);
    await terminal.transport.end(300);
  });
});

describe('a session by ssh2', () => {
  let server: Ssh2Server;
  beforeAll(async () => {
    server = await startSsh2Server();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(() => server.stop());

  it('sends each key at once: the connection does not wait to fill a packet', async () => {
    const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    const terminal = collectTerminal(
      openTransport(
        openFixture({
          target: {
            kind: 'ssh',
            transport: 'ssh2',
            host: server.host,
            port: server.port,
            account: server.username,
            trust: { pinnedKeys: [server.hostKey], hostCaKeys: [] },
          },
          credential: { kind: 'password', ...server, validUntilMs: null },
        }),
      ),
    );
    await terminal.transport.opened;
    const toServer = setNoDelay.mock.contexts.filter(
      (socket, call) =>
        socket instanceof Socket &&
        socket.remotePort === server.port &&
        setNoDelay.mock.calls[call]?.[0] === true,
    );
    expect(toServer.length).toBeGreaterThan(0);

    await terminal.until(/\$ /);
    const echoMs: number[] = [];
    for (let i = 0; i < 30; i += 1) {
      const before = terminal.text().length;
      const start = performance.now();
      terminal.type('x');
      await terminal.until(new RegExp(`^[^]{${String(before)}}x`));
      echoMs.push(performance.now() - start);
    }
    // Told, not asserted: figures belong to the bench.
    console.log(`key echo by ssh2, median: ${(echoMs.toSorted((a, b) => a - b)[15] ?? 0).toFixed(2)} ms`);
    await terminal.transport.end(300);
  });
});

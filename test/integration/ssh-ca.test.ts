import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TargetId } from '../../contract/ids.ts';
import type { GrantRecord, TargetSummary } from '../../contract/server-api.ts';
import { SshAuthorities } from '../../contract/server-administration.ts';
import type { TargetSecret } from '../../contract/target-secret.ts';
import type { TestDevice } from '../support/server-device.ts';
import { send } from '../support/server-device.ts';
import { startSshd, sshdMissing } from '../support/sshd.ts';
import type { Sshd } from '../support/sshd.ts';
import type { TestServer } from '../support/test-server.ts';
import { grantAccess, startTestServer } from '../support/test-server.ts';

const missing = sshdMissing();
if (missing !== null) process.stdout.write(`skipped: SSH certificates against a real sshd: ${missing}\n`);

describe.skipIf(missing !== null)('SSH certificates of the server, judged by OpenSSH', () => {
  let server: TestServer;
  let operator: TestDevice;
  let approver: TestDevice;
  let sshd: Sshd;
  let target: TargetSummary;
  let authorities: SshAuthorities;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-ssh-ca-'));
    server = await startTestServer();
    operator = await server.person('Olga', 'operator');
    approver = await server.person('Anna', 'approver');
    const reviewer = await server.person('Rita', 'reviewer');
    await reviewer.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
    authorities = SshAuthorities.parse((await send(`${server.url()}/v1/ssh-authorities`, 'GET')).body);
    sshd = await startSshd({ userCaKey: authorities.userCaKeys[0] ?? '' });
    const jump = { host: sshd.host, port: sshd.port, account: sshd.account };
    target = await server.target({
      target: {
        id: TargetId.parse('web-1'),
        kind: 'ssh',
        name: 'Web 1',
        host: sshd.host,
        port: sshd.port,
        trust: { pinnedKeys: [sshd.hostKey] },
        via: [{ ...jump, trust: { pinnedKeys: [sshd.hostKey] } }],
      },
      accounts: [sshd.account, 'nobody-else'],
      secret: { kind: 'ssh-ca' },
      viaSecrets: [{ kind: 'ssh-ca' }],
    });
    writeFileSync(join(folder, 'known_hosts'), `[${sshd.host}]:${sshd.port} ${sshd.hostKey}\n`);
  });
  afterAll(async () => {
    await sshd.stop();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let made = 0;
  /** A fresh key with a certificate for a grant; the path of the private key. */
  async function certify(grant: GrantRecord, hop = -1): Promise<string> {
    const key = join(folder, `key-${++made}`);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'session', '-f', key]);
    const credential = await operator.ok('createCredential', {
      params: { id: grant.id },
      input: { sshPublicKey: readFileSync(`${key}.pub`, 'utf8'), hop },
    });
    if (credential.kind !== 'ssh-certificate') throw new Error(`not a certificate: ${credential.kind}`);
    expect(credential.validUntilMs).toBe(grant.expiresAtMs);
    writeFileSync(`${key}-cert.pub`, `${credential.certificate}\n`);
    return key;
  }

  const describeCertificate = (path: string) =>
    execFileSync('ssh-keygen', ['-L', '-f', path], { env: { ...process.env, TZ: 'UTC' } }).toString();

  /** Runs `ssh` with nothing but the certificate. */
  function ssh(
    key: string,
    args: readonly string[],
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const options = [
      '-F/dev/null',
      '-oBatchMode=yes',
      '-oIdentitiesOnly=yes',
      `-oUserKnownHostsFile=${join(folder, 'known_hosts')}`,
      '-oStrictHostKeyChecking=yes',
      `-i${key}`,
      ...(args.some(arg => arg.startsWith('-p')) ? [] : [`-p${sshd.port}`]),
    ];
    return new Promise(resolve => {
      const child = execFile('ssh', [...options, ...args], { timeout: 60_000 }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
      // Whoever tunnels waits for the end of what is sent.
      child.stdin?.end();
    });
  }

  test('ssh-keygen reads one, and finds what the grant says', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const text = describeCertificate(`${await certify(grant)}-cert.pub`);
    const ca = execFileSync('ssh-keygen', ['-lf', '-'], {
      input: authorities.userCaKeys[0] ?? '',
    }).toString();
    expect(text).toContain('ssh-ed25519-cert-v01@openssh.com user certificate');
    expect(text).toContain(`Signing CA: ED25519 ${ca.split(' ')[1] ?? 'none'}`);
    expect(text).toContain(`Key ID: "grant ${grant.id} of Olga (${operator.account.id})"`);
    expect(text).toContain(`to ${new Date(grant.expiresAtMs).toISOString().slice(0, 19)}`);
    expect(text).toMatch(new RegExp(`Principals: \\n\\s+${sshd.account}\\n`));
    expect(text).toContain('Critical Options: (none)');
    expect(text).toMatch(/Extensions: \n\s+permit-pty\n$/);
  });

  test('one for a jump host forwards and gives no terminal', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const text = describeCertificate(`${await certify(grant, 0)}-cert.pub`);
    expect(text).toMatch(/Critical Options: \n\s+force-command exit 1\n/);
    expect(text).toMatch(/Extensions: \n\s+permit-port-forwarding\n$/);
    const beyond = await operator.call('createCredential', {
      params: { id: grant.id },
      input: { sshPublicKey: 'ssh-ed25519 AAAA', hop: 1 },
    });
    expect(beyond.status).toBe(400);
  });

  test('a real sshd that trusts the authority lets the session in, with a terminal', async () => {
    const grant = await grantAccess(operator, approver, { target });
    const key = await certify(grant);
    const command = [`${sshd.account}@${sshd.host}`, 'test -t 0 && echo in'];
    expect(await ssh(key, ['-tt', ...command])).toMatchObject({ code: 0, stdout: 'in\r\n' });
    // Without forwarding, by the same certificate.
    const tunnel = await ssh(key, [`-W127.0.0.1:${sshd.port}`, `${sshd.account}@${sshd.host}`]);
    expect(tunnel.code).not.toBe(0);
    expect(tunnel.stderr).toMatch(/prohibited|forward/i);
    const forwarding = await ssh(await certify(grant, 0), ['-tt', ...command]);
    expect(forwarding.stderr).toContain('PTY allocation request failed');
    // Without a terminal a command needs no more than a channel: the jump host's certificate runs none.
    const ran = await ssh(await certify(grant, 0), [`${sshd.account}@${sshd.host}`, 'echo ran']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
  });

  test('what the target says of source, command and forwarding is what sshd holds a session to', async () => {
    const withSecret = async (secret: Partial<Extract<TargetSecret, { kind: 'ssh-ca' }>>) => {
      const input = {
        id: TargetId.parse(`web-${++made}`),
        kind: 'ssh',
        name: 'Web',
        host: sshd.host,
      } as const;
      const registered = await server.target({
        target: { ...input, port: sshd.port, trust: { pinnedKeys: [sshd.hostKey] } },
        accounts: [sshd.account],
        secret: { kind: 'ssh-ca', ...secret },
      });
      return certify(await grantAccess(operator, approver, { target: registered }));
    };
    const run = (key: string, ...args: string[]) =>
      ssh(key, [...args, `${sshd.account}@${sshd.host}`, 'echo asked']);
    const elsewhere = await withSecret({ sourceAddresses: ['192.0.2.0/24'] });
    expect((await run(elsewhere)).stderr).toContain('Permission denied');
    const here = await withSecret({ sourceAddresses: ['192.0.2.0/24', '127.0.0.1'] });
    expect(await run(here)).toMatchObject({ code: 0, stdout: 'asked\n' });
    const forced = await withSecret({ forceCommand: 'echo forced' });
    expect(await run(forced)).toMatchObject({ code: 0, stdout: 'forced\n' });
    const tunnel = (key: string) =>
      ssh(key, ['-oLogLevel=ERROR', `-W127.0.0.1:${sshd.port}`, `${sshd.account}@${sshd.host}`]);
    expect((await tunnel(here)).stderr).toMatch(/prohibited|forward/i);
    expect((await tunnel(await withSecret({ permit: ['port-forwarding'] }))).stdout).toContain('SSH-2.0-');
    const agent = join(folder, 'agent.sock');
    const asks = (key: string) =>
      ssh(key, ['-A', `-oIdentityAgent=${agent}`, `${sshd.account}@${sshd.host}`, 'echo "<$SSH_AUTH_SOCK>"']);
    const listener = createServer(socket => socket.destroy()).listen(agent);
    expect((await asks(here)).stdout).toBe('<>\n');
    expect((await asks(await withSecret({ permit: ['agent-forwarding'] }))).stdout).toMatch(/<.+>/);
    listener.close();
  });

  test('an sshd that asks the server lets nobody in from the moment of a revocation on', async () => {
    const asking = await startSshd({
      userCaKey: authorities.userCaKeys[0] ?? '',
      extraConfig: [
        `AuthorizedPrincipalsCommand /usr/bin/curl -fsS -G --data-urlencode certificate=%i --data-urlencode user=%u ${server.url()}/v1/ssh-principals`,
        `AuthorizedPrincipalsCommandUser ${sshd.account}`,
      ],
    });
    writeFileSync(join(folder, 'known_hosts'), `[${asking.host}]:${asking.port} ${asking.hostKey}\n`, {
      flag: 'a',
    });
    const login = (key: string, account = asking.account) =>
      ssh(key, [`-p${asking.port}`, `${account}@${asking.host}`, 'echo in']);
    try {
      const grant = await grantAccess(operator, approver, { target });
      const key = await certify(grant);
      expect(await login(key)).toMatchObject({ code: 0, stdout: 'in\n' });
      expect((await login(key, 'nobody')).stderr).toContain('Permission denied');
      const extended = await grantAccess(operator, approver, { target, supersedes: grant.id });
      expect((await login(key)).code).toBe(0);
      await approver.ok('revokeGrant', { params: { id: extended.id }, input: { reason: 'enough' } });
      expect((await login(key)).stderr).toContain('Permission denied');
      // An sshd that does not ask goes by the certificate's own end.
      expect((await ssh(key, [`${sshd.account}@${sshd.host}`, 'true'])).code).toBe(0);
    } finally {
      await asking.stop();
    }
  });

  test('the same sshd refuses another login, and the key without its certificate', async () => {
    const key = await certify(await grantAccess(operator, approver, { target }));
    expect((await ssh(key, ['nobody@127.0.0.1', 'true'])).stderr).toContain('Permission denied');
    rmSync(`${key}-cert.pub`);
    expect((await ssh(key, [`${sshd.account}@${sshd.host}`, 'true'])).stderr).toContain('Permission denied');
  });

  test('it ends with the grant', async () => {
    const grant = await grantAccess(operator, approver, { target, durationS: 5 });
    const key = await certify(grant);
    const login = () => ssh(key, [`${sshd.account}@${sshd.host}`, 'true']);
    expect((await login()).code).toBe(0);
    await expect.poll(async () => (await login()).stderr).toContain('Permission denied');
    expect(Date.now()).toBeGreaterThanOrEqual(grant.expiresAtMs);
  });

  test('a key that is not Ed25519, or none, is refused in words', async () => {
    const grant = await grantAccess(operator, approver, { target });
    for (const input of [{}, { sshPublicKey: 'ssh-rsa AAAAB3NzaC1yc2E' }]) {
      const answer = await operator.call('createCredential', { params: { id: grant.id }, input });
      expect(answer).toMatchObject({ status: 400, body: { code: 'bad-input' } });
    }
  });

  test('a host certificate is one that OpenSSH accepts for a host', async () => {
    const { certificate } = await server.administrator.ok('createHostCertificate', {
      input: { publicKey: sshd.hostKey, names: ['web-1.example', '127.0.0.1'] },
    });
    const path = join(folder, 'host-cert.pub');
    writeFileSync(path, `${certificate}\n`);
    const text = describeCertificate(path);
    expect(text).toContain('host certificate');
    expect(text).toMatch(/Principals: \n\s+web-1.example\n\s+127.0.0.1\n/);
    const refused = await operator.call('createHostCertificate', {
      input: { publicKey: sshd.hostKey, names: ['x'] },
    });
    expect(refused.status).toBe(403);
  });
});

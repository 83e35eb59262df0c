import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findServerProgram, freePort, missingPrograms, stopChild, whenWritten } from './server-process.ts';

/** What a real sshd needs; null when all is there, else the reason for skipping, in words. */
export function sshdMissing(): string | null {
  const missing = missingPrograms(['sshd', 'ssh', 'ssh-keygen']);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')} (apt install openssh-server)`;
}

export interface Sshd {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** the only login: the user that runs the tests */
  readonly account: string;
  /** public key line of the host */
  readonly hostKey: string;
  /** public key line of the CA that signed the host's certificate (principal `127.0.0.1`) */
  readonly hostCaKey: string;
  /** An OpenSSH user certificate line for a public key line, by the CA that this server trusts. */
  readonly signUser: (publicKey: string, options?: SignOptions) => string;
  readonly stop: () => Promise<void>;
}

export interface SignOptions {
  readonly principal?: string;
  /** as ssh-keygen takes it: `-5m:+5m` */
  readonly validity?: string;
}

export interface SshdOptions {
  /** present a certificate of the host CA beside the key */
  readonly hostCertificate?: boolean;
  /** public key line of a CA that is trusted in place of its own: `signUser` is of no use then */
  readonly userCaKey?: string;
  /** public key lines that may log in without a certificate */
  readonly authorizedKeys?: readonly string[];
  readonly extraConfig?: readonly string[];
}

/** A real sshd on an ephemeral loopback port with keys of its own, that accepts only certificates of its own CA. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-test-sshd-'));
  const path = (name: string): string => join(folder, name);
  const keygen = (args: readonly string[]): void => void execFileSync('ssh-keygen', ['-q', ...args]);
  for (const name of ['host', 'host-ca', 'user-ca'])
    keygen(['-t', 'ed25519', '-N', '', '-C', name, '-f', path(name)]);
  if (options.userCaKey !== undefined) writeFileSync(path('user-ca.pub'), `${options.userCaKey}\n`);
  const publicLine = (name: string): string => readFileSync(path(`${name}.pub`), 'utf8').trim();
  if (options.hostCertificate === true) {
    keygen(['-s', path('host-ca'), '-h', '-I', 'host', '-n', '127.0.0.1', path('host.pub')]);
  }
  writeFileSync(path('authorized-keys'), (options.authorizedKeys ?? []).map(line => `${line}\n`).join(''));
  const port = await freePort();
  const account = userInfo().username;
  writeFileSync(
    path('config'),
    [
      'ListenAddress 127.0.0.1',
      `Port ${String(port)}`,
      `HostKey ${path('host')}`,
      ...(options.hostCertificate === true ? [`HostCertificate ${path('host-cert.pub')}`] : []),
      `TrustedUserCAKeys ${path('user-ca.pub')}`,
      `AuthorizedKeysFile ${options.authorizedKeys === undefined ? 'none' : path('authorized-keys')}`,
      'AuthenticationMethods publickey',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'UsePAM no',
      'StrictModes no',
      'PidFile none',
      'PrintMotd no',
      'PrintLastLog no',
      'AcceptEnv LANG LC_*',
      // A home of its own: what the start-up files of whoever runs the tests do is neither fast nor sure.
      `SetEnv HOME=${folder}`,
      'MaxStartups 100',
      // Shells that read no start-up files of whoever runs the tests: those may take a while, or wait for a lock.
      `SetEnv HOME=${folder}`,
      ...(options.extraConfig ?? []),
      '',
    ].join('\n'),
  );
  // sshd as root separates privileges through this folder, which a boot script makes elsewhere.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const child = spawn(findServerProgram('sshd') ?? 'sshd', ['-D', '-e', '-f', path('config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await whenWritten(child, /Server listening on/);
  let signed = 0;
  return {
    host: '127.0.0.1',
    port,
    account,
    hostKey: publicLine('host'),
    hostCaKey: publicLine('host-ca'),
    signUser(publicKey, { principal = account, validity = '-5m:+1h' } = {}) {
      signed += 1;
      const name = `user-${String(signed)}`;
      writeFileSync(path(`${name}.pub`), `${publicKey}\n`);
      keygen(['-s', path('user-ca'), '-I', 'session', '-n', principal, '-V', validity, path(`${name}.pub`)]);
      return readFileSync(path(`${name}-cert.pub`), 'utf8').trim();
    },
    async stop() {
      await stopChild(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

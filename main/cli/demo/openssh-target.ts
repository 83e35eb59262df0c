import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endWithThisProcess } from '../../../server/end-with-this-process.ts';
import { TRIAL_KEYS, tryLogin } from './try-login.ts';

export interface SshTarget {
  readonly port: number;
  /** public key line of the host, to be pinned */
  readonly hostKey: string;
  stop(): Promise<void>;
}

const SSHD = '/usr/sbin/sshd';

/**
 * Starts an OpenSSH server of the demo's own on loopback; it accepts certificates of the given CA and, after a trial login, nothing else.
 * Answers the reason, in words, where it is not installed or gives this user no terminal.
 */
export async function startOpenSshTarget(options: {
  folder: string;
  port: number;
  userCaKey: string;
  account: string;
  startFolder: string;
}): Promise<SshTarget | { readonly reason: string }> {
  if (!existsSync(SSHD)) return { reason: `there is no ${SSHD} (Debian: apt-get install openssh-server)` };
  const target = await startServer(options);
  if ('reason' in target) return target;
  const refusal = await tryLogin({ ...options, hostKey: target.hostKey });
  if (refusal === null) return target;
  const complaint = target.complaint();
  await target.stop();
  return { reason: `sshd gives ${options.account} no terminal: ${complaint ?? refusal}` };
}

interface StartedServer extends SshTarget {
  /** why it turned a login away, in its own words */
  complaint(): string | null;
}

async function startServer(options: {
  folder: string;
  port: number;
  userCaKey: string;
  startFolder: string;
}): Promise<StartedServer | { readonly reason: string }> {
  const { folder, port } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const hostKeyFile = join(folder, 'host_key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'demo-host', '-f', hostKeyFile]);
  const caFile = join(folder, 'user_ca.pub');
  writeFileSync(caFile, `${options.userCaKey}\n`);
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${hostKeyFile}`,
    `TrustedUserCAKeys ${caFile}`,
    `PidFile ${join(folder, 'sshd.pid')}`,
    `AuthorizedKeysFile ${join(folder, TRIAL_KEYS)}`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'UsePAM no',
    'PrintMotd no',
    'PrintLastLog no',
    // The folder belongs to whoever runs the demo, which sshd would refuse under a shared parent.
    'StrictModes no',
    // The demo's folder is its home: the start-up files and the history of whoever runs the demo are left alone.
    // sshd takes one line of these only.
    `SetEnv DEMO_FILES=${options.startFolder} LANG=C.UTF-8 HOME=${options.startFolder}`,
    'LogLevel INFO',
  ];
  const configFile = join(folder, 'sshd_config');
  writeFileSync(configFile, `${config.join('\n')}\n`);
  const child = spawn(SSHD, ['-D', '-e', '-f', configFile], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C in the terminal reaches the demo only, which ends its parts in order.
    detached: true,
  });
  endWithThisProcess(child, 'TERM');
  let complaint = '';
  child.stderr.on('data', piece => (complaint = `${complaint}${String(piece)}`.slice(-2000)));
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()));
  for (let attempt = 0; !(await accepts(port)); attempt += 1) {
    if (child.exitCode !== null || attempt > 100) {
      child.kill('SIGKILL');
      await exited;
      return { reason: `sshd did not start: ${complaint.trim().split('\n').at(-1) || 'it gave no reason'}` };
    }
    await delay(50);
  }
  const [kind, key] = readFileSync(`${hostKeyFile}.pub`, 'utf8').split(' ');
  return {
    port,
    hostKey: `${kind} ${key}`,
    complaint: () =>
      /^(?:User .* not allowed because .*|(?:fatal|error): .*|chown.*failed.*)$/m
        .exec(complaint)?.[0]
        .trim() ?? null,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** A port of loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

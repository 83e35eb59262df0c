import { generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { isAbsolute } from 'node:path';
import type { IPty } from 'node-pty';
import { spawn } from 'node-pty';
import ssh2 from 'ssh2';
import type { ServerChannel } from 'ssh2';
import type { SshTarget } from './openssh-target.ts';

/**
 * An SSH server inside the demo's own process, for machines without OpenSSH's: one account, one password that only the grant server knows,
 * a login shell on a real terminal. Not for anything but the demo.
 */
export async function startSsh2Target(options: {
  account: string;
  password: string;
  startFolder: string;
  environment: NodeJS.ProcessEnv;
}): Promise<SshTarget> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const parsed = ssh2.utils.parseKey(pem);
  if (parsed instanceof Error) throw parsed;
  const shellFile = usableShell(options.environment);
  const shells = new Set<IPty>();
  const server = new ssh2.Server({ hostKeys: [pem] }, client => {
    // Without it each echoed key waits for a delayed acknowledgement.
    // The declarations of ssh2 leave it out; connections of a server have it.
    if ('setNoDelay' in client && typeof client.setNoDelay === 'function') client.setNoDelay(true);
    client.on('error', () => client.end());
    client.on('authentication', context => {
      const isAllowed =
        context.method === 'password' &&
        context.username === options.account &&
        isSame(context.password, options.password);
      if (isAllowed) context.accept();
      else context.reject(['password']);
    });
    client.on('session', acceptSession => {
      const session = acceptSession();
      let size = { cols: 80, rows: 24 };
      let shell: IPty | null = null;
      session.on('pty', (accept, _reject, info) => {
        size = { cols: info.cols, rows: info.rows };
        accept();
      });
      session.on('window-change', (accept, _reject, info) => {
        shell?.resize(Math.max(2, info.cols), Math.max(1, info.rows));
        accept?.();
      });
      session.on('shell', accept => {
        shell = startShell(accept(), size, { file: shellFile, folder: options.startFolder });
        const started = shell;
        shells.add(started);
        started.onExit(() => shells.delete(started));
      });
    });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    port,
    hostKey: `${parsed.type} ${parsed.getPublicSSH().toString('base64')}`,
    stop() {
      for (const shell of shells) shell.kill('SIGKILL');
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

/** Accounts of services have a login shell that only says no; whoever runs the demo as one has come by another shell. */
function usableShell({ SHELL }: NodeJS.ProcessEnv): string {
  const { shell } = userInfo();
  const wanted = [SHELL ?? '', shell ?? '', '/bin/bash'];
  return (
    wanted.find(each => isAbsolute(each) && existsSync(each) && !/\/(nologin|false)$/.test(each)) ?? '/bin/sh'
  );
}

function startShell(
  channel: ServerChannel,
  size: { cols: number; rows: number },
  { file, folder }: { file: string; folder: string },
): IPty {
  const { username } = userInfo();
  const shell = spawn(file, ['-l'], {
    ...size,
    name: 'xterm-256color',
    cwd: folder,
    env: {
      HOME: folder,
      USER: username,
      LOGNAME: username,
      SHELL: file,
      PATH: '/usr/local/bin:/usr/bin:/bin',
      DEMO_FILES: folder,
      LANG: 'C.UTF-8',
    },
  });
  shell.onData(text => channel.write(text));
  shell.onExit(({ exitCode }) => {
    channel.exit(exitCode);
    channel.end();
  });
  channel.on('data', (bytes: Buffer) => shell.write(bytes.toString('utf8')));
  channel.on('close', () => shell.kill('SIGHUP'));
  return shell;
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

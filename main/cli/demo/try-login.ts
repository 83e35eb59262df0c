import { execFile, execFileSync } from 'node:child_process';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The key of the trial, that sshd's configuration names while it lasts. */
export const TRIAL_KEYS = 'trial_keys';

const TRIAL_MS = 10_000;
const SHOWN = 'a terminal is here';

/**
 * Logs into the demo's own sshd once, with a key that is gone after it: whether it lets this user in and gives a terminal depends on the
 * account (locked, without a shell), on the rights that sshd has, and on how /dev/pts is mounted. Null where it does, else the reason.
 */
export async function tryLogin(options: {
  readonly folder: string;
  readonly port: number;
  readonly hostKey: string;
  readonly account: string;
}): Promise<string | null> {
  const { folder, port, hostKey, account } = options;
  const keyFile = join(folder, 'trial_key');
  const knownHosts = join(folder, 'trial_hosts');
  try {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'trial', '-f', keyFile]);
    await copyFile(`${keyFile}.pub`, join(folder, TRIAL_KEYS));
    await writeFile(knownHosts, `[127.0.0.1]:${port} ${hostKey}\n`, { mode: 0o600 });
    return await logIn([
      ...['-F', '/dev/null', '-i', keyFile, '-p', String(port), '-l', account],
      ...settings({
        UserKnownHostsFile: knownHosts,
        GlobalKnownHostsFile: '/dev/null',
        StrictHostKeyChecking: 'yes',
        IdentitiesOnly: 'yes',
        IdentityAgent: 'none',
        BatchMode: 'yes',
      }),
    ]);
  } catch (error) {
    return error instanceof Error ? lastLine(error.message) : String(error);
  } finally {
    await Promise.all(
      [keyFile, `${keyFile}.pub`, knownHosts, join(folder, TRIAL_KEYS)].map(path =>
        rm(path, { force: true }),
      ),
    );
  }
}

function logIn(args: readonly string[]): Promise<string | null> {
  return new Promise(resolve => {
    const child = execFile(
      'ssh',
      [...args, '-tt', '127.0.0.1', `echo ${SHOWN}`],
      { timeout: TRIAL_MS },
      (error, stdout, stderr) => {
        if (error === null && stdout.includes(SHOWN)) resolve(null);
        else resolve(lastLine(`${stdout}\n${stderr}`) || 'it gave no terminal in time');
      },
    );
    child.stdin?.end();
  });
}

function settings(all: Readonly<Record<string, string>>): string[] {
  return Object.entries(all).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** Of what ssh and the shell said; that a connection was closed is no reason. */
function lastLine(text: string): string {
  const lines = text.split(/\r?\n|\r/).map(line => line.trim());
  return lines.filter(line => line !== '' && !/^Connection to \S+ closed\.$/.test(line)).at(-1) ?? '';
}

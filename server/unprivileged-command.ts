import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SallyportError } from '../contract/errors.ts';

/** How to run a program that refuses to run as root: itself for anybody else, as a system user for root. */
export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

export interface UnprivilegedCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** for `spawn` */
  readonly identity: { readonly uid?: number; readonly gid?: number };
}

/** The system user to be as root: `postgres`, else `nobody`. Null where this process is not root. Throws `program-missing` without either. */
export function findUnprivilegedUser(): UnprivilegedUser | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf(name, '-u');
    const gid = idOf(name, '-g');
    if (uid !== null && gid !== null && uid !== 0) return { uid, gid };
  }
  throw new SallyportError(
    'program-missing',
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". Run as another user, or set DATABASE_URL.',
  );
}

/**
 * A command line that runs `file` as `user`. Where that user cannot reach `paths` (a checkout or a data folder under /root),
 * the program gets just the capability to pass permission checks on files, by setpriv(1) of util-linux.
 */
export function asUnprivileged(
  user: UnprivilegedUser | null,
  file: string,
  args: readonly string[],
  paths: readonly string[],
): UnprivilegedCommand {
  if (user === null) return { file, args, identity: {} };
  const canReach = paths.every(
    path => spawnSync('/usr/bin/test', ['-r', path], { uid: user.uid, gid: user.gid }).status === 0,
  );
  if (canReach) return { file, args, identity: { uid: user.uid, gid: user.gid } };
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(path => existsSync(path));
  if (setpriv === undefined) {
    throw new SallyportError(
      'program-missing',
      `The embedded PostgreSQL runs as user ${user.uid}, who cannot reach ${paths.join(' and ')}, and setpriv(1) is not installed. Use folders outside of /root, run as another user, or set DATABASE_URL.`,
    );
  }
  return {
    file: setpriv,
    args: [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      '--clear-groups',
      '--inh-caps=-all,+dac_override',
      '--ambient-caps=-all,+dac_override',
      // PostgreSQL looks for its own programs with access(2), which sets capabilities aside for everybody but root without this.
      '--securebits=+no_setuid_fixup',
      '--',
      file,
      ...args,
    ],
    identity: {},
  };
}

function idOf(name: string, flag: '-u' | '-g'): number | null {
  try {
    return Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  } catch {
    return null;
  }
}

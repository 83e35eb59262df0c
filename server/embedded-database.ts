import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { SallyportError } from '../contract/errors.ts';
import { findEmbeddedBinaries } from './embedded-binaries.ts';
import { endWithThisProcess } from './end-with-this-process.ts';
import { endStalePostmaster } from './stale-postmaster.ts';
import { asUnprivileged, findUnprivilegedUser } from './unprivileged-command.ts';

export interface EmbeddedDatabase {
  readonly host: string;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
  /** Resolves when it has ended, whether by `stop` or by itself. */
  readonly ended: Promise<void>;
  /** Ends it in order (fast shutdown); resolves when the process is gone. */
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
export const SUPERUSER = 'sallyport';
const START_TIMEOUT_MS = 60_000;
const READY = 'database system is ready to accept connections';

/**
 * Starts a real PostgreSQL whose whole state is in `folder` (made on first use): loopback only, SCRAM, a random password in
 * `password` (0600). `port` 0 takes a free one. The caller makes sure that only one process uses the folder; a postmaster
 * that a killed owner left behind is ended first. It ends with this process, also after SIGKILL.
 * Throws `program-missing` or `server-failed`.
 */
export async function startEmbeddedDatabase(options: {
  readonly folder: string;
  readonly port: number;
}): Promise<EmbeddedDatabase> {
  const { folder } = options;
  const cluster = join(folder, 'cluster');
  const binaries = findEmbeddedBinaries();
  const user = findUnprivilegedUser();
  // A user other than ours must be able to pass through to the cluster, which itself is 0700.
  await mkdir(folder, { recursive: true, mode: user === null ? 0o700 : 0o711 });
  await endStalePostmaster(cluster);
  const password = await ensureCluster(folder, cluster);
  const port = options.port === 0 ? await freePort() : options.port;
  const flags = ['-D', cluster, '-p', String(port), '-h', HOST, '-c', 'unix_socket_directories='];
  // A few hundred event streams share few connections; the rest are for targets made in the same cluster.
  const command = asUnprivileged(
    user,
    binaries.postgres,
    [...flags, '-c', 'max_connections=100', '-c', 'log_min_messages=warning'],
    [binaries.postgres, cluster],
  );
  const child = spawn(command.file, command.args, {
    ...command.identity,
    cwd: '/',
    env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' },
    // Its own process group: Ctrl-C in the terminal is ours to handle, in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit').then(() => undefined);
  await ready(child, port);
  // SIGINT is PostgreSQL's fast shutdown.
  const unwatch = endWithThisProcess(child, 'INT');
  let isStopping = false;
  return {
    host: HOST,
    port,
    superuser: SUPERUSER,
    password,
    ended,
    async stop() {
      if (isStopping) return;
      isStopping = true;
      unwatch();
      if (child.exitCode !== null || child.signalCode !== null) return;
      // SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything acknowledged is on disk.
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** Makes the cluster unless it is complete; answers the superuser's password. */
async function ensureCluster(folder: string, cluster: string): Promise<string> {
  const passwordFile = join(folder, 'password');
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => null);
  const kept = await readFile(passwordFile, 'utf8').catch(() => null);
  if (version !== null && kept !== null) return kept.trim();
  if (version !== null) {
    throw new SallyportError(
      'server-failed',
      `The database in ${folder} has no file "password" beside it. Restore the file from a backup.`,
    );
  }
  const binaries = findEmbeddedBinaries();
  const user = findUnprivilegedUser();
  const password = randomBytes(32).toString('base64url');
  // An initdb that was cut short leaves a folder without the marker that we write last: begin anew.
  const building = join(folder, 'cluster.new');
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { mode: 0o700 });
  const passwordForInit = join(folder, 'password.new');
  await writeFile(passwordForInit, `${password}\n`, { mode: 0o600 });
  if (user !== null) {
    await chown(building, user.uid, user.gid);
    await chown(passwordForInit, user.uid, user.gid);
  }
  const args = [
    `--pgdata=${building}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordForInit}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ];
  const command = asUnprivileged(user, binaries.initdb, args, [binaries.initdb, building]);
  const child = spawn(command.file, command.args, {
    ...command.identity,
    cwd: '/',
    env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const heard = lastWords(child);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new SallyportError(
      'server-failed',
      `The database could not be made in ${folder}: ${inOneLine(heard())}`,
    );
  }
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await rm(passwordForInit, { force: true });
  await rename(building, cluster);
  return password;
}

/** Resolves when it accepts connections; throws with its last words when it ends instead. */
async function ready(child: ChildProcess, port: number): Promise<void> {
  const heard = lastWords(child);
  const failed = (why: string) =>
    new SallyportError(
      'server-failed',
      `The embedded PostgreSQL did not start on port ${port}: ${inOneLine(why)}`,
    );
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGQUIT');
      reject(failed(`it was not ready after ${START_TIMEOUT_MS / 1000} s. ${heard()}`));
    }, START_TIMEOUT_MS);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      child.stderr?.off('data', onData);
      child.off('exit', onExit);
      child.off('error', onError);
      act();
    };
    const onData = () => {
      if (heard().includes(READY)) settle(resolve);
    };
    const onExit = () => settle(() => reject(failed(heard())));
    const onError = (error: Error) => settle(() => reject(failed(error.message)));
    child.stderr?.on('data', onData);
    child.on('exit', onExit);
    child.on('error', onError);
  });
}

/** Keeps the end of what a program says on stderr; it goes on draining the pipe for as long as the program lives. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-2000);
  });
  return () => text.trim();
}

function inOneLine(words: string): string {
  return words.replace(/\s*\n\s*/g, ' ');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, HOST);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.');
  return address.port;
}

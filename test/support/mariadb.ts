import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServerProgram, freePort, missingPrograms, stopChild, whenWritten } from './server-process.ts';

/** Null when server and client are there, else the reason for skipping, in words. */
export function mariadbMissing(): string | null {
  const missing = missingPrograms(['mariadbd', 'mariadb-install-db', 'mariadb']);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')} (apt install mariadb-server)`;
}

export interface TestMariadb {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  /** Runs statements as administrator; what the client prints, tab-separated, without headings. */
  readonly query: (sql: string) => string;
  readonly stop: () => Promise<void>;
}

/** A real MariaDB on an ephemeral loopback port, with one account and a database `shop`. */
export async function startMariadb(): Promise<TestMariadb> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-test-mariadb-'));
  const socket = join(folder, 'admin.sock');
  const datadir = join(folder, 'data');
  const asUser = process.getuid?.() === 0 ? ['--user=mysql'] : [];
  if (asUser.length > 0) chmodSync(folder, 0o777);
  execFileSync(
    findServerProgram('mariadb-install-db') ?? 'mariadb-install-db',
    [
      '--no-defaults',
      ...asUser,
      `--datadir=${datadir}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ],
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const child = spawn(
    findServerProgram('mariadbd') ?? 'mariadbd',
    [
      '--no-defaults',
      ...asUser,
      `--datadir=${datadir}`,
      `--socket=${socket}`,
      `--port=${String(port)}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      `--pid-file=${join(folder, 'pid')}`,
      '--innodb-flush-log-at-trx-commit=0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await whenWritten(child, /ready for connections/);
  const query = (sql: string): string =>
    execFileSync(
      'mariadb',
      ['--no-defaults', '--protocol=socket', `--socket=${socket}`, '--user=root', '-N', '-B'],
      { input: sql, encoding: 'utf8' },
    );
  const password = 'my s3cret';
  query(`
    create database shop;
    create user operator@'%' identified by '${password}';
    grant all on shop.* to operator@'%';
  `);
  return {
    host: '127.0.0.1',
    port,
    username: 'operator',
    password,
    database: 'shop',
    query,
    async stop() {
      await stopChild(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

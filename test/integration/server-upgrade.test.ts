import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { auditHash, CHAIN_START } from '../../core/transparency/audit-chain.ts';
import { createDataFolder } from '../../server/data-folder.ts';
import { ensureDatabase, openDatabase } from '../../server/database/open-database.ts';
import { MIGRATIONS } from '../../server/database/migrations.ts';
import { startEmbeddedDatabase } from '../../server/embedded-database.ts';
import type { EmbeddedDatabase } from '../../server/embedded-database.ts';
import { initServer, startServer } from '../../server/start-server.ts';
import { TREE_HASH } from '../../server/transparency/log-tree.ts';
import { enrolDevice } from '../support/server-device.ts';

const DUMPS = join(import.meta.dirname, '../fixtures/databases');
let folder: string;
let postgres: EmbeddedDatabase;
const urlOf = (database: string) =>
  `postgresql://${postgres.superuser}:${postgres.password}@${postgres.host}:${postgres.port}/${database}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-upgrade-'));
  postgres = await startEmbeddedDatabase({ folder: join(folder, 'database'), port: 0 });
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A database as a released version left it. */
async function load(dump: string, database: string): Promise<string> {
  await ensureDatabase(urlOf('postgres'), database);
  const client = new Client({ connectionString: urlOf(database) });
  await client.connect();
  await client.query(await readFile(join(DUMPS, dump), 'utf8'));
  await client.end();
  return urlOf(database);
}

async function columnsOf(url: string): Promise<string[]> {
  const db = await openDatabase(url);
  const { rows } = await sql<{
    line: string;
  }>`SELECT table_name || '.' || column_name || ' ' || data_type || ' ' ||
    is_nullable || ' ' || coalesce(column_default, '') AS line FROM information_schema.columns
    WHERE table_schema = 'sallyport' ORDER BY 1`.execute(db);
  await db.destroy();
  return rows.map(({ line }) => line);
}

describe('a database of an older version', () => {
  test('there is a dump of each released version, and a migration after it', async () => {
    const dumps = (await readdir(DUMPS)).filter(name => name.endsWith('.sql'));
    expect(dumps).toContain('0.1.0.sql');
    expect(Object.keys(MIGRATIONS)).toEqual(Object.keys(MIGRATIONS).toSorted());
  });

  test('comes to the same schema as a new one', async () => {
    const upgraded = await load('0.1.0.sql', 'of_version_0_1_0');
    await ensureDatabase(urlOf('postgres'), 'made_new');
    expect(await columnsOf(upgraded)).toEqual(await columnsOf(urlOf('made_new')));
  });

  test('keeps everything that was in it, and a server goes on with it', async () => {
    const databaseUrl = await load('0.1.0.sql', 'goes_on');
    const { root, keys } = await createDataFolder(join(folder, 'data'));
    await writeFile(join(keys, 'master-key'), Buffer.alloc(32).toString('base64'), { mode: 0o600 });
    const { enrolCode } = await initServer({ dataFolder: root, adminName: 'Root', databaseUrl });
    const server = await startServer({
      dataFolder: root,
      databaseUrl,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'error',
    });
    try {
      const admin = await enrolDevice(() => server.url, enrolCode);
      const { accounts } = await admin.ok('listAccounts', {});
      expect(accounts.map(({ name }) => name).sort()).toEqual(['Anna', 'Olga', 'Rita', 'Root']);
      const { requests } = await admin.ok('listRequests', {});
      expect(requests.map(({ reason, decisionNote }) => [reason, decisionNote]).sort()).toEqual([
        ['a test', null],
        ['again', 'no'],
        ['pending', null],
      ]);
      expect(requests[0]?.target).toMatchObject({ name: 'Shop', review: { reviewers: 1 } });
      const { grants } = await admin.ok('listGrants', {});
      expect(grants).toHaveLength(1);
      const { sessions } = await admin.ok('listSessions', { query: {} });
      expect(sessions.map(({ grantId }) => grantId)).toEqual(grants.map(({ id }) => id));
      const { recordings } = await admin.ok('listRecordings', {});
      expect(recordings).toMatchObject([{ id: sessions[0]?.id, state: 'complete', segments: 3 }]);
      const { targets } = await admin.ok('listTargets', {});
      expect(targets).toMatchObject([{ id: 'shop', name: 'Shop' }]);
      // The one review of before is the first decision now.
      const db = await openDatabase(databaseUrl);
      expect(await db.selectFrom('review_decisions').select(['decision', 'note']).execute()).toEqual([
        { decision: 'flagged', note: 'look at this' },
      ]);
      await db.destroy();
      // The log is the same, its hashes go on, and its tree was built over all of it.
      const { entries } = await admin.ok('listAudit', { query: { limit: 1000 } });
      expect(entries[0]).toMatchObject({ sequence: 1, action: 'account.create' });
      expect(entries.length).toBeGreaterThan(18);
      let hash = CHAIN_START;
      for (const entry of entries) {
        expect(entry.hash, `entry ${entry.sequence}`).toBe(auditHash(TREE_HASH, hash, entry));
        hash = entry.hash;
      }
      const { proof, entry } = await admin.ok('logInclusion', {
        query: { sequence: 5, size: entries.length },
      });
      expect(entry).toEqual(entries[4]);
      expect(proof.length).toBeGreaterThan(3);
      // And something new.
      await admin.ok('createAccount', { input: { name: 'New', roles: ['operator'] } });
    } finally {
      await server.close();
    }
  });
});

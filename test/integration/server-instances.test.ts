import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TargetId } from '../../contract/ids.ts';
import { startEmbeddedDatabase } from '../../server/embedded-database.ts';
import type { EmbeddedDatabase } from '../../server/embedded-database.ts';
import { initServer, startServer } from '../../server/start-server.ts';
import type { RunningServer } from '../../server/start-server.ts';
import type { TestDevice } from '../support/server-device.ts';
import { enrolDevice } from '../support/server-device.ts';

let folder: string;
let database: EmbeddedDatabase;
let servers: readonly [RunningServer, RunningServer];
let admin: TestDevice;
let databaseUrl: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-instances-'));
  database = await startEmbeddedDatabase({ folder: join(folder, 'postgres'), port: 0 });
  const { host, port, superuser, password } = database;
  databaseUrl = `postgresql://${superuser}:${password}@${host}:${port}/postgres`;
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  const { enrolCode } = await initServer({ dataFolder: one, adminName: 'Ada', databaseUrl });
  // Instances of one server share its keys and its name.
  await cp(one, two, { recursive: true });
  const config = { host: '127.0.0.1', port: 0, logLevel: 'error', databaseUrl } as const;
  // Both at once: the migration is done by one of them.
  servers = await Promise.all([
    startServer({ ...config, dataFolder: one }),
    startServer({ ...config, dataFolder: two }),
  ]);
  admin = await enrolDevice(() => servers[0].url, enrolCode);
});
afterAll(async () => {
  await Promise.all(servers.map(server => server.close()));
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

async function person(instance: 0 | 1, name: string, role: 'operator' | 'approver'): Promise<TestDevice> {
  const { enrolCode } = await admin.ok('createAccount', { input: { name, roles: [role] } });
  return enrolDevice(() => servers[instance].url, enrolCode);
}

test('a change at one instance reaches the streams of another', async () => {
  const operator = await person(0, 'Olga', 'operator');
  const approver = await person(1, 'Anna', 'approver');
  const target = await admin.ok('putTarget', {
    input: {
      target: { id: TargetId.parse('shell'), kind: 'local', name: 'Shell' },
      accounts: ['deploy'],
      redaction: {},
      scope: {},
      session: {},
      maxMinutes: 5,
      secret: { kind: 'none' },
    },
  });
  const stream = await approver.events();
  const ask = () =>
    operator.ok('createRequest', {
      input: { targetId: target.id, account: 'deploy', reason: 'why', durationS: 60 },
    });
  await ask();
  await stream.find(({ event }) => event.kind === 'request-changed');
  const own = await operator.events();
  const [request] = (await approver.ok('listRequests')).requests;
  await approver.ok('decideRequest', { params: { id: request?.id ?? '' }, input: { decision: 'deny' } });
  const { event } = await own.find(received => received.event.kind === 'request-changed');
  expect(event).toMatchObject({ request: { state: 'denied' } });
  own.close();

  // The connection that listens is cut: it comes back, and what happened meanwhile is caught up.
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()`,
  );
  await client.end();
  await ask();
  await ask();
  await stream.find(({ sequence }) => sequence === stream.start + 4);
  stream.close();
});

test('a proof that one instance has seen is not taken by another', async () => {
  const proof = await admin.proof({ method: 'GET', path: '/v1/account' });
  const statuses = await Promise.all(
    servers.map(async ({ url }) => {
      const headers = { authorization: `Sallyport ${proof}` };
      return (await fetch(`${url}/v1/account`, { headers })).status;
    }),
  );
  expect(statuses.sort()).toEqual([200, 401]);
});

test('the tables stay in a schema of their own', async () => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
  await client.end();
  expect(rows).toEqual([]);
});

import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GrantScope } from '../../contract/grant.ts';
import { TargetId } from '../../contract/ids.ts';
import type { Credential, GrantRecord, TargetSummary } from '../../contract/server-api.ts';
import { startEmbeddedDatabase } from '../../server/embedded-database.ts';
import type { EmbeddedDatabase } from '../../server/embedded-database.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestDevice } from '../support/server-device.ts';
import type { TestServer } from '../support/test-server.ts';
import { grantAccess, startTestServer } from '../support/test-server.ts';

type Password = Extract<Credential, { kind: 'password' }>;

let server: TestServer;
let operator: TestDevice;
let approver: TestDevice;
let database: EmbeddedDatabase;
let databaseFolder: string;
let admin: Client;
beforeAll(async () => {
  databaseFolder = await mkdtemp(join(tmpdir(), 'sallyport-target-'));
  database = await startEmbeddedDatabase({ folder: databaseFolder, port: 0 });
  admin = await connectAdmin();
  // The server's administrator on the target is no superuser: what a careful owner would give it.
  await admin.query(`
    CREATE TABLE customers (id integer PRIMARY KEY, email text);
    INSERT INTO customers VALUES (1, 'ada@example.org');
    CREATE ROLE support_staff NOLOGIN;
    GRANT SELECT, INSERT ON customers TO support_staff;
    GRANT CREATE ON SCHEMA public TO support_staff;
    CREATE ROLE gatekeeper LOGIN CREATEROLE PASSWORD 'gatekeeper-password';
    GRANT support_staff TO gatekeeper WITH ADMIN OPTION;
  `);
  server = await startTestServer({ sweepMs: 100 });
  operator = await server.person('Olga', 'operator');
  approver = await server.person('Anna', 'approver');
  const reviewer = await server.person('Rita', 'reviewer');
  await reviewer.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
});
afterAll(async () => {
  await admin.end();
  await server.close();
  await database.stop();
  await rm(databaseFolder, { recursive: true, force: true });
});

async function connectAdmin(): Promise<Client> {
  const { host, port, superuser: user, password } = database;
  const client = new Client({ host, port, user, password, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function shopTarget(
  name: string,
  options: { readOnly?: boolean; graceMs?: number; port?: number; scope?: Partial<GrantScope> } = {},
): Promise<TargetSummary> {
  return server.target({
    target: {
      id: TargetId.parse(name),
      kind: 'postgres',
      name,
      host: database.host,
      port: options.port ?? database.port,
      database: 'postgres',
    },
    accounts: ['support'],
    scope: { readOnly: options.readOnly ?? false, ...options.scope },
    session: { graceMs: options.graceMs ?? 0 },
    secret: {
      kind: 'postgres-admin',
      username: 'gatekeeper',
      password: 'gatekeeper-password',
      memberOf: ['support_staff'],
    },
  });
}

async function credentialOf(grant: GrantRecord): Promise<Password> {
  const credential = await operator.ok('createCredential', { params: { id: grant.id }, input: {} });
  if (credential.kind !== 'password') throw new Error(`not a password: ${credential.kind}`);
  return credential;
}

async function login({ username: user, password }: Password): Promise<Client> {
  const { host, port } = database;
  const client = new Client({ host, port, user, password, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const roleExists = async (name: string) =>
  (await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])).rowCount === 1;

describe('a role per grant', () => {
  test('it may do what its group may, until the end of the grant, and keeps its password', async () => {
    const target = await shopTarget('shop');
    const grant = await grantAccess(operator, approver, { target });
    const credential = await credentialOf(grant);
    expect(credential.username).toBe(`sp_${grant.id}`);
    expect(credential.validUntilMs).toBe(grant.expiresAtMs);
    expect(await credentialOf(grant)).toEqual(credential);
    const client = await login(credential);
    expect((await client.query('SELECT email FROM customers')).rows).toEqual([{ email: 'ada@example.org' }]);
    await client.query(`INSERT INTO customers VALUES (2, 'bob@example.org')`);
    await expect(client.query('DELETE FROM customers')).rejects.toThrow('permission denied');
    await expect(client.query('SET ROLE support_staff')).rejects.toThrow('permission denied');
    await client.end();
    const { rows } = await admin.query(
      'SELECT rolvaliduntil, rolconnlimit, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = $1',
      [credential.username],
    );
    expect(rows).toEqual([
      {
        rolvaliduntil: new Date(grant.expiresAtMs),
        rolconnlimit: 5,
        rolsuper: false,
        rolcreaterole: false,
      },
    ]);
  });

  test('under a scope it gets the tables and columns of the scope alone, around the client too', async () => {
    await admin.query(`
      CREATE TABLE orders (id serial PRIMARY KEY, note text, pin text);
      CREATE TABLE salaries (id integer, amount integer) PARTITION BY RANGE (id);
      CREATE TABLE salaries_one PARTITION OF salaries FOR VALUES FROM (0) TO (10);
      CREATE VIEW incomes AS SELECT amount FROM salaries;
      CREATE VIEW pins AS SELECT pin FROM orders;
      CREATE VIEW ids AS SELECT id FROM customers;
      GRANT ALL ON customers, orders, salaries, salaries_one, incomes, pins, ids TO support_staff WITH GRANT OPTION;
      GRANT USAGE ON SEQUENCE orders_id_seq TO support_staff WITH GRANT OPTION;
    `);
    const target = await shopTarget('shop-scoped', {
      graceMs: 60_000,
      scope: { denyTables: ['salaries'], denyColumns: ['orders.pin'] },
    });
    const grant = await grantAccess(operator, approver, { target });
    const client = await login(await credentialOf(grant));
    await client.query(`INSERT INTO orders (note) VALUES ('new')`);
    expect((await client.query('SELECT id, note FROM orders')).rows).toEqual([{ id: 1, note: 'new' }]);
    expect((await client.query('SELECT id FROM ids')).rowCount).toBeGreaterThan(0);
    for (const beyond of [
      'SELECT pin FROM orders',
      'SELECT * FROM orders',
      'SELECT * FROM pins',
      'SELECT * FROM salaries',
      'SELECT * FROM salaries_one',
      'SELECT * FROM incomes',
      `UPDATE orders SET pin = '1'`,
    ]) {
      await expect(client.query(beyond)).rejects.toThrow('permission denied');
    }
    await approver.ok('revokeGrant', { params: { id: grant.id }, input: { reason: 'enough' } });
    await expect.poll(() => roleExists(`sp_${grant.id}`.toLowerCase()), { timeout: 30_000 }).toBe(false);
    await client.end().catch(() => undefined);
  });

  test('read-only access begins every transaction read-only, and its role may write nothing where that is switched off', async () => {
    const target = await shopTarget('shop-read-only', { readOnly: true });
    const client = await login(await credentialOf(await grantAccess(operator, approver, { target })));
    await expect(client.query(`INSERT INTO customers VALUES (3, 'x')`)).rejects.toThrow('read-only');
    await client.query('SET default_transaction_read_only = off');
    for (const lifted of ['', 'BEGIN READ WRITE; '])
      await expect(client.query(`${lifted}INSERT INTO customers VALUES (3, 'x')`)).rejects.toThrow(
        'permission denied',
      );
    await client.query('ROLLBACK');
    expect((await client.query('SELECT 1 FROM customers')).rowCount).toBeGreaterThan(0);
    await client.end();
  });

  test('a revocation ends its connections and removes it, with what it owned given away', async () => {
    const target = await shopTarget('shop-revoked', { graceMs: 60_000 });
    const grant = await grantAccess(operator, approver, { target });
    const credential = await credentialOf(grant);
    const client = await login(credential);
    const ended = new Promise(resolve => client.once('end', resolve));
    await client.query('CREATE TABLE notes (text text)');
    await approver.ok('revokeGrant', { params: { id: grant.id }, input: { reason: 'enough' } });
    await ended;
    await expect.poll(() => roleExists(credential.username)).toBe(false);
    await expect(login(credential)).rejects.toThrow();
    const { rows } = await admin.query(`SELECT tableowner FROM pg_tables WHERE tablename = 'notes'`);
    expect(rows).toEqual([{ tableowner: 'gatekeeper' }]);
    const late = await operator.call('createCredential', { params: { id: grant.id }, input: {} });
    expect(late).toMatchObject({ status: 403, body: { code: 'grant-revoked' } });
  });

  test('at the end it loses its rights at once, and an extension within the grace gives them back', async () => {
    const target = await shopTarget('shop-extended', { graceMs: 120_000 });
    const grant = await grantAccess(operator, approver, { target, durationS: 5 });
    const credential = await credentialOf(grant);
    const client = await login(credential);
    const read = () =>
      client.query('SELECT 1 FROM customers').then(
        () => 'read',
        (error: Error) => error.message,
      );
    expect(await read()).toBe('read');
    await expect.poll(read).toContain('permission denied');
    await expect(login(credential)).rejects.toThrow();
    const extended = await grantAccess(operator, approver, { target, durationS: 600, supersedes: grant.id });
    await expect.poll(read).toBe('read');
    expect(await credentialOf(extended)).toEqual({ ...credential, validUntilMs: extended.expiresAtMs });
    await client.end();
    await approver.ok('revokeGrant', { params: { id: extended.id }, input: { reason: 'enough' } });
    const ofRole = async () => {
      const { entries } = await server.administrator.ok('listAudit', { query: { limit: 1000 } });
      return entries
        .filter(({ detail }) => detail['role'] === credential.username)
        .map(({ action, subject }) => [action, subject]);
    };
    await expect.poll(ofRole).toEqual([
      ['database-role.close', grant.id],
      ['database-role.open', extended.id],
      ['database-role.drop', extended.id],
    ]);
    expect(await roleExists(credential.username)).toBe(false);
  });

  test('one that the server could not remove while it was down is removed at its next start', async () => {
    const target = await shopTarget('shop-restart');
    const grant = await grantAccess(operator, approver, { target, durationS: 5 });
    const { username } = await credentialOf(grant);
    expect(await roleExists(username)).toBe(true);
    await server.restart({ nowMs: () => Date.now() + 10_000 });
    await expect.poll(() => roleExists(username)).toBe(false);
    await server.restart();
  });

  test('a database that is down, or refuses the administrator, is said so', async () => {
    const down = await shopTarget('shop-down', { port: 1 });
    const grant = await grantAccess(operator, approver, { target: down });
    const unreachable = await operator.call('createCredential', { params: { id: grant.id }, input: {} });
    expect(unreachable).toMatchObject({ status: 502, body: { code: 'target-unreachable' } });
    const wrong = await server.target({
      target: {
        id: TargetId.parse('shop-wrong'),
        kind: 'postgres',
        name: 'shop-wrong',
        host: database.host,
        port: database.port,
        database: 'postgres',
      },
      accounts: ['support'],
      secret: { kind: 'postgres-admin', username: 'gatekeeper', password: 'not-it', memberOf: [] },
    });
    const other = await grantAccess(operator, approver, { target: wrong });
    const refused = await operator.call('createCredential', { params: { id: other.id }, input: {} });
    expect(refused).toMatchObject({ status: 403, body: { code: 'credential-refused' } });
    expect(JSON.stringify(refused.body)).not.toContain('not-it');
  });
});

import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GrantScope } from '../../contract/grant.ts';
import { TargetId } from '../../contract/ids.ts';
import type { Credential, GrantRecord, TargetSummary } from '../../contract/server-api.ts';
import { mariadbMissing, startMariadb } from '../support/mariadb.ts';
import type { TestMariadb } from '../support/mariadb.ts';
import type { TestDevice } from '../support/server-device.ts';
import type { TestServer } from '../support/test-server.ts';
import { grantAccess, startTestServer } from '../support/test-server.ts';

type Password = Extract<Credential, { kind: 'password' }>;

/** MariaDB's error numbers */
const ANSWERS = new Map([
  [1045, 'denied'],
  [4151, 'locked'],
]);

const missing = mariadbMissing();
if (missing !== null) process.stdout.write(`skipped: accounts per grant on MariaDB: ${missing}\n`);

describe.skipIf(missing !== null)('an account per grant on MariaDB, used around the client', () => {
  let server: TestServer;
  let operator: TestDevice;
  let approver: TestDevice;
  let mariadb: TestMariadb;
  beforeAll(async () => {
    mariadb = await startMariadb();
    // No superuser: exactly what docs/deploy/targets.md asks for.
    mariadb.query(`
      CREATE USER gatekeeper@'%' IDENTIFIED BY 'gatekeeper-password';
      GRANT CREATE USER, CONNECTION ADMIN, PROCESS ON *.* TO gatekeeper@'%';
      GRANT SELECT, INSERT, EVENT ON shop.* TO gatekeeper@'%' WITH GRANT OPTION;
      SET GLOBAL event_scheduler = ON;
      CREATE TABLE shop.customers (id int PRIMARY KEY, email text, pin text);
      INSERT INTO shop.customers VALUES (1, 'ada@example.org', '1234');
      CREATE TABLE shop.salaries (amount int);
      CREATE VIEW shop.pins AS SELECT pin FROM shop.customers;
      CREATE DATABASE shopx;
      CREATE TABLE shopx.other (id int);
    `);
    server = await startTestServer({ sweepMs: 100 });
    operator = await server.person('Olga', 'operator');
    approver = await server.person('Anna', 'approver');
    const reviewer = await server.person('Rita', 'reviewer');
    await reviewer.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
  });
  afterAll(async () => {
    await server.close();
    await mariadb.stop();
  });

  function shopTarget(
    name: string,
    options: { graceMs?: number; port?: number; password?: string; scope?: Partial<GrantScope> } = {},
  ): Promise<TargetSummary> {
    const { host, database } = mariadb;
    return server.target({
      target: {
        id: TargetId.parse(name),
        kind: 'mysql',
        name,
        host,
        port: options.port ?? mariadb.port,
        database,
      },
      accounts: ['support'],
      scope: { readOnly: false, ...options.scope },
      session: { graceMs: options.graceMs ?? 0 },
      secret: {
        kind: 'mariadb-admin',
        username: 'gatekeeper',
        password: options.password ?? 'gatekeeper-password',
        privileges: ['SELECT', 'INSERT'],
      },
    });
  }

  async function credentialOf(grant: GrantRecord): Promise<Password> {
    const credential = await operator.ok('createCredential', { params: { id: grant.id }, input: {} });
    if (credential.kind !== 'password') throw new Error(`not a password: ${credential.kind}`);
    return credential;
  }

  async function login({ username: user, password }: Password): Promise<Connection> {
    const { host, port, database } = mariadb;
    const connection = await createConnection({ host, port, user, password, database });
    connection.on('error', () => undefined);
    return connection;
  }

  /** What the attempt to log in comes to. */
  const tryLogin = (credential: Password): Promise<string> =>
    login(credential).then(
      connection => {
        connection.destroy();
        return 'in';
      },
      (error: Error & { errno?: number }) => ANSWERS.get(error.errno ?? 0) ?? error.message,
    );

  const accountExists = (name: string) =>
    mariadb.query(`SELECT user FROM mysql.global_priv WHERE user = '${name}'`) !== '';
  const threadsOf = (name: string) =>
    mariadb.query(`SELECT id FROM information_schema.processlist WHERE user = '${name}'`);

  test('it may do what the target says in its database, and nothing anywhere else', async () => {
    const grant = await grantAccess(operator, approver, { target: await shopTarget('shop') });
    const credential = await credentialOf(grant);
    expect(credential).toMatchObject({ username: `sp_${grant.id}`, validUntilMs: grant.expiresAtMs });
    expect(await credentialOf(grant)).toEqual(credential);
    const connection = await login(credential);
    const [rows] = await connection.query<RowDataPacket[]>('SELECT email FROM customers');
    expect(rows).toMatchObject([{ email: 'ada@example.org' }]);
    await connection.query(`INSERT INTO customers VALUES (2, 'bob@example.org', '')`);
    for (const beyond of [
      'DELETE FROM customers',
      'SELECT * FROM shopx.other',
      'SELECT user FROM mysql.user',
    ]) {
      await expect(connection.query(beyond)).rejects.toThrow(/denied/);
    }
    connection.destroy();
  });

  test('under a scope it gets the tables and columns of the scope alone', async () => {
    const scope = { denyTables: ['salaries'], denyColumns: ['customers.pin'], readOnly: true };
    const target = await shopTarget('shop-scoped', { scope });
    const connection = await login(await credentialOf(await grantAccess(operator, approver, { target })));
    await connection.query('SELECT id, email FROM customers');
    for (const beyond of [
      'SELECT pin FROM customers',
      'SELECT * FROM customers',
      'SELECT * FROM salaries',
      'SELECT * FROM pins',
      `INSERT INTO customers (id) VALUES (9)`,
    ]) {
      await expect(connection.query(beyond)).rejects.toThrow(/denied/);
    }
    connection.destroy();
  });

  test('a revocation ends its running statement and removes it', async () => {
    const target = await shopTarget('shop-revoked', { graceMs: 60_000 });
    const grant = await grantAccess(operator, approver, { target });
    const credential = await credentialOf(grant);
    const connection = await login(credential);
    const running = connection.query('SELECT SLEEP(600)').then(
      () => 'done',
      (error: Error & { code?: string }) => error.code,
    );
    await expect.poll(() => threadsOf(credential.username), { timeout: 30_000 }).not.toBe('');
    await approver.ok('revokeGrant', { params: { id: grant.id }, input: { reason: 'enough' } });
    expect(await running).toMatch(/PROTOCOL_CONNECTION_LOST|ER_CONNECTION_KILLED|ECONNRESET/);
    await expect.poll(() => accountExists(credential.username), { timeout: 30_000 }).toBe(false);
    expect(threadsOf(credential.username)).toBe('');
    expect(await tryLogin(credential)).toBe('denied');
    expect(mariadb.query(`SELECT name FROM mysql.event WHERE name = '${credential.username}'`)).toBe('');
  });

  test('at the end it lets nobody in, and an extension within the grace opens it again', async () => {
    const target = await shopTarget('shop-extended', { graceMs: 120_000 });
    const grant = await grantAccess(operator, approver, { target, durationS: 5 });
    const credential = await credentialOf(grant);
    await login(credential);
    await expect.poll(() => tryLogin(credential), { timeout: 30_000 }).toBe('locked');
    await expect.poll(() => threadsOf(credential.username), { timeout: 30_000 }).toBe('');
    const extended = await grantAccess(operator, approver, { target, durationS: 600, supersedes: grant.id });
    await expect.poll(() => tryLogin(credential), { timeout: 30_000 }).toBe('in');
    expect(await credentialOf(extended)).toEqual({ ...credential, validUntilMs: extended.expiresAtMs });
  });

  test('the database ends it while the server is down, and the server removes it at its next start', async () => {
    const grant = await grantAccess(operator, approver, {
      target: await shopTarget('shop-down'),
      durationS: 10,
    });
    const credential = await credentialOf(grant);
    await login(credential);
    await server.pause();
    expect(threadsOf(credential.username)).not.toBe('');
    await expect.poll(() => tryLogin(credential), { timeout: 60_000 }).toBe('locked');
    expect(Date.now()).toBeGreaterThanOrEqual(grant.expiresAtMs - 1_000);
    await expect.poll(() => threadsOf(credential.username), { timeout: 30_000 }).toBe('');
    expect(accountExists(credential.username)).toBe(true);
    await server.restart();
    await expect.poll(() => accountExists(credential.username), { timeout: 30_000 }).toBe(false);
  });

  test('without an event scheduler it is removed when the server is back', async () => {
    mariadb.query('SET GLOBAL event_scheduler = OFF');
    const grant = await grantAccess(operator, approver, {
      target: await shopTarget('shop-late'),
      durationS: 5,
    });
    const credential = await credentialOf(grant);
    const connection = await login(credential);
    const ended = new Promise(resolve => connection.on('end', resolve));
    await server.restart({ nowMs: () => Date.now() + 10_000 });
    await ended;
    await expect.poll(() => accountExists(credential.username), { timeout: 30_000 }).toBe(false);
    expect(await tryLogin(credential)).toBe('denied');
    await server.restart();
    mariadb.query('SET GLOBAL event_scheduler = ON');
  });

  test('a database that is down, or refuses the administrator, and a target without a database are said so', async () => {
    const ask = async (target: TargetSummary) => {
      const { id } = await grantAccess(operator, approver, { target });
      return operator.call('createCredential', { params: { id }, input: {} });
    };
    const down = await ask(await shopTarget('shop-gone', { port: 1 }));
    expect(down).toMatchObject({ status: 502, body: { code: 'target-unreachable' } });
    const refused = await ask(await shopTarget('shop-wrong', { password: 'not-it' }));
    expect(refused).toMatchObject({ status: 403, body: { code: 'credential-refused' } });
    expect(JSON.stringify(refused.body)).not.toContain('not-it');
    await expect(
      server.target({
        target: { id: TargetId.parse('nowhere'), kind: 'mysql', name: 'nowhere' },
        secret: { kind: 'mariadb-admin', username: 'a', password: 'b', privileges: ['SELECT'] },
      }),
    ).rejects.toThrow('names its database');
  });
});

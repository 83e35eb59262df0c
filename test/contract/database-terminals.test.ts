import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GrantScope, GrantTarget } from '../../contract/grant.ts';
import type { OpenSession } from '../../contract/session-host.ts';
import { openTransport } from '../../main/session-host/transports/open-transport.ts';
import type { Transport } from '../../main/session-host/transports/transport.ts';
import type { TestMariadb } from '../support/mariadb.ts';
import { mariadbMissing, startMariadb } from '../support/mariadb.ts';
import type { TestPostgres } from '../support/postgres.ts';
import { psqlMissing, startPostgres } from '../support/postgres.ts';
import { findSecretsInProcesses } from '../support/process-secrets.ts';
import type { TestRedis } from '../support/redis.ts';
import { redisMissing, startRedis } from '../support/redis.ts';
import { freePort } from '../support/server-process.ts';
import { openFixture } from '../support/session-fixtures.ts';
import type { CollectedTerminal } from '../support/terminal-of.ts';
import { collectTerminal } from '../support/terminal-of.ts';
import { itHoldsMysqlToItsScope, itHoldsPsqlToItsScope } from './scope-cases.ts';

interface Login {
  readonly username: string;
  readonly password: string;
}

function openWith(
  target: Partial<GrantTarget>,
  login: Login,
  change: { readonly scope?: Partial<GrantScope>; readonly environment?: Record<string, string> } = {},
): OpenSession {
  const open = openFixture({
    environment: {
      PATH: '/usr/bin:/bin',
      HOME: '/root',
      PGPASSWORD: 'of-another-server',
      ...change.environment,
    },
    target: { account: login.username, ...target },
    credential: { kind: 'password', ...login, validUntilMs: null },
  });
  return { ...open, grant: { ...open.grant, scope: { ...open.grant.scope, ...change.scope } } };
}

const opened: Transport[] = [];
afterEach(async () => {
  for (const transport of opened.splice(0)) await transport.end(300);
});

async function openTerminal(open: OpenSession, prompt: RegExp): Promise<CollectedTerminal> {
  const terminal = collectTerminal(openTransport(open));
  opened.push(terminal.transport);
  await terminal.transport.opened;
  await terminal.until(prompt);
  return terminal;
}

async function refusalOf(open: OpenSession): Promise<unknown> {
  const transport = openTransport(open);
  opened.push(transport);
  return transport.opened.then(
    () => 'it opened',
    (reason: unknown) => reason,
  );
}

const noPsql = psqlMissing();
if (noPsql !== null) console.log(`skipped: PostgreSQL terminals (${noPsql})`);
describe.skipIf(noPsql !== null)('a PostgreSQL terminal', () => {
  let server: TestPostgres;
  const target = (): Partial<GrantTarget> => ({
    kind: 'postgres',
    host: server.host,
    port: server.port,
    database: server.database,
  });
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it.each(['operator', 'md5role', 'clearrole'])('logs %s in by what the server asks for', async username => {
    const terminal = await openTerminal(openWith(target(), { ...server, username }), /shop=> /);
    terminal.type("select 'I am ' || current_user || ' in ' || current_database();\n");
    await terminal.until(new RegExp(`I am ${username} in shop`));
  });

  it('shows no credential: not in arguments, environments or files of its processes, nor on screen', async () => {
    const open = openWith(target(), server);
    const terminal = await openTerminal(open, /shop=> /);
    terminal.type('\\! env; cat /proc/$$/cmdline /proc/$PPID/cmdline; find . -type f; printf "do%s\\n" ne\n');
    await terminal.until(/done/);
    const { processes, found } = findSecretsInProcesses(open.sessionId, [
      server.password,
      'of-another-server',
    ]);
    expect(processes).toBeGreaterThan(0);
    expect(found).toEqual([]);
    expect(terminal.text()).not.toContain(server.password);
    expect(terminal.text()).toContain('PSQL_HISTORY=/dev/null');
  });

  it('keeps its socket in a folder that only this user can enter, and removes it at the end', async () => {
    const terminal = await openTerminal(openWith(target(), server), /shop=> /);
    terminal.type('\\! printf "folder=%s;\\n" "$PGHOST"\n');
    const folder = (await terminal.until(/folder=(\/[^;]+);\r/))[1] ?? '';
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '.s.PGSQL.5432')).mode & 0o777).toBe(0o600);
    await terminal.transport.end(300);
    expect(statSync(folder, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('refuses a wrong password before the program starts, and does not repeat it', async () => {
    const error = await refusalOf(openWith(target(), { username: 'operator', password: 'wr0ng' }));
    expect(error).toMatchObject({ code: 'credential-refused' });
    expect(String(error)).not.toContain('wr0ng');
    expect(String(error)).toContain('operator');
  });

  it('says that a database is not there', async () => {
    expect(await refusalOf(openWith({ ...target(), database: 'nosuch' }, server))).toMatchObject({
      code: 'not-found',
    });
  });

  it('says that the server cannot be reached', async () => {
    const port = await freePort();
    expect(await refusalOf(openWith({ ...target(), port }, server))).toMatchObject({
      code: 'target-unreachable',
    });
  });

  it('says what to install when there is no psql', async () => {
    const error = await refusalOf(openWith(target(), server, { environment: { PATH: '/nonexistent' } }));
    expect(error).toMatchObject({
      code: 'program-missing',
      message: expect.stringContaining('postgresql-client'),
    });
  });

  it('stays with the database and the role of the grant', async () => {
    const terminal = await openTerminal(openWith(target(), server), /shop=> /);
    terminal.type('\\c postgres\n');
    await terminal.until(/only for|for the database "shop" only/);
    terminal.type('\\c - admin\n');
    await terminal.until(/for the role "operator" only/);
    terminal.type("\\c \"dbname=shop options=-crole=admin\"\nselect current_setting('role') || ' role';\n");
    await terminal.until(/none role/);
  });

  it('reads only where the grant does', async () => {
    const terminal = await openTerminal(openWith(target(), server, { scope: { readOnly: true } }), /shop=> /);
    terminal.type('create table t (i int);\n');
    await terminal.until(/read-only transaction/);
    terminal.type("select set_config('default_transaction_read_only', 'off', false);\n");
    await terminal.until(/did not send this/);
    terminal.type('begin read write;\n');
    await terminal.until(/this grant is read-only/);
  });

  itHoldsPsqlToItsScope(
    scope => openTerminal(openWith(target(), server, { scope }), /shop=> /),
    () => openTerminal(openWith(target(), server), /shop=> /),
  );

  it('cancels a running statement by Ctrl-C', async () => {
    const terminal = await openTerminal(openWith(target(), server), /shop=> /);
    terminal.type("select 'beg' || 'un';\nselect pg_sleep(100);\n");
    await terminal.until(/begun/);
    await untilRunning(server, 1);
    terminal.type('\x03');
    await terminal.until(/canceling statement due to user request/);
  });

  it('cancels a running statement at the end of the session', async () => {
    const terminal = await openTerminal(openWith(target(), server), /shop=> /);
    terminal.type('select pg_sleep(100);\n');
    await untilRunning(server, 1);
    expect(await terminal.transport.end(300)).toEqual({ processesLeft: 0, isChannelClosed: true });
    await untilRunning(server, 0);
  });

  it('carries a large result with every row', async () => {
    const terminal = await openTerminal(openWith(target(), server), /shop=> /);
    terminal.type(
      "\\pset pager off\n\\t\n\\a\nselect 'row ' || i from generate_series(1, 20000) i;\nselect 'do' || 'ne';\n",
    );
    await terminal.until(/\rdone\r/);
    expect([...terminal.text().matchAll(/^row (\d+)\r$/gm)].length).toBe(20_000);
  });
});

/** Waits until the server runs so many `pg_sleep`. */
async function untilRunning(server: TestPostgres, count: number): Promise<void> {
  for (;;) {
    const rows = await server.query(
      "select pid from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'",
    );
    if (rows.length === count) return;
    await wait(20);
  }
}

const noMariadb = mariadbMissing();
if (noMariadb !== null) console.log(`skipped: MySQL terminals (${noMariadb})`);
describe.skipIf(noMariadb !== null)('a MySQL terminal', () => {
  let server: TestMariadb;
  const target = (): Partial<GrantTarget> => ({
    kind: 'mysql',
    host: server.host,
    port: server.port,
    database: server.database,
  });
  beforeAll(async () => {
    server = await startMariadb();
  });
  afterAll(() => server.stop());

  it.each(['mysql', 'mariadb'] as const)('logs in by the program %s', async client => {
    const terminal = await openTerminal(openWith({ ...target(), client }, server), /\[shop\]> /);
    terminal.type("select concat('I am ', current_user(), ' in ', database()) as x;\n");
    await terminal.until(/I am operator@% in shop/);
  });

  it('shows no credential: not in arguments or environments of its processes, nor on screen', async () => {
    const open = openWith(target(), server);
    const terminal = await openTerminal(open, /\[shop\]> /);
    terminal.type('\\! env; cat /proc/$PPID/cmdline; echo finis | tr s S\n');
    await terminal.until(/finiS/);
    expect(findSecretsInProcesses(open.sessionId, [server.password]).found).toEqual([]);
    expect(terminal.text()).not.toContain(server.password);
  });

  it('refuses a wrong password before the program starts', async () => {
    const error = await refusalOf(openWith(target(), { username: 'operator', password: 'wr0ng' }));
    expect(error).toMatchObject({ code: 'credential-refused' });
    expect(String(error)).not.toContain('wr0ng');
  });

  it('says that a database is not there', async () => {
    server.query("grant all on *.* to operator@'%'");
    const error = await refusalOf(openWith({ ...target(), database: 'nosuch' }, server));
    expect(error).toMatchObject({ code: 'not-found' });
  });

  it('says that the server cannot be reached', async () => {
    const port = await freePort();
    expect(await refusalOf(openWith({ ...target(), port }, server))).toMatchObject({
      code: 'target-unreachable',
    });
  });

  it('reads only where the grant does', async () => {
    const terminal = await openTerminal(
      openWith(target(), server, { scope: { readOnly: true } }),
      /\[shop\]> /,
    );
    terminal.type('create table t (i int);\n');
    await terminal.until(/READ ONLY transaction/);
    terminal.type('set session transaction read write;\n');
    await terminal.until(/this grant is read-only/);
  });

  itHoldsMysqlToItsScope(
    scope => openTerminal(openWith(target(), server, { scope }), /\[shop\]> /),
    sql => server.query(sql),
  );

  it('cancels a running statement by Ctrl-C, and another at the end of the session', async () => {
    const running = (): boolean =>
      server
        .query("select count(*) from information_schema.processlist where info like 'select sleep%'")
        .trim() === '1';
    const until = async (isRunning: boolean): Promise<void> => {
      while (running() !== isRunning) await wait(20);
    };
    const terminal = await openTerminal(openWith(target(), server), /\[shop\]> /);
    terminal.type('select sleep(100);\n');
    await until(true);
    terminal.type('\x03');
    await until(false);
    await terminal.until(/interrupted/);
    terminal.type('select sleep(100);\n');
    await until(true);
    expect(await terminal.transport.end(300)).toEqual({ processesLeft: 0, isChannelClosed: true });
    await until(false);
  });

  it('carries a large result with every row', async () => {
    const terminal = await openTerminal(openWith(target(), server), /\[shop\]> /);
    terminal.type("select concat('row ', seq) from seq_1_to_20000;\n");
    await terminal.until(/20000 rows in set/);
    expect([...terminal.text().matchAll(/^\| row \d+ +\|\r$/gm)].length).toBe(20_000);
  });
});

const noRedis = redisMissing();
if (noRedis !== null) console.log(`skipped: Redis terminals (${noRedis})`);
describe.skipIf(noRedis !== null)('a Redis terminal', () => {
  let server: TestRedis;
  const prompt = /> $/;
  /** redis-cli sets its terminal up anew for each line: what is typed before its prompt arrives as another key. */
  const enter = async (terminal: CollectedTerminal, line: string): Promise<void> => {
    const before = terminal.text().length;
    terminal.type(`${line}\r`);
    await terminal.until(new RegExp(`^[^]{${String(before)}}[^]*\\r\\n(\\r\\n)?redis \\S+> $`));
  };
  const target = (): Partial<GrantTarget> => ({ kind: 'redis', host: server.host, port: server.port });
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  it('logs in, and shows the server in its prompt', async () => {
    const terminal = await openTerminal(openWith(target(), server), prompt);
    await enter(terminal, 'set greeting hello');
    await terminal.until(/OK\r\n/);
    await enter(terminal, 'get greeting');
    await terminal.until(/"hello"/);
    expect(terminal.text()).toContain(`redis 127.0.0.1:${String(server.port)}> `);
  });

  it('shows no credential: not in arguments or environments of its processes, nor by asking the server', async () => {
    const open = openWith(target(), server);
    const terminal = await openTerminal(open, prompt);
    for (const line of ['config get requirepass', 'CONFIG GET *', 'config get maxmemory req*', 'acl list']) {
      await enter(terminal, line);
    }
    await terminal.until(/ACL was refused/);
    expect(terminal.text().match(/CONFIG GET was refused/g)?.length).toBe(3);
    expect(findSecretsInProcesses(open.sessionId, [server.password]).found).toEqual([]);
    expect(terminal.text()).not.toContain(server.password);
  });

  it('refuses a login as somebody else', async () => {
    const terminal = await openTerminal(openWith(target(), server), prompt);
    await enter(terminal, 'auth other guess');
    await terminal.until(/AUTH was refused/);
    await enter(terminal, 'hello 3 auth other guess');
    await terminal.until(/HELLO was refused/);
  });

  it('refuses a wrong password before the program starts', async () => {
    const error = await refusalOf(openWith(target(), { username: 'default', password: 'wr0ng' }));
    expect(error).toMatchObject({ code: 'credential-refused' });
    expect(String(error)).not.toContain('wr0ng');
  });

  it('reads only where the grant does', async () => {
    const open = openWith({ ...target(), database: '2' }, server, { scope: { readOnly: true } });
    const terminal = await openTerminal(open, prompt);
    await enter(terminal, 'set a b');
    await terminal.until(/SET was refused: this grant is read-only/);
    await enter(terminal, "eval \"return redis.call('set', 'a', 'b')\" 0");
    await terminal.until(/EVAL was refused/);
    await enter(terminal, 'get a');
    await terminal.until(/\(nil\)/);
    expect(terminal.text()).toContain('[2]> ');
  });

  it('gives the proof of its end', async () => {
    const terminal = await openTerminal(openWith(target(), server), prompt);
    expect(await terminal.transport.end(300)).toEqual({ processesLeft: 0, isChannelClosed: true });
  });
});

describe('files of a session', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-test-home-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.skipIf(noPsql !== null)(
    'no history is left where the operator lives, and no start-up file is read from there',
    async () => {
      const server = await startPostgres();
      writeFileSync(join(folder, '.psqlrc'), "\\echo 'from-psqlrc'\n");
      const open = openWith(
        { kind: 'postgres', host: server.host, port: server.port, database: server.database },
        server,
        { environment: { HOME: folder } },
      );
      const terminal = await openTerminal(open, /shop=> /);
      terminal.type("select 'secret statement';\n\\q\n");
      await terminal.transport.ended;
      await server.stop();
      expect(terminal.text()).not.toContain('from-psqlrc');
      expect(readdirSync(folder)).toEqual(['.psqlrc']);
      expect(readFileSync(join(folder, '.psqlrc'), 'utf8')).not.toContain('secret');
    },
  );
});

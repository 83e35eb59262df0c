import { chmod } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { basename, join } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import type { GrantTarget } from '../../../contract/grant.ts';
import type { OpenSession } from '../../../contract/session-host.ts';
import type { Cleanup } from './cleanup.ts';
import type { DatabaseAccess, DatabaseProxy } from './database-access.ts';
import type { StartContext, StartedTransport } from './deferred-transport.ts';
import { deferTransport } from './deferred-transport.ts';
import type { Environment } from './find-program.ts';
import { requireProgram } from './find-program.ts';
import { openLocalPty } from './local-pty.ts';
import type { TransportHooks } from '../session-parts.ts';
import { createMysqlProxy } from './mysql-proxy.ts';
import { createPostgresProxy } from './postgres-proxy.ts';
import { createPrivateFolder } from './private-folder.ts';
import { createRedisProxy } from './redis-proxy.ts';
import { viaHops } from './ssh-hops.ts';
import type { Transport } from './transport.ts';
import { openRoute } from './tunnel.ts';

export type DatabaseKind = 'postgres' | 'mysql' | 'redis';

/** A client program and how it finds its proxy. */
interface ClientProgram {
  readonly names: readonly string[];
  readonly debianPackage: string;
  readonly createProxy: (access: DatabaseAccess) => DatabaseProxy;
  readonly socketName: (target: GrantTarget) => string;
  readonly args: (target: GrantTarget, socketPath: string) => readonly string[];
  readonly environment: (target: GrantTarget, folder: string) => Environment;
}

/**
 * The usual client program of a database on a terminal, against a private socket of this process whose proxy adds the credential: the
 * program and everything it starts never see one. The login is tried before the program starts, so that a wrong credential rejects
 * `opened` with `credential-refused`. A missing program rejects it with `program-missing`.
 */
export function openDatabaseTerminal(
  open: OpenSession,
  kind: DatabaseKind,
  hooks: TransportHooks,
): Transport {
  return deferTransport({
    cols: open.cols,
    rows: open.rows,
    start: context => start({ open, kind, hooks }, context),
    prove: (inner, isClosed) => ({ processesLeft: inner.processesLeft, isChannelClosed: isClosed }),
  });
}

async function start(
  {
    open,
    kind,
    hooks,
  }: { readonly open: OpenSession; readonly kind: DatabaseKind; readonly hooks: TransportHooks },
  context: StartContext,
): Promise<StartedTransport> {
  if (process.platform === 'win32') {
    throw new SallyportError(
      'program-missing',
      'Database terminals need private unix sockets, which database clients on Windows do not use. Open this target from Linux or macOS.',
    );
  }
  const { target, scope } = open.grant;
  const program = PROGRAMS[kind];
  const file = requireProgram(namesOf(program, target), open.environment, program.debianPackage);
  const { credential, environment, sessionId } = open;
  const { cleanup } = context;
  const route = await openRoute({
    hops: viaHops(open),
    host: target.host,
    port: target.port,
    sessionId,
    environment,
    ...context,
  });
  const proxy = program.createProxy({
    route,
    host: target.host,
    port: target.port,
    username: credential.kind === 'password' ? credential.username : target.account,
    password: credential.kind === 'password' ? credential.password : null,
    database: target.database ?? null,
    readOnly: scope.readOnly,
    scope,
    onRows: hooks.onRows,
  });
  await proxy.probe();

  const folder = await createPrivateFolder();
  cleanup.add(() => folder.remove());
  const socketPath = join(folder.path, program.socketName(target));
  await serveProxy(proxy, socketPath, cleanup);
  const named = { ...target, account: credential.kind === 'password' ? credential.username : target.account };
  const transport = openLocalPty({
    file,
    args: program.args(named, socketPath),
    cwd: folder.path,
    environment: {
      ...clientEnvironment(environment, folder.path),
      ...program.environment(named, folder.path),
    },
    ...context.size(),
    sessionId,
  });
  // A statement is cancelled while the way to the server is still there.
  return { transport, beforeEnd: () => proxy.end() };
}

/** MySQL and MariaDB are each other's second choice. */
function namesOf(program: ClientProgram, target: GrantTarget): readonly string[] {
  return target.client === undefined
    ? program.names
    : [target.client, ...program.names.filter(name => name !== target.client)];
}

/**
 * What is left of the given environment: nothing by which a client would find other servers, passwords or start-up files, and no
 * place where it would leave statements in clear.
 */
function clientEnvironment(environment: Environment, folder: string): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) =>
    /^(PATH|TERM|COLORTERM|LANG|LC_[A-Z]+|TZ|EDITOR|VISUAL|USER|LOGNAME|SHELL)$/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: folder,
    PAGER: 'less',
    // -S: wide rows are scrolled, not wrapped; -X leaves the result on screen; the rest is less' own secure mode.
    LESS: '-SRXF',
    LESSSECURE: '1',
    LESSHISTFILE: '-',
  };
}

async function serveProxy(proxy: DatabaseProxy, path: string, cleanup: Cleanup): Promise<void> {
  const clients = new Set<Socket>();
  const server = createServer(client => {
    clients.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => clients.delete(client));
    void proxy.serve(client);
  });
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, 0o600);
  cleanup.add(async () => {
    const closed = new Promise<void>(resolve => server.close(() => resolve()));
    await proxy.end();
    for (const client of clients) client.destroy();
    await closed;
  });
}

const PROGRAMS: Readonly<Record<DatabaseKind, ClientProgram>> = {
  postgres: {
    names: ['psql'],
    debianPackage: 'postgresql-client',
    createProxy: createPostgresProxy,
    socketName: () => '.s.PGSQL.5432',
    args: () => [],
    environment: (target, folder) => ({
      PGHOST: folder,
      PGPORT: '5432',
      PGUSER: target.account,
      PGDATABASE: target.database ?? target.account,
      PGSSLMODE: 'disable',
      PGGSSENCMODE: 'disable',
      // A file that is not there: psql complains about /dev/null.
      PGPASSFILE: `${folder}/no-passwords`,
      PGSERVICEFILE: '/dev/null',
      PGAPPNAME: 'sallyport',
      PSQL_HISTORY: '/dev/null',
    }),
  },
  mysql: {
    names: ['mysql', 'mariadb'],
    debianPackage: 'mariadb-client',
    createProxy: createMysqlProxy,
    socketName: () => 'mysql.sock',
    // The first one, as the program demands: no option files.
    args: (target, socketPath) => [
      '--no-defaults',
      '--protocol=socket',
      `--socket=${socketPath}`,
      `--user=${target.account}`,
      ...(target.database === undefined ? [] : [`--database=${target.database}`]),
    ],
    environment: () => ({ MYSQL_HISTFILE: '/dev/null', MARIADB_HISTFILE: '/dev/null' }),
  },
  redis: {
    names: ['redis-cli', 'valkey-cli'],
    debianPackage: 'redis-tools',
    createProxy: createRedisProxy,
    // redis-cli shows it in its prompt: so it is the name of the server, by a relative path.
    socketName: target => `${target.host.slice(0, 30)}:${String(target.port)}`,
    args: (target, socketPath) => [
      '-s',
      basename(socketPath),
      ...(target.database === undefined ? [] : ['-n', target.database]),
    ],
    environment: () => ({ REDISCLI_HISTFILE: '/dev/null', VALKEYCLI_HISTFILE: '/dev/null' }),
  },
};

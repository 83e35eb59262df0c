import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import type { TargetInput } from '../../../contract/server-api.ts';
import { TargetInput as TargetInputSchema } from '../../../contract/server-api.ts';
import { startEmbeddedDatabase } from '../../../server/embedded-database.ts';
import { freePort, startOpenSshTarget } from './openssh-target.ts';
import { startSsh2Target } from './ssh2-target.ts';
import type { SyntheticPerson } from './synthetic-people.ts';
import { fillTargetDatabase } from './target-database.ts';

/** A target that runs, ready to be registered. */
export interface DemoTarget {
  readonly input: TargetInput;
  stop(): Promise<void>;
}

/**
 * In the shop's database, what two people need to talk about a row stays readable and people are pseudonyms, the same in every session;
 * elsewhere everything is masked.
 */
const SUPPORT_DESK = {
  preset: 'support',
  name: 'support desk',
  entities: { ssn: 'mask' },
  tokenScope: 'organisation',
};
const BALANCED = { preset: 'balanced' };
/** A demo does not make people wait: short warnings, a short grace. */
const SESSION = { warningsMs: [60_000, 30_000, 10_000, 5_000], graceMs: 30_000 };
/** Generous: nobody who looks around meets it; a dump of the whole table does. */
const BUDGET = { valuesPerMinute: 3_000, valuesPerSession: 20_000 };
const MAX_ROWS = 50_000;
const DATABASE = 'shop';

/** `psql` is what opens the database; without it the target is left out, with a notice. */
export function hasProgram(name: string, environment: NodeJS.ProcessEnv): boolean {
  return (environment.PATH ?? '')
    .split(delimiter)
    .some(folder => folder !== '' && existsSync(join(folder, name)));
}

export function localTarget(graceMs: number): DemoTarget {
  return {
    input: inputOf({
      target: {
        id: 'local-shell',
        kind: 'local',
        name: 'This machine',
        environment: 'development',
        host: 'localhost',
      },
      accounts: [userInfo().username],
      description: 'A shell on this machine, as you. The folder in $DEMO_FILES holds synthetic data.',
      secret: { kind: 'none' },
      redaction: BALANCED,
      graceMs,
    }),
    stop: () => Promise.resolve(),
  };
}

/** OpenSSH's server where it is installed and lets this user in, else one in this process and a notice that says why. */
export async function sshTarget(options: {
  folder: string;
  files: string;
  userCaKey: string;
  environment: NodeJS.ProcessEnv;
  graceMs: number;
}): Promise<DemoTarget & { notice: string | null }> {
  const account = userInfo().username;
  const shape = {
    id: 'web-01',
    kind: 'ssh',
    name: 'web-01',
    environment: 'staging',
    host: '127.0.0.1',
  } as const;
  const openssh = await startOpenSshTarget({
    folder: join(options.folder, 'sshd'),
    port: await freePort(),
    userCaKey: options.userCaKey,
    account,
    startFolder: options.files,
  });
  if (!('reason' in openssh)) {
    const target = {
      ...shape,
      port: openssh.port,
      transport: 'openssh',
      trust: { pinnedKeys: [openssh.hostKey], hostCaKeys: [] },
    };
    const description = 'OpenSSH on this machine; you log in with a certificate that ends with the grant.';
    return {
      input: inputOf({
        target,
        accounts: [account],
        description,
        secret: { kind: 'ssh-ca' },
        redaction: BALANCED,
        graceMs: options.graceMs,
      }),
      notice: null,
      stop: openssh.stop,
    };
  }
  const password = randomBytes(24).toString('base64url');
  const server = await startSsh2Target({
    account,
    password,
    startFolder: options.files,
    environment: options.environment,
  });
  const target = {
    ...shape,
    port: server.port,
    transport: 'ssh2',
    trust: { pinnedKeys: [server.hostKey], hostCaKeys: [] },
  };
  const description = 'An SSH server inside the demo, because OpenSSH cannot be used here.';
  const secret = { kind: 'password', username: account, password } as const;
  return {
    input: inputOf({
      target,
      accounts: [account],
      description,
      secret,
      redaction: BALANCED,
      graceMs: options.graceMs,
    }),
    notice: `The SSH host is a server inside the demo, because ${openssh.reason}.`,
    stop: server.stop,
  };
}

/** A PostgreSQL of its own with synthetic personal data; each grant gets a role that ends with it. */
export async function databaseTarget(options: {
  folder: string;
  people: readonly SyntheticPerson[];
  graceMs: number;
}): Promise<DemoTarget & { rows: number }> {
  const database = await startEmbeddedDatabase({ folder: join(options.folder, 'shop-database'), port: 0 });
  try {
    const login = {
      host: database.host,
      port: database.port,
      user: database.superuser,
      password: database.password,
    };
    await withClient({ ...login, database: 'postgres' }, client =>
      client.query(`CREATE DATABASE ${DATABASE}`),
    );
    const rows = await withClient({ ...login, database: DATABASE }, client =>
      fillTargetDatabase(client, options.people),
    );
    const input = inputOf({
      target: {
        id: 'shop-db',
        kind: 'postgres',
        name: 'shop',
        environment: 'production',
        host: database.host,
        port: database.port,
        database: DATABASE,
      },
      accounts: ['support_staff'],
      description: `PostgreSQL with ${rows.toLocaleString('en')} rows about people who do not exist. Try: SELECT * FROM customers LIMIT 20;`,
      secret: {
        kind: 'postgres-admin',
        username: database.superuser,
        password: database.password,
        memberOf: ['support_staff'],
      },
      redaction: SUPPORT_DESK,
      graceMs: options.graceMs,
    });
    return { input, rows, stop: database.stop };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

function inputOf(options: {
  target: { readonly kind: string; readonly [key: string]: unknown };
  accounts: readonly string[];
  description: string;
  secret: object;
  redaction: object;
  graceMs: number;
}): TargetInput {
  const { target, accounts, description, secret, redaction, graceMs } = options;
  const budget = target.kind === 'postgres' ? { ...BUDGET, rowsPerStatement: MAX_ROWS } : BUDGET;
  return TargetInputSchema.parse({
    target,
    accounts,
    description,
    secret,
    redaction,
    scope: {},
    session: { ...SESSION, graceMs },
    budget,
    maxMinutes: 60,
  });
}

async function withClient<T>(config: pg.ClientConfig, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

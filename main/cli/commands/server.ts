import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { openApiDocument } from '../../../server/http/openapi/openapi-document.ts';
import { readAlertSinks } from '../../../server/monitoring/sink-settings.ts';
import { readOidcSettings } from '../../../server/identity/oidc/oidc-settings.ts';
import { createOidcProvider } from '../../../server/identity/oidc/provider.ts';
import { openPolicyFile } from '../../../server/policy/policy-file.ts';
import { readS3Settings } from '../../../server/recordings/s3-settings.ts';
import { scrubServer } from '../../../server/scrub-server.ts';
import { initServer, startServer } from '../../../server/start-server.ts';
import type { ServerConfig } from '../../../server/start-server.ts';
import { version } from '../../version.ts';
import type { CommandIo, ExitCode, HelpPage, OptionTable } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { write } from '../write.ts';

/** Hosts that only this machine reaches. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

const help: HelpPage = {
  about: 'Decides on access, keeps recordings that it cannot read, and the audit log.',
  usage: [
    'server init [--data DIR] [--admin NAME] [--json]',
    'server [--data DIR] [--host HOST] [--port PORT] [--log LEVEL] [--alerts FILE] [--policy FILE] [--oidc FILE] [--json]',
    'server scrub [--data DIR] [--json]',
    'server openapi',
  ],
  verbs: {
    init: `makes the data folder, its keys and an administrator, and prints a one-time enrolment code for the administrator's first device.
Called again it prints a new code for the administrator of that name`,
    scrub: `reads every stored recording again while the server does not run, and names those that are damaged: exit code 1. A running server
does it by itself each week, and when "sallyport admin scrub" asks for it`,
    openapi: `prints the description of the server's HTTP interface (OpenAPI 3.1, JSON), made of the schemas that check what comes in; a
running server gives it at /openapi.json`,
  },
  lists: [
    {
      title: 'Environment',
      terms: {
        DATABASE_URL: 'a PostgreSQL of your own; without it, one is started inside of the data folder',
        SALLYPORT_S3_BUCKET: `a bucket for recordings; without it they are files in the data folder. Of a bucket that is not Amazon's:
SALLYPORT_S3_ENDPOINT (https://…). Also SALLYPORT_S3_REGION (us-east-1), SALLYPORT_S3_PREFIX (recordings/), AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN`,
      },
    },
  ],
  notes: 'SIGINT, SIGTERM and SIGHUP end the server in order, with exit code 0.',
  exitCodes: '0 ended in order, 1 it did not work or something is damaged, 2 wrong use',
};

const VERBS: ReadonlySet<string> = new Set(['init', 'scrub', 'openapi']);
const LOG_LEVELS: readonly ServerConfig['logLevel'][] = ['silent', 'error', 'warn', 'info', 'debug'];

const options = {
  data: {
    type: 'string',
    value: 'DIR',
    completes: 'folder',
    about: 'where everything is kept (default: ~/.local/share/sallyport-server)',
  },
  admin: { type: 'string', value: 'NAME', about: 'the administrator (default: administrator)' },
  host: { type: 'string', value: 'HOST', about: 'address to listen on (default: 127.0.0.1)' },
  port: { type: 'string', value: 'PORT', about: 'port to listen on, 0 for a free one (default: 7443)' },
  log: {
    type: 'string',
    value: 'LEVEL',
    completes: LOG_LEVELS,
    about: `${LOG_LEVELS.join(', ')}; on standard error (default: warn)`,
  },
  alerts: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: "where alerts go besides the approvers' screens: JSON, see docs/monitoring.md",
  },
  policy: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: `who may ask for what, for how long, and who approves it: YAML or JSON, see docs/policy.md; a change of the file is taken up within
seconds, and the audit log says so`,
  },
  oidc: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about:
      'where people sign in (OpenID Connect), and which groups give which role: YAML or JSON, see docs/sign-in.md',
  },
  json: {
    type: 'boolean',
    default: false,
    about: 'one JSON line on standard output: {"kind":"initialised",…} or {"kind":"ready","url":…,"pid":…}',
  },
  'expose-database': {
    type: 'boolean',
    default: false,
    about: 'tells the superuser of the embedded database in the ready line; for demonstrations only',
  },
} satisfies OptionTable;

export const command = defineCommand({
  name: 'server',
  summary: 'the grant and recording server',
  help,
  options,
  async run({ values, positionals }, io) {
    const [verb, ...rest] = positionals;
    if (verb !== undefined && !VERBS.has(verb)) throw new UsageError(`There is no "server ${verb}".`);
    if (rest.length > 0) throw new UsageError(`"${rest.join(' ')}" is too much.`);
    if (verb === 'openapi') {
      await write(io.stdout, `${JSON.stringify(openApiDocument(version), null, 2)}\n`);
      return EXIT.ok;
    }
    const dataFolder = resolve(values.data ?? defaultDataFolder(io));
    const databaseUrl = parseDatabaseUrl(io.environment['DATABASE_URL']);
    if (verb === 'init') {
      const adminName = parseAdmin(values.admin ?? 'administrator');
      return init(io, { dataFolder, adminName, databaseUrl, isJson: values.json });
    }
    if (values.admin !== undefined) throw new UsageError('--admin belongs to "sallyport server init".');
    const s3 = readS3Settings(io.environment);
    if (verb === 'scrub') {
      const stored = {
        dataFolder,
        ...(databaseUrl === null ? {} : { databaseUrl }),
        ...(s3 === null ? {} : { s3 }),
      };
      return scrub(io, values.json, stored);
    }
    const alertSinks = values.alerts === undefined ? [] : await readAlertSinks(values.alerts, Date.now);
    const policy = values.policy === undefined ? null : await openPolicyFile(values.policy, Date.now);
    const oidc = values.oidc === undefined ? null : await readOidcSettings(values.oidc);
    return serve(io, values.json, {
      version,
      alertSinks,
      ...(policy === null ? {} : { policy }),
      ...(oidc === null ? {} : { oidc: createOidcProvider(oidc) }),
      dataFolder,
      host: values.host ?? '127.0.0.1',
      port: parsePort(values.port ?? '7443'),
      logLevel: parseLevel(values.log ?? 'warn'),
      exposeDatabase: values['expose-database'],
      ...(databaseUrl === null ? {} : { databaseUrl }),
      ...(s3 === null ? {} : { s3 }),
    });
  },
});

async function init(
  io: CommandIo,
  options: {
    readonly dataFolder: string;
    readonly adminName: string;
    readonly databaseUrl: string | null;
    readonly isJson: boolean;
  },
): Promise<ExitCode> {
  const { dataFolder, adminName, databaseUrl, isJson } = options;
  const made = await initServer({
    dataFolder,
    adminName,
    ...(databaseUrl === null ? {} : { databaseUrl }),
  });
  io.stdout.write(
    isJson
      ? `${JSON.stringify({ kind: 'initialised', dataFolder, ...made })}\n`
      : `The server's data folder is ${dataFolder}.\nEnrolment code for ${made.account.name}, good once until ${new Date(made.expiresAtMs).toISOString()}:\n${made.enrolCode}\n`,
  );
  return EXIT.ok;
}

async function scrub(
  io: CommandIo,
  isJson: boolean,
  config: Pick<ServerConfig, 'dataFolder' | 'databaseUrl' | 's3'>,
): Promise<ExitCode> {
  const report = await scrubServer({ ...config, signal: io.signal });
  const { checked, damaged } = report;
  if (isJson) io.stdout.write(`${JSON.stringify({ kind: 'scrubbed', ...report })}\n`);
  else {
    for (const { recordingId, damage } of damaged) io.stdout.write(`damaged  ${recordingId}  ${damage}\n`);
    io.stdout.write(`${checked} recordings were read again, ${damaged.length} are damaged.\n`);
  }
  return damaged.length === 0 ? EXIT.ok : EXIT.findings;
}

async function serve(io: CommandIo, isJson: boolean, config: ServerConfig): Promise<ExitCode> {
  const server = await startServer(config);
  try {
    if (!LOOPBACK.has(config.host)) {
      io.stderr.write(
        'sallyport server: it speaks plain HTTP and listens beyond this machine: put a TLS proxy in front of it.\n',
      );
    }
    const { url, database } = server;
    const ready = { kind: 'ready', url, pid: process.pid, ...(database === null ? {} : { database }) };
    io.stdout.write(isJson ? `${JSON.stringify(ready)}\n` : `The server listens on ${url}\n`);
    await Promise.race([aborted(io.signal), server.lost]);
  } finally {
    await server.close();
  }
  return EXIT.ok;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolveWhenAborted => {
    if (signal.aborted) resolveWhenAborted();
    else signal.addEventListener('abort', () => resolveWhenAborted(), { once: true });
  });
}

function defaultDataFolder(io: CommandIo): string {
  const home = io.environment['HOME'] ?? homedir();
  return join(io.environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'sallyport-server');
}

function parseAdmin(text: string): string {
  const name = text.trim();
  if (name.length >= 1 && name.length <= 120) return name;
  throw new UsageError('--admin takes a name of 1 to 120 characters.');
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`);
}

function parseLevel(text: string): ServerConfig['logLevel'] {
  const level = LOG_LEVELS.find(name => name === text);
  if (level !== undefined) return level;
  throw new UsageError(`--log takes one of ${LOG_LEVELS.join(', ')}, not "${text}".`);
}

function parseDatabaseUrl(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new UsageError('DATABASE_URL in the environment must begin with "postgresql://".');
}

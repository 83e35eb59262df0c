import { openApiDocument } from '../../../server/http/openapi/openapi-document.ts';
import { scrubServer } from '../../../server/scrub-server.ts';
import { initServer } from '../../../server/start-server.ts';
import type { ServerConfig } from '../../../server/start-server.ts';
import { LOG_LEVELS } from '../../../server/settings/server-settings.ts';
import { version } from '../../version.ts';
import type { CommandIo, ExitCode, HelpPage, OptionTable } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { createPercentage } from '../percentage.ts';
import { backup, restore } from '../server/backup-command.ts';
import { checkConfig } from '../server/check-config.ts';
import { runServer } from '../server/run-server.ts';
import { readServerConfig, readStoragePlaces } from '../server/server-config.ts';
import { write } from '../write.ts';

const help: HelpPage = {
  about: 'Decides on access, keeps recordings that it cannot read, and the audit log.',
  usage: [
    'server init [--config FILE] [--data DIR] [--admin NAME] [--json]',
    'server [--config FILE] [--data DIR] [--host HOST] [--port PORT] [--tls-cert FILE] [--tls-key FILE] [--log LEVEL] [--alerts FILE] [--policy FILE] [--oidc FILE] [--metrics-port PORT] [--json]',
    'server config check FILE [--json]',
    'server scrub [--config FILE] [--data DIR] [--json]',
    'server openapi',
    'server backup FILE [--recipient AGE1…]... [--passphrase-file FILE] [--config FILE] [--data DIR] [--json]',
    'server restore FILE [--identity FILE] [--passphrase-file FILE] [--config FILE] [--data DIR] [--json]',
  ],
  verbs: {
    init: `makes the data folder, its keys and an administrator, and prints a one-time enrolment code for the administrator's first device.
Called again it prints a new code for the administrator of that name`,
    scrub: `reads every stored recording again while the server does not run, and names those that are damaged: exit code 1. A running server
does it by itself each week, and when "sallyport admin scrub" asks for it`,
    backup: `writes the database, the keys and the name of the server into one file, sealed to age recipients or with a passphrase; the server may
run meanwhile. The bytes of recordings are not in it: copy their folder or bucket, too`,
    restore: `makes a server of a backup, in a data folder that is not there yet (or the database that DATABASE_URL names, if that holds none). A
backup that is damaged leaves nothing behind`,
    config: 'works on a file of settings',
    'config check':
      'says what is wrong with a file of settings, each with its line and key: exit code 1; starts nothing',
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
  notes: `Settings come from the command line, then from the environment, then from the file that --config names (docs/server.md).

SIGINT and SIGTERM end the server in order, with exit code 0: /readyz says no, event streams end, requests under way are finished. SIGHUP reads
the certificate again where there is one, and connections go on; else it ends the server, too.`,
  exitCodes: '0 ended in order, 1 it did not work or something is damaged, 2 wrong use',
};

const VERBS: ReadonlySet<string> = new Set(['init', 'scrub', 'openapi', 'config', 'backup', 'restore']);

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
  config: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: 'settings: YAML or JSON, see docs/server.md',
  },
  recipient: {
    type: 'string',
    multiple: true,
    value: 'AGE1…',
    about: 'seals the backup to this age recipient; may be given several times',
  },
  identity: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: 'the age identity that opens the backup',
  },
  'passphrase-file': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: 'a file with the passphrase of the backup on its first line; asked for where there is neither',
  },
  'tls-cert': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: 'serves https (TLS 1.2 and newer) with this certificate, and those that sign it after it: PEM',
  },
  'tls-key': { type: 'string', value: 'FILE', completes: 'file', about: 'the key of the certificate: PEM' },
  'metrics-port': {
    type: 'string',
    value: 'PORT',
    about: 'serves metrics for Prometheus on this port of 127.0.0.1, at /metrics; 0 for a free one',
  },
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
    if (verb === 'config') return checkConfig(rest, io, values.json);
    if (verb === 'backup' || verb === 'restore') {
      if (rest.length > 1) throw new UsageError(`"${rest.slice(1).join(' ')}" is too much.`);
      const places = await readStoragePlaces(values, io);
      return verb === 'backup' ? backup(rest, io, { values, places }) : restore(rest, io, { values, places });
    }
    if (rest.length > 0) throw new UsageError(`"${rest.join(' ')}" is too much.`);
    if (verb === 'openapi') {
      await write(io.stdout, `${JSON.stringify(openApiDocument(version), null, 2)}\n`);
      return EXIT.ok;
    }
    const { dataFolder, databaseUrl, s3 } = await readStoragePlaces(values, io);
    if (verb === 'init') {
      const adminName = parseAdmin(values.admin ?? 'administrator');
      return init(io, { dataFolder, adminName, databaseUrl, isJson: values.json });
    }
    if (values.admin !== undefined) throw new UsageError('--admin belongs to "sallyport server init".');
    if (verb === 'scrub') {
      const stored = {
        dataFolder,
        ...(databaseUrl === null ? {} : { databaseUrl }),
        ...(s3 === null ? {} : { s3 }),
      };
      return scrub(io, values.json, stored);
    }
    return runServer(io, values.json, await readServerConfig(values, io));
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
  const progress = createPercentage('Reading recordings again', io);
  const report = await scrubServer({
    ...config,
    signal: io.signal,
    onChecked: (checked, total) => progress?.show(checked / total),
  }).finally(() => progress?.clear());
  const { checked, damaged } = report;
  if (isJson) io.stdout.write(`${JSON.stringify({ kind: 'scrubbed', ...report })}\n`);
  else {
    for (const { recordingId, damage } of damaged) io.stdout.write(`damaged  ${recordingId}  ${damage}\n`);
    io.stdout.write(`${checked} recordings were read again, ${damaged.length} are damaged.\n`);
  }
  return damaged.length === 0 ? EXIT.ok : EXIT.findings;
}

function parseAdmin(text: string): string {
  const name = text.trim();
  if (name.length >= 1 && name.length <= 120) return name;
  throw new UsageError('--admin takes a name of 1 to 120 characters.');
}

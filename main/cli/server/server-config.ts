import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import { readOidcSettings } from '../../../server/identity/oidc/oidc-settings.ts';
import { createOidcProvider } from '../../../server/identity/oidc/provider.ts';
import { readAlertSinks } from '../../../server/monitoring/sink-settings.ts';
import { openPolicyFile } from '../../../server/policy/policy-file.ts';
import { readS3Settings } from '../../../server/recordings/s3-settings.ts';
import type { S3Settings } from '../../../server/recordings/s3-settings.ts';
import { readSecretFile, readServerSettings } from '../../../server/settings/read-server-settings.ts';
import type { ServerSettings } from '../../../server/settings/server-settings.ts';
import { LOG_LEVELS } from '../../../server/settings/server-settings.ts';
import type { ServerConfig } from '../../../server/start-server.ts';
import { version } from '../../version.ts';
import type { CommandIo } from '../command.ts';
import { UsageError } from '../command.ts';

/** Options that say how a server runs; each stands above the environment, and that above the file of settings. */
export interface ServerOptions {
  readonly config?: string | undefined;
  readonly data?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly log?: string | undefined;
  readonly alerts?: string | undefined;
  readonly policy?: string | undefined;
  readonly oidc?: string | undefined;
  readonly 'tls-cert'?: string | undefined;
  readonly 'tls-key'?: string | undefined;
  readonly 'metrics-port'?: string | undefined;
  readonly 'expose-database'?: boolean;
}

const NO_SETTINGS: ServerSettings = { version: 1 };

/** Where a server keeps what: enough for what is done while it does not run. */
export interface StoragePlaces {
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly s3: S3Settings | null;
  readonly settings: ServerSettings;
}

/** Throws `UsageError` and `bad-input` that name the option, variable or key which is wrong. */
export async function readStoragePlaces(
  { config, data }: Pick<ServerOptions, 'config' | 'data'>,
  io: CommandIo,
): Promise<StoragePlaces> {
  const settings = config === undefined ? NO_SETTINGS : await readServerSettings(config);
  return {
    settings,
    dataFolder: resolve(data ?? settings.data ?? defaultDataFolder(io)),
    databaseUrl: await readDatabaseUrl(settings, io),
    s3: readS3Settings({ ...s3Variables(settings), ...given(io.environment) }),
  };
}

/** Throws as `readStoragePlaces` does. */
export async function readServerConfig(values: ServerOptions, io: CommandIo): Promise<ServerConfig> {
  const { settings, dataFolder, databaseUrl, s3 } = await readStoragePlaces(values, io);
  const { listen, shutdown } = settings;
  const { connections, ...limits } = settings.limits ?? {};
  const tls = chooseTls(values, listen?.tls);
  const metrics = await chooseMetrics(values, settings);
  const alerts = values.alerts ?? settings.alerts;
  const policy = values.policy ?? settings.policy;
  const oidc = values.oidc ?? settings.oidc;
  return {
    version,
    dataFolder,
    host: values.host ?? listen?.host ?? '127.0.0.1',
    port: values.port === undefined ? (listen?.port ?? 7443) : parsePort('--port', values.port),
    logLevel: values.log === undefined ? (settings.log ?? 'warn') : parseLevel(values.log),
    exposeDatabase: values['expose-database'] === true,
    limits: present(limits),
    connectionLimits: present({ connections }),
    signInTerms: {
      localMs: hoursToMs(settings.signIn?.localHours),
      idleMs: hoursToMs(settings.signIn?.idleHours),
    },
    trustedProxies: listen?.trustedProxies ?? [],
    drainMs: (shutdown?.drainSeconds ?? 0) * 1000,
    ...(shutdown?.timeoutSeconds === undefined ? {} : { closeTimeoutMs: shutdown.timeoutSeconds * 1000 }),
    ...(tls === null ? {} : { tls }),
    ...(metrics === null ? {} : { metrics }),
    alertSinks: alerts === undefined ? [] : await readAlertSinks(alerts, Date.now),
    ...(policy === undefined ? {} : { policy: await openPolicyFile(policy, Date.now) }),
    ...(oidc === undefined ? {} : { oidc: createOidcProvider(await readOidcSettings(oidc)) }),
    ...(databaseUrl === null ? {} : { databaseUrl }),
    ...(s3 === null ? {} : { s3 }),
  };
}

function hoursToMs(hours: number | undefined): number | null {
  return hours === undefined ? null : hours * 3_600_000;
}

function chooseTls(
  { 'tls-cert': cert, 'tls-key': key }: ServerOptions,
  inFile: { readonly cert: string; readonly key: string } | undefined,
): { readonly cert: string; readonly key: string } | null {
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (cert !== undefined || key !== undefined)
    throw new UsageError('--tls-cert and --tls-key belong together: name both files.');
  return inFile ?? null;
}

async function chooseMetrics(
  { 'metrics-port': option }: ServerOptions,
  { metrics }: ServerSettings,
): Promise<NonNullable<ServerConfig['metrics']> | null> {
  if (option === undefined && metrics === undefined) return null;
  const port = option === undefined ? (metrics?.port ?? 0) : parsePort('--metrics-port', option);
  return {
    port,
    ...(metrics?.host === undefined ? {} : { host: metrics.host }),
    ...(metrics?.tokenFile === undefined
      ? {}
      : { token: await readSecretFile(metrics.tokenFile, 'the token of the metrics') }),
  };
}

async function readDatabaseUrl({ database }: ServerSettings, io: CommandIo): Promise<string | null> {
  const inEnvironment = io.environment['DATABASE_URL'];
  if (inEnvironment !== undefined && inEnvironment !== '') {
    if (isDatabaseUrl(inEnvironment)) return inEnvironment;
    throw new UsageError('DATABASE_URL in the environment must begin with "postgresql://".');
  }
  if (database === undefined) return null;
  const url = await readSecretFile(database.urlFile, 'the address of a PostgreSQL');
  if (isDatabaseUrl(url)) return url;
  throw new SallyportError(
    'bad-input',
    `"${database.urlFile}" (database.urlFile) must hold an address that begins with "postgresql://".`,
  );
}

function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

function s3Variables({ recordings }: ServerSettings): Readonly<Record<string, string>> {
  const { bucket, endpoint, region, prefix } = recordings?.s3 ?? {};
  return present({
    SALLYPORT_S3_BUCKET: bucket,
    SALLYPORT_S3_ENDPOINT: endpoint,
    SALLYPORT_S3_REGION: region,
    SALLYPORT_S3_PREFIX: prefix,
  });
}

/** Without the variables that are there but empty. */
function given(environment: CommandIo['environment']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function present<T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}

function defaultDataFolder(io: CommandIo): string {
  const home = io.environment['HOME'] ?? homedir();
  return join(io.environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'sallyport-server');
}

function parsePort(option: string, text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`${option} takes a number from 0 to 65535, not "${text}".`);
}

function parseLevel(text: string): ServerConfig['logLevel'] {
  const level = LOG_LEVELS.find(name => name === text);
  if (level !== undefined) return level;
  throw new UsageError(`--log takes one of ${LOG_LEVELS.join(', ')}, not "${text}".`);
}

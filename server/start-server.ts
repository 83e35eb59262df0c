import { setTimeout as delay } from 'node:timers/promises';
import { LEASE_RENEWAL_MS } from '../contract/access.ts';
import { SallyportError } from '../contract/errors.ts';
import type { EnrolCode } from '../contract/server-administration.ts';
import { createDatabaseRoles } from './credentials/database-roles.ts';
import { createDataFolder, openDataFolder } from './data-folder.ts';
import { createApp } from './http/create-app.ts';
import type { ConnectionLimits } from './http/http-server.ts';
import { CONNECTION_LIMITS } from './http/http-server.ts';
import { connectionsThatFit, openFilesLimit, tellOfDrops } from './http/open-files.ts';
import type { RequestLimits } from './http/request-limits.ts';
import { DEFAULT_LIMITS } from './http/request-limits.ts';
import { openTlsFiles } from './http/tls-files.ts';
import { createAccount, createEnrolCode } from './identity/identity.ts';
import type { AlertSink } from './monitoring/alert-sink.ts';
import type { OidcProvider } from './identity/oidc/provider.ts';
import type { SignInTerms } from './identity/sign-in-terms.ts';
import { createMetrics } from './operations/metrics.ts';
import type { MetricsSettings } from './operations/metrics-server.ts';
import { serveMetrics } from './operations/metrics-server.ts';
import { createReadiness } from './operations/readiness.ts';
import type { PolicyFile } from './policy/policy-file.ts';
import { noteNoPolicy } from './policy/policy-file.ts';
import type { S3Settings } from './recordings/s3-settings.ts';
import { createLog, openCore } from './server-core.ts';
import { openRecordings } from './recordings/open-recordings.ts';
import { startScrub } from './retention/scrub.ts';
import { startSweep } from './sweep.ts';

export interface ServerConfig {
  /** made by `initServer` */
  readonly dataFolder: string;
  readonly host: string;
  /** 0: a free one */
  readonly port: number;
  /** a PostgreSQL of one's own instead of the embedded one */
  readonly databaseUrl?: string;
  /** a bucket for the bytes of recordings instead of the data folder */
  readonly s3?: S3Settings;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Tells the embedded database's superuser in `RunningServer.database`: for demos and tests that use it as a target. */
  readonly exposeDatabase?: boolean;
  /** server time, milliseconds since the epoch; for tests */
  readonly nowMs?: () => number;
  readonly leaseRenewalMs?: number;
  readonly sweepMs?: number;
  readonly limits?: Partial<RequestLimits>;
  readonly connectionLimits?: Partial<ConnectionLimits>;
  /** PEM files; plain HTTP without them */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly metrics?: MetricsSettings;
  /** how long `/readyz` says no before anything ends, so that a load balancer has looked; default 0 */
  readonly drainMs?: number;
  /** how long requests under way may take when the server ends */
  readonly closeTimeoutMs?: number;
  /** of this program, for the interface's description and metrics */
  readonly version?: string;
  readonly alertSinks?: readonly AlertSink[];
  /** who may ask for what; without one the terms of the targets decide */
  readonly policy?: PolicyFile;
  readonly policyLookMs?: number;
  /** where people sign in, beside local accounts */
  readonly oidc?: OidcProvider;
  readonly signInTerms?: SignInTerms;
  /** addresses and ranges whose X-Forwarded-For counts; none without it */
  readonly trustedProxies?: readonly string[];
}

export interface DatabaseAccess {
  readonly host: string;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
}

export interface RunningServer {
  readonly url: string;
  /** null without metrics */
  readonly metricsUrl: string | null;
  /** only with `exposeDatabase`, and where the database is the embedded one */
  readonly database: DatabaseAccess | null;
  /** Rejects when the server cannot go on, such as when its embedded database is gone; never resolves. */
  readonly lost: Promise<never>;
  /** Reads the certificate again; connections that stand go on. Throws `bad-input` and keeps the old one where the files do not fit. */
  reload(): Promise<void>;
  /** Says at `/readyz` that it ends, ends event streams, lets requests finish (for a while), ends the database. */
  close(): Promise<void>;
}

const SWEEP_MS = 1_000;
const POLICY_LOOK_MS = 2_000;
const CLOSE_TIMEOUT_MS = 10_000;

/** Starts a server on a data folder; resolves when it accepts connections. Throws `SallyportError` with one line that says why not. */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const folder = await openDataFolder(config.dataFolder);
  const log = createLog(config.logLevel);
  const tls = config.tls === undefined ? null : await openTlsFiles(config.tls);
  const core = await openCore({
    folder,
    databaseUrl: config.databaseUrl ?? null,
    log,
    nowMs: config.nowMs ?? Date.now,
    alertSinks: config.alertSinks ?? [],
    ...(config.policy === undefined ? {} : { policy: config.policy }),
    ...(config.oidc === undefined ? {} : { oidc: config.oidc }),
    ...(config.signInTerms === undefined ? {} : { signInTerms: config.signInTerms }),
  });
  const { context, embedded } = core;
  const closers: (() => Promise<void>)[] = [() => core.close()];
  const stop = async () => {
    for (let step = closers.pop(); step !== undefined; step = closers.pop()) await step();
  };
  try {
    const { policy } = config;
    if (policy === undefined) await noteNoPolicy(context);
    else {
      closers.push(() => policy.stop());
      await policy.follow(context, config.policyLookMs ?? POLICY_LOOK_MS);
    }
    const databaseRoles = createDatabaseRoles(context);
    const recordings = await openRecordings({ folder: folder.recordings, s3: config.s3 ?? null }, context);
    const sweep = startSweep(context, { databaseRoles, recordings, everyMs: config.sweepMs ?? SWEEP_MS });
    closers.push(() => sweep.stop());
    const scrub = startScrub(context, recordings);
    closers.push(() => scrub.stop());
    const readiness = createReadiness(context, recordings);
    const version = config.version ?? 'unknown';
    const metrics =
      config.metrics === undefined
        ? null
        : createMetrics(context, {
            version,
            tlsValidUntilMs: tls === null ? null : () => tls.validUntilMs,
          });
    const connectionLimits = { ...CONNECTION_LIMITS, ...config.connectionLimits };
    const fitting = connectionsThatFit(connectionLimits.connections, openFilesLimit());
    const { app } = await createApp({
      context: { ...context, databaseRoles },
      recordings,
      scrub,
      leaseRenewalMs: config.leaseRenewalMs ?? LEASE_RENEWAL_MS,
      limits: { ...DEFAULT_LIMITS, ...config.limits },
      connectionLimits: {
        ...connectionLimits,
        connections: fitting.connections,
      },
      trustedProxies: config.trustedProxies ?? [],
      sweepSoon: () => sweep.soon(),
      readiness,
      metrics,
      tls,
      version,
    });
    tellOfDrops(app.server, { log, nowMs: context.nowMs });
    let metricsUrl: string | null = null;
    if (metrics !== null && config.metrics !== undefined) {
      const served = await serveMetrics(metrics, config.metrics);
      closers.push(() => served.close());
      metricsUrl = served.url;
    }
    const address = await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
      throw cannotListen(config, error);
    });
    // Only now: what cannot start says one line.
    if (fitting.warning !== null) log.warn(fitting.warning);
    let closing: Promise<void> | null = null;
    const close = async () => {
      readiness.beginDrain();
      await delay(config.drainMs ?? 0);
      context.hub.endAll();
      const force = setTimeout(
        () => app.server.closeAllConnections(),
        config.closeTimeoutMs ?? CLOSE_TIMEOUT_MS,
      );
      await app.close();
      clearTimeout(force);
      await stop();
    };
    return {
      url: tls === null ? address : address.replace(/^http:/, 'https:'),
      metricsUrl,
      async reload() {
        await tls?.reload();
      },
      database: config.exposeDatabase === true && embedded !== null ? databaseAccess(embedded) : null,
      lost: core.lost,
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Makes a data folder (or opens it again) and an enrolment code for the administrator `adminName`, who is made where there is
 * none of that name. Whoever can write the data folder may do this: it is also the way back in when a device was lost.
 */
export async function initServer(options: {
  readonly dataFolder: string;
  readonly adminName: string;
  readonly databaseUrl?: string;
}): Promise<EnrolCode> {
  const folder = await createDataFolder(options.dataFolder);
  const core = await openCore({
    folder,
    databaseUrl: options.databaseUrl ?? null,
    log: createLog('warn'),
    nowMs: Date.now,
  });
  try {
    const { context } = core;
    const known = await context.db
      .selectFrom('accounts')
      .select(['id', 'roles'])
      .where(({ eb, fn, val }) => eb(fn('lower', ['name']), '=', fn('lower', [val(options.adminName)])))
      .executeTakeFirst();
    if (known === undefined) {
      return await createAccount(context, null, { name: options.adminName, roles: ['administrator'] });
    }
    if (!known.roles.includes('administrator')) {
      throw new SallyportError(
        'conflict',
        `There is an account "${options.adminName}" that is no administrator. Choose another name with --admin.`,
      );
    }
    return await createEnrolCode(context, null, known.id);
  } finally {
    await core.close();
  }
}

function databaseAccess({ host, port, superuser, password }: DatabaseAccess): DatabaseAccess {
  return { host, port, superuser, password };
}

function cannotListen(config: ServerConfig, error: unknown): SallyportError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  const where = `${config.host}:${config.port}`;
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: `Another program listens on ${where}. Choose another port with --port, or 0 for a free one.`,
    EACCES: `This user may not listen on ${where}. Choose a port above 1023 with --port.`,
    EADDRNOTAVAIL: `This machine has no address ${config.host}. Choose another with --host.`,
    ENOTFOUND: `The host name ${config.host} is not known. Choose another with --host.`,
  };
  return new SallyportError(
    'server-failed',
    words[code] ?? `The server cannot listen on ${where} (${code}).`,
    {
      cause: error,
    },
  );
}

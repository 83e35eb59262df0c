import type { Kysely } from 'kysely';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { SallyportError } from '../contract/errors.ts';
import { createChanges } from './changes/changes.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import type { DataFolder } from './data-folder.ts';
import { ensureDatabase, openDatabase } from './database/open-database.ts';
import type { Database } from './database/schema.ts';
import { startEmbeddedDatabase } from './embedded-database.ts';
import type { EmbeddedDatabase } from './embedded-database.ts';
import { createEventHub } from './events/event-hub.ts';
import { NO_FAN_OUT, startFanOut } from './events/fan-out.ts';
import { createSecretBox } from './keys/secret-box.ts';
import { loadServerKeys } from './keys/server-keys.ts';
import type { AlertSink } from './monitoring/alert-sink.ts';
import { safeError } from './operations/safe-error.ts';
import type { OidcProvider } from './identity/oidc/provider.ts';
import type { SignInTerms } from './identity/sign-in-terms.ts';
import { NO_SIGN_IN_TERMS } from './identity/sign-in-terms.ts';
import type { PolicyInForce } from './policy/policy-in-force.ts';
import { NO_POLICY } from './policy/policy-in-force.ts';
import type { ServerContext } from './server-context.ts';

export interface CoreOptions {
  readonly folder: DataFolder;
  /** a PostgreSQL of one's own, which several servers may share; null: the embedded one in the data folder */
  readonly databaseUrl: string | null;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly alertSinks?: readonly AlertSink[];
  readonly policy?: PolicyInForce;
  readonly oidc?: OidcProvider;
  readonly signInTerms?: SignInTerms;
}

/** A server without its HTTP interface: what starting and `init` have in common. */
export interface ServerCore {
  readonly context: ServerContext;
  /** null where the database is one's own */
  readonly embedded: EmbeddedDatabase | null;
  /** Rejects when the embedded database ends by itself. */
  readonly lost: Promise<never>;
  close(): Promise<void>;
}

const DATABASE = 'sallyport';

/** Opens everything in order, and closes what was opened when a later step fails. Throws `SallyportError` in words. */
export async function openCore(options: CoreOptions): Promise<ServerCore> {
  const { folder, log, nowMs } = options;
  const closers: (() => Promise<void>)[] = [];
  let isClosing = false;
  const close = async () => {
    isClosing = true;
    for (let step = closers.pop(); step !== undefined; step = closers.pop()) {
      await step().catch((error: unknown) => log.error({ err: error }, 'closing failed'));
    }
  };
  try {
    closers.push(await lockDataFolder(folder.root));
    const keys = await loadServerKeys(folder.keys);
    let embedded: EmbeddedDatabase | null = null;
    let url = options.databaseUrl;
    if (url === null) {
      const started = await startEmbeddedDatabase({ folder: folder.database, port: 0 });
      closers.push(() => started.stop());
      embedded = started;
      url = await prepareEmbedded(started);
    }
    const db: Kysely<Database> = await openDatabase(url);
    closers.push(() => db.destroy());
    const hub = createEventHub();
    const fanOut = embedded === null ? await startFanOut({ connectionString: url, hub, log }) : NO_FAN_OUT;
    closers.push(() => fanOut.close());
    const changes = createChanges({
      db,
      nowMs,
      announce: (trx, events) => fanOut.announce(trx, events),
      publish: events => hub.publish(events),
    });
    const secrets = createSecretBox(keys.master);
    const { alertSinks = [], policy = NO_POLICY, oidc = null, signInTerms = NO_SIGN_IN_TERMS } = options;
    const context = {
      db,
      changes,
      hub,
      keys,
      secrets,
      serverName: folder.serverName,
      nowMs,
      log,
      alertSinks,
      policy,
      oidc,
      signInTerms,
    };
    return { context, embedded, lost: lossOf(embedded, () => isClosing), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function lossOf(embedded: EmbeddedDatabase | null, isClosing: () => boolean): Promise<never> {
  const lost = new Promise<never>((_, reject) => {
    void embedded?.ended.then(() => {
      if (isClosing()) return;
      reject(
        new SallyportError(
          'server-failed',
          'The embedded database ended by itself. Nothing that was acknowledged is lost; start the server again.',
        ),
      );
    });
  });
  // Whoever does not wait for it must not be ended by it.
  lost.catch(() => undefined);
  return lost;
}

/** Structured lines on stderr, without what a request proves itself with. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      redact: {
        paths: ['req.headers.authorization', 'headers.authorization', '*.password', '*.enrolCode', '*.jws'],
        censor: '[redacted]',
      },
      serializers: { err: safeError },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** Makes the server's database in the embedded PostgreSQL; answers its connection string. */
export async function prepareEmbedded(embedded: EmbeddedDatabase): Promise<string> {
  await ensureDatabase(embeddedUrl(embedded, 'postgres'), DATABASE);
  return embeddedUrl(embedded);
}

/** The connection string of the embedded PostgreSQL: of the server's own database where no other is named. */
export function embeddedUrl(
  { host, port, superuser, password }: Pick<EmbeddedDatabase, 'host' | 'port' | 'superuser' | 'password'>,
  database = DATABASE,
): string {
  return `postgresql://${superuser}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { UPLOAD_PATH } from '../recordings/register-recordings.ts';
import type { ServerContext } from '../server-context.ts';
import { routeOf } from './log-requests.ts';

/** Figures of this server in Prometheus' text format. Labels are routes, methods and statuses: nothing of people, targets or sessions. */
export interface Metrics {
  readonly contentType: string;
  /** Figures of the database are as of now; missing while it cannot be reached. */
  text(): Promise<string>;
  /** Counts the requests of an app; call it before its routes are mounted. */
  watch(app: FastifyInstance): void;
}

const PREFIX = 'sallyport_';

export function createMetrics(
  context: Pick<ServerContext, 'db' | 'hub' | 'log'>,
  about: { readonly version: string; readonly tlsValidUntilMs: (() => number) | null },
): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  new Gauge({
    name: `${PREFIX}build`,
    help: 'always 1; the label has the version',
    labelNames: ['version'],
    registers,
  }).set({ version: about.version }, 1);
  const requests = new Histogram({
    name: `${PREFIX}http_request_duration_seconds`,
    help: 'from the headers of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers,
  });
  const received = new Counter({
    name: `${PREFIX}recording_received_bytes_total`,
    help: 'bytes of recordings that were taken in by this instance',
    registers,
  });
  new Gauge({
    name: `${PREFIX}event_streams`,
    help: 'devices that follow events at this instance',
    registers,
    collect() {
      this.set(context.hub.size);
    },
  });
  const { tlsValidUntilMs } = about;
  if (tlsValidUntilMs !== null) {
    new Gauge({
      name: `${PREFIX}tls_certificate_expiry_seconds`,
      help: 'when the certificate ends, seconds since the epoch',
      registers,
      collect() {
        this.set(tlsValidUntilMs() / 1000);
      },
    });
  }
  const state = new Gauge({
    name: `${PREFIX}state`,
    help: 'how many there are in the database, of all instances together',
    labelNames: ['what'],
    registers,
  });

  return {
    contentType: register.contentType,
    async text() {
      state.reset();
      try {
        for (const [what, count] of Object.entries(await countState(context.db))) state.set({ what }, count);
      } catch (error) {
        context.log.warn({ err: error }, 'metrics without the figures of the database');
      }
      return register.metrics();
    },
    watch(app) {
      app.addHook('onResponse', (request, reply, done) => {
        const { method } = request;
        const route = routeOf(request);
        requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
        if (method === 'PATCH' && reply.statusCode === 204 && route.startsWith(UPLOAD_PATH)) {
          received.inc(Number(request.headers['content-length'] ?? 0) || 0);
        }
        done();
      });
    },
  };
}

async function countState(db: ServerContext['db']): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<Record<string, number>>`SELECT
    (SELECT count(*) FROM sessions WHERE ended_at_ms IS NULL) AS running_sessions,
    (SELECT count(*) FROM sessions WHERE ended_at_ms IS NULL AND is_suspended) AS suspended_sessions,
    (SELECT count(*) FROM grants WHERE state = 'active') AS active_grants,
    (SELECT count(*) FROM requests WHERE state = 'pending') AS pending_requests,
    (SELECT count(*) FROM recordings WHERE state = 'running') AS running_recordings,
    (SELECT count(*) FROM recordings WHERE damage IS NOT NULL) AS damaged_recordings,
    (SELECT count(*) FROM alert_deliveries) AS waiting_alerts,
    (SELECT count(*) FROM database_roles) AS database_roles,
    (SELECT coalesce(max(sequence), 0) FROM audit) AS audit_entries`.execute(db);
  return rows[0] ?? {};
}

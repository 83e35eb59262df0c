import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { LogController } from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { CredentialContext } from '../credentials/create-credential.ts';
import { mountEventStream } from '../events/event-stream.ts';
import { createRefusedProofs } from '../identity/refused-proofs.ts';
import { createWrongCodes } from '../identity/wrong-codes.ts';
import { installRequestLog } from '../operations/log-requests.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Readiness } from '../operations/readiness.ts';
import { continueTrace, formatTrace } from '../operations/trace.ts';
import type { Trace } from '../operations/trace.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { Scrub } from '../retention/scrub.ts';
import { mountRecordings } from '../reviews/mount-recordings.ts';
import { createProgressBell } from '../reviews/progress-bell.ts';
import { createAuthenticate } from './authenticate.ts';
import { answerClientError } from './client-errors.ts';
import type { ConnectionLimits } from './http-server.ts';
import { createHttpServer } from './http-server.ts';
import { createRouteMount } from './mount-route.ts';
import { BODY_LIMIT_BYTES, installProblems, makeProblem, sendProblem } from './problem.ts';
import { auditRefusal } from './refusals.ts';
import type { RequestLimits } from './request-limits.ts';
import { createRequestLimits } from './request-limits.ts';
import { mountAccessRoutes } from './routes-access.ts';
import { mountAdministrationRoutes } from './routes-administration.ts';
import { mountRetentionRoutes } from './routes-retention.ts';
import { mountOpenRoutes } from './routes-open.ts';
import { mountSignInRoutes } from './routes-sign-in.ts';
import { mountInsightsRoutes } from './routes-insights.ts';
import { mountPolicyRoutes } from './routes-policy.ts';
import { mountReviewRoutes } from './routes-reviews.ts';
import type { TlsFiles } from './tls-files.ts';
import { trustProxyOption } from './trusted-proxies.ts';
import type { KnownRoute } from './unknown-address.ts';
import { installUnknownAddress } from './unknown-address.ts';

export interface AppOptions {
  readonly context: CredentialContext;
  readonly recordings: RecordingStore;
  readonly scrub: Scrub;
  readonly leaseRenewalMs: number;
  readonly limits: RequestLimits;
  readonly connectionLimits: ConnectionLimits;
  readonly trustedProxies: readonly string[];
  readonly sweepSoon: () => void;
  readonly readiness: Readiness;
  readonly metrics: Metrics | null;
  readonly tls: TlsFiles | null;
  /** of this program */
  readonly version: string;
}

/** The whole HTTP interface, not yet listening, and every route that it has. */
export async function createApp(
  options: AppOptions,
): Promise<{ readonly app: FastifyInstance; readonly routes: readonly KnownRoute[] }> {
  const { context, sweepSoon, readiness } = options;
  const traces = new WeakMap<object, Trace>();
  const app = createFastify(options, traces);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('caller', null);
  installProblems(app);
  installRequestLog(app, traces);
  refuseWithoutHost(app);
  options.metrics?.watch(app);
  const routes = installUnknownAddress(app);
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  await app.register(rateLimit, { global: false });

  const limits = createRequestLimits(app, options.limits);
  const authenticate = createAuthenticate({
    db: context.db,
    audience: context.serverName,
    nowMs: context.nowMs,
    signInTerms: context.signInTerms,
    noteRefused: createRefusedProofs(context),
    isExhausted: limits.isRefusedTooOften,
    countAccount: limits.countAccount,
  });
  const mount = createRouteMount({
    app,
    authenticate,
    limits,
    onRefusal: (caller, name, error) => auditRefusal(context, { caller, name, error }),
  });
  mountOpenRoutes(mount, context, {
    wrongCodes: createWrongCodes(options.limits.wrongCodesPerAddress, context.nowMs),
    readiness,
    version: options.version,
  });
  mountPolicyRoutes(mount, context);
  mountInsightsRoutes(mount, context);
  mountSignInRoutes(mount, context);
  mountAdministrationRoutes(mount, context, sweepSoon);
  mountAccessRoutes(mount, context, sweepSoon);
  mountRetentionRoutes(mount, context, options);
  const bell = createProgressBell();
  app.addHook('preClose', done => {
    bell.close();
    done();
  });
  mountReviewRoutes(mount, context, bell);
  const streaming = { authenticate, rateLimit: limits.device };
  mountEventStream(app, {
    context,
    leaseRenewalMs: options.leaseRenewalMs,
    isDraining: () => readiness.isDraining,
    ...streaming,
  });
  await mountRecordings(app, context, { store: options.recordings, bell, ...streaming });
  return { app, routes };
}

function createFastify(
  { context, connectionLimits, trustedProxies, tls }: AppOptions,
  traces: WeakMap<object, Trace>,
): FastifyInstance {
  const app = Fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'trace' }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: trustProxyOption(trustedProxies),
    serverFactory: handle => createHttpServer(handle, { limits: connectionLimits, tls }),
    clientErrorHandler: answerClientError,
    // What is asked for on standing connections is still answered while the server ends; Fastify's own refusal is no problem+json.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    genReqId: (request: IncomingMessage) => {
      const trace = continueTrace(request.headers['traceparent']);
      traces.set(request, trace);
      return trace.traceId;
    },
    frameworkErrors: (_error, request, reply) => {
      // No hook has seen this one.
      const trace = traces.get(request.raw);
      if (trace !== undefined) void reply.header('traceresponse', formatTrace(trace));
      void sendProblem(reply, makeProblem(400, 'bad-input', 'The address of the request cannot be read.'));
    },
  });
  // Fastify would keep its own type of logger and the routes' types apart from the plain instance that the parts take.
  return app as unknown as FastifyInstance;
}

/** RFC 9112, section 3.2: a request of HTTP/1.1 names the host that it wants. */
function refuseWithoutHost(app: FastifyInstance): void {
  app.addHook('onRequest', (request: FastifyRequest, reply, done) => {
    if (request.raw.httpVersion !== '1.1' || request.raw.headers.host !== undefined) {
      done();
      return;
    }
    void sendProblem(reply, makeProblem(400, 'bad-input', 'The request names no host. Send a Host header.'));
  });
}

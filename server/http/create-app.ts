import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { LogController } from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { CredentialContext } from '../credentials/create-credential.ts';
import { mountEventStream } from '../events/event-stream.ts';
import { createWrongCodes } from '../identity/wrong-codes.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { Scrub } from '../retention/scrub.ts';
import { mountRecordings } from '../reviews/mount-recordings.ts';
import { createProgressBell } from '../reviews/progress-bell.ts';
import { createAuthenticate } from './authenticate.ts';
import { createRouteMount } from './mount-route.ts';
import { installProblems, makeProblem, sendProblem } from './problem.ts';
import { auditRefusal } from './refusals.ts';
import { mountAccessRoutes } from './routes-access.ts';
import { mountAdministrationRoutes } from './routes-administration.ts';
import { mountRetentionRoutes } from './routes-retention.ts';
import { mountOpenRoutes } from './routes-open.ts';
import { mountSignInRoutes } from './routes-sign-in.ts';
import { mountPolicyRoutes } from './routes-policy.ts';
import { mountReviewRoutes } from './routes-reviews.ts';

/** Requests per minute. A session uploads a few times a second and reports now and then; a code is typed once. */
export interface RequestLimits {
  readonly perDevice: number;
  readonly perAddress: number;
  readonly enrolPerAddress: number;
  /** enrolment codes that were wrong, per address in ten minutes */
  readonly wrongCodesPerAddress: number;
  readonly refusedPerAddress: number;
}
export const DEFAULT_LIMITS: RequestLimits = {
  perDevice: 6_000,
  perAddress: 1_200,
  enrolPerAddress: 60,
  wrongCodesPerAddress: 10,
  refusedPerAddress: 600,
};

/** The largest JSON that a route takes: a target with a thousand columns in its policy. */
const BODY_LIMIT_BYTES = 1024 * 1024;
const MINUTE_MS = 60_000;

export interface AppOptions {
  readonly context: CredentialContext;
  readonly recordings: RecordingStore;
  readonly scrub: Scrub;
  readonly leaseRenewalMs: number;
  readonly limits: RequestLimits;
  readonly sweepSoon: () => void;
}

/** The whole HTTP interface, not yet listening. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { context, limits, sweepSoon } = options;
  const app = Fastify({
    loggerInstance: context.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 5 * MINUTE_MS,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error, _request, reply) => {
      void sendProblem(reply, makeProblem(400, 'bad-input', 'The address of the request cannot be read.'));
    },
  });
  // Fastify would keep its own type of logger and the routes' types apart from the plain instance that the parts take.
  const plain = app as unknown as FastifyInstance;
  plain.setValidatorCompiler(validatorCompiler);
  plain.setSerializerCompiler(serializerCompiler);
  plain.decorateRequest('caller', null);
  installProblems(plain);
  await plain.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  await plain.register(rateLimit, { global: false, timeWindow: MINUTE_MS });

  const countRefused = plain.createRateLimit({
    max: limits.refusedPerAddress,
    timeWindow: MINUTE_MS,
    keyGenerator: (request: FastifyRequest) => request.ip,
  });
  const authenticate = createAuthenticate({
    db: context.db,
    audience: context.serverName,
    nowMs: context.nowMs,
    isExhausted: async request => {
      const count = await countRefused(request);
      return !count.isAllowed && count.isExceeded;
    },
  });
  // After the proof, and by device: many people may share one address.
  const perDevice = {
    max: limits.perDevice,
    timeWindow: MINUTE_MS,
    hook: 'preParsing',
    groupId: 'device',
    keyGenerator: (request: FastifyRequest) => request.caller?.deviceId ?? request.ip,
  };
  const mount = createRouteMount({
    app: plain,
    authenticate,
    limits: {
      device: perDevice,
      open: { max: limits.perAddress, timeWindow: MINUTE_MS },
      enrol: { max: limits.enrolPerAddress, timeWindow: MINUTE_MS },
    },
    onRefusal: (caller, name, error) => auditRefusal(context, { caller, name, error }),
  });
  mountOpenRoutes(mount, context, createWrongCodes(limits.wrongCodesPerAddress, context.nowMs));
  mountPolicyRoutes(mount, context);
  mountSignInRoutes(mount, context);
  mountAdministrationRoutes(mount, context, sweepSoon);
  mountAccessRoutes(mount, context, sweepSoon);
  mountRetentionRoutes(mount, context, options);
  const bell = createProgressBell();
  plain.addHook('preClose', done => {
    bell.close();
    done();
  });
  mountReviewRoutes(mount, context, bell);
  mountEventStream(plain, {
    context,
    authenticate,
    leaseRenewalMs: options.leaseRenewalMs,
    rateLimit: perDevice,
  });
  await mountRecordings(plain, context, {
    store: options.recordings,
    bell,
    authenticate,
    rateLimit: perDevice,
  });
  return plain;
}

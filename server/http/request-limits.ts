import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Requests per minute, counted by each instance of the server for itself. A session uploads a few times a second and reports now and then; a
 * code is typed once.
 */
export interface RequestLimits {
  readonly perDevice: number;
  /** of all devices of one account together */
  readonly perAccount: number;
  /** of what needs no device */
  readonly perAddress: number;
  /** of what makes devices */
  readonly enrolPerAddress: number;
  /** enrolment codes that were wrong, per address in ten minutes */
  readonly wrongCodesPerAddress: number;
  /** requests whose proof was refused */
  readonly refusedPerAddress: number;
}
export const DEFAULT_LIMITS: RequestLimits = {
  perDevice: 6_000,
  perAccount: 60_000,
  perAddress: 1_200,
  enrolPerAddress: 60,
  wrongCodesPerAddress: 10,
  refusedPerAddress: 600,
};

const MINUTE_MS = 60_000;

/** The limits as the routes take them (`config.rateLimit`), and those that only the proof of a device can tell. */
export function createRequestLimits(app: FastifyInstance, limits: RequestLimits) {
  const timeWindow = MINUTE_MS;
  const countRefused = app.createRateLimit({
    max: limits.refusedPerAddress,
    timeWindow,
    keyGenerator: (request: FastifyRequest) => request.ip,
  });
  const countAccount = app.createRateLimit({
    max: limits.perAccount,
    timeWindow,
    keyGenerator: (request: FastifyRequest) => request.caller?.account.id ?? request.ip,
  });
  return {
    /** After the proof, and by device: many people may share one address. */
    device: {
      max: limits.perDevice,
      timeWindow,
      hook: 'preParsing',
      groupId: 'device',
      keyGenerator: (request: FastifyRequest) => request.caller?.deviceId ?? request.ip,
    },
    open: { max: limits.perAddress, timeWindow },
    enrol: { max: limits.enrolPerAddress, timeWindow },
    /** Counts a failed proof of an address; true when there were too many. */
    async isRefusedTooOften(request: FastifyRequest): Promise<boolean> {
      const count = await countRefused(request);
      return !count.isAllowed && count.isExceeded;
    },
    /** Counts a request of the account of `request.caller`; true when there were too many. */
    async countAccount(request: FastifyRequest): Promise<boolean> {
      const count = await countAccount(request);
      return !count.isAllowed && count.isExceeded;
    },
  } as const;
}

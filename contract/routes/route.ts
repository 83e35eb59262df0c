import { z } from 'zod';
import type { ErrorCode } from '../errors.ts';

/** How many rows a list answers with at the most. */
export const limit = z.coerce.number().int().min(1).max(1000).default(200);
/** The query of a list that has no filter. */
export const List = z.strictObject({ limit });

export interface RouteShape {
  /** what it does or answers, for people who write another client */
  readonly about: string;
  /** codes of problems that this route has beside those that every route may answer with (COMMON_REFUSALS) */
  readonly refusals: readonly ErrorCode[];
  readonly method: 'GET' | 'POST' | 'PUT';
  /** with `:name` for each of `params` */
  readonly path: `/${string}`;
  /** `device`: needs a proof in `Authorization` (PROOF_TYP); `none`: open to anybody */
  readonly proof: 'none' | 'device';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly input?: z.ZodType;
  readonly output: z.ZodType;
  /** default: application/json */
  readonly answerType?: 'text/plain';
}

/** Keeps the literal types of a route's shape. */
export const route = <const R extends RouteShape>(shape: R): R => shape;

/** Codes of problems by what a route asks for: whatever it does, it may be misused, called too often, or fail. */
export const COMMON_REFUSALS: Readonly<Record<RouteShape['proof'], readonly ErrorCode[]>> = {
  none: ['bad-input', 'rate-limited', 'internal', 'server-failed'],
  device: ['bad-input', 'not-signed-in', 'rate-limited', 'internal', 'server-failed'],
};

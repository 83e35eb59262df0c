import { z } from 'zod';

/** How many rows a list answers with at the most. */
export const limit = z.coerce.number().int().min(1).max(1000).default(200);
/** The query of a list that has no filter. */
export const List = z.strictObject({ limit });

export interface RouteShape {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** with `:name` for each of `params` */
  readonly path: `/${string}`;
  /** `device`: needs a proof in `Authorization` (PROOF_TYP); `none`: open to anybody */
  readonly proof: 'none' | 'device';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly input?: z.ZodType;
  readonly output: z.ZodType;
}

/** Keeps the literal types of a route's shape. */
export const route = <const R extends RouteShape>(shape: R): R => shape;

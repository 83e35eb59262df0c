import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { SERVER_ROUTES } from '../../contract/server-routes.ts';
import type { RouteName, RouteOutput } from '../../contract/server-routes.ts';
import type { Caller } from '../authorization.ts';

type Routes = typeof SERVER_ROUTES;
type Parsed<N extends RouteName, K extends string> =
  Routes[N] extends Readonly<Record<K, infer S extends z.ZodType>> ? z.output<S> : undefined;

/** One call of a route, after every schema has parsed its part. */
export interface Call<N extends RouteName> {
  readonly params: Parsed<N, 'params'>;
  readonly query: Parsed<N, 'query'>;
  readonly input: Parsed<N, 'input'>;
  readonly caller: Routes[N]['proof'] extends 'device' ? Caller : null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** who calls, once the device proof has been verified */
    caller: Caller | null;
  }
}

/** Finds out who calls and keeps it as `request.caller`. Throws `not-signed-in`. */
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<Caller>;

export interface RouteMount {
  <N extends RouteName>(name: N, handle: (call: Call<N>) => Promise<RouteOutput<N>>): void;
}

/** What makes devices: nobody needs these often. */
const ENROLLING: readonly RouteName[] = ['enrol', 'startSignIn'];

/** Mounts routes of the shared table: their schemas check what comes in, and strip what must not go out. */
export function createRouteMount(options: {
  readonly app: FastifyInstance;
  readonly authenticate: Authenticate;
  readonly limits: { readonly device: object; readonly open: object; readonly enrol: object };
  /** Told of every refusal by the rules. */
  readonly onRefusal: (caller: Caller, name: RouteName, error: unknown) => Promise<void>;
}): RouteMount {
  const { app, authenticate, limits, onRefusal } = options;
  return (name, handle) => {
    const shape = SERVER_ROUTES[name];
    app.route({
      method: shape.method,
      url: shape.path,
      config: {
        rateLimit:
          shape.proof === 'device' ? limits.device : ENROLLING.includes(name) ? limits.enrol : limits.open,
      },
      schema: {
        ...('params' in shape ? { params: shape.params } : {}),
        ...('query' in shape ? { querystring: shape.query } : {}),
        ...('input' in shape ? { body: shape.input } : {}),
        response: { 200: shape.output },
      },
      // Before the body is looked at: a stranger learns nothing of what it should contain.
      ...(shape.proof === 'device'
        ? {
            preParsing: async (request: FastifyRequest, reply: FastifyReply) => {
              await authenticate(request, reply);
            },
          }
        : {}),
      handler: async (request, reply) => {
        const { caller } = request;
        try {
          // The schemas of this very route have parsed these parts; Fastify's types cannot follow a name that is a parameter.
          const call = {
            params: request.params,
            query: request.query,
            input: request.body,
            caller,
            request,
            reply,
          } as unknown as Call<typeof name>;
          return await handle(call);
        } catch (error) {
          if (caller !== null) await onRefusal(caller, name, error);
          throw error;
        }
      },
    });
  };
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formatTrace } from './trace.ts';
import type { Trace } from './trace.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** where this request stands in a trace */
    trace: Trace;
  }
}

/** What somebody looks at all the time: not worth a line each. */
const QUIET: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

/**
 * One line for each request when it is answered, with what helps to find it again and nothing of what it said: no query, no parameter, no
 * header. `traces` is what the request ids were made of.
 */
export function installRequestLog(app: FastifyInstance, traces: WeakMap<object, Trace>): void {
  app.decorateRequest('trace');
  app.addHook('onRequest', (request, reply, done) => {
    const trace = traces.get(request.raw);
    if (trace === undefined) throw new Error('Every request was given a trace with its id.');
    request.trace = trace;
    void reply.header('traceresponse', formatTrace(trace));
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const line = {
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      span: request.trace.spanId,
      ...(request.caller === null ? {} : { device: request.caller.deviceId }),
    };
    if (QUIET.has(line.route)) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
    done();
  });
}

/** The route's own words, never the caller's: an address may hold an id, or what somebody tried. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unknown';
}

import type { FastifyInstance } from 'fastify';
import { makeProblem, sendProblem } from './problem.ts';

export interface KnownRoute {
  readonly method: string;
  /** with `:name` for its parameters */
  readonly url: string;
}

/**
 * Answers for addresses without a route: 404, or 405 with `Allow` where there are routes of other methods (RFC 9110, section 15.5.6).
 * Call it before the first route is mounted; answers the list of routes, which grows as they are.
 */
export function installUnknownAddress(app: FastifyInstance): readonly KnownRoute[] {
  const known: KnownRoute[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) known.push({ method: each, url });
  });
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = (request.raw.url ?? '').split('?');
    const allowed = known.filter(({ url }) => isPathOf(path, url)).map(({ method }) => method);
    if (allowed.length === 0) {
      return sendProblem(reply, makeProblem(404, 'not-found', 'The server has nothing under this address.'));
    }
    const allow = [...new Set(allowed)].sort().join(', ');
    void reply.header('allow', allow);
    const detail = `This address takes ${allow}, not ${request.method}.`;
    return sendProblem(reply, makeProblem(405, 'bad-input', detail));
  });
  return known;
}

function isPathOf(path: string, template: string): boolean {
  const parts = path.split('/');
  const wanted = template.split('/');
  return (
    parts.length === wanted.length &&
    wanted.every((part, i) => (part.startsWith(':') ? parts[i] !== '' : part === parts[i]))
  );
}

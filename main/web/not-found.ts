import type { FastifyReply, FastifyRequest } from 'fastify';

/** Where programs ask, not people. */
const API_PATHS = /^\/(?:ipc|data)(?:[/?]|$)/;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Not found · Sallyport</title>
<body style="font: 16px/1.5 system-ui, sans-serif; margin: 4rem auto; max-width: 36rem; padding: 0 1rem">
<h1>There is no such page</h1>
<p>Sallyport has one page, from which everything is reached. The address may be misspelt or from another version.</p>
<p><a href="/">Open Sallyport</a></p>
`;

/** Answers what is not there: a small page for people, a problem (RFC 9457) for programs. Nothing of the request is repeated. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.code(404);
  return API_PATHS.test(request.url)
    ? reply
        .type('application/problem+json')
        .send(JSON.stringify({ type: 'about:blank', title: 'Not found', status: 404 }))
    : reply.type('text/html; charset=utf-8').send(PAGE);
}

/** Answers what cannot be read, as an address that is not one. */
export function answerBadRequest(reply: FastifyReply, status: number): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: 'The request cannot be read', status }));
}

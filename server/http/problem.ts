import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { SallyportError } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Problem } from '../../contract/server-api.ts';

/** The largest JSON that a route takes: a target with a thousand columns in its policy. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

/** The HTTP status of each code; 500 where none is here. */
export const PROBLEM_STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  'bad-input': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'credential-refused': 403,
  'grant-expired': 403,
  'grant-revoked': 403,
  'grant-foreign': 403,
  'not-found': 404,
  conflict: 409,
  'recording-deleted': 410,
  'rate-limited': 429,
  'target-unreachable': 502,
  'server-failed': 503,
};

/** What Fastify refuses before a route sees it, in words that say what to do. */
const FRAMEWORK_WORDS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: `The body of the request is larger than ${BODY_LIMIT_BYTES} bytes. Send less at once.`,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The body must be JSON: send it with "content-type: application/json".',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body of the request is no JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body of the request is empty, but its content-type promises JSON.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body of the request is not as long as its content-length says.',
};

export const PROBLEM_TYPE = 'application/problem+json';

/** Every error of the server in one form (RFC 9457). What nobody foresaw is logged and told to no client. */
export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = toProblem(error);
    if (problem.status === 500) request.log.error({ err: error }, 'request failed');
    else if (problem.status > 500) request.log.warn({ err: error }, 'request failed');
    return sendProblem(reply, problem);
  });
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  // As text: a schema of the route's answer must not be applied to it.
  return reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .serializer((value: unknown) => JSON.stringify(value))
    .send({ ...problem, instance: `urn:sallyport:trace:${reply.request.id}` });
}

export function makeProblem(status: number, code: ErrorCode, detail: string): Problem {
  return { type: `urn:sallyport:problem:${code}`, title: code.replaceAll('-', ' '), status, detail, code };
}

/** The problem that an error becomes for the outside. */
export function toProblem(error: Error): Problem {
  if (error instanceof SallyportError) {
    return makeProblem(PROBLEM_STATUS[error.code] ?? 500, error.code, error.message);
  }
  if ('validation' in error && Array.isArray(error.validation)) {
    return makeProblem(400, 'bad-input', validationText(error.validation, error));
  }
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 429) {
    return makeProblem(
      429,
      'rate-limited',
      'Too many requests in a short time. Wait a minute and try again.',
    );
  }
  const words = 'code' in error ? FRAMEWORK_WORDS[String(error.code)] : undefined;
  if (words !== undefined) return makeProblem(status, 'bad-input', words);
  if (status >= 400 && status < 500) {
    return makeProblem(status, 'bad-input', `The request cannot be read: ${error.message}`.slice(0, 1000));
  }
  // SQLSTATE class 22: a character that text cannot hold (NUL, half of a surrogate pair), a number that no column can.
  if ('code' in error && /^22[0-9A-Z]{3}$/.test(String(error.code))) {
    return makeProblem(400, 'bad-input', 'The request has a character or number that cannot be stored.');
  }
  if (isDatabaseUnreachable(error)) {
    return makeProblem(503, 'server-failed', 'The server cannot reach its database. Try again in a moment.');
  }
  return makeProblem(500, 'internal', 'The server failed. Its log says why; tell its administrator.');
}

function validationText(issues: readonly unknown[], error: object): string {
  const where = 'validationContext' in error ? String(error.validationContext) : 'request';
  const words = issues.slice(0, 5).map(issue => {
    const { instancePath, message } = issue as { instancePath?: string; message?: string };
    const path = (instancePath ?? '').replace(/^\//, '').replaceAll('/', '.');
    return `${path === '' ? where : `${where} ${path}`}: ${message ?? 'not valid'}`;
  });
  return `The request was refused. ${words.join('; ')}`.slice(0, 1500);
}

/** SQLSTATE class 08 and 57P (shutdown), and what Node and pg say of a connection that does not come about or breaks. */
function isDatabaseUnreachable(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  if (/^(08|57P)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
}

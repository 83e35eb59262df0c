import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_TYPE, makeProblem } from './problem.ts';

/**
 * Answers what is no HTTP at all, or too much or too slow of it, with a problem, too; there is no request yet that a route could answer.
 * The connection ends with it.
 */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const [status, words] = reasonOf(error.code);
  const body = JSON.stringify(makeProblem(status, 'bad-input', words));
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function reasonOf(code: string | undefined): readonly [number, string] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return [431, 'The headers of the request are too large. Send fewer or shorter ones.'];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return [408, 'The request did not arrive in time. Send it again over a better connection.'];
  }
  return [400, 'What arrived is no HTTP request. Check the address and what lies between.'];
}

import { ErrorCode, SallyportError } from '../../contract/errors.ts';
import { Problem } from '../../contract/server-api.ts';

/** Reads an answer that is not a success: problem+json (RFC 9457) or whatever else stands in the way. Never throws. */
export async function failureOf(response: Response, serverUrl: string): Promise<SallyportError> {
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  if (parsed.success) {
    const code = ErrorCode.safeParse(parsed.data.code);
    return new SallyportError(
      code.success ? code.data : codeOf(response.status),
      parsed.data.detail.slice(0, 1900),
    );
  }
  return new SallyportError(
    codeOf(response.status),
    `The server at ${serverUrl} answered with status ${response.status} and no explanation. Try again; if it stays so, tell who runs the server.`,
  );
}

/** What OpenSSL and Node say of a certificate: of whom, for whom, and how long. */
const CERTIFICATE_CODES =
  /^(CERT_|UNABLE_TO_(GET|VERIFY|DECRYPT)|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|INVALID_CA|ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/;

/** The request got no answer at all. */
export function unreachable(serverUrl: string, cause: unknown): SallyportError {
  const reason = reasonOf(cause);
  if (CERTIFICATE_CODES.test(reason)) {
    return new SallyportError(
      'server-unreachable',
      `The server at ${serverUrl} shows a certificate that this machine does not trust (${reason}). If your organisation signs its own certificates, name the file with its authority in NODE_EXTRA_CA_CERTS; else tell who runs the server.`,
      { cause },
    );
  }
  return new SallyportError(
    'server-unreachable',
    `The server at ${serverUrl} does not answer (${reason}). Check the network, then try again.`,
    { cause },
  );
}

function codeOf(status: number): ErrorCode {
  if (status === 400 || status === 413 || status === 422) return 'bad-input';
  if (status === 401) return 'not-signed-in';
  if (status === 403) return 'not-allowed';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 429) return 'rate-limited';
  return 'server-failed';
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no connection';
  if (cause.name === 'TimeoutError') return 'it took too long';
  const inner = cause.cause;
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') return inner.code;
  return 'no connection';
}

import { z } from 'zod';

/**
 * Permanent codes of expected failures. A code is never reused for another meaning.
 * Each crosses process boundaries inside `Outcome`, with a message for a person: what happened, why, what to do.
 */
export const ERROR_CODES = [
  'bad-input',
  'not-signed-in',
  'not-allowed',
  'not-found',
  'conflict',
  'rate-limited',
  'server-unreachable',
  'server-failed',
  'grant-altered',
  'grant-expired',
  'grant-not-yet-valid',
  'grant-foreign',
  'grant-unsupported',
  'grant-revoked',
  'host-key-unknown',
  'host-key-changed',
  'credential-refused',
  'target-unreachable',
  'program-missing',
  'session-ended',
  'session-locked',
  'host-failed',
  'recorder-failed',
  'spool-full',
  'log-rewritten',
  'recording-corrupt',
  'recording-deleted',
  'recording-unreadable',
  'identity-missing',
  'passphrase-wrong',
  'internal',
] as const;

export const ErrorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const Failure = z.object({ code: ErrorCode, message: z.string().max(2000) });
export type Failure = z.infer<typeof Failure>;

/** What crosses a process as an answer. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

/** An expected failure thrown inside a process; turned into an `Outcome` at its edge. */
export class SallyportError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'SallyportError';
    this.code = code;
  }
}

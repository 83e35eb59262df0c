import type { Failure } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';

const MAX_MESSAGE_CHARACTERS = 2000;

/**
 * What may be told of an error. The words of an expected failure are made for a person and hold no secret; those of any other error
 * may quote what was being worked on, terminal bytes among it, so only its name passes.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof SallyportError) {
    return { code: error.code, message: error.message.slice(0, MAX_MESSAGE_CHARACTERS) };
  }
  return {
    code: 'internal',
    message: `The session host stopped because of an unexpected error (${nameOf(error)}). The session is over; open a new one, and report this if it comes again.`,
  };
}

/** Where an error came from, for a log: its name and the places in the code, without its message. */
export function traceOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = stack.split('\n').filter(line => /^\s+at /.test(line));
  return [nameOf(error), ...places].join('\n');
}

function nameOf(error: unknown): string {
  return error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error';
}

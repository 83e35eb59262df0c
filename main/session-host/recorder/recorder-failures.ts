import { SallyportError } from '../../../contract/errors.ts';

export function outOfOrder(seq: number, lastSeq: number): SallyportError {
  return new SallyportError(
    'recorder-failed',
    `Output ${seq} came after output ${lastSeq}: the recording would have a hole, so the session cannot go on.`,
  );
}

export function quotaReached(): SallyportError {
  return new SallyportError(
    'spool-full',
    'The space set aside for recordings on this machine is full, so the session cannot be recorded any further. It empties as recordings reach the server.',
  );
}

export function diskFull(): SallyportError {
  return new SallyportError(
    'spool-full',
    'The disk that holds recordings is full, so the session cannot be recorded any further. Free some space, then connect again.',
  );
}

export function alreadyThere(): SallyportError {
  return new SallyportError(
    'conflict',
    'A recording of this session is in the spool already: a session is recorded once. Open a new session.',
  );
}

export function noServer(): SallyportError {
  return new SallyportError(
    'server-unreachable',
    'This session records to the spool only. The recording goes to the server when one can be reached at a next start.',
  );
}

/** The folder of the spool cannot be used at all. */
export function unwritable(cause: unknown): never {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  throw new SallyportError(
    'recorder-failed',
    `The folder for recordings cannot be written (${code}), so no session can begin. Check the disk and its rights.`,
    { cause },
  );
}

import { SallyportError } from '../../../contract/errors.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'its links go round in a circle',
  EIO: 'the device reports an error',
  Z_DATA_ERROR: 'its compressed data are damaged',
  Z_BUF_ERROR: 'its compressed data end too early',
};

/** Why a path could not be read (or read to its end), for a person. */
export function unreadable(path: string, cause: unknown): SallyportError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new SallyportError(
    'bad-input',
    `cannot read "${path}": ${WORDS[code] ?? (code || 'it is unreadable')}.`,
    {
      cause,
    },
  );
}

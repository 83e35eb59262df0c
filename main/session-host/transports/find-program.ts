import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';

/** Where programs are looked for when the given environment has no PATH. */
const DEFAULT_PATH = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(
  delimiter,
);

export type Environment = Readonly<Record<string, string>>;

/** The absolute path of a program, by the PATH of the environment that it will run in; null when there is none. */
export function findProgram(name: string, environment: Environment): string | null {
  if (isAbsolute(name)) return isProgram(name) ? name : null;
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const folder of (environment['PATH'] ?? DEFAULT_PATH).split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const suffix of suffixes) {
      const path = join(folder, name + suffix);
      if (isProgram(path)) return path;
    }
  }
  return null;
}

/**
 * As `findProgram` for the first of several names.
 * Throws `program-missing` with what to install.
 */
export function requireProgram(
  names: readonly string[],
  environment: Environment,
  debianPackage: string,
): string {
  for (const name of names) {
    const path = findProgram(name, environment);
    if (path !== null) return path;
  }
  throw new SallyportError(
    'program-missing',
    `This session needs the program "${names.join('" or "')}", which is not on this machine. ` +
      `Install it (on Debian and Ubuntu: apt install ${debianPackage}) and connect again.`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

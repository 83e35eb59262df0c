import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { SallyportError } from '../../contract/errors.ts';
import { makeFolder, whyUnusable } from './make-folder.ts';

/** Where a client keeps what it knows: accounts, spools, replay settings. One folder is one client. */
export interface Profile {
  readonly folder: string;
  readonly accountsFolder: string;
  /** recordings that are not on the server yet */
  readonly spoolFolder: string;
  readonly identityFolder: string;
  /** recordings of other programs, imported for review; made with the first of them */
  readonly importsFolder: string;
  /** the newest signed checkpoint of each server's log */
  readonly witnessFolder: string;
}

/** `--profile`, else `$XDG_DATA_HOME/sallyport` (XDG Base Directory), else the platform's own place. Creates it with mode 0700; throws `bad-input` where it cannot. */
export function openProfile(
  folder: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Profile {
  const root = resolve(folder ?? defaultFolder(environment));
  const profile: Profile = {
    folder: root,
    accountsFolder: join(root, 'accounts'),
    spoolFolder: join(root, 'spool'),
    identityFolder: join(root, 'identity'),
    importsFolder: join(root, 'imports'),
    witnessFolder: join(root, 'witness'),
  };
  try {
    for (const each of [root, profile.accountsFolder, profile.spoolFolder, profile.witnessFolder])
      makeFolder(each, 0o700);
  } catch (error) {
    throw new SallyportError(
      'bad-input',
      `The profile folder ${root} cannot be used (${whyUnusable(error)}). Name one that this user can write with --profile.`,
      { cause: error },
    );
  }
  return profile;
}

function defaultFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const { XDG_DATA_HOME, HOME, APPDATA } = environment;
  if (XDG_DATA_HOME !== undefined && XDG_DATA_HOME.startsWith('/')) return join(XDG_DATA_HOME, 'sallyport');
  const home = HOME ?? homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'sallyport');
  if (process.platform === 'win32') return join(APPDATA ?? home, 'sallyport');
  return join(home, '.local', 'share', 'sallyport');
}

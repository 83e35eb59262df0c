import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';

/** Which paths git would not track, as its ignore files say (gitignore(5)). */
export interface Ignored {
  /** Whether a file or folder inside of the folder that was entered last is left out. */
  has(path: string, isFolder: boolean): boolean;
  /** The same with the rules of a folder that is entered. */
  under(folder: string): Promise<Ignored>;
}

interface Rules {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * The rules of `.gitignore` files from the root of a folder's repository down to it, and of `.git/info/exclude`; without a repository
 * those of the folder. `.git` itself is always left out. Git's own settings and its index are not looked at: a tracked file that a rule
 * names is left out too.
 */
export const gitIgnored: Ignored = ignoredBy([]);

function ignoredBy(chain: readonly Rules[]): Ignored {
  return {
    has(path, isFolder) {
      const absolute = resolve(path);
      if (absolute.endsWith(`${sep}.git`)) return true;
      let isIgnored = false;
      for (const { folder, rules } of chain) {
        const inside = relative(folder, absolute).split(sep).join('/');
        if (inside === '' || inside.startsWith('../')) continue;
        const verdict = rules.test(isFolder ? `${inside}/` : inside);
        // the nearer file decides
        if (verdict.ignored) isIgnored = true;
        else if (verdict.unignored) isIgnored = false;
      }
      return isIgnored;
    },
    async under(folder) {
      const absolute = resolve(folder);
      const known = chain.at(-1)?.folder;
      const folders = known === undefined ? fromRoot(absolute) : [absolute];
      const added = await Promise.all(folders.map(rulesOf));
      return ignoredBy([...chain, ...added.filter(rules => rules !== null)]);
    },
  };
}

/** The folders from the root of the repository down to `folder`; only `folder` where there is none. */
function fromRoot(folder: string): string[] {
  const folders: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    folders.unshift(at);
    if (existsSync(join(at, '.git'))) return folders;
    if (dirname(at) === at) return [folder];
  }
}

async function rulesOf(folder: string): Promise<Rules | null> {
  const files = [join(folder, '.git', 'info', 'exclude'), join(folder, '.gitignore')];
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8').catch(() => '')));
  return texts.every(text => text === '') ? null : { folder, rules: ignore().add(texts.join('\n')) };
}

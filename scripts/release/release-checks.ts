/** What a release is decided on. */
export interface ReleaseFacts {
  readonly version: string;
  readonly lockVersion: string;
  /** lines of `git status --porcelain` */
  readonly changes: readonly string[];
  readonly tags: readonly string[];
  readonly changelog: string;
}

/** A version that can be released: semver, with a stage (alpha, beta) or without. */
const VERSION = /^\d+\.\d+\.\d+(-(alpha|beta)\.\d+)?$/;

/** What stands in the way of a release, each in a sentence; none when it may be made. */
export function releaseProblems({ version, lockVersion, changes, tags, changelog }: ReleaseFacts): string[] {
  const problems: string[] = [];
  if (!VERSION.test(version))
    problems.push(
      `The version "${version}" in package.json is not of the form 1.2.3, 1.2.3-beta.1 or 1.2.3-alpha.1.`,
    );
  if (lockVersion !== version)
    problems.push(
      `package-lock.json says ${lockVersion}, package.json ${version}. Run "npm install --package-lock-only".`,
    );
  if (changes.length > 0)
    problems.push(
      `There are changes that are not committed: ${changes
        .slice(0, 5)
        .map(line => line.slice(3))
        .join(', ')}.`,
    );
  if (tags.includes(`v${version}`)) problems.push(`The tag v${version} exists: this version was released.`);
  const entry = changelogEntry(changelog, version);
  if (entry === null) problems.push(`CHANGELOG.md has no entry "## [${version}] - YYYY-MM-DD".`);
  else if (entry === '') problems.push(`The entry of ${version} in CHANGELOG.md is empty.`);
  return problems;
}

/** The text below a version's heading (keepachangelog.com 1.1.0); null where there is no such heading with a day. */
export function changelogEntry(changelog: string, version: string): string | null {
  const parts = changelog.split(/^## /m).slice(1);
  for (const part of parts) {
    const [heading = '', ...rest] = part.split('\n');
    const found = /^\[([^\]]+)\] - \d{4}-\d{2}-\d{2}$/.exec(heading.trim());
    if (found?.[1] === version) return rest.join('\n').trim();
  }
  return null;
}

/** The channel of electron-updater that a version belongs to. */
export function channelOf(version: string): 'latest' | 'beta' | 'alpha' {
  const stage = VERSION.exec(version)?.[2];
  return stage === 'alpha' || stage === 'beta' ? stage : 'latest';
}

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { checksums } from './release/checksums.ts';
import { changelogEntry, channelOf, releaseProblems } from './release/release-checks.ts';
import { runStep } from './run-step.ts';

/**
 * `node scripts/release.ts [--dry-run] [--unsigned]`: makes what is released of this commit for this system, in dist/: installers, licences,
 * bill of materials, the entry of the changelog and SHA256SUMS. Exit code 1 with each reason in a sentence when it may not be made.
 * `--dry-run` only tells; `--unsigned` allows installers without signatures. Nothing is tagged, pushed or published.
 */
const { values } = parseArgs({
  options: { 'dry-run': { type: 'boolean', default: false }, unsigned: { type: 'boolean', default: false } },
});
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
const changelog = existsSync('CHANGELOG.md') ? readFileSync('CHANGELOG.md', 'utf8') : '';
const problems = releaseProblems({
  version,
  lockVersion: (JSON.parse(readFileSync('package-lock.json', 'utf8')) as { readonly version: string })
    .version,
  changes: git('status', '--porcelain'),
  tags: git('tag', '--list'),
  changelog,
});
for (const problem of problems) process.stderr.write(`${problem}\n`);
const commit = git('rev-parse', 'HEAD')[0] ?? '';
const what = `Sallyport ${version} (${channelOf(version)}), commit ${commit}`;
if (problems.length > 0) {
  process.stderr.write(`${what} cannot be released.\n`);
  process.exit(1);
}
process.stdout.write(`${what}\n\n${changelogEntry(changelog, version) ?? ''}\n\n`);
if (values['dry-run']) {
  process.stdout.write('Nothing was built: this was a dry run.\n');
} else {
  await release();
}

async function release(): Promise<void> {
  rmSync('dist', { recursive: true, force: true });
  const built = await runStep({
    name: 'package',
    command: process.execPath,
    args: ['scripts/package.ts', '--installers', ...(values.unsigned ? [] : ['-c.forceCodeSigning=true'])],
    environment: { SALLYPORT_RELEASE: values.unsigned ? 'unsigned' : 'signed' },
  });
  if (!built.ok) {
    process.stderr.write('The installers could not be made; the reason stands above.\n');
    process.exit(1);
  }
  const name = `dist/sallyport-${version}-${process.platform}`;
  copyFileSync('out/notices/sbom.cdx.json', `${name}.cdx.json`);
  copyFileSync('out/notices/THIRD-PARTY-LICENCES.txt', `${name}-licences.txt`);
  writeFileSync(`${name}-changes.md`, `${changelogEntry(changelog, version) ?? ''}\n`);
  writeFileSync('dist/SHA256SUMS', await checksums('dist'));
  process.stdout.write(
    `dist/ holds the release and SHA256SUMS. Try it, then sign the checksums and tag the commit v${version} (docs/release.md).\n`,
  );
}

/** Lines of what git prints. */
function git(...args: readonly string[]): string[] {
  return execFileSync('git', args, { encoding: 'utf8' })
    .split('\n')
    .filter(line => line !== '');
}

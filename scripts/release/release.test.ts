import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksums } from './checksums.ts';
import type { ReleaseFacts } from './release-checks.ts';
import { channelOf, changelogEntry, releaseProblems } from './release-checks.ts';

const CHANGELOG =
  '# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.0] - 2026-12-01\n\n- now\n\n## [1.1.0] - 2026-11-01\n\n';
const FACTS: ReleaseFacts = {
  version: '1.2.0',
  lockVersion: '1.2.0',
  changes: [],
  tags: ['v1.1.0'],
  changelog: CHANGELOG,
};

describe('a release', () => {
  it('may be made of a clean tree with a new version that the changelog describes', () => {
    expect(releaseProblems(FACTS)).toEqual([]);
    expect(changelogEntry(CHANGELOG, '1.2.0')).toBe('- now');
  });

  it.each([
    ['a version of another form', { version: '1.2', lockVersion: '1.2' }, 'The version "1.2"'],
    ['another version in the lock', { lockVersion: '1.1.0' }, 'package-lock.json says 1.1.0'],
    ['changes', { changes: [' M core/a.ts'] }, 'not committed: core/a.ts.'],
    ['a tag of that version', { tags: ['v1.2.0'] }, 'The tag v1.2.0 exists'],
    [
      'no entry',
      { changelog: CHANGELOG.replace('2026-12-01', 'soon') },
      'no entry "## [1.2.0] - YYYY-MM-DD"',
    ],
    ['an empty entry', { version: '1.1.0', lockVersion: '1.1.0', tags: [] }, 'The entry of 1.1.0'],
  ])('may not with %s', (_what, facts, words) => {
    expect(releaseProblems({ ...FACTS, ...facts }).join(' ')).toContain(words);
  });

  it.each([
    ['1.2.0', 'latest'],
    ['1.2.0-beta.1', 'beta'],
    ['1.2.0-alpha.3', 'alpha'],
  ])('%s goes to the channel %s', (version, channel) => {
    expect(channelOf(version)).toBe(channel);
  });
});

describe('node scripts/release.ts --dry-run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-release-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder });
  const dryRun = () =>
    spawnSync(process.execPath, [fileURLToPath(new URL('../release.ts', import.meta.url)), '--dry-run'], {
      cwd: folder,
      encoding: 'utf8',
    });
  beforeAll(() => {
    for (const name of ['package.json', 'package-lock.json'])
      writeFileSync(join(folder, name), JSON.stringify({ version: '1.2.0' }));
    writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG);
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'All');
  });

  it('tells what would be released, and why something may not', () => {
    const fine = dryRun();
    expect(fine.stderr).toBe('');
    expect(fine.stdout).toMatch(
      /^Sallyport 1\.2\.0 \(latest\), commit [0-9a-f]{40}\n\n- now\n\nNothing was built/,
    );
    expect(fine.status).toBe(0);
    writeFileSync(join(folder, 'more'), '');
    const unclean = dryRun();
    expect(unclean.stderr).toContain('not committed: more.');
    expect(unclean.status).toBe(1);
  });
});

it('checksums are what sha256sum checks', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-checksums-'));
  try {
    writeFileSync(join(folder, 'b'), '');
    writeFileSync(join(folder, 'a'), 'abc');
    const text = await checksums(folder);
    writeFileSync(join(folder, 'SHA256SUMS'), text);
    expect(await checksums(folder)).toBe(text);
    expect(text).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n' +
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

interface Tools {
  readonly environment: Readonly<Record<string, string>>;
  readonly say: (words: string) => void;
}
type NotariseHook = (context: object, tools: Tools & { notarize(options: object): void }) => Promise<void>;
type SignHook = (
  file: { readonly path: string },
  packager: null,
  tools: Tools & { run(args: string[]): void },
) => void;
/** electron-builder loads them as plain JavaScript. */
const hook = async <T>(name: string): Promise<T> =>
  ((await import(new URL(`../../build/${name}`, import.meta.url).href)) as { readonly default: T }).default;

describe('the hooks that sign', () => {
  const APP = {
    appOutDir: '/out',
    electronPlatformName: 'darwin',
    packager: { appInfo: { productFilename: 'Sallyport' } },
  };
  const KEY = { APPLE_API_KEY: '/k.p8', APPLE_API_KEY_ID: 'K', APPLE_API_ISSUER: 'I' };

  async function notarised(environment: Readonly<Record<string, string>>, app: object = APP) {
    const done: object[] = [];
    const said: string[] = [];
    const run = await hook<NotariseHook>('notarise.mjs');
    await run(app, { environment, say: words => said.push(words), notarize: options => done.push(options) });
    return { done, said: said.join('') };
  }

  it('notarise a program for macOS with the credentials of the environment', async () => {
    expect((await notarised(KEY)).done).toEqual([
      { appPath: '/out/Sallyport.app', appleApiKey: '/k.p8', appleApiKeyId: 'K', appleApiIssuer: 'I' },
    ]);
    expect(await notarised(KEY, { ...APP, electronPlatformName: 'linux' })).toEqual({ done: [], said: '' });
  });

  it('say what is missing, and fail a signed release for it', async () => {
    expect((await notarised({})).said).toMatch(/^Not notarised: .*APPLE_API_KEY \+ APPLE_API_KEY_ID/);
    await expect(notarised({ SALLYPORT_RELEASE: 'signed' })).rejects.toThrow('Not notarised');
    await expect(notarised({ ...KEY, APPLE_API_ISSUER: '' })).rejects.toThrow('not set: APPLE_API_ISSUER');
  });

  it('sign a program for Windows with the certificate that the environment names', async () => {
    const sign = await hook<SignHook>('sign-windows.mjs');
    const ran: string[][] = [];
    const said: string[] = [];
    const signWith = (environment: Readonly<Record<string, string>>) =>
      sign({ path: 'a.exe' }, null, {
        environment,
        say: words => said.push(words),
        run: args => ran.push(args),
      });
    const certificate = 'ab'.repeat(20);
    signWith({ WINDOWS_CERTIFICATE_SHA1: certificate, WINDOWS_TIMESTAMP_URL: 'http://time.example' });
    expect(ran).toEqual([
      ['sign', '/sha1', certificate, '/fd', 'sha256', '/tr', 'http://time.example', '/td', 'sha256', 'a.exe'],
    ]);
    signWith({});
    expect(said).toEqual(['Not signed: a.exe. Set WINDOWS_CERTIFICATE_SHA1 and WINDOWS_TIMESTAMP_URL.']);
    expect(() => signWith({ SALLYPORT_RELEASE: 'signed' })).toThrow('Not signed');
    expect(() =>
      signWith({ WINDOWS_CERTIFICATE_SHA1: 'x /a', WINDOWS_TIMESTAMP_URL: 'http://time.example' }),
    ).toThrow('40 hexadecimal digits');
  });
});

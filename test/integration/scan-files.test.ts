import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSallyport, startSallyport } from '../support/run-sallyport.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-scan-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array): string {
  const whole = join(folder, path);
  mkdirSync(join(whole, '..'), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}

interface Line {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}
async function scan(...args: string[]) {
  const { code, stdout, stderr } = await runSallyport(['scan', '--json', ...args]);
  const lines = stdout
    .toString()
    .split('\n')
    .filter(line => line !== '');
  return { code, stderr, found: lines.map(line => JSON.parse(line) as Line) };
}

const MAIL = 'é mail olga@corp.ru\n';
const AT = { line: 1, start: 7, end: 19 };

describe('files that sallyport scan reads', () => {
  it('are read through gzip, also of several members, whatever they are called; places are of the text', async () => {
    const two = Buffer.concat([gzipSync('x\n'.repeat(300_000)), gzipSync(MAIL)]);
    const { code, found } = await scan(
      put('gz/a.log', gzipSync(MAIL)),
      put('gz/b.gz', two),
      put('gz/c.gz', MAIL),
    );
    expect(code).toBe(1);
    expect(found).toMatchObject([AT, { line: 300_001, start: 600_007 }, AT]);
  });

  it('are told where their packing is damaged, with what was found before, and the scan goes on', async () => {
    const text = Array.from({ length: 60_000 }, (_, i) => `line ${(i * 7919) % 60_013}\n`).join('');
    const packed = gzipSync(MAIL + text);
    const cut = put('cut/a.gz', packed.subarray(0, packed.length - 100));
    const { code, stderr, found } = await scan(cut, put('cut/b.log', MAIL));
    expect(code).toBe(2);
    expect(stderr).toContain('a.gz": its compressed data end too early');
    expect(found.map(({ file }) => file)).toEqual([cut, join(folder, 'cut/b.log')]);
  });

  it('may be UTF-16 with a byte order mark, empty, or without a line feed at the end', async () => {
    const { found } = await scan(
      put('enc/a.txt', Buffer.from(`\ufeff${MAIL}`, 'utf16le')),
      put('enc/b.txt', ''),
      put('enc/c.txt', MAIL.trimEnd()),
    );
    expect(found).toMatchObject([{ line: 1, start: 8, end: 20 }, AT]);
  });

  it('may be longer than memory allows in one piece: offsets go on', async () => {
    const path = put('long.log', '');
    for (let i = 0; i < 40; i++) appendFileSync(path, 'nothing in this line\n'.repeat(25_000));
    appendFileSync(path, MAIL);
    expect((await scan(path)).found).toMatchObject([{ line: 1_000_001, start: 21_000_007 }]);
  });

  it('are found once: links inside of a folder are not followed, also not in a circle', async () => {
    put('links/real/a.log', MAIL);
    symlinkSync('..', join(folder, 'links/real/up'));
    symlinkSync('a.log', join(folder, 'links/real/again.log'));
    symlinkSync('self', join(folder, 'links/self'));
    expect((await scan(join(folder, 'links'))).found).toHaveLength(1);
    const self = await scan(join(folder, 'links/self'), join(folder, 'links/real/again.log'));
    expect(self.stderr).toContain('links/self": its links go round in a circle');
    expect(self).toMatchObject({ code: 2, found: [AT] });
  });

  it('are left out as .gitignore says, from the root of the repository down', async () => {
    put('repo/.git/config', MAIL);
    put('repo/.git/info/exclude', 'excluded.log\n');
    put('repo/.gitignore', '*.log\n!keep.log\nbuild/\n');
    put('repo/src/.gitignore', '!b.log\n/only-here.txt\n');
    for (const path of [
      'a.log',
      'keep.log',
      'build/x.txt',
      'src/b.log',
      'src/only-here.txt',
      'src/deep/only-here.txt',
      'src/deep/excluded.log',
    ])
      put(`repo/${path}`, MAIL);
    const names = async (...args: string[]) =>
      (await scan(...args)).found.map(({ file }) => file.slice(folder.length + 6));
    const tracked = ['keep.log', 'src/b.log', 'src/deep/only-here.txt'];
    expect(await names('--gitignore', join(folder, 'repo'))).toEqual(tracked);
    expect(await names('--gitignore', join(folder, 'repo/src'))).toEqual(tracked.slice(1));
    expect(await names('--gitignore', join(folder, 'repo/a.log'))).toEqual(['a.log']);
    expect(await names(join(folder, 'repo'))).toHaveLength(8);
  });

  it('that are not there are told, and the others are scanned', async () => {
    const { code, stderr, found } = await scan('/no/such/file', put('there.log', MAIL));
    expect(stderr).toBe('sallyport scan: cannot read "/no/such/file": there is no such file or directory.\n');
    expect([code, found.length]).toEqual([2, 1]);
  });
});

describe('what sallyport scan reports', () => {
  it('follows a policy', async () => {
    const path = put('policy.log', `${MAIL}mail root@example.com, loyalty_number: ab-17\n`);
    const source = { preset: 'balanced', columns: ['loyalty_number'], allowEmailDomains: ['corp.ru'] };
    const policy = put('policy.json', JSON.stringify(source));
    const entities = (await scan('--policy', policy, path)).found;
    expect(entities).toMatchObject([{ entity: 'email', line: 2 }, { entity: 'named-column' }]);
    expect((await scan('--policy', 'secrets-only', path)).code).toBe(0);
    expect((await scan('--policy', policy, '--entities', 'card', path)).code).toBe(0);
  });

  it('is a SARIF document with places and reasons, and no value', async () => {
    const path = put('sarif/ä b.log', `${MAIL}key AKIAQ3EGRZ7XW5T2MNBV\n`);
    const { code, stdout } = await runSallyport(['scan', '--sarif', path, '/no/such/file']);
    expect(code).toBe(2);
    expect(stdout.toString()).not.toMatch(/olga|corp|AKIA/);
    const sarif = JSON.parse(stdout.toString()) as {
      version: string;
      runs: {
        results: { ruleIndex: number; ruleId: string }[];
        tool: { driver: { rules: { id: string }[] } };
      }[];
    };
    expect(sarif.version).toBe('2.1.0');
    const [run] = sarif.runs;
    expect(run).toMatchObject({
      columnKind: 'unicodeCodePoints',
      invocations: [{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] }],
      results: [
        {
          ruleId: 'email.address',
          level: 'warning',
          locations: [
            {
              physicalLocation: {
                artifactLocation: {
                  uri: expect.stringMatching(/^file:\/\/\/.+sarif\/%C3%A4%20b\.log$/) as string,
                },
                region: { startLine: 1, startColumn: 8, endColumn: 20, charOffset: 7, charLength: 12 },
              },
            },
          ],
        },
        { level: 'error', properties: { entity: 'api-key' } },
      ],
    });
    const rules = run?.tool.driver.rules.map(rule => rule.id) ?? [];
    for (const result of run?.results ?? []) expect(rules[result.ruleIndex]).toBe(result.ruleId);
    const empty = await runSallyport(['scan', '--sarif', '-'], 'nothing');
    expect(JSON.parse(empty.stdout.toString())).toMatchObject({
      runs: [{ results: [], tool: { driver: { rules: [] } } }],
    });
  });

  it('is what was found so far when it is interrupted', async () => {
    const child = startSallyport(['scan', '-']);
    child.stdin.write(MAIL);
    await child.untilStdout(text => text.includes('email'));
    child.interrupt();
    expect(await child.ended).toBe(1);
    expect(child.stderr()).toBe('sallyport scan: interrupted after 1 file (21 B): 1 value found: 1 email\n');
  });

  it('has no bar where nobody watches, and refuses what does not go together', async () => {
    expect((await runSallyport(['scan', put('quiet.log', MAIL)])).stderr).toBe('');
    const both = await runSallyport(['scan', '--json', '--sarif', '-']);
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('one of --json and --sarif')]);
    const typo = await runSallyport(['scan', '--entities', 'emial', '-']);
    expect(typo.stderr).toContain('Did you mean "email"?');
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSallyport, startSallyport } from '../support/run-sallyport.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-redact-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function policyFile(policy: unknown): string {
  const path = join(folder, 'policy.json');
  writeFileSync(path, JSON.stringify(policy));
  return path;
}

describe('sallyport redact', () => {
  it('masks what it finds and passes the rest byte for byte', async () => {
    const findings = join(folder, 'findings.jsonl');
    const clean = '\u001b[32mgreen\u001b[0m 1.2.3\r\n';
    const { code, stdout } = await runSallyport(
      ['redact', '--findings', findings],
      `${clean}mail olga.ivanova@corp.ru ok\r\n${clean}`,
    );
    const text = stdout.toString();
    expect(code).toBe(0);
    expect(text.startsWith(clean) && text.endsWith(clean)).toBe(true);
    expect(text).not.toMatch(/olga|ivanova|corp/);
    const marks = readFileSync(findings, 'utf8');
    expect(JSON.parse(marks)).toMatchObject({ entity: 'email', action: 'mask', cells: 20 });
    expect(marks).not.toContain('olga');
  });

  it('reads a table from a pipe, where line feeds are bare, and gives it back with bare ones', async () => {
    const table = ' id |  ssn  | n \n----+-------+---\n  1 | abcde | x\n  2 | fghij | y\n(2 rows)\n';
    const { stdout } = await runSallyport(['redact'], table);
    const text = stdout.toString();
    expect(text).not.toMatch(/abcde|fghij|\r/);
    expect(text.split('\n').map(line => line.length)).toEqual(table.split('\n').map(line => line.length));
  });

  it('releases a held head while the input stays open', async () => {
    const child = startSallyport(['redact']);
    child.stdin.write('card 4012 8888');
    const shown = await child.untilStdout(text => text.includes('card ') && text.length >= 10);
    expect(shown).not.toContain('4012');
    child.stdin.end(' 8888 1881\r\n');
    expect(await child.ended).toBe(0);
    expect(child.stdout()).not.toMatch(/4012|8888|1881/);
  });

  it('masks, stops and exits with 3 where the policy blocks', async () => {
    const policy = policyFile({ entities: { card: 'block' } });
    const { code, stdout } = await runSallyport(
      ['redact', '--policy', policy],
      'a\r\n4012888888881881\r\nafter\r\n',
    );
    expect(code).toBe(3);
    expect(stdout.toString()).not.toMatch(/4012|1881/);
  });

  it.each([
    [['redact', '--cols', '0'], '--cols'],
    [['redact', '--policy', '/no/policy'], '/no/policy'],
    [['redact', '--nope'], '--nope'],
  ])('refuses %j and says why', async (args, words) => {
    const { code, stderr } = await runSallyport(args, '');
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('names the key of a policy that it cannot use', async () => {
    const { code, stderr } = await runSallyport(
      ['redact', '--policy', policyFile({ entities: { emial: 'mask' } })],
      '',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('entities.emial');
  });

  it('ends without an error when its reader goes away', async () => {
    const child = startSallyport(['redact']);
    child.stdin.on('error', () => undefined);
    child.closeStdout();
    for (let i = 0; i < 200 && !child.stdin.destroyed; i++) child.stdin.write('line of text\r\n'.repeat(500));
    child.stdin.end();
    expect(await child.ended).toBe(0);
    expect(child.stderr()).toBe('');
  });

  it('ends cleanly on SIGINT', async () => {
    const child = startSallyport(['redact']);
    child.stdin.write('hello\r\n');
    await child.untilStdout(text => text.includes('hello'));
    child.interrupt();
    expect(await child.ended).toBe(0);
    expect(child.stderr()).toBe('');
  });
});

import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSallyport } from '../support/run-sallyport.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-scan-'));
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs/a.log'), 'é mail olga@example.com\n');
  writeFileSync(join(folder, 'logs/b.bin'), Buffer.from([1, 0, 2, 64]));
  writeFileSync(join(folder, 'clean.txt'), 'nothing here\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('sallyport scan', () => {
  it('walks a folder, prints one JSON line a finding, skips binaries with a note, and exits with 1', async () => {
    const { code, stdout, stderr } = await runSallyport(['scan', '--json', folder]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout.toString())).toEqual({
      file: join(folder, 'logs/a.log'),
      line: 1,
      column: 8,
      start: 7,
      end: 23,
      entity: 'email',
      score: 0.95,
      rule: 'email.address',
    });
    expect(stderr).toContain('b.bin" is binary');
  });

  it('never prints the value', async () => {
    const { stdout } = await runSallyport(['scan', join(folder, 'logs')]);
    expect(stdout.toString()).toContain('a.log:1:8: email');
    expect(stdout.toString()).not.toContain('olga');
  });

  it('reads standard input, and exits with 0 where nothing is found', async () => {
    expect((await runSallyport(['scan', '--json', '-'], 'ssn 078-05-1123')).stdout.toString()).toContain(
      '"file":"-"',
    );
    expect(await runSallyport(['scan', join(folder, 'clean.txt')])).toMatchObject({ code: 0 });
    expect(await runSallyport(['scan', '--entities', 'card,iban', join(folder, 'logs')])).toMatchObject({
      code: 0,
    });
  });

  // A kernel setting that can be written only: not even root reads it.
  it.skipIf(!existsSync('/proc/sys/net/ipv4/route/flush'))(
    'goes on behind a file in a folder that cannot be read, and exits with 2',
    async () => {
      const { code, stdout, stderr } = await runSallyport([
        'scan',
        '/proc/sys/net/ipv4/route',
        join(folder, 'logs'),
      ]);
      expect(stderr).toContain('route/flush"');
      expect(stdout.toString()).toContain('a.log:1:8: email');
      expect(code).toBe(2);
    },
  );

  it.each([
    [['scan'], 'at least one'],
    [['scan', '--entities', 'emial', '-'], 'api-key'],
    [['scan', '--min-score', '2', '-'], 'from 0 to 1'],
    [['scan', '/no/such/file'], 'no such file'],
    [['scan', '--nope', '-'], '--nope'],
  ])('refuses %j and says why', async (args, words) => {
    const { code, stderr } = await runSallyport(args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});

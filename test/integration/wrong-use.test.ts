import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runSallyport } from '../support/run-sallyport.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-wrong-use-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('wrong use of a command', () => {
  it.each([
    // An empty path would be the folder that the user stands in.
    [['serve', '--profile', ''], 'An argument after "--profile" is empty. Is a variable not set?'],
    [['demo', '--headless', '--data', ''], 'An argument after "--data" is empty. Is a variable not set?'],
    [['server', 'init', '--data='], '"--data=" has no value. Is a variable not set?'],
    [['verify', ''], 'An argument is empty. Is a variable not set?'],
    [['verify', '--nonsense'], "Unknown option '--nonsense'."],
    [['verify'], 'Name one recording.'],
    [['server', 'start'], 'There is no "server start".'],
    [['server', 'init', 'here'], '"here" is too much.'],
  ])('%j ends with 2 and one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await runSallyport(args);
    expect(stderr).toBe(`sallyport ${args[0] ?? ''}: ${sentence} See "sallyport ${args[0] ?? ''} --help".\n`);
    expect(stdout.toString()).toBe('');
    expect(code).toBe(2);
  });

  it('a demo in a folder with other files ends with 2 and leaves them alone', async () => {
    writeFileSync(join(folder, 'thesis.txt'), '');
    const { code, stderr } = await runSallyport(['demo', '--headless', '--data', folder]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sallyport demo: .* holds files that no demo made\. .*--data\.\n$/);
    expect(existsSync(join(folder, 'thesis.txt'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runSallyport } from '../support/run-sallyport.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-serve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('serve names no option in its help that does nothing, and takes none', async () => {
  const { stdout } = await runSallyport(['serve', '--help']);
  const named = [...stdout.toString().matchAll(/--[a-z-]+/g)].map(([name]) => name);
  expect([...new Set(named)]).toEqual(['--profile', '--port', '--json']);
  const { code, stderr } = await runSallyport(['serve', '--profile', folder, '--no-open']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^sallyport serve: Unknown option '--no-open'\..*\n$/);
});

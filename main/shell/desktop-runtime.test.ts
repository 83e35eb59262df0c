import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchDesktopRuntime, findDesktopRuntime } from './desktop-runtime.ts';

describe('the desktop runtime', () => {
  it('is found in the folder that the environment names, and only when the program is there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-runtime-'));
    try {
      expect(findDesktopRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toMatchObject({ kind: 'missing' });
      for (const name of ['electron', 'electron.exe']) {
        writeFileSync(join(folder, name), '');
        chmodSync(join(folder, name), 0o755);
      }
      if (process.platform !== 'darwin')
        expect(findDesktopRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toMatchObject({ kind: 'found' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is not fetched from a host that cannot be reached, and says so', async () => {
    const result = await fetchDesktopRuntime(
      { ELECTRON_MIRROR: 'https://mirror.invalid/' },
      new AbortController().signal,
    );
    expect(result).toMatchObject({
      kind: 'missing',
      reason: expect.stringContaining('mirror.invalid') as string,
    });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProfile } from './profile-folder.ts';

test('a profile that cannot be made is refused with its folder and what to do', () => {
  const parent = mkdtempSync(join(tmpdir(), 'sallyport-profile-'));
  try {
    writeFileSync(join(parent, 'file'), '');
    expect(() => openProfile(join(parent, 'file', 'profile'), {})).toThrow(
      /file\/profile cannot be used \(a file stands in its place or above it\)\. Name one .* with --profile\./,
    );
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});

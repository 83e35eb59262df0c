import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that goes with the test that is running; called in a test or in its `beforeEach`. */
export function testFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `sallyport-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

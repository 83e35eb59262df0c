import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyAsar } from './asar.ts';

/** Where a program's fuses begin, then version 1, their number, and one character each (@electron/fuses, constants). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron ships them: RunAsNode, NODE_OPTIONS, --inspect and file privileges on, the protections off. */
const SHIPPED = '101100011';

/** An unpacked Electron for Linux in which everything is in its place and nothing runs: enough to be packaged. */
export function writePlaceholderRuntime(folder: string): void {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true });
  const files: Record<string, string | Buffer> = {
    version: '45.4.1',
    LICENSE: 'a placeholder',
    'LICENSES.chromium.html': 'a placeholder',
    'locales/en-US.pak': 'a placeholder',
    'resources/default_app.asar': emptyAsar(),
    electron: Buffer.concat([
      Buffer.from('\x7fELF'),
      Buffer.alloc(4092),
      Buffer.from(SENTINEL),
      Buffer.from([1, SHIPPED.length]),
      Buffer.from(SHIPPED),
      Buffer.alloc(512),
    ]),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  chmodSync(join(folder, 'electron'), 0o755);
}

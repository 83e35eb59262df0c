import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { loadCommands } from '../../main/cli/command-list.ts';
import { manPage } from '../../main/cli/manual/man-page.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { licenceTexts } from './licences.ts';
import { shippedPackages } from './packages.ts';

/** Where what is shipped beside the program is written: build/electron-builder.json takes the whole folder. */
const FOLDER = 'out/notices';

/** Licences, bill of materials and manual page of what was built into `out/`. Throws where something cannot be shipped. */
export async function writeNotices(root: string): Promise<void> {
  const manifest = z
    .object({ name: z.string(), version: z.string(), devDependencies: z.object({ electron: z.string() }) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const packages = shippedPackages(root);
  const npmBill = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // npm is a script on Windows, which only a shell starts; nothing in these words is from outside.
    shell: process.platform === 'win32',
  });
  const bill = billOfMaterials({
    npmBill,
    program: manifest,
    packages,
    runtime: { name: 'electron', version: manifest.devDependencies.electron },
    madeAtMs: 1000 * Number(process.env['SOURCE_DATE_EPOCH'] ?? 0),
  });
  const folder = join(root, FOLDER);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'THIRD-PARTY-LICENCES.txt'), licenceTexts(packages));
  writeFileSync(join(folder, 'sbom.cdx.json'), bill);
  writeFileSync(join(folder, 'sallyport.1'), manPage(await loadCommands(), manifest));
}

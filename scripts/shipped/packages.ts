import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { PACKAGES_FILE } from '../../build/list-packages.ts';

/** A package of the registry that is part of the desktop program, by itself or inside of the renderer. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** an SPDX expression, as the package states it */
  readonly license: string;
  readonly folder: string;
}

const Manifest = z.object({
  version: z.string(),
  license: z.string().optional(),
  /** how packages of before 2015 say it */
  licenses: z.array(z.object({ type: z.string() })).optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
});

/** What packages are compiled with; the compiled addon does not need it. */
const BUILD_ONLY: ReadonlySet<string> = new Set(['node-addon-api']);
const PROGRAMS = ['main.js', 'session-host.js'];

/**
 * What the built programs (out/desktop) load, with all that those packages need, and what was bundled into the renderer (out/renderer); by
 * name. Throws where something was not built or not installed.
 */
export function shippedPackages(root: string): ShippedPackage[] {
  const found = new Map<string, ShippedPackage>();
  const want = (name: string, from: string, { alone = false } = {}): void => {
    const folder = folderOf(name, from, root);
    if (found.has(folder)) return;
    const { version, license, licenses = [], dependencies } = manifestOf(folder);
    const older = licenses.map(({ type }) => type).join(' OR ');
    found.set(folder, { name, version, license: license ?? (older === '' ? 'none stated' : older), folder });
    if (alone) return;
    for (const each of Object.keys(dependencies)) if (!BUILD_ONLY.has(each)) want(each, folder);
  };
  for (const program of PROGRAMS)
    for (const name of importsOf(join(root, 'out', 'desktop', program))) want(name, root);
  const bundled = z
    .array(z.string())
    .parse(JSON.parse(readFileSync(join(root, 'out', 'renderer', PACKAGES_FILE), 'utf8')));
  for (const name of bundled) want(name, root, { alone: true });
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Where Node finds a package from a folder: the nearest `node_modules` that has it. */
function folderOf(name: string, from: string, root: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === root || folder === dirname(folder))
      throw new Error(`${name} is not installed. Run "npm ci".`);
  }
}

/** The packages that a bundle loads. */
function importsOf(bundle: string): string[] {
  const code = readFileSync(bundle, 'utf8');
  const loaded = [
    ...code.matchAll(/^import (?:.* from )?["']([^"'./][^"']*)["'];?$/gm),
    ...code.matchAll(/\bimport\(["']([^"'./][^"']*)["']\)/g),
  ];
  const names = loaded.map(match => /^(@[^/]+\/)?[^/]+/.exec(match[1] ?? '')?.[0] ?? '');
  return [...new Set(names)].filter(name => !isBuiltin(name) && name !== 'electron');
}

function manifestOf(folder: string): z.infer<typeof Manifest> {
  return Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

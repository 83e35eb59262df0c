import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
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
  const names = new Set<string>();
  const want = (name: string): void => {
    if (names.has(name)) return;
    names.add(name);
    for (const each of Object.keys(manifestOf(root, name).dependencies))
      if (!BUILD_ONLY.has(each) && existsSync(join(root, 'node_modules', each))) want(each);
  };
  for (const program of PROGRAMS) importsOf(join(root, 'out', 'desktop', program)).forEach(want);
  const bundled = z
    .array(z.string())
    .parse(JSON.parse(readFileSync(join(root, 'out', 'renderer', PACKAGES_FILE), 'utf8')));
  for (const name of bundled) names.add(name);
  return [...names].sort().map(name => {
    const { version, license, licenses = [] } = manifestOf(root, name);
    const older = licenses.map(({ type }) => type).join(' OR ');
    return {
      name,
      version,
      license: license ?? (older === '' ? 'none stated' : older),
      folder: join(root, 'node_modules', name),
    };
  });
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

function manifestOf(root: string, name: string): z.infer<typeof Manifest> {
  return Manifest.parse(JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')));
}

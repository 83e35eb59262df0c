import type { Plugin } from 'vite';

/** The file in the built renderer that names the packages whose code or style is in it: a JSON array of names. */
export const PACKAGES_FILE = 'packages.json';

/** Writes that file; licences and the bill of materials are made of it. */
export function listPackages(): Plugin {
  return {
    name: 'sallyport:list-packages',
    apply: 'build',
    generateBundle() {
      const names = new Set<string>();
      for (const id of this.getModuleIds()) {
        const name = packageOf(id);
        if (name !== null) names.add(name);
      }
      this.emitFile({
        type: 'asset',
        fileName: PACKAGES_FILE,
        source: `${JSON.stringify([...names].sort(), null, 1)}\n`,
      });
    },
  };
}

/** The package that a module belongs to; null for the project's own. */
function packageOf(id: string): string | null {
  const after = id.replaceAll('\\', '/').split('/node_modules/').at(-1);
  if (after === undefined || after === id) return null;
  return /^(@[^/]+\/)?[^/]+/.exec(after)?.[0] ?? null;
}

import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

interface Bundle {
  readonly entry: string;
  readonly name: string;
  /** A sandboxed preload script can only be CommonJS. */
  readonly format: 'es' | 'cjs';
}

const BUNDLES: readonly Bundle[] = [
  { entry: '../main/electron/main.ts', name: 'main.js', format: 'es' },
  { entry: '../main/session-host/process.ts', name: 'session-host.js', format: 'es' },
  { entry: '../preload/app.ts', name: 'preload.cjs', format: 'cjs' },
];

/** Each program of the desktop shell as one file in out/desktop; packages stay outside and are packaged as they are. */
export const desktopBundles: readonly InlineConfig[] = BUNDLES.map(({ entry, name, format }) => ({
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  build: {
    ssr: here(entry),
    outDir: here('../out/desktop'),
    emptyOutDir: false,
    target: 'node24',
    minify: false,
    // Beside the bundle for whoever debugs it; a packaged program has no maps and names none.
    sourcemap: 'hidden',
    rolldownOptions: {
      external: ['electron', /^node:/, /^[^./]/],
      output: { format, entryFileNames: name, codeSplitting: false },
    },
  },
}));

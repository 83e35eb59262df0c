import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { listPackages } from './list-packages.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The renderer as static files for both shells: `vite build --config build/renderer.vite.config.ts`.
 * Relative addresses, because a shell may serve it from any scheme; nothing inline, because the CSP says `script-src 'self'`.
 */
export default defineConfig({
  root: here('../renderer'),
  base: './',
  publicDir: false,
  plugins: [react(), listPackages()],
  build: {
    outDir: here('../out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    // what is loaded on its own is a language (renderer/texts/language.ts); it has a budget of its own
    rolldownOptions: {
      output: {
        chunkFileNames: chunk => `assets/${chunk.isDynamicEntry ? 'languages/' : ''}[name]-[hash].js`,
      },
    },
  },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Unit tests stand beside the code; what crosses a process lives in test/. Time limits are for what hangs, not for what is slow on a
 * busy machine.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{contract,core,main,preload,renderer,server,scripts}/**/*.test.{ts,tsx}',
            'test/fuzz/**/*.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // the default leaves one of two cores idle
          maxWorkers: '100%',
          setupFiles: ['test/support/property-seed.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          // as the program sets it: what tests start is compiled once
          env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('out/compile-cache', import.meta.url)) },
          include: ['test/{integration,security,contract,corpus}/**/*.test.ts'],
          testTimeout: 180_000,
          setupFiles: ['test/support/property-seed.ts'],
          hookTimeout: 180_000,
          // They share two cores with the servers they start. What passes only now is named in the summary, to be looked into.
          retry: 1,
          expect: { poll: { timeout: 60_000 } },
          maxWorkers: 2,
        },
      },
    ],
  },
});

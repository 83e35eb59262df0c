import { defineConfig } from 'vitest/config';

/** Unit tests stand beside the code; what crosses a process lives in test/. */
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
          testTimeout: 20_000,
          setupFiles: ['test/support/property-seed.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,security,contract,corpus}/**/*.test.ts'],
          testTimeout: 60_000,
          setupFiles: ['test/support/property-seed.ts'],
          hookTimeout: 90_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});

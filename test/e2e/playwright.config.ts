import { defineConfig } from '@playwright/test';

/** Debian's Chromium against the web shell with real targets. Screenshots and traces are kept in out/e2e. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../out/e2e/results',
  // for what hangs, not for what is slow on a busy machine
  timeout: 300_000,
  expect: { timeout: 20_000 },
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // a test that passes only then is named in the summary
  retries: 1,
  use: {
    browserName: 'chromium',
    // a trace costs more than the test itself: only what failed is traced, when it runs again
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      // Chromium refuses its own sandbox to root; everything else stays as it is for users.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-sync',
      ],
    },
  },
});

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import process from 'node:process';
import { installTestTools } from './install-test-tools.ts';
import { runStep } from './run-step.ts';
import { STATIC_CHECKS } from './static-checks.ts';
import type { Tally } from './test-reports.ts';
import { readPlaywrightReport, readVitestReport } from './test-reports.ts';

/**
 * `npm test`: everything. Installs the programs that tests need where it may, runs the static checks, unit and integration tests
 * and the end-to-end tests in Chromium, and ends with one line of totals. Exit code 0 only when nothing failed.
 */
const REPORTS = 'out/test-reports';
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const skippedTools = installTestTools();
const tallies: Tally[] = [];

for (const step of STATIC_CHECKS) {
  const result = await runStep(step, true);
  process.stdout.write(
    `${result.ok ? 'ok    ' : 'FAILED'} ${step.name} (${result.seconds.toFixed(1)} s)\n${result.ok ? '' : result.output}`,
  );
  tallies.push({ passed: result.ok ? 1 : 0, failed: result.ok ? 0 : 1, skipped: [], unsteady: [] });
}

for (const project of ['unit', 'integration']) {
  const report = `${REPORTS}/${project}.json`;
  const args = [
    'run',
    '--project',
    project,
    '--reporter',
    project === 'unit' ? 'dot' : 'verbose',
    '--reporter',
    'json',
    `--outputFile.json=${report}`,
  ];
  const result = await runStep({ name: project, command: 'vitest', args });
  tallies.push(tallyOf(report, result.ok, readVitestReport));
}

const endToEnd = `${REPORTS}/e2e.json`;
if (existsSync('/usr/bin/chromium')) {
  const result = await runStep({
    name: 'e2e',
    command: 'playwright',
    args: ['test', '--config', 'test/e2e/playwright.config.ts', '--reporter', 'list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: endToEnd },
  });
  tallies.push(tallyOf(endToEnd, result.ok, readPlaywrightReport));
} else {
  tallies.push({
    passed: 0,
    failed: 0,
    skipped: ['end-to-end tests: Chromium is not installed'],
    unsteady: [],
  });
}

const skipped = tallies.flatMap(tally => tally.skipped);
for (const line of [...skippedTools, ...skipped]) process.stdout.write(`skipped: ${line}\n`);
for (const { unsteady } of tallies)
  for (const title of unsteady) process.stdout.write(`passed at the second attempt: ${title}\n`);
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

/** A runner that failed without naming a failed test (a crash, no report) counts as one failure. */
function tallyOf(report: string, ok: boolean, read: (text: string) => Tally): Tally {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [], unsteady: [] };
  const tally = read(readFileSync(report, 'utf8'));
  return !ok && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

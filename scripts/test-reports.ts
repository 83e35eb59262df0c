export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** one line for each test that did not run, with its reason */
  readonly skipped: readonly string[];
  /** the tests that failed first and passed when they ran again; counted as passed */
  readonly unsteady: readonly string[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly name: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** Reads vitest's JSON report. A file that failed before its first test counts as one failure. */
export function readVitestReport(text: string): Tally {
  // The shape is that of the runner pinned in package.json.
  const report = JSON.parse(text) as VitestReport;
  const tests = report.testResults.flatMap(file => file.assertionResults);
  const brokenFiles = report.testResults.filter(
    file => file.status === 'failed' && file.assertionResults.every(test => test.status !== 'failed'),
  );
  return {
    passed: tests.filter(test => test.status === 'passed').length,
    failed: tests.filter(test => test.status === 'failed').length + brokenFiles.length,
    skipped: tests
      .filter(test => test.status !== 'passed' && test.status !== 'failed')
      .map(test => test.fullName),
    // a test that passed keeps the failures of its attempts before
    unsteady: tests
      .filter(test => test.status === 'passed' && (test.failureMessages?.length ?? 0) > 0)
      .map(test => test.fullName),
  };
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
}

/** Reads Playwright's JSON report; a skipped test is listed with the reason of its annotation. */
export function readPlaywrightReport(text: string): Tally {
  // The shape is that of the runner pinned in package.json.
  const report = JSON.parse(text) as {
    readonly suites: readonly PlaywrightSuite[];
    readonly errors?: readonly unknown[];
  };
  let passed = 0;
  let failed = report.errors?.length ?? 0;
  const skipped: string[] = [];
  const unsteady: string[] = [];
  const visit = (suite: PlaywrightSuite): void => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'expected' || test.status === 'flaky') passed += 1;
        else if (test.status === 'skipped') {
          const reason = test.annotations.find(annotation => annotation.type === 'skip')?.description;
          skipped.push(`${spec.title}${reason === undefined ? '' : `: ${reason}`}`);
        } else failed += 1;
        if (test.status === 'flaky') unsteady.push(spec.title);
      }
    }
    suite.suites?.forEach(visit);
  };
  report.suites.forEach(visit);
  return { passed, failed, skipped, unsteady };
}

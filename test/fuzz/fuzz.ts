import process from 'node:process';
import { parseArgs } from 'node:util';
import { explain } from './explain.ts';
import { EXCLUDED } from './excluded.ts';
import { LAYOUTS } from './layouts/layouts.ts';
import { createCaseRunner } from './run-case.ts';
import { fuzz } from './fuzz-run.ts';
import { printSummary } from './summary.ts';

/**
 * `npm run fuzz -- [--cases N] [--seed S] [--only LAYOUT] [--json]`: values × layouts × arrivals × sizes through the redactor with the
 * product's detectors, each looked at in xterm.js. Exit code 1 when something leaked or differs, 2 for wrong arguments.
 * `--case N` with the seed prints one case, shrunk, with its escapes visible.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    case: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

function wrong(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

const whole = (name: string, text: string): number =>
  /^\d{1,9}$/.test(text) ? Number(text) : wrong(`--${name} takes a whole number, not "${text}".`);
const only = LAYOUTS.find(layout => layout.name === values.only) ?? null;
if (values.only !== undefined && only === null)
  wrong(`There is no layout "${values.only}"; there are ${LAYOUTS.map(layout => layout.name).join(', ')}.`);
const seed = whole('seed', values.seed);
const runner = createCaseRunner();

if (values.case !== undefined) {
  const explained = explain({ seed, index: whole('case', values.case), only }, runner);
  process.stdout.write(`${explained.text}\n`);
  process.exitCode = explained.isFailure ? 1 : 0;
} else {
  const result = fuzz({ seed, cases: whole('cases', values.cases), only, runner });
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : printSummary(result, EXCLUDED));
  process.exitCode = result.failures.length > 0 ? 1 : 0;
}

import process from 'node:process';
import { runStep } from './run-step.ts';
import type { StepResult } from './run-step.ts';
import { STATIC_CHECKS } from './static-checks.ts';

/** `npm run check`: what a developer runs before each commit; two at a time, failures shown whole. */
const steps = [
  ...STATIC_CHECKS,
  { name: 'unit', command: 'vitest', args: ['run', '--project', 'unit', '--reporter', 'dot'] },
];
const waiting = [...steps];
const results: StepResult[] = [];

async function work(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const result = await runStep(step, true);
    results.push(result);
    process.stdout.write(
      `${result.ok ? 'ok    ' : 'FAILED'} ${result.name} (${result.seconds.toFixed(1)} s)\n`,
    );
    if (!result.ok) process.stdout.write(`${result.output}\n`);
  }
}

await Promise.all([work(), work()]);
const failed = results.filter(result => !result.ok).length;
process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

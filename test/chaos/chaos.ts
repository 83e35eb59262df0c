import process from 'node:process';
import { parseArgs } from 'node:util';
import { chaos } from './chaos-run.ts';

/**
 * `npm run chaos -- [--runs N] [--seed S]`: kill -9 of the session host, of the client, of the server and of all at once, at random moments of a session that
 * records. One line for each run on stderr; the last line on stdout is JSON, `{runs, maxLossMs, lostAcknowledged, unverified, ok}`.
 * Exit code 0 only where at most 250 ms of output were lost, nothing that the server acknowledged, and every recording verifies with
 * its gap stated exactly.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const whole = (name: string, text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  process.stderr.write(`--${name} takes a whole number, not "${text}".\n`);
  process.exit(2);
};
const summary = await chaos({
  runs: whole('runs', values.runs),
  seed: whole('seed', values.seed),
  onOutcome: (outcome, run) => void process.stderr.write(`${run + 1} ${JSON.stringify(outcome)}\n`),
});
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = summary.ok ? 0 : 1;

import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Bench } from './bench-definition.ts';
import { recordingBenches } from './recording-benches.ts';
import { redactorBenches } from './redactor-benches.ts';
import { revocationBenches } from './revocation-benches.ts';
import { revocationSessionBenches } from './revocation-session-benches.ts';
import { eventStreamBenches } from './event-stream-benches.ts';
import { sessionsAppendBenches } from './sessions-append-benches.ts';
import { wholeAppBenches } from './whole-app-benches.ts';

/**
 * `npm run bench [-- --only NAME]`: one JSON object a line, `{name, unit, median, min, max, runs, goal, ok}` and a bench's own further figures. Figures of one run on one
 * machine; they compare two versions on the same machine and nothing else. Nothing fails by them.
 */
const RUNS = 5;
const round = (figure: number) => Number(figure.toPrecision(4));
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const benches: readonly Bench[] = [
  ...redactorBenches,
  ...recordingBenches,
  ...revocationBenches,
  ...revocationSessionBenches,
  ...sessionsAppendBenches,
  ...eventStreamBenches,
  ...wholeAppBenches,
];
const chosen = benches.filter(bench => values.only === undefined || bench.name === values.only);
if (chosen.length === 0) {
  process.stderr.write(
    `There is no bench "${values.only}"; there are ${benches.map(bench => bench.name).join(', ')}.\n`,
  );
  process.exit(2);
}
for (const bench of chosen) {
  const runs = bench.runs ?? RUNS;
  const figures: number[] = [];
  try {
    // the first run warms up and does not count
    for (let run = 0; run <= runs; run += 1) {
      const figure = await bench.measure();
      if (run > 0) figures.push(figure);
    }
  } finally {
    await bench.close?.();
  }
  figures.sort((a, b) => a - b);
  const facts = Object.fromEntries(
    Object.entries(bench.facts?.() ?? {}).map(([name, figure]) => [name, round(figure)]),
  );
  const [min = 0] = figures;
  const max = figures.at(-1) ?? 0;
  const median = figures[Math.floor(runs / 2)] ?? 0;
  const ok = bench.unit === 'MB/s' ? median >= bench.goal : median <= bench.goal;
  process.stdout.write(
    `${JSON.stringify({ name: bench.name, unit: bench.unit, median: round(median), min: round(min), max: round(max), runs, goal: bench.goal, ok, ...facts })}\n`,
  );
}

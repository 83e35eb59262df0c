import type { Bench } from './bench-definition.ts';
import type { WholeApp } from './whole-app.ts';
import { startWholeApp } from './whole-app.ts';

/** Each run takes its time in a browser. */
const RUNS = 5;
/** The whole way on one machine: xterm.js in Chromium alone is measured at 31 to 46 MB/s. */
const THROUGHPUT_GOAL = 20;

let running: Promise<WholeApp> | null = null;
const wholeApp = (): Promise<WholeApp> => (running ??= startWholeApp());
const close = async (): Promise<void> => {
  const app = running;
  running = null;
  await (await app)?.close();
};

const throughput = async (mode: 'on' | 'off'): Promise<number> => {
  const app = await wholeApp();
  return app.megabytes / (await app.catSeconds(mode));
};

/**
 * `cat` of 50 MB in a local session, from Enter to the picture in Chromium: with redaction, recording, encryption and upload; without
 * them; and the first divided by the second, run for run.
 */
export const wholeAppBenches: readonly Bench[] = [
  {
    name: 'whole-app-on',
    unit: 'MB/s',
    goal: THROUGHPUT_GOAL,
    runs: RUNS,
    measure: () => throughput('on'),
    close,
  },
  {
    name: 'whole-app-off',
    unit: 'MB/s',
    goal: THROUGHPUT_GOAL,
    runs: RUNS,
    measure: () => throughput('off'),
    close,
  },
  {
    name: 'whole-app-ratio',
    unit: 'ratio',
    goal: 1.1,
    runs: RUNS,
    async measure() {
      const app = await wholeApp();
      const offSeconds = await app.catSeconds('off');
      return (await app.catSeconds('on')) / offSeconds;
    },
    close,
  },
];

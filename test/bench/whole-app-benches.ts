import type { Bench } from './bench-definition.ts';
import { median, percentile99 } from './terminal-latency.ts';
import type { WholeApp } from './whole-app.ts';
import { startWholeApp } from './whole-app.ts';

/** Each run takes its time in a browser. */
const RUNS = 5;
/** The whole way on one machine: xterm.js in Chromium alone is measured at 31 to 46 MB/s. */
const THROUGHPUT_GOAL = 20;
/** Three frames: below what people notice when they type. */
const INPUT_GOAL_MS = 50;

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
 * them; and the first divided by the second, run for run. Then what a person waits for: a key's glyph (the 99th of a hundred keys, and
 * the middle one against that without redaction and recording), the window during such a `cat`, the first prompt, the start.
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
  {
    name: 'input-latency-p99',
    unit: 'ms',
    goal: INPUT_GOAL_MS,
    runs: RUNS,
    measure: async () => percentile99(await (await wholeApp()).keyLatencies('on')),
    close,
  },
  {
    name: 'input-latency-ratio',
    unit: 'ratio',
    goal: 1.5,
    runs: RUNS,
    async measure() {
      const app = await wholeApp();
      const offMs = median(await app.keyLatencies('off'));
      return median(await app.keyLatencies('on')) / offMs;
    },
    close,
  },
  {
    name: 'flood-reaction-p99',
    unit: 'ms',
    goal: 100,
    runs: RUNS,
    measure: async () => percentile99(await (await wholeApp()).floodReactions()),
    close,
  },
  {
    name: 'first-prompt',
    unit: 'ms',
    goal: 300,
    runs: RUNS,
    measure: async () => (await wholeApp()).firstPromptMs(),
    close,
  },
  {
    name: 'start-usable',
    unit: 'ms',
    goal: 1_500,
    runs: RUNS,
    measure: async () => (await wholeApp()).startMs(),
    close,
  },
];

/** More would make one statement hold its rows for long. */
const MAX_ITEMS = 500;
/** A statement costs server and database together half a millisecond, however few are in it; an append may take 250 ms and has four of them. */
const PACE_MS = 10;

/**
 * Asks for many at once where many ask at once: what is asked soon after a statement, or while it is under way, goes into the next one, so that a busy
 * server sends few statements, and waits for one flush of the log in place of hundreds. Statements begin `paceMs` apart, so what is asked alone does not
 * wait. `run` answers in the order of its items; where it throws, all of its items are refused with that error.
 */
export function inBatches<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  paceMs = PACE_MS,
): (item: I) => Promise<O> {
  let waiting: Asked<I, O>[] = [];
  let isBusy = false;
  let begunMs = -Infinity;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const restMs = begunMs + paceMs - performance.now();
      if (restMs > 0) await new Promise(resolve => setTimeout(resolve, restMs));
      // What arrives together on many connections is taken together.
      else await new Promise(resolve => setImmediate(resolve));
      begunMs = performance.now();
      const batch = waiting.slice(0, MAX_ITEMS);
      waiting = waiting.slice(MAX_ITEMS);
      await settle(batch, run);
    }
    isBusy = false;
  }

  return item =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isBusy) return;
      isBusy = true;
      void work();
    });
}

interface Asked<I, O> {
  readonly item: I;
  readonly resolve: (answer: O) => void;
  readonly reject: (error: unknown) => void;
}

async function settle<I, O>(
  batch: readonly Asked<I, O>[],
  run: (items: readonly I[]) => Promise<readonly O[]>,
): Promise<void> {
  try {
    const answers = await run(batch.map(({ item }) => item));
    if (answers.length !== batch.length) throw new Error('A batch was not answered item by item.');
    batch.forEach(({ resolve }, index) => resolve(answers[index] as O));
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

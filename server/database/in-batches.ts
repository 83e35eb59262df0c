/** More would make one statement hold its rows for long. */
const MAX_ITEMS = 500;

/**
 * Asks for many at once where many ask at once: what is asked while a statement is under way goes into the next one, so that a busy server sends few
 * statements, and waits for one flush of the log in place of hundreds, while an idle one does not wait at all. `run` answers in the order of its
 * items; where it throws, all of its items are refused with that error.
 */
export function inBatches<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
): (item: I) => Promise<O> {
  let waiting: Asked<I, O>[] = [];
  let isBusy = false;

  async function work(): Promise<void> {
    // What arrived together on many connections is taken together.
    await new Promise(resolve => setImmediate(resolve));
    while (waiting.length > 0) {
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

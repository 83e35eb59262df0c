/** What a session opened and has to close again, in reverse order. */
export interface Cleanup {
  /** Adds a closing step; when the clean-up has run already, the step runs at once. */
  add(close: () => void | Promise<void>): void;
  /** Runs every step once, also after a failing one. Resolves with whether all of them succeeded; later calls get the same answer. */
  run(): Promise<boolean>;
}

/** An empty list of closing steps. */
export function createCleanup(): Cleanup {
  const steps: (() => void | Promise<void>)[] = [];
  let running: Promise<boolean> | null = null;
  let isLate = false;

  const runSteps = async (): Promise<boolean> => {
    let isClean = true;
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      isClean = (await succeeds(step)) && isClean;
    }
    isLate = true;
    return isClean;
  };

  return {
    add(close) {
      if (isLate) void succeeds(close);
      else steps.push(close);
    },
    run() {
      running ??= runSteps();
      return running;
    },
  };
}

async function succeeds(step: () => void | Promise<void>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch {
    return false;
  }
}

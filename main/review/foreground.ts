/** What a person waits for goes before what runs behind it on the same thread. */
export interface Foreground {
  run<T>(step: () => Promise<T>): Promise<T>;
  /** Resolves when nobody waits for anything. */
  idle(): Promise<void>;
}

export function createForeground(): Foreground {
  let running = 0;
  let waiters: (() => void)[] = [];
  return {
    async run(step) {
      running += 1;
      try {
        return await step();
      } finally {
        running -= 1;
        if (running === 0) {
          const waiting = waiters;
          waiters = [];
          for (const resume of waiting) resume();
        }
      }
    },
    async idle() {
      while (running > 0) await new Promise<void>(resolve => waiters.push(resolve));
    },
  };
}

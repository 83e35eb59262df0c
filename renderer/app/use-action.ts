import { useCallback, useState } from 'react';
import type { Outcome } from '../../contract/errors.ts';
import { useServices } from './services-context.tsx';

/** Something done by a button: whether it is under way, and a notice where it fails. Resolves to null on failure. */
export function useAction(): {
  readonly isBusy: boolean;
  readonly run: <T>(ask: () => Promise<Outcome<T>>) => Promise<T | null>;
} {
  const { notices } = useServices();
  const [isBusy, setBusy] = useState(false);
  const run = useCallback(
    async <T>(ask: () => Promise<Outcome<T>>): Promise<T | null> => {
      setBusy(true);
      const outcome = await ask();
      setBusy(false);
      if (outcome.ok) return outcome.value;
      notices.add('error', outcome.error.message);
      return null;
    },
    [notices],
  );
  return { isBusy, run };
}

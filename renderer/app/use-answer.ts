import { useCallback, useEffect, useState } from 'react';
import type { RequestInputOf, RequestName, RequestOutputOf } from '../../contract/ipc.ts';
import type { Loadable } from './loadable.ts';
import { LOADING, settle } from './loadable.ts';
import { useServices } from './services-context.tsx';

/** The answer to a question that only one view asks, and how to ask again. `input` must be stable (a constant or memoised). */
export function useAnswer<N extends RequestName>(
  name: N,
  input: RequestInputOf<N>,
): readonly [Loadable<RequestOutputOf<N>>, () => void] {
  const { bridge } = useServices();
  const [answer, setAnswer] = useState<Loadable<RequestOutputOf<N>>>(LOADING);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void bridge.request(name, input).then(outcome => {
      if (isCurrent) setAnswer(previous => settle(previous, outcome));
    });
    return () => {
      isCurrent = false;
    };
  }, [bridge, name, input, round]);
  return [answer, useCallback(() => setRound(previous => previous + 1), [])];
}

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { AppState } from '../../contract/ipc.ts';
import type { Account, Role } from '../../contract/server-api.ts';
import type { ListStore } from './list-store.ts';
import type { Loadable } from './loadable.ts';
import type { Services } from './services.ts';
import { useStore } from './store.ts';

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('A view was drawn outside of its window.');
  return services;
}

/** A mirrored list, asked for anew whenever a view that shows it appears. */
export function useList<T>(list: ListStore<T>): Loadable<T[]> {
  useEffect(() => void list.load(), [list]);
  return useStore(list);
}

/** Server time, in steps: the view is drawn again once a step. */
export function useServerNow(stepMs = 1000): number {
  const { clock } = useServices();
  const [ticker] = useState(() => (listener: () => void) => {
    const timer = setInterval(listener, Math.min(stepMs, 250));
    return () => clearInterval(timer);
  });
  return useSyncExternalStore(ticker, () => Math.floor(clock.now() / stepMs) * stepMs);
}

/** Known to be there below the window's frame, which draws nothing else until it is. */
export function useAppState(): AppState {
  const state = useStore(useServices().app).value;
  if (state === null) throw new Error('A view was drawn before main had answered.');
  return state;
}

export function useAccount(): Account {
  const { current } = useAppState();
  if (current === null) throw new Error('A view was drawn before anybody was enrolled.');
  return current;
}

export function useHasRole(role: Role): boolean {
  return useAppState().current?.roles.includes(role) ?? false;
}

import type { Outcome } from '../../contract/errors.ts';
import type { Loadable } from './loadable.ts';
import { LOADING, settle, upsert } from './loadable.ts';
import type { ReadableStore } from './store.ts';
import { createStore } from './store.ts';

/** A list of main, mirrored: loaded when first asked for, kept up to date by events, loaded anew after a change of account. */
export interface ListStore<T> extends ReadableStore<Loadable<T[]>> {
  load(): Promise<void>;
  put(entry: T): void;
  /** Forgets everything: what one account may see is not another's. */
  clear(): void;
}

export function createListStore<T extends { readonly id: string }>(
  ask: () => Promise<Outcome<T[]>>,
): ListStore<T> {
  const store = createStore<Loadable<T[]>>(LOADING);
  let generation = 0;
  return {
    get: store.get,
    subscribe: store.subscribe,
    async load() {
      generation += 1;
      const mine = generation;
      const outcome = await ask();
      if (mine === generation) store.set(previous => settle(previous, outcome));
    },
    put(entry) {
      store.set(previous =>
        previous.value === null ? previous : { ...previous, value: upsert(previous.value, entry) },
      );
    },
    clear() {
      generation += 1;
      store.set(LOADING);
    },
  };
}

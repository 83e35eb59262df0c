import type { EventName, EventOf } from '../../contract/ipc.ts';
import { isEventName, parseEvent } from './answer.ts';

type Listener = (payload: never) => void;

/** Subscriptions by event name; `deliver` parses once and calls each listener. */
export interface EventListeners {
  add<N extends EventName>(name: N, listener: (payload: EventOf<N>) => void): () => void;
  deliver(name: string, payload: unknown): void;
}

export function createEventListeners(): EventListeners {
  const byName = new Map<EventName, Set<Listener>>();
  return {
    add(name, listener) {
      const listeners = byName.get(name) ?? new Set<Listener>();
      byName.set(name, listeners);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    deliver(name, payload) {
      if (!isEventName(name)) return;
      const parsed = parseEvent(name, payload);
      if (parsed === null) return;
      // safe: only `add` fills the set, with listeners of the payload of this very name
      for (const listener of byName.get(name) ?? []) listener(parsed as never);
    },
  };
}

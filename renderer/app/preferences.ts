import { z } from 'zod';
import type { Store } from './store.ts';
import { createStore } from './store.ts';

/** How one person likes this window; kept in the browser's storage, never anything about access. */
export const Preferences = z.object({
  theme: z.enum(['system', 'dark', 'light']).default('system'),
  fontSize: z.number().min(8).max(32).default(14),
  /** an accessible copy of the terminal's lines, for screen readers */
  isScreenReaderOn: z.boolean().default(false),
});
export type Preferences = z.infer<typeof Preferences>;

const KEY = 'sallyport.preferences';

/** A store that remembers; storage that is full, forbidden or unreadable only means that nothing is remembered. */
export function createPreferences(storage: Storage): Store<Preferences> {
  const store = createStore(read(storage));
  store.subscribe(() => {
    try {
      storage.setItem(KEY, JSON.stringify(store.get()));
    } catch {
      // a private window may refuse storage: the preference holds until the window closes
    }
  });
  return store;
}

function read(storage: Storage): Preferences {
  try {
    return Preferences.parse(JSON.parse(storage.getItem(KEY) ?? '{}'));
  } catch {
    return Preferences.parse({});
  }
}

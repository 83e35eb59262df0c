import type { Preferences } from '../app/preferences.ts';
import type { ReadableStore } from '../app/store.ts';

export type Theme = 'dark' | 'light';

/** The theme that is drawn: the person's choice, else the system's. */
export function shownTheme(choice: Preferences['theme'], page: Pick<Window, 'matchMedia'>): Theme {
  if (choice !== 'system') return choice;
  return page.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

/** Keeps `data-theme` of the document in step with the choice and with the system. */
export function followTheme(preferences: ReadableStore<Preferences>, page: Window): void {
  const apply = () => {
    page.document.documentElement.dataset['theme'] = shownTheme(preferences.get().theme, page);
  };
  preferences.subscribe(apply);
  page.matchMedia('(prefers-color-scheme: light)').addEventListener('change', apply);
  apply();
}

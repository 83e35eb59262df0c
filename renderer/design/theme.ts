import type { Preferences } from '../app/preferences.ts';
import type { ReadableStore } from '../app/store.ts';

export type Theme = 'dark' | 'light';

const LIGHT = '(prefers-color-scheme: light)';
const MORE_CONTRAST = '(prefers-contrast: more)';

/** The theme that is drawn: the person's choice, else the system's. */
export function shownTheme(choice: Preferences['theme'], page: Pick<Window, 'matchMedia'>): Theme {
  if (choice !== 'system') return choice;
  return page.matchMedia(LIGHT).matches ? 'light' : 'dark';
}

/** Whether either theme is drawn in its high contrast: the person's choice, else the system's. */
export function isHighContrast(choice: Preferences['contrast'], page: Pick<Window, 'matchMedia'>): boolean {
  return choice === 'system' ? page.matchMedia(MORE_CONTRAST).matches : choice === 'high';
}

/** Keeps `data-theme`, `data-contrast` and `data-density` of the document in step with the choices and with the system. */
export function followTheme(preferences: ReadableStore<Preferences>, page: Window): void {
  const apply = () => {
    const { theme, contrast, density } = preferences.get();
    const { dataset } = page.document.documentElement;
    dataset['theme'] = shownTheme(theme, page);
    dataset['contrast'] = isHighContrast(contrast, page) ? 'high' : 'usual';
    dataset['density'] = density;
  };
  preferences.subscribe(apply);
  for (const query of [LIGHT, MORE_CONTRAST]) page.matchMedia(query).addEventListener('change', apply);
  apply();
}

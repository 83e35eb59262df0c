import type { Preferences } from '../app/preferences.ts';
import type { ReadableStore } from '../app/store.ts';
import { createStore } from '../app/store.ts';
import { english } from './en/english.ts';
import { setLocale } from './format.ts';
import type { Texts } from './t.ts';
import { setTexts } from './t.ts';

export type Language = Exclude<Preferences['language'], 'system'>;

interface Translation {
  /** of numbers and dates, BCP 47 */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** all but English are a chunk of their own, which is loaded when somebody reads it */
  readonly load: () => Promise<Texts>;
}

export const TRANSLATIONS: Readonly<Record<Language, Translation>> = {
  en: { locale: 'en-GB', direction: 'ltr', load: async () => english },
  de: { locale: 'de-DE', direction: 'ltr', load: async () => (await import('./de/german.ts')).german },
};

/** The language that is shown: the person's choice, else the first of the system's that there is, else English. */
export function shownLanguage(choice: Preferences['language'], system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const primary = system.map(tag => tag.toLowerCase().split('-')[0]);
  return primary.find(tag => tag === 'en' || tag === 'de') ?? 'en';
}

/**
 * Keeps the window's texts, and `lang` and `dir` of the document, in step with the choice and with the system. Resolves when the first
 * language is in force, to what tells of the next ones. A language that cannot be loaded leaves the one before.
 */
export async function followLanguage(
  preferences: ReadableStore<Preferences>,
  page: Window,
): Promise<ReadableStore<Language>> {
  const shown = createStore<Language>('en');
  let wanted: Language = 'en';
  const apply = async () => {
    const language = shownLanguage(preferences.get().language, page.navigator.languages);
    if (language === wanted) return;
    wanted = language;
    const { locale, direction, load } = TRANSLATIONS[language];
    const texts = await load().catch(() => null);
    // another one was chosen meanwhile
    if (language !== wanted) return;
    if (texts === null) {
      wanted = shown.get();
      return;
    }
    setLocale(locale);
    setTexts(texts);
    const { documentElement } = page.document;
    documentElement.lang = language;
    documentElement.dir = direction;
    shown.set(language);
  };
  preferences.subscribe(() => void apply());
  page.addEventListener('languagechange', () => void apply());
  await apply();
  return { get: shown.get, subscribe: shown.subscribe };
}

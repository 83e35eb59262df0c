import { afterEach, expect, test } from 'vitest';
import { USUAL_PREFERENCES } from '../app/preferences.ts';
import { agoWords, byteWords, dateAndTime, durationWords } from '../app/duration-words.ts';
import { createStore } from '../app/store.ts';
import { english } from './en/english.ts';
import { list, number, setLocale } from './format.ts';
import { followLanguage, shownLanguage } from './language.ts';
import { setTexts, t } from './t.ts';

afterEach(() => {
  setLocale('en-GB');
  setTexts(english);
});

test.each([
  ['system', ['fr-CH', 'de-CH', 'en'], 'de'],
  ['system', ['en-US', 'de'], 'en'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
  ['de', ['en-US'], 'de'],
  ['en', ['de-DE'], 'en'],
] as const)('%s with a system that speaks %j is shown in %s', (choice, system, shown) => {
  expect(shownLanguage(choice, system)).toBe(shown);
});

function fakePage(languages: readonly string[]) {
  const documentElement = { lang: 'en', dir: '' };
  const page = { navigator: { languages }, document: { documentElement }, addEventListener: () => undefined };
  // safe: followLanguage reads nothing else of a window
  return { page: page as unknown as Window, documentElement };
}

test('a choice changes texts, numbers, dates and the document’s language without a reload', async () => {
  const preferences = createStore(USUAL_PREFERENCES);
  const { page, documentElement } = fakePage(['en-GB']);
  const language = await followLanguage(preferences, page);
  expect(t.settings.title).toBe('Settings');
  const changed = new Promise<void>(resolve => language.subscribe(resolve));
  preferences.set(previous => ({ ...previous, language: 'de' }));
  await changed;
  expect(language.get()).toBe('de');
  expect(documentElement).toEqual({ lang: 'de', dir: 'ltr' });
  expect(t.settings.title).toBe('Einstellungen');
  expect(t.settings.lines(1)).toBe('1 Zeile');
  expect(t.settings.lines(12_000)).toBe('12.000 Zeilen');
  expect(durationWords(3_900_000)).toBe('1 Stunde 5 Minuten');
  expect(agoWords(7_200_000)).toBe('vor 2 Stunden');
  expect(byteWords(3_400_000)).toBe('3,4 MB');
  expect(number(1234.5)).toBe('1.234,5');
  expect(list(['a', 'b', 'c'])).toBe('a, b und c');
  expect(dateAndTime(new Date(2026, 2, 12, 14, 3).getTime())).toBe('12.03.2026, 14:03');
});

test('the system’s language is in force before anything is drawn', async () => {
  const { page, documentElement } = fakePage(['de-AT']);
  await followLanguage(createStore(USUAL_PREFERENCES), page);
  expect(documentElement.lang).toBe('de');
  expect(t.common.cancel).toBe('Abbrechen');
});

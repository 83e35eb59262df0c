import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test } from 'vitest';
import { german } from './de/german.ts';
import { english } from './en/english.ts';
import { setLocale } from './format.ts';

type Message = (...parameters: number[]) => ReactNode;
/** sections of texts; some hold texts by a key of the contract */
interface Catalogue {
  readonly [key: string]: string | Message | Catalogue;
}

// safe: a catalogue holds texts, messages and catalogues, and messages put their parameters into words whatever these are
const LANGUAGES = {
  en: english as unknown as Catalogue,
  de: german as unknown as Catalogue,
} as const;
const LOCALES = { en: 'en-GB', de: 'de-DE' } as const;
/** told apart from everything that messages say */
const PARAMETERS = [41, 43, 47, 53];

afterEach(() => setLocale(LOCALES.en));

/** Every text by its path; messages with parameters that are found again in them. */
function spoken(language: keyof typeof LANGUAGES): Map<string, string> {
  setLocale(LOCALES[language]);
  const texts = new Map<string, string>();
  const walk = (catalogue: Catalogue, path: string) => {
    for (const [key, text] of Object.entries(catalogue)) {
      const at = path === '' ? key : `${path}.${key}`;
      if (typeof text === 'string') texts.set(at, text);
      else if (typeof text === 'function') texts.set(at, plain(text(...PARAMETERS.slice(0, text.length))));
      else walk(text, at);
    }
  };
  walk(LANGUAGES[language], '');
  return texts;
}

function plain(message: ReactNode): string {
  return typeof message === 'string' ? message : renderToStaticMarkup(message).replaceAll(/<[^>]*>/g, '');
}

const parametersIn = (text: string) => PARAMETERS.filter(parameter => text.includes(String(parameter)));

test('every language has every text, and no other', () => {
  expect([...spoken('de').keys()].sort()).toEqual([...spoken('en').keys()].sort());
});

test.each(['en', 'de'] as const)('no text of %s is empty', language => {
  expect([...spoken(language)].filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('a message says the same parameters in every language', () => {
  const de = spoken('de');
  const differing = [...spoken('en')].filter(
    ([key, text]) => parametersIn(text).join() !== parametersIn(de.get(key) ?? '').join(),
  );
  expect(differing.map(([key, text]) => `${key}: ${text} / ${de.get(key)}`)).toEqual([]);
});

test('a sentence of several words is another one in German', () => {
  const de = spoken('de');
  const same = [...spoken('en')].filter(
    ([key, text]) => de.get(key) === text && (text.match(/\b[a-z]{2,}/g) ?? []).length > 1,
  );
  expect(same.map(([key, text]) => `${key}: ${text}`)).toEqual([]);
});

test('every text is read by some view', () => {
  const sources = sourcesBelow(fileURLToPath(new URL('..', import.meta.url)));
  const read = new Set<string>();
  for (const source of sources) {
    for (const [, section, key] of source.matchAll(/\bt\.(\w+)\??\.(\w+)/g)) read.add(`${section}.${key}`);
    for (const [, section] of source.matchAll(/\bt\.(\w+)\[/g)) read.add(`${section}.*`);
    for (const [, keys = '', section] of source.matchAll(/\{([\w\s,:]*)\} = t\.(\w+);/g))
      for (const key of keys.split(',')) read.add(`${section}.${key.split(':')[0]?.trim()}`);
  }
  const unread = Object.entries(english).flatMap(([section, texts]) =>
    Object.keys(texts)
      .map(key => `${section}.${key}`)
      .filter(path => !read.has(path) && !read.has(`${section}.*`)),
  );
  expect(unread).toEqual([]);
});

/** Of the renderer without the catalogue and without tests. */
function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.includes('.test.') && !/^texts[\\/]/.test(name))
    .map(name => readFileSync(`${folder}/${name}`, 'utf8'));
}

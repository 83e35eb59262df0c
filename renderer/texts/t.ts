import { english } from './en/english.ts';

/** Every text of the window. English is the source: another language has the same keys, and messages with the same parameters. */
export type Texts = typeof english;

/**
 * The texts in the window's language, read when something is drawn: `t.settings.title`, `t.settings.lines(12)`. Not to be read while a
 * module is loaded, where the language is not known yet (eslint.config.js).
 */
export let t: Texts = english;

/** For language.ts, which is the only one to change it. */
export function setTexts(texts: Texts): void {
  t = texts;
}

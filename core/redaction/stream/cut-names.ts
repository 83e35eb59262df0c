import { KEY_LEXICON } from '../detect/context/lexicon.ts';

/** Two letters are the end or the beginning of anything. */
const MIN_LENGTH = 3;
const KEYS: readonly string[] = KEY_LEXICON.flatMap(({ keys }) => keys.map(key => key.replaceAll(' ', '_')));

/** Whether what an edge has left of a column's name is the beginning of one that is hidden: `pes` of `pesel`, `billing_em`. */
export function beginsAsKey(name: string): boolean {
  const words = partsOf(name);
  return words.some(
    (_, i) => words.slice(i).join('_').length >= MIN_LENGTH && startsKey(words.slice(i).join('_')),
  );
}

/** Whether it is the end of one: `i_key` of `api_key`. */
export function endsAsKey(name: string): boolean {
  const end = partsOf(name).join('_');
  return end.length >= MIN_LENGTH && KEYS.some(key => key.endsWith(end));
}

const partsOf = (name: string): readonly string[] => name.toLowerCase().split(/[_ ]/);
const startsKey = (text: string): boolean => KEYS.some(key => key.startsWith(text));

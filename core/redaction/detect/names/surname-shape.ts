import { foldName } from '../../gazetteer/fold-name.ts';

/**
 * Endings that family names have and hardly any other word has: patronymics and derivations of the Nordic, Slavic, Baltic, Greek,
 * Armenian, Georgian, Romanian, Turkish and German languages, as grammars of these languages list them.
 */
const UNMISTAKABLE =
  /(?:..sson|dottir|dotter|ovic|evic|ovich|evich|wicz|owski|owska|ewski|ewska|inski|inska|[a-z]{3}czyk|opoulos|opoulou|akopoulos|shvili|escu|enko|chenko|auskas|aitis|iene|oglu|[a-z]{2}strom|qvist|kvist|quist|gaard|akis|idis|yan|ovna|ovskaya|ovsky|evsky|ovskij|ский|ская|енко|ович|евич|овна|евна|швили|опоулοσ|οπουλοσ|οπουλου|ιδησ|ακησ)$/;
const LIKELY =
  /(?:[a-z]{2}(?:sen|nen|mann|ov|ova|ev|eva|berg|lund|stein|iani|ello|elli|etti|ucci|acci|ez|ski|ska|sky|skaya|dze|ic|ich|feld|bauer|maier|meyer|hammer|macher|rud|stad|gren|dal|ak|uk|ek|ko)|ов|ова|ев|ева|ин|ина|ук|юк)$/;
/** Ending that needs its accent: Czech and Slovak `Nováková`, Slavic `Petrović`. */
const ACCENTED = /(?:\p{L}{2}ov[áà]|\p{L}{2}[čć]|\p{L}{3}ý|\p{L}{2}ić)$/u;

/** How much a word looks like a family name by its form alone. */
export function surnameShape(word: string): 'unmistakable' | 'likely' | null {
  if (word.length < 5) return null;
  const lower = word.toLowerCase();
  if (ACCENTED.test(lower)) return 'unmistakable';
  if (/^(?:Mc|O['’])\p{Lu}\p{Ll}{2}/u.test(word)) return 'unmistakable';
  const folded = foldName(word);
  if (UNMISTAKABLE.test(folded)) return 'unmistakable';
  return LIKELY.test(folded) ? 'likely' : null;
}

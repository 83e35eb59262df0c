import type { OpenCandidate } from '../../line-detector.ts';
import { ENDS_AS_STREET } from './street-forms.ts';

const REACH = 64;
/** A house number and capitalised words behind it, at the end of a growing line. */
const NUMBER_FIRST = /(?<![\p{L}\d.:/_-])\d{1,5}[A-Za-z]?,? (?:\p{L}[\p{L}\p{M}'’.-]{0,29} ?){1,4}$/u;
/** One or two capitalised words, a blank behind them. */
const NAME_FIRST =
  /(?<![\p{L}\d.:/_-])(?:\p{Lu}[\p{L}\p{M}'’.-]{1,29} ){0,2}(\p{Lu}[\p{L}\p{M}-]{3,29})\.? $/u;

/** A street word in small letters, particles behind it: `10 rue de `. */
const SMALL_STREET =
  /^\d+[a-z]?,? (?:bis |ter )?(?:rue|avenue|boulevard|chemin|allée|impasse|quai|place|cours|calle|via|viale|rua|ulica|ul\.?)(?:$| )|^\d+,? (?:bis|ter|quater)(?:$| )/;

/** A street that may go on: `24 Oak ` before its street word, `Hauptstraße ` before its number. */
export function streetTail(line: string): OpenCandidate | null {
  const from = Math.max(0, line.length - REACH);
  const text = line.slice(from);
  const number = NUMBER_FIRST.exec(text);
  if (number !== null && (/\p{Lu}/u.test(number[0]) || SMALL_STREET.test(number[0])))
    return { start: from + number.index, strength: 'weak' };
  const name = NAME_FIRST.exec(text);
  return name !== null && ENDS_AS_STREET.test(name[1] ?? '')
    ? { start: from + name.index, strength: 'weak' }
    : null;
}

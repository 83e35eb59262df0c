import type { OpenCandidate } from '../../line-detector.ts';
import type { KnownWord, WordKnowledge } from './known-word.ts';

const REACH = 64;
const MAIL_REACH = 240;
/** Capitalised words, initials and particles at the end of a growing line, a blank behind them or not. */
const TAIL =
  /(?<![\p{L}\p{M}\d_/\\.@#$-]|::)\p{Lu}[\p{L}\p{M}'’-]{0,29}\.?(?: (?:\p{Lu}[\p{L}\p{M}'’-]{0,29}\.?|(?:van|von|de|der|den|la|di|da|del|bin|ten|ter)(?= |$)))*(?:,? ?|, \p{Lu}[\p{L}\p{M}'’-]{0,29}"?(?: <?)?| \p{Ll}{1,3})$/u;

/** `Wei Zhang <wei@`: the address behind it says that it is a name. */
const MAILED =
  /(?<![\p{L}\p{M}\d])"?\p{Lu}[\p{L}\p{M}'’.-]{0,29}(?: \p{Lu}[\p{L}\p{M}'’.-]{0,29}){1,3}"? <[\w.+-]{0,64}(?:@[\w.-]{0,64})?$/u;

/** A name that may go on: a given name waits for its family name as long as a split chunk takes. */
export function nameTail(line: string, known: WordKnowledge): OpenCandidate | null {
  const mailed = /<[^<>]{0,128}$/.test(line.slice(-MAIL_REACH)) ? MAILED.exec(line.slice(-MAIL_REACH)) : null;
  if (mailed !== null) {
    const window = Math.max(0, line.length - MAIL_REACH);
    return { start: window + mailed.index, strength: 'weak' };
  }
  const from = Math.max(0, line.length - REACH);
  const match = TAIL.exec(line.slice(from));
  if (match === null) return null;
  let start = from + match.index;
  for (const word of match[0].split(' ')) {
    const bare = word.replace(/[.,]$/, '');
    if (bare.length === 1 || (bare !== '' && mayBegin(known(bare)))) return { start, strength: 'weak' };
    start += word.length + 1;
  }
  return null;
}

/** A word that no list knows may be either. */
function mayBegin(word: KnownWord): boolean {
  return (
    word.isGiven || word.isFamily || word.shape !== null || !(word.isStop || word.isWord || word.isPlace)
  );
}

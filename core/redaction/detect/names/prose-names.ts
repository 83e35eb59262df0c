import { foldName } from '../../gazetteer/fold-name.ts';
import type { KnownWord } from './known-word.ts';
import type { NameLine } from './name-pairs.ts';
import { NAME_OF_THING, PLACE_HEADS } from './name-stops.ts';
import type { NameToken } from './name-token.ts';

/** Words in front of which a person is addressed, quoted or introduced. */
const BEFORE = new Set(
  `hi hello hey dear thanks thank says said asks asked told tells call calls called named kid son daughter wife husband brother sister friend mother father uncle aunt boss
  colleague neighbour neighbor cousin boyfriend girlfriend fiancé mr mrs ms miss dr sir ask tell meet met contact hallo hola bonjour ciao cher chère
  liebe lieber querido querida caro cara`.split(/\s+/),
);
/** Of these, the ones that only a person's name follows, known or not. */
const INTRODUCING = new Set(
  'hi hello hey dear says said kid son daughter wife husband brother sister friend mother father uncle aunt boss cousin boyfriend girlfriend mrs'.split(
    ' ',
  ),
);
/** Words behind a person: what only people do. */
const AFTER = new Set(
  `says said asks asked told tells lives lived works worked wrote writes shouted shouts went came wants wanted needs needed likes loves thinks thought knows knew
  replied answered married died gave called had who whose 's sagt sagte wohnt dit habite vive dice`.split(
    /\s+/,
  ),
);

/** A single name in a sentence about people; null if the token is none. `score` is low: there is no second word to confirm it. */
export function singleNameAt(
  text: NameLine,
  at: number,
): { readonly score: number; readonly evidence: string } | null {
  const token = text.tokens[at];
  if (token === undefined || !isCandidate(token) || hasCapitalNeighbour(text, at)) return null;
  const word = text.known(token.text);
  if (word.isStop) return null;
  if (NAME_OF_THING.has(foldName(token.text)) || isSmallWord(token.text)) return null;
  const beside = besidePeopleWord(text, at);
  if (beside !== null && (word.isGiven || word.isFamily || word.shape !== null))
    return { score: 0.6, evidence: 'known name beside a word about people' };
  if (beside === 'introduced' && !word.isWord)
    return { score: 0.5, evidence: 'capitalised word behind a word that introduces people' };
  if (isUnmistakable(word) || (isSentenceStart(text, at) && isPlainGiven(word)))
    return { score: 0.55, evidence: 'known name in a sentence about people' };
  return isListed(text, at) ? { score: 0.55, evidence: 'known name among other names' } : null;
}

function isCandidate(token: NameToken): boolean {
  return token.isCapital && !token.isCaps && !token.isProgram && token.text.length >= 3;
}

/** `By`, `Guy`, `You`: too short to be told from the first word of a sentence. */
function isSmallWord(text: string): boolean {
  return /^(?:By|Guy|You|Your|Our|My|And|But|So|If|It|We|He|She|They|The|This|That|Sir|Madam|Man|Boy|Frau|Herr|Mutter|Vater|Bruder|Schwester|Sohn|Tochter|Madame|Monsieur|Señora?)$/.test(
    text,
  );
}

function isPlainGiven(word: KnownWord): boolean {
  return word.isGiven && !word.isWord && !word.isPlace;
}

function isUnmistakable(word: KnownWord): boolean {
  if (word.isWord || word.isPlace) return false;
  return word.isGiven || word.isFamily || word.shape === 'unmistakable';
}

function hasCapitalNeighbour({ line, tokens, known }: NameLine, at: number): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (token === undefined) return true;
  if (after?.isCapital === true && line.slice(token.end, after.start) === ' ' && !token.isPossessive)
    return true;
  if (after !== undefined && line.slice(token.end, after.start) === ' ' && NAME_OF_THING.has(after.text)) {
    if (after.text !== 'series' && after.text !== 'team') return true;
  }
  if (before?.isCapital !== true || line.slice(before.end, token.start) !== ' ') return false;
  return (
    PLACE_HEADS.has(foldName(before.text)) ||
    !(BEFORE.has(before.text.toLowerCase()) || known(before.text).isStop)
  );
}

function isSentenceStart({ line, tokens }: NameLine, at: number): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  const before = line.slice(Math.max(0, token.start - 3), token.start).trimEnd();
  return before === '' || /[.!?]["”»)]?$/.test(before);
}

/** Whether a word about people stands directly before or behind; the strongest of them before it. */
function besidePeopleWord({ line, tokens }: NameLine, at: number): 'introduced' | 'beside' | null {
  const token = tokens[at];
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (token === undefined) return null;
  const word = before?.text.toLowerCase() ?? '';
  if (before !== undefined && BEFORE.has(word) && /^[ .,:]{1,2}$/.test(line.slice(before.end, token.start)))
    return INTRODUCING.has(word) ? 'introduced' : 'beside';
  const isActing = after !== undefined && AFTER.has(after.text) && line.slice(token.end, after.start) === ' ';
  return isActing ? 'beside' : null;
}

/** One of at least two names that a comma or a word for `and` joins. */
function isListed({ line, tokens, known }: NameLine, at: number): boolean {
  const isNameAt = (index: number): boolean => {
    const token = tokens[index];
    if (token === undefined || !isCandidate(token)) return false;
    const word = known(token.text);
    return !word.isStop && (isUnmistakable(word) || word.isFamily || word.isGiven || word.shape !== null);
  };
  const joined = (left: number, right: number): boolean => {
    const gap = line.slice(tokens[left]?.end, tokens[right]?.start);
    return /^(?:, | & |,? (?:and|und|et|y|e|och|en|i) )$/.test(gap);
  };
  const step = (from: number, direction: 1 | -1): number => {
    const next = from + direction;
    const [left, right] = direction === 1 ? [from, next] : [next, from];
    if (joined(left, right)) return next;
    const over = from + 2 * direction;
    const [farLeft, farRight] = direction === 1 ? [from, over] : [over, from];
    return joined(farLeft, farRight) ? over : -1;
  };
  const neighbours = [step(at, 1), step(at, -1)].filter(index => index >= 0 && index < tokens.length);
  if (!isNameAt(at) && neighbours.length < 2) return false;
  return neighbours.some(
    index => isNameAt(index) && tokens[index] !== undefined && isUnmistakable(known(tokens[index].text)),
  );
}

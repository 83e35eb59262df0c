import type { KnownWord, WordKnowledge } from './known-word.ts';
import { foldName } from '../../gazetteer/fold-name.ts';
import {
  NAME_LABELS,
  NAME_OF_THING,
  NAME_SUFFIX,
  NAME_SUFFIX_WORD,
  PARTICLES,
  PLACE_HEADS,
} from './name-stops.ts';
import type { NameToken } from './name-token.ts';

/** A name of two or more words that stand next to each other. */
export interface NamePair {
  readonly start: number;
  readonly end: number;
  /** Index of the first token behind it. */
  readonly next: number;
  readonly score: number;
  readonly evidence: string;
}

export interface NameLine {
  readonly line: string;
  readonly tokens: readonly NameToken[];
  readonly known: WordKnowledge;
  /** Words about people stand in the line: sentences, not records. */
  readonly isProse: boolean;
}

const MAX_PARTS = 6;

interface Part {
  readonly token: NameToken;
  readonly index: number;
  readonly word: KnownWord;
}

/** The name that begins at a token; null if none does. */
export function namePairAt(text: NameLine, at: number): NamePair | null {
  const listed = listedName(text, at);
  if (listed !== null) return listed;
  const parts = partsFrom(text, at);
  if (parts.length < 2 || isBehindPlaceHead(text, at)) return null;
  for (let count = Math.min(parts.length, MAX_PARTS); count >= 2; count--) {
    const taken = parts.slice(0, count);
    const judged = judge(taken, text);
    const last = taken.at(-1);
    if (judged === null || last === undefined || last.token.isInitial) continue;
    if (isNameOfThing(text, last)) return null;
    const suffix = NAME_SUFFIX.exec(text.line.slice(last.token.end, last.token.end + 8))?.[0].length ?? 0;
    return {
      start: taken[0]?.token.start ?? 0,
      end: last.token.end + suffix,
      next: last.index + 1,
      ...judged,
    };
  }
  return null;
}

/** Capitalised words and initials one blank apart, with particles between them. */
function partsFrom({ line, tokens, known }: NameLine, at: number): readonly Part[] {
  const parts: Part[] = [];
  let before: NameToken | null = null;
  for (let i = at; i < tokens.length && parts.length < MAX_PARTS; i++) {
    const token = tokens[i];
    if (token === undefined || token.isProgram) break;
    if (before !== null && !isNextTo(line, before, token)) break;
    before = token;
    if (!token.isCapital) {
      if (parts.length === 0 || !PARTICLES.has(token.text)) break;
      continue;
    }
    if (parts.length > 1 && NAME_SUFFIX_WORD.test(token.text)) break;
    parts.push({ token, index: i, word: known(token.text) });
    if (token.isPossessive) break;
  }
  return parts;
}

/** One blank between two words; behind an initial, a full stop before it or instead of it. */
function isNextTo(line: string, left: NameToken, right: NameToken): boolean {
  if (left.isPossessive) return false;
  const gap = line.slice(left.end, right.start);
  return gap === ' ' || gap === '\u00a0' || (left.isInitial && (gap === '. ' || gap === '.'));
}

type Judged = { readonly score: number; readonly evidence: string } | null;

const strong = (evidence: string): Judged => ({ score: 0.75, evidence });
const medium = (evidence: string): Judged => ({ score: 0.6, evidence });

/** Whether words, initials and all, are a name. */
function judge(parts: readonly Part[], text: NameLine): Judged {
  const words = parts.filter(part => !part.token.isInitial);
  const first = parts[0];
  const family = parts.at(-1);
  if (first === undefined || family === undefined) return null;
  if (words.some(part => part.word.isStop && !(part === family && isBehindInitial(parts)))) return null;
  const caps = words.filter(part => part.token.isCaps).length;
  if (caps > 0) return judgeCaps(parts, caps);
  if (first.token.isInitial) return judgeInitials(parts, words, text);
  const given = first.word;
  const last = family.word;
  const hasInitial = parts.length > words.length;
  const isLastKnown = last.isFamily || last.isGiven;
  if (given.isGiven && !given.isWord) {
    if (last.isFamily) return strong('given name and family name');
    if (last.shape !== null || hasInitial) return strong('given name and the form of a family name');
    if (isLastKnown && last.isWord) return null;
    return medium('given name and a capitalised word that is nothing else');
  }
  if (given.isGiven) {
    const isUnknown = !isLastKnown && !last.isWord && given.isGivenBeforeUnknown;
    if (isUnknown) return medium('given name and a capitalised word that is nothing else');
    if (last.isFamily && !last.isWord) return medium('given name and family name');
    if (last.shape !== null || (hasInitial && !last.isWord))
      return medium('given name and the form of a family name');
    return null;
  }
  if (last.shape === 'unmistakable') return medium('form of a family name behind a capitalised word');
  if (given.isFamily && !given.isWord && last.isGiven && !last.isWord)
    return medium('family name and given name');
  if (last.isFamily && !last.isWord && (text.isProse || last.shape !== null))
    return medium('family name behind a capitalised word');
  if (last.shape === 'likely' && (text.isProse || given.shape !== null || hasInitial))
    return medium('form of a family name behind a capitalised word');
  if (hasInitial && text.isProse && !last.isWord) return medium('initial between two capitalised words');
  const isIntroduced =
    parts.length === 2 && !given.isWord && !last.isWord && isBehindIntroduction(text, first);
  return isIntroduced
    ? { score: 0.5, evidence: 'two capitalised words that nothing else claims, introduced as a person' }
    : null;
}

/** `Helga K Falcon`: behind a given name and an initial, a word of the dictionary is a family name. */
function isBehindInitial(parts: readonly Part[]): boolean {
  const given = parts[0]?.word;
  return given?.isGiven === true && !given.isWord && parts.at(-2)?.token.isInitial === true;
}

/** Words that a person is introduced with: labels of forms, and in sentences about people what one does with persons. */
const LABELS = new Set(NAME_LABELS);
/** `name: X`, `"name":"X"`, `name='X'`, `:name=>"X"`, `<name>X`. */
const LABELLED = /^(?:: {1,12}|["']? {0,2}(?::|=>?) {0,12}["']|>)$/;
const INTRODUCTIONS = new Set([
  'called',
  'named',
  'by',
  'am',
  "i'm",
  'contact',
  'meet',
  'met',
  'with',
  'told',
  'asked',
]);

/** What people are to somebody who writes about them; hardly ever the first part of a thing's name. */
const ROLES = new Set(
  'customer,patient,employee,tenant,passenger,applicant,beneficiary,claimant,policyholder,cardholder,caller,payee,payer,donor,client,guest,visitor,pensioner,defendant,plaintiff,insured'.split(
    ',',
  ),
);

function isBehindIntroduction({ line, tokens, isProse }: NameLine, first: Part): boolean {
  const before = tokens[first.index - 1];
  if (before === undefined || before.isProgram) return false;
  const gap = line.slice(before.end, first.token.start);
  const word = before.text.toLowerCase();
  if (gap === ' ' && ROLES.has(before.text)) return true;
  if (LABELS.has(word) && LABELLED.test(gap)) return !isComponent({ line, tokens }, first.index - 1);
  return isProse && gap === ' ' && INTRODUCTIONS.has(word);
}

/** Words of components of programs (`Session Manager: …`), and what makes them posts of people again (`Line Manager: …`). */
const COMPONENTS = new Set(['manager', 'supervisor', 'reporter', 'sender', 'recipient', 'guardian']);
const OF_PEOPLE = new Set(
  'line,hiring,account,case,project,general,store,branch,sales,shift,legal'.split(','),
);

function isComponent({ line, tokens }: Pick<NameLine, 'line' | 'tokens'>, label: number): boolean {
  const [qualifier, word] = [tokens[label - 1], tokens[label]];
  if (qualifier === undefined || word === undefined || !COMPONENTS.has(word.text.toLowerCase())) return false;
  const isQualified = qualifier.isCapital && line.slice(qualifier.end, word.start) === ' ';
  return isQualified && !OF_PEOPLE.has(qualifier.text.toLowerCase());
}

/** `J. R. Smith`: initials with full stops before a family name. */
function judgeInitials(parts: readonly Part[], words: readonly Part[], { line, isProse }: NameLine): Judged {
  const initials = parts.length - words.length;
  const [family] = words;
  if (words.length !== 1 || family === undefined || family !== parts.at(-1)) return null;
  const isDotted = parts.every(part => !part.token.isInitial || line.charAt(part.token.end) === '.');
  if (!isDotted) return null;
  const { word } = family;
  if (initials >= 2 && (word.isFamily || word.shape !== null)) return medium('initials and family name');
  const isCertain = (word.isFamily && !word.isWord) || word.shape === 'unmistakable';
  return isCertain && isProse ? medium('initial and family name') : null;
}

/** `SMITH JOHN`, `Jean DUPONT`: both words must be known. */
function judgeCaps(parts: readonly Part[], caps: number): Judged {
  const [first, second] = parts;
  if (parts.length !== 2 || first === undefined || second === undefined) return null;
  if (first.token.text.length < 4 || second.token.text.length < 4 || (caps === 1 && first.token.isCaps))
    return null;
  const isName = (given: KnownWord, family: KnownWord): boolean =>
    given.isGiven && !given.isWord && !given.isPlace && family.isFamily && (!family.isWord || caps === 1);
  return isName(first.word, second.word) || isName(second.word, first.word)
    ? medium('given name and family name in capitals')
    : null;
}

/** `Smith, John` and `Novák, J. R.`: a family name, a comma and a given name, at the beginning of a field. */
function listedName({ line, tokens, known }: NameLine, at: number): NamePair | null {
  const family = tokens[at];
  const given = tokens[at + 1];
  if (family === undefined || given === undefined || family.isProgram || given.isProgram) return null;
  if (!family.isCapital || !given.isCapital || given.isInitial || family.isInitial) return null;
  if (line.slice(family.end, given.start) !== ', ' || family.isCaps !== given.isCaps) return null;
  if (at > 0 && /^[ \u00a0]$|,/.test(line.slice(tokens[at - 1]?.end, family.start))) return null;
  if (tokens[at + 2] !== undefined && /^,/.test(line.slice(given.end, given.end + 1))) return null;
  const familyWord = known(family.text);
  const givenWord = known(given.text);
  const isFamily = (familyWord.isFamily && !familyWord.isGiven) || familyWord.shape === 'unmistakable';
  if (!isFamily || !givenWord.isGiven || givenWord.isWord || familyWord.isPlace || givenWord.isPlace)
    return null;
  const initial = /^ \p{Lu}\./u.exec(line.slice(given.end, given.end + 3))?.[0].length ?? 0;
  return {
    start: family.start,
    end: given.end + initial,
    next: at + 2 + (initial > 0 ? 1 : 0),
    score: 0.65,
    evidence: 'family name, comma, given name',
  };
}

/** `San Jose`, `Port Elizabeth`, `University of Georgia Smith`. */
function isBehindPlaceHead({ line, tokens }: NameLine, at: number): boolean {
  const first = tokens[at];
  if (first !== undefined && PLACE_HEADS.has(foldName(first.text))) return true;
  const before = tokens[at - 1];
  if (before === undefined || first === undefined || line.slice(before.end, first.start) !== ' ')
    return false;
  return before.isCapital && PLACE_HEADS.has(foldName(before.text));
}

/** `Vera Sans`: fonts have names of people. */
const FONT = /^(?:Sans|Serif|Mono)$/;

/** `Jane Doe University`, `Martin Luther Street`. */
function isNameOfThing({ line, tokens }: NameLine, last: Part): boolean {
  if (FONT.test(last.token.text)) return true;
  if (NAME_OF_THING.has(foldName(last.token.text)) && !last.word.isFamily) return true;
  const after = tokens[last.index + 1];
  if (after?.isCapital !== true || !/^(?: |, )$/.test(line.slice(last.token.end, after.start))) return false;
  return NAME_OF_THING.has(foldName(after.text)) && !after.isInitial;
}

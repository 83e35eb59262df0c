import { isLetter, isSpace, isWordChar } from '../characters.ts';
import type { Anchor } from '../gate/gate.ts';
import type { WordKnowledge } from './known-word.ts';
import { PARTICLES } from './name-stops.ts';

const MAX_NAMES = 4;
/** Capitalised words that follow a salutation without being a name. */
const NOT_NAMES = new Set(
  'Sir,Madam,Sirs,All,Team,Customer,Customers,Support,User,Users,Friend,Friends,Colleague,Colleagues,President,Chairman,Minister,Speaker,The,And,This,Hiring,Client,Valued,Who,Name,Is,Not,Unknown,None,Null,Required,Invalid,Server,Host,Service,Mr,Mrs,Ms,Dr,Kollegen,Damen,Herren,Members,Sales,HR'.split(
    ',',
  ),
);
const NAME = /\p{Lu}[\p{L}\p{M}]*(?:['’`-]\p{Lu}?[\p{L}\p{M}]+)*\.?/uy;
const SMALL = /^[ .:]{1,2}(\p{Ll}[\p{L}\p{M}'’-]{2,30})(?: (\p{Ll}[\p{L}\p{M}'’-]{1,30}))?/u;

export interface NameSpan {
  readonly start: number;
  readonly end: number;
}

/** The name behind a title, a salutation or a phrase such as `my name is`; null if something else stands there. */
export function introducedName(line: string, anchor: Anchor, known: WordKnowledge): NameSpan | null {
  const { literal, start, end } = anchor;
  if (HOLDERS.has(literal.text)) return heldName(line, end, known);
  const isPhrase = literal.text.includes(' ');
  if (isQuestion(literal.text)) return answeredName(line, end);
  if (!isPhrase && !isTitle(line, start)) return smallTitle(line, start) ? smallName(line, end, known) : null;
  const name = isPhrase && line.charAt(end) === '.' ? null : nameAfter(line, end);
  if (name === null) return isPhrase && isAboutPeople(literal.text) ? smallName(line, end, known) : null;
  return literal.text === 'name is' && isCode(line, start, name) ? null : name;
}

/** Keys that in programs name other things too: only behind a sign, and only what is written as a name. */
const HOLDERS: ReadonlySet<string> = new Set(['holder', 'inhaber', 'titular', 'titulaire']);
const HELD =
  /^["']?\s{0,8}[:=]\s{0,8}["']?(\p{Lu}[\p{L}\p{M}'’-]*\.?(?: \p{Lu}[\p{L}\p{M}'’-]*\.?){1,3})(?=["']?\s*(?:$|[,;|)}\]]))/u;

/** `holder: JANE Q DOE`, as it is printed on a card. */
function heldName(line: string, end: number, known: WordKnowledge): NameSpan | null {
  const name = HELD.exec(line.slice(end, end + 120))?.[1];
  if (name === undefined) return null;
  const words = name.split(' ').filter(word => word.replace('.', '').length > 1);
  const stops = words.filter(word => known(word).isStop).length;
  const isCaps = !/\p{Ll}/u.test(name);
  if (words.length === 0 || (isCaps ? stops === words.length : stops > 0)) return null;
  const start = line.indexOf(name, end);
  return { start, end: start + name.length };
}

/** `Your full name? Qwxby`: the words end in `name`, and a question mark follows. */
function isQuestion(phrase: string): boolean {
  return phrase.endsWith(' name');
}

function isAboutPeople(phrase: string): boolean {
  return phrase !== 'name is' && phrase !== 'i am' && phrase !== 'signed by';
}

/** The capitalised words that answer a question for a name, a speaker's label in between or not. */
function answeredName(line: string, end: number): NameSpan | null {
  const gap = /^ ?\?["”]?(?: (?:\p{Lu}\p{Ll}{2,9}|user|bot): ?| ?[-–>] ?| )/u.exec(
    line.slice(end, end + 40),
  )?.[0];
  if (gap === undefined) return null;
  const name = nameAfter(line, end + gap.length - 1);
  return name !== null && /^[.!]?\s*$/.test(line.slice(name.end, name.end + 4)) ? name : null;
}

/** `(name: string): name is Entity` in a program, `whose name is HEAD` in its manual. */
function isCode(line: string, start: number, name: NameSpan): boolean {
  const before = line.slice(Math.max(0, start - 3), start).trimEnd();
  return /[:)]$/.test(before) || !/\p{Ll}/u.test(line.slice(name.start, name.end));
}

/** `Mr`, not `MR_` or the `Ms` of `nowMs`. */
function isTitle(line: string, start: number): boolean {
  return isFree(line, start) && /^\p{Lu}\p{Ll}/u.test(line.slice(start, start + 2));
}

function isFree(line: string, start: number): boolean {
  if (start === 0) return true;
  const before = line.charCodeAt(start - 1);
  return !isWordChar(before) && !isLetter(before);
}

/** `mr.`, `mrs.`: written small, they need their full stop. */
function smallTitle(line: string, start: number): boolean {
  return isFree(line, start) && /^(?:m(?:r|rs|s)|dr|prof)\. /.test(line.slice(start, start + 6));
}

/** A name in small letters is believed where the gazetteer knows it and no dictionary does. */
function smallName(line: string, end: number, known: WordKnowledge): NameSpan | null {
  const match = SMALL.exec(line.slice(end, end + 70));
  const first = match?.[1];
  if (match === null || first === undefined) return null;
  const isName = (text: string): boolean => {
    const word = known(text);
    return !word.isStop && !word.isWord && (word.isGiven || word.isFamily || word.shape === 'unmistakable');
  };
  if (!isName(first)) return null;
  const start = end + match[0].indexOf(first);
  const second = match[2];
  const isPair = second !== undefined && isName(second);
  return { start, end: start + first.length + (isPair ? 1 + second.length : 0) };
}

function nameAfter(line: string, from: number): NameSpan | null {
  let at = from;
  if (line.charAt(at) === '.' || line.charAt(at) === ':') at++;
  let start = -1;
  let end = -1;
  for (let count = 0; count < MAX_NAMES; ) {
    let gap = 0;
    while (at < line.length && gap < 3 && isSpace(line.charCodeAt(at))) {
      at++;
      gap++;
    }
    if (gap === 0) break;
    const particle = /^(\p{Ll}{1,5}) /u.exec(line.slice(at, at + 8))?.[1];
    if (particle !== undefined && particle !== 'of' && PARTICLES.has(particle)) {
      at += particle.length;
      continue;
    }
    NAME.lastIndex = at;
    const word = NAME.exec(line)?.[0];
    if (word === undefined || word.length > 40) break;
    const bare = word.replace(/\.$/, '');
    if (NOT_NAMES.has(bare)) break;
    if (start < 0) start = at;
    const isInitial = bare.length === 1;
    at += isInitial ? word.length : bare.length;
    end = at;
    count++;
    if (!isInitial && line.charAt(at) === '.') break;
  }
  return start >= 0 && end - start >= 2 ? { start, end } : null;
}

import { foldName } from '../../gazetteer/fold-name.ts';
import { NAME_FLAG } from '../../gazetteer/name-flags.ts';
import type { NameGazetteer } from '../../gazetteer/name-gazetteer.ts';
import { GIVEN_BEFORE_UNKNOWN, NO_NAMES } from './name-stops.ts';
import { surnameShape } from './surname-shape.ts';

/** What a capitalised word may be in a name. */
export interface KnownWord {
  readonly isGiven: boolean;
  readonly isFamily: boolean;
  /** Also an English word, a product or a month: alone it says little. */
  readonly isWord: boolean;
  readonly isPlace: boolean;
  /** A given name, and a name for certain before a capitalised word that nothing else claims. */
  readonly isGivenBeforeUnknown: boolean;
  /** In no list of names, and something else for certain: a dictionary word, a product, a country. */
  readonly isStop: boolean;
  readonly shape: 'unmistakable' | 'likely' | null;
}

export type WordKnowledge = (text: string) => KnownWord;

const has = (flags: number, flag: number): boolean => (flags & flag) !== 0;

/** How words end that name a part of a program, and no family: `Databind`, `Decompiler`. */
const PART_OF_PROGRAM =
  /(?:bind|format|parser|compiler|loader|handler|mapper|router|logger|tracker|runner|worker|server|daemon|proxy|socket|store|cache|queue|stack|shell|script|sql|mq|api|sdk|ops|jdbc|rollouts|metrics|config|conf|ctl|auth|sync|async|meta|core|util|utils|tools)$/;

/** Words of programs that were looked up before; no name is ever kept here. */
const MAX_REMEMBERED = 2048;

/** Looks words up in the gazetteer; the parts of a hyphenated one count together. */
export function createWordKnowledge(gazetteer: NameGazetteer): WordKnowledge {
  const look = lookUp(gazetteer);
  const stops = new Map<string, KnownWord>();
  return text => {
    const remembered = stops.get(text);
    if (remembered !== undefined) return remembered;
    const word = look(text);
    if (word.isStop && word.shape === null) {
      if (stops.size >= MAX_REMEMBERED) stops.clear();
      stops.set(text, word);
    }
    return word;
  };
}

function lookUp(gazetteer: NameGazetteer): WordKnowledge {
  return text => {
    const parts = text.split(/['’`-]/).filter(part => part.length > 1);
    const flags = parts.map(part => gazetteer.flagsOf(part));
    const isNamed = flags.some(each => has(each, NAME_FLAG.given | NAME_FLAG.family));
    const folded = foldName(text);
    const isProduct = NO_NAMES.has(folded) || (folded.length >= 7 && PART_OF_PROGRAM.test(folded));
    const shape = surnameShape(text);
    const isElse = (part: string): boolean => gazetteer.isCommonWord(part) || gazetteer.isPlace(part);
    return {
      isGiven: flags.some(each => has(each, NAME_FLAG.given)),
      isFamily: flags.some(each => has(each, NAME_FLAG.family)),
      isWord: isProduct || flags.some(each => has(each, NAME_FLAG.word)),
      isPlace: flags.some(each => has(each, NAME_FLAG.place)),
      isStop:
        !isNamed && (isProduct || parts.length === 0 || (shape !== 'unmistakable' && parts.some(isElse))),
      isGivenBeforeUnknown: GIVEN_BEFORE_UNKNOWN.has(folded),
      shape,
    };
  };
}

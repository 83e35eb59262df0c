import { MARK } from '../gate/character-kinds.ts';
import type { Scan } from '../gate/gate.ts';
import { SIGHT } from '../gate/gate.ts';
import type { ClearKnowledge } from './clear-knowledge.ts';
import { TRAIT } from './clear-knowledge.ts';
import {
  isCapitalised,
  isFollowedBy,
  isRecord,
  isTimeUnit,
  mayBeDecoded,
  mayBeKeyed,
  mayBeMailbox,
  mayBePasswordFile,
  mayHaveOption,
  mayHoldCoordinates,
  mayHoldAddress,
  mayHoldWallet,
} from './clear-marks.ts';
import { areNumbersClear } from './clear-numbers.ts';

/** Says of most lines that they hold no value, by their codes alone; it errs towards false. */
export type Clearance = (scan: Scan) => boolean;

const ESCAPING = MARK.percent | MARK.backslash | MARK.escape | MARK.ampersand | MARK.plus | MARK.quote;
const FOUND_STRIDE = 3;
const NAMING = TRAIT.namesCodes | TRAIT.namesPhones | TRAIT.namesNumbers;

/**
 * Builds the clearance. Each rule is what the detector's own `find` asks for first, or more: what is cleared here and found there is a
 * fault of this file. The kernel has the same rules (kernel/assembly/clearance.ts): change both.
 */
export function createClearance(knowledge: ClearKnowledge): Clearance {
  const { worthALook, ofLines, traits, sightOf, leastBody, words, hidesPrivateIps } = knowledge;
  const { shapes, namedShapes, wholeShapes } = knowledge;

  /** Sights that stay of what the literals gave; -1 where one of them is worth a look. */
  const judgeLiterals = (scan: Scan): number => {
    const { found, foundCount } = scan;
    let left = 0;
    for (let at = 0; at < foundCount * FOUND_STRIDE; at += FOUND_STRIDE) {
      const index = found[at] ?? 0;
      const start = found[at + 1] ?? 0;
      const end = found[at + 2] ?? 0;
      const sight = sightOf[index] ?? 0;
      const is = traits[index] ?? 0;
      const isOptional = (is & TRAIT.isOption) !== 0 && !mayHaveOption(scan, end);
      if (!isOptional && (sight & worthALook) !== 0) return -1;
      if ((sight & SIGHT.key) !== 0 && mayBeKeyed(scan, start, end)) return -1;
      if ((sight & SIGHT.at) !== 0 && mayBeMailbox(scan, end)) return -1;
      if ((sight & SIGHT.title) !== 0 && ((is & TRAIT.isPhrase) !== 0 || !isTimeUnit(scan, start))) return -1;
      // `van der` before a capital: the words of a name need not stand next to each other
      if ((sight & SIGHT.names) !== 0 && isCapitalised(scan, end + 1)) return -1;
      if ((sight & SIGHT.secret) !== 0 && isFollowedBy(scan, end, leastBody[index] ?? 0)) return -1;
      if (scan.numberCount > 0 && (is & TRAIT.namesCodes) !== 0) return -1;
      if ((is & TRAIT.isGeo) !== 0 && mayHoldCoordinates(scan)) return -1;
      if ((is & NAMING) !== 0) left |= SIGHT.context;
      if ((is & TRAIT.namesPhones) !== 0) left |= SIGHT.digits;
      if ((sight & SIGHT.street) !== 0) {
        if ((is & TRAIT.isPlace) !== 0) return -1;
        if ((is & (TRAIT.isUnit | TRAIT.isSmall)) !== 0 || isCapitalised(scan, start)) left |= SIGHT.street;
      }
      left |= sight & (SIGHT.url | SIGHT.at);
    }
    return left;
  };

  return scan => {
    const { sights, marks } = scan;
    if ((sights & ofLines) !== 0) return false;
    const left = scan.foundCount === 0 ? 0 : judgeLiterals(scan);
    if (left < 0) return false;
    if ((left & SIGHT.url) !== 0 && (left & SIGHT.at) !== 0) return false;
    if ((sights & SIGHT.names) !== 0 && ((left & SIGHT.at) !== 0 || !words.hasNoNames(scan))) return false;
    if ((marks & ESCAPING) !== 0 && mayBeDecoded(scan)) return false;
    if ((sights & SIGHT.colons) !== 0 && mayBePasswordFile(scan)) return false;
    if ((sights & SIGHT.address) !== 0 && mayHoldAddress(scan, hidesPrivateIps)) return false;
    if ((sights & SIGHT.longToken) !== 0 && mayHoldWallet(scan)) return false;
    if (scan.numberCount === 0) return true;
    if ((left & SIGHT.street) !== 0) return false;
    if ((sights & SIGHT.house) !== 0 && !words.hasNoStreets(scan)) return false;
    const isNamed = (left & SIGHT.context) !== 0;
    return areNumbersClear(
      scan,
      isNamed ? namedShapes : isRecord(scan) ? shapes : wholeShapes,
      (left & SIGHT.digits) !== 0,
    );
  };
}

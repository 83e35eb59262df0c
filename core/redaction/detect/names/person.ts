import type { NameGazetteer } from '../../gazetteer/name-gazetteer.ts';
import type { Detector, Emit, LineText } from '../detector.ts';
import { SIGHT } from '../gate/gate-literals.ts';
import { introducedName } from './introduced-names.ts';
import type { KnownWord, WordKnowledge } from './known-word.ts';
import { createWordKnowledge } from './known-word.ts';
import { mailedName } from './mailed-name.ts';
import type { NameLine } from './name-pairs.ts';
import { NAME_LABELS } from './name-stops.ts';
import { namePairAt } from './name-pairs.ts';
import { nameTokens } from './name-token.ts';
import { singleNameAt } from './prose-names.ts';

/**
 * Names by what stands before them (a title, a salutation, `my name is`), by the gazetteer (a given name and a family name next to each
 * other, in either order, with initials and particles), and single ones in sentences about people. Keys and columns are elsewhere.
 */
export function createPersonDetector(gazetteer: NameGazetteer): Detector {
  const known = createWordKnowledge(gazetteer);
  return {
    name: 'person',
    needs: SIGHT.title | SIGHT.names | SIGHT.people,
    find(text, emit) {
      const { sights } = text.sightings;
      if ((sights & SIGHT.title) !== 0) findIntroduced(text, known, emit);
      if ((sights & (SIGHT.names | SIGHT.people)) !== 0) findKnown(text, known, emit);
    },
  };
}

function findIntroduced({ line, sightings }: LineText, known: WordKnowledge, emit: Emit): void {
  for (const anchor of sightings.anchors) {
    if ((anchor.literal.sight & SIGHT.title) === 0) continue;
    const name = introducedName(line, anchor, known);
    if (name === null) continue;
    const isPhrase = anchor.literal.text.includes(' ');
    emit({
      entity: 'person',
      ...name,
      score: isPhrase ? 0.7 : 0.75,
      rule: isPhrase ? 'person.phrase' : 'person.title',
      evidence: [isPhrase ? 'a phrase that gives a name' : 'title before it'],
    });
  }
}

/** Two words of which one could be part of a name; most lines with capitals have none, and need no closer look. */
const PAIR =
  /(?<![\p{L}\p{M}])(\p{Lu}[\p{L}\p{M}’'-]*)(?:[,.]? |\.)(?=(\p{Lu}[\p{L}\p{M}’'-]*|\p{Ll}{1,4} ))/gu;

/** A label of a form, behind which unknown words are a name too. */
const LABEL = new RegExp(`(?:${NAME_LABELS.join('|')})(?:: |["']? {0,2}(?::|=>?) {0,12}["']|>)`, 'i');

function mayHaveName(line: string, known: WordKnowledge): boolean {
  for (const [, left = '', right = ''] of line.matchAll(PAIR)) {
    if (left.length === 1) return true;
    const first = known(left);
    if (mayBePart(first)) return true;
    if (!first.isStop && right !== '' && mayBePart(known(right))) return true;
  }
  return LABEL.test(line) || (line.includes(' <') && line.includes('@'));
}

function mayBePart({ isGiven, isFamily, isWord, isGivenBeforeUnknown, shape }: KnownWord): boolean {
  return ((isGiven || isFamily) && !isWord) || isGivenBeforeUnknown || shape !== null;
}

function findKnown({ line, sightings }: LineText, known: WordKnowledge, emit: Emit): void {
  const isProse = (sightings.sights & SIGHT.people) !== 0;
  if (!isProse && !mayHaveName(line, known)) return;
  const text: NameLine = { line, tokens: nameTokens(line), known, isProse };
  for (let at = 0; at < text.tokens.length; ) {
    if (text.tokens[at]?.isCapital !== true) {
      at++;
      continue;
    }
    const pair = mailedName(text, at) ?? namePairAt(text, at);
    if (pair !== null) {
      const { start, end, score, evidence } = pair;
      emit({ entity: 'person', start, end, score, rule: 'person.pair', evidence: [evidence] });
      at = pair.next;
      continue;
    }
    const token = text.tokens[at];
    const single = isProse && token !== undefined ? singleNameAt(text, at) : null;
    if (token !== undefined && single !== null) {
      emit({
        entity: 'person',
        start: token.start,
        end: token.end,
        score: single.score,
        rule: 'person.single',
        evidence: [single.evidence],
      });
    }
    at++;
  }
}

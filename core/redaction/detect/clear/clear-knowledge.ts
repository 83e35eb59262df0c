import type { NameGazetteer } from '../../gazetteer/name-gazetteer.ts';
import type { Detector } from '../detector.ts';
import type { Literal } from '../gate/gate.ts';
import { SIGHT } from '../gate/gate.ts';
import type { IdRule } from '../identifiers/id-rule.ts';
import type { ContextClass } from '../context/lexicon.ts';
import { BOX_WORDS, isPlaceVerb, isStreetWordAt, UNIT_WORDS } from '../postal/street-words.ts';
import type { SecretRule } from '../secrets/secret-rule.ts';
import type { ShapeTrie } from '../secrets/shape-trie.ts';
import { createShapeTrie } from '../secrets/shape-trie.ts';
import { ClearWords } from './clear-words.ts';

/** What the literals of the gate are to the clearance, as bits. */
export const TRAIT = {
  isWord: 1,
  /** A command whose passwords stand behind an option. */
  isOption: 2,
  isPhrase: 4,
  /** `lives at`: a place follows. */
  isPlace: 8,
  /** A part of a house, a post box. */
  isUnit: 16,
  /** A street word that is written in small letters. */
  isSmall: 32,
  isGeo: 64,
  namesNumbers: 128,
  namesPhones: 256,
  namesCodes: 512,
} as const;

/** What the clearance knows, in tables; the kernel has the same ones. */
export interface ClearKnowledge {
  /** Sights that need a look whatever else is in the line. */
  readonly worthALook: number;
  /** Those of them that only the line as a whole shows. */
  readonly ofLines: number;
  /** By literal: see `TRAIT`. */
  readonly traits: Int32Array;
  readonly sightOf: Int32Array;
  /** Characters that stand at least behind a prefix. */
  readonly leastBody: Int32Array;
  /** Shapes that are found alone, with a word that names them, and as a whole line. */
  readonly shapes: ShapeTrie;
  readonly namedShapes: ShapeTrie;
  readonly wholeShapes: ShapeTrie;
  readonly words: ClearWords;
  readonly hidesPrivateIps: boolean;
}

export interface ClearRules {
  readonly detectors: readonly Detector[];
  readonly identifiers: readonly IdRule[];
  readonly secrets: readonly SecretRule[];
  readonly gazetteer: NameGazetteer;
  readonly hidesPrivateIps: boolean;
}

/** The detectors whose ground is covered here, and the sights with which they may be told to have nothing to find. */
const COVERED: ReadonlyMap<string, number> = new Map([
  ['pem', 0],
  ['secrets', SIGHT.secret | SIGHT.longToken],
  ['jwt', 0],
  ['url-credentials', SIGHT.url | SIGHT.colons],
  ['authorization', 0],
  ['command-passwords', 0],
  ['key-value', SIGHT.key],
  ['email', SIGHT.at],
  ['iban', SIGHT.digits],
  ['identifiers', SIGHT.digits],
  ['phone', SIGHT.digits],
  ['network', SIGHT.address],
  ['wallet', SIGHT.longToken],
  ['context-values', SIGHT.context],
  ['street-address', SIGHT.street | SIGHT.house],
  ['person', SIGHT.title | SIGHT.names],
]);
/** A score under which no claim is taken; with less, everything is worth a look. */
const MIN_SCORE = 0.5;
/** Words of these name what has few digits, or letters in it; those for wallets name long tokens only, which are looked at without. */
const LOOKED_AT: ReadonlySet<ContextClass> = new Set<ContextClass>([
  'bank',
  'passport',
  'licence',
  'birth',
  'plate',
  'postcode',
]);
/** Their passwords stand behind an option. */
const OPTION_COMMANDS: ReadonlySet<string> = new Set(['curl', 'wget']);

/** A detector that is not known here is looked at whenever the gate sees what it needs. */
export function clearKnowledgeOf(literals: readonly Literal[], rules: ClearRules): ClearKnowledge {
  let worthALook = 0;
  for (const { name, needs } of rules.detectors) worthALook |= needs & ~(COVERED.get(name) ?? 0);
  return {
    worthALook,
    ofLines: literals.reduce((bits, { sight }) => bits & ~sight, worthALook),
    traits: Int32Array.from(literals, traitsOf),
    sightOf: Int32Array.from(literals, each => each.sight),
    leastBody: Int32Array.from(literals, ({ secrets }) =>
      Math.min(...secrets.map(index => rules.secrets[index]?.min ?? 0)),
    ),
    shapes: createShapeTrie(rules.identifiers.filter(rule => rule.alone >= MIN_SCORE)),
    namedShapes: createShapeTrie(rules.identifiers, true),
    wholeShapes: createShapeTrie(
      rules.identifiers.filter(rule => Math.max(rule.alone, rule.whole ?? 0) >= MIN_SCORE),
    ),
    words: new ClearWords(rules.gazetteer),
    hidesPrivateIps: rules.hidesPrivateIps,
  };
}

function traitsOf({ text, isWord, contexts }: Literal): number {
  const isSmall = isStreetWordAt(`${text} de `, text, { start: 0, end: text.length });
  return (
    (isWord ? TRAIT.isWord : 0) |
    (OPTION_COMMANDS.has(text) ? TRAIT.isOption : 0) |
    (text.includes(' ') ? TRAIT.isPhrase : 0) |
    (isPlaceVerb(text) ? TRAIT.isPlace : 0) |
    (BOX_WORDS.has(text) || UNIT_WORDS.has(text) ? TRAIT.isUnit : 0) |
    (isSmall ? TRAIT.isSmall : 0) |
    (contexts.includes('geo') ? TRAIT.isGeo : 0) |
    namesOf(contexts)
  );
}

function namesOf(contexts: readonly ContextClass[]): number {
  if (contexts.some(each => LOOKED_AT.has(each))) return TRAIT.namesCodes;
  if (contexts.includes('phone')) return TRAIT.namesPhones;
  return contexts.some(each => each !== 'wallet' && each !== 'geo') ? TRAIT.namesNumbers : 0;
}

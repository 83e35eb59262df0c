import type { Entity } from '../../../../contract/redaction.ts';
import { COMMAND_WORDS } from '../secrets/command-words.ts';
import { SPOKEN_WORDS } from '../secrets/spoken-rules.ts';
import type { ContextClass } from '../context/lexicon.ts';
import { CONTEXT_LEXICON, KEY_LEXICON, STREET_WORDS } from '../context/lexicon.ts';
import { NAME_PARTICLES, NAME_PHRASES, PEOPLE_WORDS } from '../names/people-words.ts';
import { ADDRESS_CHARACTERS } from '../postal/address-characters.ts';
import { ADDRESS_WORDS } from '../postal/street-words.ts';

/** What a line may hold, as bits: a detector is called only where one of its bits is set. */
export const SIGHT = {
  digits: 1,
  at: 2,
  url: 4,
  colons: 8,
  key: 16,
  context: 32,
  secret: 64,
  pem: 128,
  title: 256,
  command: 512,
  authorization: 1024,
  jwt: 2048,
  /** A run of letters and digits as long as the shortest wallet address. */
  longToken: 4096,
  /** Dots, colons or hyphens as an address of a network has them. */
  address: 8192,
  street: 16384,
  /** Two capitalised words next to each other: there may be a name. */
  names: 32768,
  /** Words about people: in such a line a single word may be a name. */
  people: 65536,
  /** A number stands behind a capitalised word: there may be a street and a house. */
  house: 131072,
  /** A character that Japanese, Chinese and Korean addresses have. */
  ideographs: 262144,
} as const;

/** What a literal means to the detectors. */
export interface Literal {
  readonly text: string;
  readonly sight: number;
  /** As a key or column it names this entity. */
  readonly key: Entity | null;
  readonly contexts: readonly ContextClass[];
  /** Index into the secret rules. */
  readonly secrets: readonly number[];
  /** Must stand as a whole word. */
  readonly isWord: boolean;
}

const MARKS: readonly (readonly [string, number])[] = [
  ['@', SIGHT.at],
  ['%40', SIGHT.at],
  ['://', SIGHT.url],
  ['-----begin ', SIGHT.pem],
  ['-----end ', SIGHT.pem],
  ['eyj', SIGHT.jwt],
  ...ADDRESS_CHARACTERS.map(character => [character, SIGHT.ideographs] as const),
];

const WORD_MARKS: readonly (readonly [string, number])[] = [
  ...[
    'mr',
    'mrs',
    'ms',
    'miss',
    'mx',
    'dr',
    'prof',
    'professor',
    'dear',
    'herr',
    'frau',
    'monsieur',
    'madame',
    'mme',
    'mlle',
    'señor',
    'señora',
    'sr',
    'sra',
    'signor',
    'signora',
    'dott',
    'pani',
    'my name is',
    'name is',
    'his name is',
    'her name is',
    'sincerely',
    'regards',
    'mein name ist',
    'ich heiße',
    'je m appelle',
    'me llamo',
    'mi nombre es',
    'mi chiamo',
    'nazywam się',
    'jag heter',
    'attn',
    'mr and mrs',
    'holder',
    'inhaber',
    'titular',
    'titulaire',
  ].map(word => [word, SIGHT.title] as const),
  ...NAME_PHRASES.map(phrase => [phrase, SIGHT.title] as const),
  ...NAME_PARTICLES.map(word => [word, SIGHT.names] as const),
  ...PEOPLE_WORDS.map(word => [word, SIGHT.people] as const),
  ...[
    'mysql',
    'mysqldump',
    'mysqladmin',
    'mariadb',
    'mariadb dump',
    'mysqlimport',
    'mysqlsh',
    'sshpass',
    'curl',
    'redis cli',
    'identified by',
    'encrypted password',
    'with password',
    'password',
    'mongo',
    'mongosh',
    'pscp',
    'plink',
    'htpasswd',
    'wget',
    'requirepass',
    'smbclient',
    'net use',
    'ldapsearch',
    'ldapmodify',
    'sqlplus',
    'jdbc:oracle',
    'expdp',
    'impdp',
    'sqlldr',
    'set password',
  ].map(word => [word, SIGHT.command] as const),
  ['private lines', SIGHT.pem],
  ...COMMAND_WORDS.map(word => [word, SIGHT.command] as const),
  ...SPOKEN_WORDS.flatMap(word => wordForms(word).map(form => [form, SIGHT.command] as const)),
  ...[...STREET_WORDS, ...ADDRESS_WORDS].map(word => [word, SIGHT.street] as const),
  ...['bearer', 'basic', 'authorization', 'proxy authorization'].map(
    word => [word, SIGHT.authorization] as const,
  ),
];

interface LiteralDraft {
  sight: number;
  key: Entity | null;
  contexts: Set<ContextClass>;
  secrets: Set<number>;
  isWord: boolean;
}

/** All literals that the gate looks for: names, words, marks, and the prefixes of secrets (index = rule). */
export function literalsOf(
  secretPrefixes: readonly (readonly string[])[],
  columns: readonly string[],
): readonly Literal[] {
  const drafts = new Map<string, LiteralDraft>();
  const draft = (text: string, isWord: boolean): LiteralDraft => {
    const id = (isWord ? 'w' : 'p') + text;
    const found = drafts.get(id) ?? { sight: 0, key: null, contexts: new Set(), secrets: new Set(), isWord };
    drafts.set(id, found);
    return found;
  };
  for (const { entity, keys } of KEY_LEXICON) {
    for (const key of keys)
      for (const form of wordForms(key)) Object.assign(draft(form, true), { key: entity });
  }
  for (const column of columns) {
    for (const form of wordForms(
      column
        .toLowerCase()
        .replace(/[-_\s.]+/g, ' ')
        .trim(),
    )) {
      if (form !== '') Object.assign(draft(form, true), { key: 'named-column' });
    }
  }
  for (const each of drafts.values()) each.sight |= SIGHT.key;
  for (const [contextClass, words] of Object.entries(CONTEXT_LEXICON) as [
    ContextClass,
    readonly string[],
  ][]) {
    for (const word of words) {
      for (const form of wordForms(word)) {
        const found = draft(form, true);
        found.sight |= SIGHT.context;
        found.contexts.add(contextClass);
      }
    }
  }
  for (const [text, sight] of WORD_MARKS) draft(text, true).sight |= sight;
  for (const [text, sight] of MARKS) draft(text, false).sight |= sight;
  secretPrefixes.forEach((prefixes, index) => {
    for (const prefix of prefixes) {
      const found = draft(prefix.toLowerCase(), false);
      found.sight |= SIGHT.secret;
      found.secrets.add(index);
    }
  });
  return [...drafts].map(([id, each]) => ({
    text: id.slice(1),
    sight: each.sight,
    key: each.key,
    contexts: [...each.contexts],
    secrets: [...each.secrets],
    isWord: each.isWord,
  }));
}

/** `card number` also as `cardnumber`. */
function wordForms(phrase: string): readonly string[] {
  const lower = phrase.toLowerCase();
  return lower.includes(' ') && lower.length > 4 ? [lower, lower.replaceAll(' ', '')] : [lower];
}

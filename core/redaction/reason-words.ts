/** What rules go by, by the last part of a rule's name, for any entity; in words that follow "found by". */
export const METHOD_WORDS = {
  column: 'the table column it stands in',
  'column-vote': 'the other cells of its column',
  cut: 'what an edge of the screen left of it',
  key: 'the key before it',
  block: 'the key above it',
  context: 'a word near it',
  address: 'its form',
  v4: 'its form',
  v6: 'its form',
  grouped: 'its form',
  bare: 'its form',
  pair: 'a given name with a family name',
  named: 'a word near it',
  phrase: 'the words before it',
} as const;

/** The same by the whole name of a rule; these go before. */
export const RULE_WORDS = {
  'card.luhn': 'its checksum, issuer and length',
  'iban.mod97': 'its country, length and checksum',
  'phone.international': 'its international form',
  'phone.national': 'its national form',
  'phone.nanp': 'its North American form',
  'person.title': 'the title before it',
  'private-key.pem': 'the PEM block it stands in',
  'password.url': 'its place in a URL',
  'password.sql': 'the SQL clause before it',
  'detector.failed': 'caution: this line could not be read',
} as const;

/** How what a rule goes by is known: by its whole name, by its last part, or by neither; then its last part, to be read. */
export type RuleKey =
  | { readonly rule: keyof typeof RULE_WORDS }
  | { readonly method: keyof typeof METHOD_WORDS }
  | { readonly name: string };

export function ruleKey(rule: string): RuleKey {
  if (isKey(RULE_WORDS, rule)) return { rule };
  const method = rule.slice(rule.indexOf('.') + 1);
  if (isKey(METHOD_WORDS, method)) return { method };
  return { name: method.replace(/^[a-z]{2}(?=-)/, country => country.toUpperCase()).replaceAll('-', ' ') };
}

function isKey<T extends object>(words: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(words, key);
}

/** What a rule went by, in words that follow "found by": `its checksum, issuer and length`, `the rule for GitHub token`. */
export function ruleWords(rule: string): string {
  const key = ruleKey(rule);
  if ('rule' in key) return RULE_WORDS[key.rule];
  return 'method' in key ? METHOD_WORDS[key.method] : `the rule for ${key.name}`;
}

export interface Why {
  readonly rule: string;
  readonly score: number;
  readonly evidence?: readonly string[] | undefined;
}

/** One line for "why was this masked?": `by its form (local part, @ and domain), 95% sure`. */
export function reasonWords(why: Why): string {
  const evidence = why.evidence ?? [];
  const because = evidence.length === 0 ? '' : ` (${evidence.join('; ')})`;
  return `by ${ruleWords(why.rule)}${because}, ${sureness(why.score)}`;
}

function sureness(score: number): string {
  return `${Math.round(Math.min(1, Math.max(0, score)) * 100)}% sure`;
}

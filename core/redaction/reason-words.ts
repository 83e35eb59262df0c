/** By the last part of a rule's name, for any entity. */
const BY_METHOD: Readonly<Record<string, string>> = {
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
};

const BY_RULE: Readonly<Record<string, string>> = {
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
};

/** What a rule went by, in words that follow "found by": `its checksum, issuer and length`, `the rule for GitHub token`. */
export function ruleWords(rule: string): string {
  const known = BY_RULE[rule];
  if (known !== undefined) return known;
  const dot = rule.indexOf('.');
  const method = rule.slice(dot + 1);
  return (
    BY_METHOD[method] ??
    `the rule for ${method.replace(/^[a-z]{2}(?=-)/, country => country.toUpperCase()).replaceAll('-', ' ')}`
  );
}

interface Why {
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

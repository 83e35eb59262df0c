import type { CommandRule } from './command-rules.ts';
import { isPlaceholder, isSecretLooking } from './secret-value.ts';

const MIN_NAMED = 12;
/** Words of which one stands where somebody writes down a personal identification number. */
const PIN_WORDS =
  /\b(?:cards?|account|bank|atm|debit|credit|customer|holder|sim|phone|voicemail|login|unlock|door|safe|alarm|code|secret|his|her|my|your|their|karte|konto|kunde|tarjeta|carte)\b/i;
/** What a card stands beside. */
const CARD_WORDS =
  /\b(?:cards?|visa|mastercard|master ?card|maestro|amex|american express|discover|diners|jcb|cv[vc]2?|pan|karte|kreditkarte|tarjeta|carte)\b|(?<!\w)\d{4}[ -]?\d{4,6}[ -]?\d{4,5}(?: ?\d{4})?(?!\w)/i;

/** Digits and letters, and as random as tokens are. */
function isToken(value: string): boolean {
  if (isPlaceholder(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (isSecretLooking(value, false)) return true;
  return value.length < 24 && /^[A-Za-z0-9_-]+$/.test(value) && (value.match(/\d/g)?.length ?? 0) >= 3;
}

/** Literals that name a secret and nothing else, and what programs print them as: with their words joined as well. */
export const TOKEN_WORDS: readonly string[] = [
  'auth token',
  'access token',
  'refresh token',
  'bearer token',
  'session token',
  'api token',
  'api key',
  'api secret',
  'access key',
  'secret key',
  'secret access key',
  'client secret',
  'app secret',
  'consumer secret',
  'shared secret',
  'webhook secret',
  'signing secret',
  'signing key',
  'encryption key',
  'private token',
  'deploy token',
  'bot token',
  'jwt secret',
  'auth key',
];

/** Values behind a word and blanks alone, as listings, consoles and sentences have them. */
export const SPOKEN_RULES: readonly CommandRule[] = [
  {
    rule: 'api-key.named',
    entity: 'api-key',
    literals: new RegExp(`^(?:${TOKEN_WORDS.map(words => words.replaceAll(' ', ' ?')).join('|')})$`),
    pattern: new RegExp(`["']?[ \\t]{1,40}["']?([\\w.+/=~-]{${MIN_NAMED},})(?=["']?(?:[\\s,;)]|$))`, 'y'),
    accepts: isToken,
    evidence: 'its name before it',
  },
  {
    // `password hunter22` as all of a line: settings of switches, chat, notes
    rule: 'password.line',
    literals: /^password$/,
    before: /^\s*(?:set )?(?:user|login|the |my |admin |root )?\s*$/i,
    pattern: /[ \t]{1,20}(?=\S*\d)(?=\S*[A-Za-z])(\S{6,64})\s*$/y,
    accepts: value => !/^(?:sha\d|md5|\d+:|\w+=|[a-z]+[-_]\d+$)/.test(value) && !/^[\w.-]+\(/.test(value),
    evidence: 'the line is its name and it',
  },
  {
    // behind other words: at the end of a line, and as mixed as passwords are
    rule: 'password.spoken',
    literals: /^password$/,
    pattern: /[ \t]{1,4}(?=[^\sa-z]*[a-z])(?=[^\sA-Z]*[A-Z])(?=[^\s\d]*\d)([^\s"'<>(){}[\]:=,]{7,64})\s*$/y,
    accepts: value => !/^v?\d|[./\\]\w+$|^[A-Z][a-z]+\d+$/.test(value) && !isPlaceholder(value),
    evidence: 'its name before it',
  },
  {
    // ifupdown: `wpa-psk x`
    rule: 'password.wpa',
    literals: /^wpa psk$/,
    before: /^\s*$/,
    pattern: / {1,8}"?([^\s"]{8,64})"?\s*$/y,
    evidence: 'its name before it',
  },
  {
    rule: 'password.community',
    literals: /^snmp/,
    pattern: /[ -]?(?:server)? community (?!public\b|private\b)(\S{4,64})(?= (?:RO|RW|ro|rw|view)\b|\s*$)/y,
    evidence: 'its name before it',
  },
  {
    // Cisco's `password 7 0822455D0A16`, `secret 5 $1$mERr$…`
    rule: 'password.typed',
    literals: /^(?:password|enable secret)$/,
    pattern: /[ \t]{1,4}[0-9] ([^\s"']{6,})\s*$/y,
    evidence: 'its name and its kind before it',
  },
  {
    rule: 'password.pin',
    literals: /^pin$/,
    pattern:
      /(?: ?(?:code|number|no\.?|nr\.?))?(?: (?:is|was|lautet|ist)(?: now)?|:|=| ?#)?[ "']{0,3}(\d{4,8})(?![\w-]|[.,:/]\d)/y,
    accepts: (value, line) =>
      (PIN_WORDS.test(line) || (value.length < 7 && /^\s*["']?pin["']?\s*[:=]/i.test(line))) &&
      !/\b(?:gpio|pinout|header|connector|socket|chip)\b/i.test(line),
    evidence: 'named in a sentence about somebody',
  },
  {
    rule: 'card.expiry',
    entity: 'card',
    literals:
      /^(?:exp|expiry|expires|expiration|exp date|expiry date|expiration date|valid thru|valid until|good thru|gültig bis)$/,
    pattern: /(?: date)?[.:= ]{0,3}((?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?[2-4]\d)(?![\d/-])/y,
    accepts: (_, line) => CARD_WORDS.test(line),
    evidence: 'beside a card',
  },
  {
    rule: 'card.verification',
    entity: 'card',
    literals: /^(?:cvv|cvc|cvv2|cvc2|cid)$/,
    pattern: /(?: ?(?:code|number))?(?: is)?[ :=]{1,3}(\d{3,4})(?![\w-]|[.,:/]\d)/y,
    accepts: (_, line) => CARD_WORDS.test(line),
    evidence: 'beside a card',
  },
];

/** What the gate looks for besides the names of tokens. */
export const SPOKEN_WORDS: readonly string[] = [
  ...TOKEN_WORDS,
  'enable secret',
  'wpa psk',
  'snmp server',
  'pin',
  'exp',
  'expiry',
  'expires',
  'expiration',
  'valid thru',
  'valid until',
  'good thru',
  'gültig bis',
  'cvv',
  'cvc',
  'cvv2',
  'cvc2',
];

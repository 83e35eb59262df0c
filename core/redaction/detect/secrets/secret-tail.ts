import type { OpenCandidate } from '../../line-detector.ts';
import { isSpace } from '../characters.ts';
import type { LineText } from '../detector.ts';
import { isIn } from './secret-alphabets.ts';
import type { SecretRule } from './secret-rule.ts';
import { SECRET_RULES } from './secret-rules.ts';
import { prefixAt, startOfHead } from './secrets.ts';

/** How far behind its literal the end of an open token is looked for, and how many literals are tried. */
const REACH = 4096;
const MAX_TRIES = 32;
/** Characters of a body after which even an ordinary word before it makes a candidate. */
const SUSPICIOUS = 6;
/** Without a digit, so many changes between small letters and capitals. */
const MIXED = 4;

/**
 * Literals that file names, options and prose begin with too: with nothing random behind them, nothing is held as a value. Three letters
 * without a separator are ordinary in any case.
 */
const ORDINARY: ReadonlySet<string> = new Set(
  'test_ live_ sandbox_ token- secret- secret_ api- API- sdk- key- pubkey- pat. sat. st. sl. sk- sk_ pk_ re_ pi_ cs_test_ cs_live_ md- fc- pa- hf_ fw_ npm_ ion_ cu_ rnd_ ico- jina_ hawk. depot_ unkey_ aio_ authress_ fastly_ mailchimp_ sig= STS. NF- A3- VF. t1. u+ ~ -us :AA +ASt +ACR dose scrypt: scrypt$ bcrypt$ v1.0- atlasv1. .atlasv1. csk- llx- akab- gsk_ bb_test_ cal_test_ rootly_ configcat-proxy/ access-sandbox- access-development- access-production-'.split(
    ' ',
  ),
);

/** What has no literal yet when its first half is there: the number before a bot's token, the first hash of two, a device before its token. */
const HEADS = /(?:^|[^\w-])(\d{7,11}:A?|[0-9a-fA-F]{32}:[0-9a-fA-F]{0,32}|[\w-]{22}:A?P?A?9?1?)$/;
const MAX_HEAD = 68;

/** The token at the end of a growing line that its literal announces; null if there is none. */
export function secretTail(text: LineText): OpenCandidate | null {
  const { line } = text;
  const { anchors } = text.sightings;
  if (line.length === 0 || isSpace(line.charCodeAt(line.length - 1))) return null;
  const floor = startOfWord(line);
  let tries = 0;
  for (let i = anchors.length - 1; i >= 0 && tries < MAX_TRIES; i--) {
    const anchor = anchors[i];
    if (anchor === undefined || anchor.end <= floor) break;
    for (const index of anchor.literal.secrets) {
      const rule = SECRET_RULES[index];
      const open = rule === undefined ? null : openAt(line, anchor.start, rule);
      tries++;
      if (open !== null) return open;
    }
  }
  const head = line.charAt(line.length - 1) === ' ' ? null : HEADS.exec(line.slice(-MAX_HEAD));
  return head?.[1] === undefined ? null : { start: line.length - head[1].length, strength: 'weak' };
}

/** Everything from the literal to the end of the line may be the body. */
function openAt(line: string, start: number, rule: SecretRule): OpenCandidate | null {
  const prefix = prefixAt(line, start, rule);
  if (prefix === null) return null;
  const from = start + prefix.length;
  if (line.length - from > rule.max) return null;
  for (let i = from; i < line.length; i++) if (!isIn(rule.body, line.charCodeAt(i))) return null;
  const head = rule.head === null ? start : startOfHead(line, start, rule.head);
  if (head === null) return null;
  const body = line.slice(from);
  const isOrdinary = ORDINARY.has(prefix) || /^[A-Za-z]{1,3}$/.test(prefix);
  const isSuspicious =
    (body.length >= SUSPICIOUS && /\d/.test(body) && /[A-Za-z]/.test(body)) ||
    (body.match(/[a-z][A-Z]|[A-Z]{2}[a-z]/g) ?? []).length >= MIXED;
  return { start: head, strength: !isOrdinary || isSuspicious ? 'strong' : 'weak' };
}

function startOfWord(line: string): number {
  let at = line.length;
  while (at > 0 && line.length - at < REACH && !isSpace(line.charCodeAt(at - 1))) at--;
  return at;
}

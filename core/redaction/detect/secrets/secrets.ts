import { entropyOf, isAlnum, isWordChar } from '../characters.ts';
import type { Detector, Emit } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';
import { isIn } from './secret-alphabets.ts';
import type { SecretHead, SecretRule } from './secret-rule.ts';
import { SECRET_RULES } from './secret-rules.ts';
import { findSecretRuns } from './secret-runs.ts';

/** Randomness shows in the beginning; a long body is not counted to its end. */
const MAX_COUNTED = 256;
const EVIDENCE = ['known prefix, length and randomness'];
/** The secret key that stands next to an AWS access key's id: in a CSV of the console, in a table, behind a name. */
const AWS_PAIR = /^[\s,;:|"']{1,12}(?:[\w -]{1,30}[=:|][\s"']{0,4})?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/;
const CHECKED = [...EVIDENCE, 'checksum passes'];

interface Span {
  readonly start: number;
  readonly end: number;
  readonly isChecked: boolean;
}

/** Long random strings of one alphabet behind a known literal, and a few that are known by what is inside them. */
export const secretDetector: Detector = {
  name: 'secrets',
  needs: SIGHT.secret | SIGHT.longToken,
  find(text, emit) {
    const { line } = text;
    if ((text.sightings.sights & SIGHT.longToken) !== 0) findSecretRuns(line, emit);
    let claimed = 0;
    for (const { literal, start } of text.sightings.anchors) {
      if (literal.secrets.length === 0 || start < claimed) continue;
      for (const index of literal.secrets) {
        const rule = SECRET_RULES[index];
        const span = rule === undefined ? null : secretAt(line, start, rule);
        if (rule === undefined || span === null) continue;
        emit({
          entity: rule.entity,
          start: span.start,
          end: span.end,
          score: span.isChecked ? 0.99 : 0.95,
          rule: rule.rule,
          evidence: span.isChecked ? CHECKED : EVIDENCE,
        });
        claimed = span.end;
        if (rule.rule === 'api-key.aws-access-key') findAwsSecret(line, span.end, emit);
        break;
      }
    }
  },
};

function findAwsSecret(line: string, from: number, emit: Emit): void {
  const secret = AWS_PAIR.exec(line.slice(from, from + 100));
  if (secret?.[1] === undefined || entropyOf(secret[1]) < 4) return;
  const end = from + secret[0].length;
  emit({
    entity: 'api-key',
    start: end - secret[1].length,
    end,
    score: 0.9,
    rule: 'api-key.aws-secret-key',
    evidence: ['beside an access key id'],
  });
}

/** Null where the secret does not hold. The prefix is matched exactly here: the gate folds case and separators. */
function secretAt(line: string, start: number, rule: SecretRule): Span | null {
  const prefix = prefixAt(line, start, rule);
  if (prefix === null) return null;
  const head = rule.head === null ? start : startOfHead(line, start, rule.head);
  if (head === null) return null;
  const from = start + prefix.length;
  const end = endOfBody(line, from, rule);
  if (end === null) return null;
  const body = line.slice(from, end);
  if (rule.shape !== null && !rule.shape.test(body)) return null;
  const counted = (rule.head === null ? '' : line.slice(head, start)) + body.slice(0, MAX_COUNTED);
  if (entropyOf(counted) < rule.entropy) return null;
  // `AccountKey=`: the name stays
  const begin = /^[A-Za-z]{3,}=$/.test(prefix) ? from : head;
  return { start: begin, end, isChecked: rule.checksum?.(body) === true };
}

function endOfBody(line: string, from: number, rule: SecretRule): number | null {
  const limit = Math.min(line.length, from + rule.max + 1);
  let end = from;
  while (end < limit && isIn(rule.body, line.charCodeAt(end))) end++;
  const isOver = end - from > rule.max;
  if (isOver && !rule.isTelling) return null;
  if (!isOver) while (end > from && isTrailing(line, end)) end--;
  if (end - from < rule.min) return null;
  if (!rule.isTelling) return isCutOff(line, end, rule) ? null : end;
  while (
    end < line.length &&
    (isOver ? isIn(rule.body, line.charCodeAt(end)) : isAlnum(line.charCodeAt(end)))
  )
    end++;
  return end;
}

/** A full stop, a comma's neighbour, a slash: what a sentence has behind a token and no token ends with. */
function isTrailing(line: string, end: number): boolean {
  return !isAlnum(line.charCodeAt(end - 1)) && line.charAt(end - 1) !== '=';
}

/** Goes on in letters: then it is no token of this length. Capitals may have a word behind them. */
function isCutOff(line: string, end: number, rule: SecretRule): boolean {
  return (
    end < line.length && isAlnum(line.charCodeAt(end)) && (isIn(rule.body, 0x61) || !isIn(rule.body, 0x5a))
  );
}

/** Where what a rule wants in front of its literal begins; null if it is not there. */
export function startOfHead(line: string, start: number, head: SecretHead): number | null {
  let at = start;
  while (at > 0 && start - at <= head.max && isIn(head.body, line.charCodeAt(at - 1))) at--;
  const length = start - at;
  if (length < head.min || length > head.max) return null;
  return head.shape === undefined || head.shape.test(line.slice(at, start)) ? at : null;
}

/** The prefix of the rule that stands exactly at `start`, at the beginning of a word where it is one; null if none does. */
export function prefixAt(line: string, start: number, rule: SecretRule): string | null {
  if (rule.head === null && start > 0 && isWordChar(line.charCodeAt(start - 1))) return null;
  for (const prefix of rule.prefixes) if (line.startsWith(prefix, start)) return prefix;
  return null;
}

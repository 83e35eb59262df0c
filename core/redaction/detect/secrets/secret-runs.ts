import { entropyOf, isAlnum } from '../characters.ts';
import type { Emit } from '../detector.ts';
import type { Alphabet } from './secret-alphabets.ts';
import { ALNUM, BASE64, isIn } from './secret-alphabets.ts';

/** No rule here is shorter. */
const MIN_RUN = 26;
/** No marked token is longer; a run that is gets no second look. */
const MAX_RUN = 400;
/** A line has no more tokens worth a look: a dump of base64 stays cheap. */
const MAX_RUNS = 64;

/** A whole run of letters and digits. */
interface RunRule {
  readonly rule: string;
  readonly length: number;
  readonly shape: RegExp;
  /** What stands in front of it. */
  readonly before?: string;
}

/**
 * Twilio API reference (SID of keys and accounts); New Relic license keys; MySQL 8 manual, "mysql_native_password" (`*` and SHA-1 of
 * SHA-1); PostgreSQL documentation, pg_authid (`md5` and MD5). None of them has a literal that words do not begin with.
 */
const RUNS: readonly RunRule[] = [
  { rule: 'api-key.twilio-key', length: 34, shape: /^SK[0-9a-fA-F]{32}$/ },
  { rule: 'api-key.twilio-account', length: 34, shape: /^AC[0-9a-fA-F]{32}$/ },
  { rule: 'api-key.newrelic-license', length: 40, shape: /^[0-9a-z]{32}F{4}NRAL$/ },
  { rule: 'api-key.mysql-hash', length: 40, shape: /^[0-9A-F]{40}$/, before: '*' },
  { rule: 'api-key.postgres-md5', length: 35, shape: /^md5[0-9a-f]{32}$/ },
];

/** A token that an issuer's mark stands in the middle of. */
interface MarkedRule {
  readonly rule: string;
  readonly mark: string;
  readonly body: Alphabet;
  readonly min: number;
  readonly max: number;
}

/** Microsoft's identifiable keys (Microsoft Security DevOps, "Common annotated security keys"); OpenAI (`T3BlbkFJ` is its name); Dropbox. */
const MARKED: readonly MarkedRule[] = [
  { rule: 'api-key.azure-key', mark: 'JQQJ99', body: BASE64, min: 60, max: 100 },
  { rule: 'api-key.azure-devops-token', mark: 'AZDO', body: ALNUM, min: 84, max: 84 },
  { rule: 'api-key.azure-function-key', mark: 'AzFu', body: BASE64, min: 54, max: 56 },
  { rule: 'api-key.azure-search-key', mark: 'AzSe', body: ALNUM, min: 52, max: 52 },
  { rule: 'api-key.azure-cosmos-key', mark: 'ACDb', body: BASE64, min: 86, max: 88 },
  { rule: 'api-key.openai-marked-key', mark: 'T3BlbkFJ', body: BASE64, min: 40, max: 220 },
  { rule: 'api-key.dropbox-long-token', mark: 'AAAAAAAAAA', body: BASE64, min: 64, max: 64 },
];

/** Dumps of Windows accounts: LM hash, NT hash, behind a name and a number. */
const NTLM = /^[0-9a-fA-F]{32}:[0-9a-fA-F]{32}(?=:|$)/;

/** Tokens that no prefix announces, in the long runs of letters and digits of a line; linear, most characters are stepped over. */
export function findSecretRuns(line: string, emit: Emit): void {
  let runs = 0;
  for (let probe = MIN_RUN - 1; probe < line.length && runs < MAX_RUNS; ) {
    if (!isAlnum(line.charCodeAt(probe))) {
      probe += MIN_RUN;
      continue;
    }
    let start = probe;
    while (start > 0 && isAlnum(line.charCodeAt(start - 1))) start--;
    let end = probe + 1;
    while (end < line.length && isAlnum(line.charCodeAt(end))) end++;
    if (end - start >= MIN_RUN) {
      runs++;
      if (end - start <= MAX_RUN) lookAtRun(line, start, end, emit);
    }
    probe = end + MIN_RUN;
  }
}

function lookAtRun(line: string, start: number, end: number, emit: Emit): void {
  const run = line.slice(start, end);
  const claim = (rule: string, from: number, to: number): void => {
    emit({
      entity: 'api-key',
      start: from,
      end: to,
      score: 0.9,
      rule,
      evidence: ['form of an issuer, and length'],
    });
  };
  for (const { rule, length, shape, before } of RUNS) {
    if (run.length !== length || !shape.test(run) || entropyOf(run) < 2.5) continue;
    if (before === undefined) claim(rule, start, end);
    else if (line.startsWith(before, start - before.length)) claim(rule, start - before.length, end);
  }
  for (const { rule, mark, body, min, max } of MARKED) {
    if (!run.includes(mark)) continue;
    const [from, to] = widened(line, { start, end, body, max });
    if (to - from >= min && to - from <= max && entropyOf(line.slice(from, to)) >= 3) claim(rule, from, to);
  }
  if (run.length === 32 && line.charAt(start - 1) === ':' && line.charAt(end) === ':') {
    const pair = NTLM.exec(line.slice(start, start + 70));
    if (pair !== null) claim('api-key.ntlm-hash', start, start + pair[0].length);
  }
}

/** The run with what of `body` stands around it. */
function widened(
  line: string,
  { start, end, body, max }: { start: number; end: number; body: Alphabet; max: number },
): readonly [number, number] {
  let from = start;
  let to = end;
  while (
    from > 0 &&
    end - from <= max &&
    isIn(body, line.charCodeAt(from - 1)) &&
    line.charAt(from - 1) !== '='
  )
    from--;
  while (to < line.length && to - from <= max && isIn(body, line.charCodeAt(to))) to++;
  return [from, to];
}

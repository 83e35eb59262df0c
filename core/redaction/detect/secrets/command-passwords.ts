import type { Detector, Emit, LineText } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';
import { COMMAND_RULES } from './command-rules.ts';
import { SPOKEN_RULES } from './spoken-rules.ts';
import type { CommandRule } from './command-rules.ts';
import { isTemplate } from '../context/named-value.ts';

/** How far behind a command's name its password option is looked for. */
const REACH = 400;

/** What manuals write for a name and its password: nobody's. */
const SAMPLE = /(?:^|[\s=:"'])(?:user(?:name)?|name|me|login|admin):(?:pass(?:word|wd)?|pwd|secret)$/i;

/** From the manual pages of the programs and the SQL grammars of PostgreSQL, MySQL and Oracle. */
const RULES: readonly CommandRule[] = [
  {
    rule: 'password.mysql-option',
    literals: /^(mysql|mariadb)/,
    pattern:
      /(?=[ \w.-])[^|;&\n]{0,300}?\s-p(?!\s|ort|rotocol|ager|lugin|ipe|assword)([^\s'"]+|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.sshpass',
    literals: /^(sshpass|pscp|plink)$/,
    pattern: /[^|;&\n]{0,200}?\s-(?:p|pw) ?([^\s'"]+|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.curl-user',
    literals: /^(curl|wget)$/,
    pattern: /[^|;&\n]{0,300}?\s(?:-u|--user|--proxy-user)[ =]?["']?[^\s:"'/]{1,100}:([^\s"']+)/y,
  },
  {
    rule: 'password.redis',
    literals: /^(redis cli|rediscli)$/,
    pattern: /[^|;&\n]{0,200}?\s-a ([^\s'"]+|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.requirepass',
    literals: /^requirepass$/,
    before: /(?:^\s*#?\s*|\bset |--)["']?$/i,
    pattern: /["']? +["']?([^\s"']+)/y,
  },
  {
    rule: 'password.sql',
    literals:
      /^(identified by|identifiedby|encrypted password|with password|password|set password|identified with)$/,
    pattern: /(?:\s+(?:by|for \S{1,80}\s*=))?\s{1,4}(?:values\s+)?'((?:[^']|'')*)(?:'|$)/iy,
  },
  {
    rule: 'password.sql',
    literals: /^(identified by|identifiedby)$/,
    before: /\b(?:create|alter|grant)\b.*$/i,
    pattern: /\s{1,4}(?:values\s+)?(?:password\s+)?"?([^\s'";]+)/iy,
  },
  {
    // inetutils' .netrc: machine, login, password.
    rule: 'password.netrc',
    literals: /^password$/,
    before: /\b(?:login|account) \S{1,100} $/,
    pattern: / ([^\s(]\S*)/y,
  },
  {
    // Oracle: EZConnect and thin JDBC, user/password@service.
    rule: 'password.oracle',
    literals: /^(sqlplus|jdbc:oracle|expdp|impdp|sqlldr)$/,
    pattern: /(?::thin:| (?:-[A-Za-z]\S*(?: \d+(?:\.\d+)?)? ){0,3})"?[\w$#]{1,64}\/([^\s@"'/]+)(?=@|\s|$|")/y,
  },
  {
    rule: 'password.mongo',
    literals: /^(mongo|mongosh|ldapsearch|ldapmodify|smbclient)$/,
    pattern: /[^|;&\n]{0,300}?\s-[pw] ([^\s'"-][^\s'"]*|'[^']*'|"[^"]*")/y,
  },
  {
    rule: 'password.htpasswd',
    literals: /^htpasswd$/,
    pattern: /[^|;&\n]{0,100}?\s-(?=\w{0,4}b)(?!\w{0,4}n)\w{1,5}\s+\S{1,100}\s+\S{1,100}\s+(\S+)/y,
  },
  {
    rule: 'password.htpasswd',
    literals: /^htpasswd$/,
    pattern: /[^|;&\n]{0,100}?\s-(?=\w{0,4}b)(?=\w{0,4}n)\w{1,5}\s+\S{1,100}\s+(\S+)/y,
  },
  ...COMMAND_RULES,
  ...SPOKEN_RULES,
];

/** Passwords on command lines and in SQL statements. */
export function createCommandPasswordDetector(): Detector {
  const rulesOf = new Map<string, readonly CommandRule[]>();
  const rulesFor = (literal: string): readonly CommandRule[] => {
    let rules = rulesOf.get(literal);
    if (rules === undefined) {
      rules = RULES.filter(rule => rule.literals.test(literal));
      rulesOf.set(literal, rules);
    }
    return rules;
  };
  return {
    name: 'command-passwords',
    needs: SIGHT.command,
    find: (text, emit) => find(text, emit, rulesFor),
  };
}

function find(text: LineText, emit: Emit, rulesFor: (literal: string) => readonly CommandRule[]): void {
  let tries = 0;
  for (const { literal, start: from, end } of text.sightings.anchors) {
    if ((literal.sight & SIGHT.command) === 0 || tries++ > 200) continue;
    const window = text.line.slice(end, end + REACH);
    for (const { rule, before, pattern, entity, accepts, evidence } of rulesFor(literal.text)) {
      if (before !== undefined && !before.test(text.line.slice(Math.max(0, from - 120), from))) continue;
      const match = matchOf(pattern, window, text);
      const value = match?.[1];
      if (match === null || value === undefined || value === '' || isTemplate(value)) continue;
      if (SAMPLE.test(match[0]) || accepts?.(value, text.line) === false) continue;
      const stop = end + match[0].length - (match[0].endsWith("'") && rule === 'password.sql' ? 1 : 0);
      const start = end + match[0].lastIndexOf(value);
      emit({
        entity: entity ?? 'password',
        start,
        end: Math.max(stop, start + value.length),
        score: 0.85,
        rule,
        evidence: [evidence ?? 'option or clause before it'],
      });
    }
    const piped = readsPassword(literal.text, window) ? pipedBefore(text.line, from) : null;
    if (piped !== null)
      emit({
        entity: 'password',
        ...piped,
        score: 0.85,
        rule: 'password.piped',
        evidence: ['printed into a program that reads a password'],
      });
  }
}

/** A quoted value of a growing line is one before its quote closes. */
function matchOf(pattern: RegExp, window: string, { isComplete }: LineText): RegExpExecArray | null {
  pattern.lastIndex = 0;
  const match = pattern.exec(window);
  if (match !== null || isComplete || window.length === REACH) return match;
  const quote = /['"](?=[^'"]{1,120}$)/.exec(window)?.[0];
  if (quote === undefined) return null;
  pattern.lastIndex = 0;
  const open = pattern.exec(window + quote);
  if (open === null || open[0].length <= window.length) return null;
  open[0] = window.slice(0, open[0].length);
  open[1] = (open[1] ?? '').slice(0, -1);
  return open;
}

/** Programs that read a password, or a name and a password, from a pipe; some of them only with an option. */
function readsPassword(literal: string, after: string): boolean {
  if (literal === 'sudo') return /^ (?:-\w+ ){0,3}-\w{0,4}S\b/.test(after);
  if (literal === 'passwd') return after.startsWith(' --stdin');
  return /^(?:chpasswd|password ?stdin|cryptsetup|kinit)$/.test(literal);
}

/** `echo 'bob:geheim' | chpasswd`, `printf geheim | docker login --password-stdin`. */
function pipedBefore(line: string, at: number): { readonly start: number; readonly end: number } | null {
  const floor = Math.max(0, at - 200);
  const window = line.slice(floor, at);
  const match =
    /\b(?:echo|printf|print)(?: -[neE]{1,3})? (?:'([^'|]+)'|"([^"|]+)"|([^\s'"|]+)) ?\|(?!\|)[^|;&]*$/.exec(
      window,
    );
  const text = match?.[1] ?? match?.[2] ?? match?.[3];
  if (match === null || text === undefined) return null;
  const value = /^[\w.-]+:(.+)$/.exec(text)?.[1] ?? text;
  if (isTemplate(value)) return null;
  const start = floor + match.index + match[0].indexOf(text) + text.length - value.length;
  return { start, end: start + value.length };
}

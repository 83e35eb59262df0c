import type { Entity, Finding, RedactionPolicy } from '../../../contract/redaction.ts';
import { createKeyNames } from '../detect/context/key-names.ts';
import type { KeyNames } from '../detect/context/key-names.ts';
import type { LineDetector } from '../line-detector.ts';
import { effectiveAction } from '../policy.ts';
import type { AllowList } from '../policy/allow-list.ts';
import { allowListOf } from '../policy/allow-list.ts';
import type { SqlToken } from './lexer.ts';
import { lexSql } from './lexer.ts';
import type { LiteralName } from './literal-names.ts';
import { nameLiterals } from './literal-names.ts';
import { literalText } from './literal-text.ts';
import { maskedLiteral } from './masked-literal.ts';

export interface StatementRedactorOptions {
  readonly policy: RedactionPolicy;
  /** Made from the same policy. */
  readonly detector: LineDetector;
  readonly tokenOf: ((value: string) => string) | null;
  /** One call per masked value; offsets in the SQL that came in. */
  readonly onFinding?: (finding: Finding) => void;
}

/**
 * Hides values in SQL text before it is logged, shown beside the terminal or sent anywhere. A literal is hidden when its column is
 * called after an entity (`INSERT … (columns) VALUES`, `SET`, `WHERE`, `IN`, `BETWEEN`, a password clause), or when its text is one by
 * form; comments by form. Names, keywords, parameters and the number of statements stay, and literals stay literals: the SQL is as
 * valid as it was. A hidden number becomes a quoted mask. Throws nothing; linear.
 */
export type StatementRedactor = (sql: string) => string;

interface Context {
  readonly options: StatementRedactorOptions;
  readonly names: KeyNames;
  readonly allowList: AllowList | null;
}

export function createStatementRedactor(options: StatementRedactorOptions): StatementRedactor {
  const { policy } = options;
  const context = { options, names: createKeyNames(policy.columns), allowList: allowListOf(policy) };
  return sql => {
    const tokens = lexSql(sql);
    const named = nameLiterals(sql, tokens);
    let out = '';
    let from = 0;
    for (const token of tokens) {
      const hidden = hiddenToken(context, sql, token, named.get(token) ?? null);
      if (hidden === null) continue;
      out += sql.slice(from, token.start) + hidden;
      from = token.end;
    }
    return from === 0 ? sql : out + sql.slice(from);
  };
}

/** What stands in the token's place; null where nothing in it is hidden. */
function hiddenToken(context: Context, sql: string, token: SqlToken, name: LiteralName): string | null {
  const [start, end] = token.inner;
  if (end <= start || !mayHold(token, sql)) return null;
  const quote = token.kind === 'comment' || token.escapes === 'none' ? '' : sql.charAt(start - 1);
  const literal = literalText(sql.slice(start, end), quote, token.escapes === 'backslash');
  const findings = findingsOf(context, literal.text, token.kind === 'comment' ? null : name);
  if (findings.length === 0) return null;
  const text = maskedLiteral(context.options, literal, findings);
  const first = findings[0];
  if (first !== undefined) context.options.onFinding?.({ ...first, start, end });
  if (token.kind === 'number') return `'${text}'`;
  return sql.slice(token.start, start) + text + sql.slice(end, token.end);
}

function mayHold(token: SqlToken, sql: string): boolean {
  if (token.kind === 'string' || token.kind === 'comment' || token.kind === 'number') return true;
  return token.kind === 'name' && sql.charAt(token.start) === '"';
}

/** The whole literal where its column says so, else what the detectors find in it. Offsets: UTF-16, in `text`. */
function findingsOf(context: Context, text: string, name: LiteralName): readonly Finding[] {
  const { names, options, allowList } = context;
  const entity = name === null || text.trim() === '' ? null : names.entityOf(name);
  if (entity !== null && name !== null && effectiveAction(options.policy, entity) !== 'allow') {
    if (allowList?.(entity, text) === true) return [];
    return [wholeLiteral(entity, name, text)];
  }
  return findingsInLines(options.detector.fork(), text);
}

function wholeLiteral(entity: Entity, name: string, text: string): Finding {
  const evidence = [`column "${name.slice(0, 64)}"`];
  return { entity, start: 0, end: text.length, score: 0.95, rule: `${entity}.column`, evidence };
}

function findingsInLines(detector: LineDetector, text: string): Finding[] {
  const found: Finding[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const from = at;
    for (const finding of detector.findings(line, true))
      found.push({ ...finding, start: from + finding.start, end: from + finding.end });
    detector.commit(line);
    at += line.length + 1;
  }
  return found;
}

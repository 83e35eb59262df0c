import { SallyportError } from '../../../contract/errors.ts';
import type { Finding } from '../../../contract/redaction.ts';
import type { LineDetector } from '../line-detector.ts';
import { maskedPlain } from './masked-literal.ts';
import { nextToken } from './lexer.ts';
import type { StatementRedactorOptions } from './statement-redactor.ts';
import { createStatementRedactor } from './statement-redactor.ts';

/** SQL in pieces, cut anywhere; what comes out is the same text with values masked, a statement at a time. */
export interface StatementStream {
  feed(text: string): string;
  /** The input is over: the rest, also of a statement without its semicolon. */
  end(): string;
}

/** Dumps have statements of some megabytes; more than this in one is no SQL. UTF-16 units. */
export const MAX_STATEMENT = 32 * 1024 * 1024;

const COPY = /^COPY\s+(?:[\w.]|"(?:[^"]|"")*")+\s*\(([^()]*)\)\s+FROM\s+STDIN\b([^;]*);$/i;

/**
 * A dump or a script, statement by statement; the rows behind `COPY … FROM stdin` are masked by their columns. Throws `bad-input` for a
 * statement longer than `maxStatement`: a quote is missing, or it is no SQL.
 */
export function createStatementStream(
  options: StatementRedactorOptions & { readonly maxStatement?: number },
): StatementStream {
  const redact = createStatementRedactor(options);
  const maxStatement = options.maxStatement ?? MAX_STATEMENT;
  let rest = '';
  /** Up to here `rest` has been read as tokens without a semicolon. */
  let read = 0;
  let copied: LineDetector | null = null;

  /** The next whole statement at the beginning of `rest`, or null. */
  const statement = (): string | null => {
    for (let token = nextToken(rest, read); token !== null; token = nextToken(rest, read)) {
      // what follows may belong to it
      if (token.isOpen || token.end >= rest.length) {
        if (token.kind !== 'punctuation') return null;
      }
      read = token.end;
      if (token.kind === 'punctuation' && rest[token.start] === ';') return rest.slice(0, token.end);
    }
    return null;
  };
  const drop = (length: number): void => {
    rest = rest.slice(length);
    read = 0;
  };
  const takeRows = (rows: LineDetector): string => {
    let out = '';
    for (let feed = rest.indexOf('\n'); feed >= 0 && copied !== null; feed = rest.indexOf('\n')) {
      out += rowOf(options, rows, rest.slice(0, feed)) + '\n';
      if (/^\\\.\r?$/.test(rest.slice(0, feed))) copied = null;
      drop(feed + 1);
    }
    return out;
  };

  return {
    feed(text) {
      rest += text;
      let out = '';
      for (;;) {
        if (copied !== null) {
          out += takeRows(copied);
          if (copied !== null) break;
        }
        const next = statement();
        if (next === null) break;
        out += redact(next);
        drop(next.length);
        copied = rowsAfter(options.detector, next);
        if (copied !== null) {
          const feed = rest.indexOf('\n');
          // The rest of the line belongs to the statement; it may come later.
          if (feed === 0) {
            out += '\n';
            drop(1);
          }
        }
      }
      if (rest.length > maxStatement) {
        throw new SallyportError(
          'bad-input',
          `A statement is longer than ${maxStatement} characters, or one of its quotes is never closed. Nothing of it was written; give the input in smaller statements.`,
        );
      }
      return out;
    },
    end() {
      const last = rest;
      rest = '';
      return copied === null ? redact(last) : rowOf(options, copied, last);
    },
  };
}

/** A detector that knows the columns of the rows that follow a COPY; null after other statements. */
function rowsAfter(detector: LineDetector, statement: string): LineDetector | null {
  let token = nextToken(statement, 0);
  while (token?.kind === 'comment') token = nextToken(statement, token.end);
  const [, columns, how = ''] = COPY.exec(statement.slice(token?.start ?? 0)) ?? [];
  if (columns === undefined) return null;
  const rows = detector.fork();
  const names = columns.replace(/\s+/g, ' ');
  rows.commit(/\bcsv\b/i.test(how) ? names.replace(/, /g, ',') : `COPY t (${names}) FROM stdin;`);
  return rows;
}

function rowOf(options: StatementRedactorOptions, rows: LineDetector, line: string): string {
  const findings: readonly Finding[] = rows.findings(line, true);
  rows.commit(line);
  for (const finding of findings) options.onFinding?.(finding);
  return findings.length === 0 ? line : maskedPlain(options, line, findings);
}

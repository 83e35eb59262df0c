/** A piece of SQL text; blanks are no tokens. Offsets: UTF-16, into the text that was lexed. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'comment' | 'parameter' | 'operator' | 'punctuation';
  readonly start: number;
  readonly end: number;
  /** Inside the quotes or the comment's marks; the whole token where there are none. */
  readonly inner: readonly [start: number, end: number];
  /** How the inside of a string is written: quotes doubled only, backslashes too, or as it is (dollar quotes). */
  readonly escapes: 'doubled' | 'backslash' | 'none';
  /** The text ended before the token did. */
  readonly isOpen: boolean;
}

type Shape = Partial<Pick<SqlToken, 'inner' | 'escapes' | 'isOpen'>>;

const WORD = /[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*/uy;
const NUMBER = /(?:0[xX][\da-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)/y;
const DOLLAR_TAG = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const PARAMETER = /\$\d+|\?(?![|&])|:[A-Za-z_]\w*|%(?:\(\w+\))?s|@{1,2}[A-Za-z_]\w*/y;
const OPERATOR = /:=|[=<>!~^*+/%|&#@?-]+|::/y;
/** Prefixes of string literals: PostgreSQL's `E`, `B`, `X`, `N`, `U&`; MySQL's character set introducers. */
const STRING_PREFIX = /(?:[eEbBxXnN]|[uU]&|_[a-z]\w{0,20}\s?)(?=')/y;

/**
 * The tokens of SQL as PostgreSQL, MySQL and SQLite write it (PostgreSQL manual 4.1, MySQL manual 9.1). What is no SQL becomes
 * punctuation; nothing is left out but blanks. Linear, but for a text whose last token is open.
 */
export function lexSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let token = nextToken(sql, 0); token !== null; token = nextToken(sql, token.end)) tokens.push(token);
  return tokens;
}

/** The first token at or after an offset; null where only blanks follow. */
export function nextToken(sql: string, from: number): SqlToken | null {
  const at = skipBlanks(sql, from);
  return at < sql.length ? tokenAt(sql, at) : null;
}

function skipBlanks(sql: string, from: number): number {
  let at = from;
  while (at < sql.length && /\s/.test(sql.charAt(at))) at++;
  return at;
}

function tokenAt(sql: string, at: number): SqlToken {
  const make = (kind: SqlToken['kind'], end: number, shape: Shape = {}): SqlToken => ({
    kind,
    start: at,
    end,
    inner: [at, end],
    escapes: 'none',
    isOpen: false,
    ...shape,
  });
  const two = sql.slice(at, at + 2);
  if (two === '--' || (sql[at] === '#' && /\s/.test(sql.charAt(at + 1) || '\n'))) {
    const feed = sql.indexOf('\n', at);
    return make('comment', feed < 0 ? sql.length : feed);
  }
  if (two === '/*') {
    const end = commentEnd(sql, at);
    return make('comment', end ?? sql.length, { isOpen: end === null });
  }
  const prefix = matchAt(STRING_PREFIX, sql, at);
  const quoteAt = at + (prefix?.length ?? 0);
  if (sql[quoteAt] === "'") {
    const escapes = prefix !== null && /^e/i.test(prefix) ? 'backslash' : 'doubled';
    const found = stringEnd(sql, quoteAt + 1, escapes);
    return make('string', found.end, {
      inner: [quoteAt + 1, found.innerEnd],
      escapes: found.hasBackslashes ? 'backslash' : escapes,
      isOpen: found.isOpen,
    });
  }
  const tag = sql[at] === '$' ? matchAt(DOLLAR_TAG, sql, at) : null;
  if (tag !== null) {
    const close = sql.indexOf(tag, at + tag.length);
    const innerEnd = close < 0 ? sql.length : close;
    return make('string', close < 0 ? innerEnd : close + tag.length, {
      inner: [at + tag.length, innerEnd],
      isOpen: close < 0,
    });
  }
  if (sql[at] === '"' || sql[at] === '`') {
    const found = quotedEnd(sql, at);
    return make('name', found.end, {
      inner: [at + 1, found.innerEnd],
      escapes: 'doubled',
      isOpen: found.isOpen,
    });
  }
  const word = matchAt(WORD, sql, at);
  if (word !== null) return make('word', at + word.length);
  const number = matchAt(NUMBER, sql, at);
  if (number !== null) return make('number', at + number.length);
  const parameter = two === '::' ? null : matchAt(PARAMETER, sql, at);
  if (parameter !== null) return make('parameter', at + parameter.length);
  const operator = matchAt(OPERATOR, sql, at);
  if (operator !== null) return make('operator', at + operatorLength(operator));
  return make('punctuation', at + 1);
}

/** An operator ends where a comment begins. */
function operatorLength(operator: string): number {
  const comment = operator.search(/--|\/\*/);
  return comment > 0 ? comment : operator.length;
}

function commentEnd(sql: string, at: number): number | null {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.index + 2;
  }
  return null;
}

interface QuoteEnd {
  readonly innerEnd: number;
  readonly end: number;
  readonly isOpen: boolean;
}

/**
 * A backslash before a quote escapes it in MySQL and ends the literal in PostgreSQL (`'C:\'`). Without an `E`, what follows decides:
 * a literal ends before a comma, a parenthesis, an operator, a blank or the end; in the middle of a word it does not.
 */
function stringEnd(
  sql: string,
  from: number,
  escapes: 'doubled' | 'backslash',
): QuoteEnd & { readonly hasBackslashes: boolean } {
  let hasBackslashes = false;
  const special = /['\\]/g;
  special.lastIndex = from;
  for (let found = special.exec(sql); found !== null; found = special.exec(sql)) {
    const at = found.index;
    if (found[0] === '\\') {
      const isEscape = escapes === 'backslash' || (sql[at + 1] === "'" && !endsAfter(sql, at + 2));
      if (!isEscape) continue;
      hasBackslashes = true;
      special.lastIndex = at + 2;
    } else if (sql[at + 1] === "'") special.lastIndex = at + 2;
    else return { innerEnd: at, end: at + 1, isOpen: false, hasBackslashes };
  }
  return { innerEnd: sql.length, end: sql.length, isOpen: true, hasBackslashes };
}

function endsAfter(sql: string, at: number): boolean {
  return at >= sql.length || /[\s,);:=<>|]/.test(sql.charAt(at));
}

function quotedEnd(sql: string, at: number): QuoteEnd {
  const quote = sql.charAt(at);
  for (let from = at + 1; ; ) {
    const close = sql.indexOf(quote, from);
    if (close < 0) return { innerEnd: sql.length, end: sql.length, isOpen: true };
    if (sql[close + 1] !== quote) return { innerEnd: close, end: close + 1, isOpen: false };
    from = close + 2;
  }
}

function matchAt(pattern: RegExp, sql: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? null;
}

import type { SqlToken } from './lexer.ts';

/** What a literal belongs to: a column's name, or `password` where a clause says so; null where nothing names it. */
export type LiteralName = string | null;

const COMPARING = new Set([
  'LIKE',
  'ILIKE',
  'SIMILAR',
  'REGEXP',
  'RLIKE',
  'GLOB',
  'MATCH',
  'IN',
  'BETWEEN',
  'IS',
]);
/** After these, what was compared before is over. */
const BOUNDARIES = new Set(
  'AND OR WHERE SET HAVING ON RETURNING ORDER GROUP LIMIT OFFSET THEN ELSE WHEN END FROM SELECT UPDATE INSERT DELETE VALUES USING UNION CONFLICT DUPLICATE AS FOR'.split(
    ' ',
  ),
);
const SECRET_CLAUSE = /^(?:PASSWORD|IDENTIFIED)$/;

/**
 * Walks over the tokens of statements and tells, for each literal in turn, what names it: the column at its place in
 * `INSERT … (columns) VALUES` and in row comparisons, or the column on the other side of `=`, `LIKE`, `IN`, `BETWEEN` and the like,
 * also through functions and casts. One pass, no tree.
 */
export function nameLiterals(sql: string, tokens: readonly SqlToken[]): Map<SqlToken, LiteralName> {
  const named = new Map<SqlToken, LiteralName>();
  const walk = new Walk();
  const significant = tokens.filter(token => token.kind !== 'comment');
  significant.forEach((token, i) => {
    const text = sql.slice(token.start, token.end);
    walk.arrive(token, text);
    if (
      token.kind === 'string' ||
      token.kind === 'number' ||
      (token.kind === 'name' && text.startsWith('"'))
    ) {
      named.set(token, walk.nameHere() ?? mirrored(sql, significant, i));
    }
    walk.pass(token, token.kind === 'name' || token.kind === 'string' ? sql.slice(...token.inner) : text);
  });
  return named;
}

/** `'x' = column`, `'x' AS column`: the name is on the right. */
function mirrored(sql: string, tokens: readonly SqlToken[], i: number): LiteralName {
  const next = tokens[i + 1];
  const isLabelled = next?.kind === 'word' && /^as$/i.test(sql.slice(next.start, next.end));
  if (next?.kind !== 'operator' && !isLabelled) return null;
  let name: LiteralName = null;
  for (let k = i + 2; k < Math.min(tokens.length, i + 12); k++) {
    const token = tokens[k];
    const text = token === undefined ? '' : sql.slice(token.start, token.end);
    if (token?.kind === 'name') name = sql.slice(...token.inner);
    else if (token?.kind === 'word' && !BOUNDARIES.has(text.toUpperCase())) name = text;
    else if (text !== '(' && text !== '.') break;
  }
  return name;
}

interface Comparison {
  readonly name: string;
  readonly depth: number;
  /** Of a clause such as `PASSWORD 'x'`: names one literal only. */
  readonly isClause: boolean;
}

class Walk {
  #depth = 0;
  /** The last name that was seen, and the names in the parenthesis that was closed last. */
  #last: string | null = null;
  #list: string[] | null = null;
  /** Names in the open parentheses, for lists; null once something else stood in it. */
  #open: (string[] | null)[] = [];
  #comparison: Comparison | null = null;
  /** Columns of rows that come by position, and the depth of a row's inside. */
  #row: { readonly names: readonly string[]; readonly depth: number; readonly isOfValues: boolean } | null =
    null;
  #column = 0;
  #isBetween = false;
  /** The comparison has been given a value: a word behind it begins something else. */
  #hasValue = false;
  #previous = '';

  nameHere(): LiteralName {
    // what is behind `->` is a key and no value
    if (/^[-#]>/.test(this.#previous)) return null;
    if (this.#row !== null && this.#depth >= this.#row.depth) return this.#row.names[this.#column] ?? null;
    return this.#comparison?.name ?? null;
  }

  pass(token: SqlToken, text: string): void {
    this.#take(token, text);
    this.#previous = text;
  }

  /** `WHERE email = 'x'` without an end, and then the next line of a log: nothing of that is compared with the column. */
  arrive({ kind }: SqlToken, text: string): void {
    const isOther = kind === 'word' || kind === 'name' || kind === 'number' || kind === 'parameter';
    if (isOther && this.#hasValue && this.#depth === this.#comparison?.depth && !/^AND$/i.test(text))
      this.#comparison = null;
    if (kind === 'operator') this.#hasValue = false;
    else if (kind === 'string' || kind === 'number' || kind === 'parameter') this.#hasValue = true;
  }

  #take(token: SqlToken, text: string): void {
    switch (token.kind) {
      case 'name':
        return this.#name(text);
      case 'word':
        return this.#word(text);
      case 'operator':
        return this.#operator(text);
      case 'punctuation':
        return this.#punctuation(text);
      case 'string':
        if (/^[-#]>/.test(this.#previous)) this.#last = text;
        else if (this.#comparison?.isClause === true) this.#comparison = null;
        return this.#spoil();
      default:
        this.#spoil();
    }
  }

  #word(text: string): void {
    const upper = text.toUpperCase();
    if (SECRET_CLAUSE.test(upper)) {
      this.#comparison = { name: 'password', depth: this.#depth, isClause: true };
      this.#hasValue = false;
      return this.#name(text);
    }
    if (upper === 'BETWEEN') this.#isBetween = true;
    if (COMPARING.has(upper)) return this.#compare();
    if (upper === 'AND' && this.#isBetween) {
      this.#isBetween = false;
      return;
    }
    if (upper === 'VALUES' || upper === 'VALUE') return this.#beginRows();
    if (BOUNDARIES.has(upper)) {
      this.#comparison = null;
      this.#isBetween = false;
      if (upper !== 'AS') this.#row = null;
      return;
    }
    if (/^(?:NOT|ANY|ALL|SOME|ARRAY|ROW|NULL|TRUE|FALSE|BY|TO|DISTINCT|BINARY|ESCAPE|DEFAULT)$/.test(upper))
      return;
    this.#name(text);
  }

  #name(text: string): void {
    this.#last = text;
    this.#open.at(-1)?.push(text);
  }

  /** Something that is no name: the open parenthesis is no list of columns. */
  #spoil(): void {
    if (this.#open.length > 0) this.#open[this.#open.length - 1] = null;
  }

  #operator(text: string): void {
    if (text === '::' || text === '*') return;
    if (text.startsWith('=') || /^(?:[<>!~:]|@>)/.test(text)) this.#compare();
    else this.#spoil();
  }

  #compare(): void {
    if (this.#list !== null && this.#list.length > 1) {
      this.#row = { names: this.#list, depth: this.#depth + 1, isOfValues: false };
      this.#column = 0;
      this.#list = null;
    }
    if (this.#last !== null && (this.#comparison === null || this.#comparison.isClause))
      this.#comparison = { name: this.#last, depth: this.#depth, isClause: false };
    this.#hasValue = false;
  }

  #beginRows(): void {
    this.#comparison = null;
    this.#row = this.#list === null ? null : { names: this.#list, depth: this.#depth + 1, isOfValues: true };
    this.#column = 0;
  }

  #punctuation(text: string): void {
    if (text === '(' || text === '[') {
      this.#depth++;
      this.#open.push([]);
      const row = this.#row;
      // `(a, b) IN (('x', 'y'))`: the rows are one parenthesis further inside
      if (row !== null && !row.isOfValues && this.#depth === row.depth + 1 && this.#previous === '(')
        this.#row = { ...row, depth: this.#depth };
      if (row !== null && this.#depth <= row.depth + 1 && this.#row?.depth === this.#depth) this.#column = 0;
    } else if (text === ')' || text === ']') {
      this.#depth = Math.max(0, this.#depth - 1);
      const names = this.#open.pop() ?? null;
      if (names !== null && names.length > 0) {
        this.#list = names;
        this.#last = names.at(-1) ?? null;
      }
      if (this.#comparison !== null && this.#depth < this.#comparison.depth) this.#comparison = null;
    } else if (text === ',') {
      if (this.#comparison !== null && this.#depth <= this.#comparison.depth) this.#comparison = null;
      if (this.#row !== null && this.#depth === this.#row.depth) this.#column++;
    } else if (text === '.') this.#open.at(-1)?.pop();
    else if (text === ';') this.#reset();
    else this.#spoil();
  }

  #reset(): void {
    this.#depth = 0;
    this.#open = [];
    this.#last = null;
    this.#list = null;
    this.#comparison = null;
    this.#row = null;
    this.#isBetween = false;
  }
}

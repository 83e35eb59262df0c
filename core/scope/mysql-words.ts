/** A word, a quoted name or a mark of a statement; what stands between single quotes is left out, its place is kept. */
export interface MysqlWord {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'mark';
  /** as it stands there, without quotes */
  readonly text: string;
}

const SPACE = /[ \t\n\r\f\v]+/y;
const WORD = /[A-Za-z_$@][A-Za-z0-9_$@]*/y;
const NUMBER = /(?:0[xX][0-9A-Fa-f]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;

/**
 * The words of a statement, or null where settings of the server decide how it reads: backslashes, comments (some of which run), characters of
 * names beyond ASCII. A double quote is a name to one setting and a string to another: it counts as a name, which is the stricter. One statement
 * only; a semicolon at its end is left out.
 */
export function mysqlWords(sql: string): MysqlWord[] | null {
  const text = sql.replace(/[;\s]+$/, '');
  const words: MysqlWord[] = [];
  for (let at = 0; at < text.length; ) {
    const mark = text[at] ?? '';
    const space = matchAt(SPACE, text, at);
    if (space !== null) {
      at += space.length;
      continue;
    }
    if (mark === "'" || mark === '"' || mark === '`') {
      const end = quoteEnd(text, at);
      const inner = end === null ? '' : text.slice(at + 1, end - 1);
      if (end === null || inner.includes('\\') || (mark !== "'" && !isAscii(inner))) return null;
      words.push({ kind: mark === "'" ? 'string' : 'name', text: inner });
      at = end;
      continue;
    }
    const two = text.slice(at, at + 2);
    if (mark === '\\' || mark === '#' || mark === ';' || two === '--' || two === '/*' || !isAscii(mark))
      return null;
    const number = matchAt(NUMBER, text, at);
    const word = matchAt(WORD, text, at);
    const found = number ?? word ?? mark;
    words.push({ kind: number !== null ? 'number' : word !== null ? 'word' : 'mark', text: found });
    at += found.length;
    // A name may begin with a digit (`1a`): settings aside, it is a word then.
    if (number !== null && matchAt(WORD, text, at) !== null) return null;
  }
  return words;
}

/** Behind the closing quote; a doubled one stands for itself. Null where it never closes. */
function quoteEnd(text: string, at: number): number | null {
  const quote = text.charAt(at);
  for (let from = at + 1; ; ) {
    const close = text.indexOf(quote, from);
    if (close < 0) return null;
    if (text[close + 1] !== quote) return close + 1;
    from = close + 2;
  }
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e\t\n\r]*$/.test(text);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** What a prompt asks for: a shell command, the beginning of an SQL statement, or its next line. */
export type Prompt = 'shell' | 'sql' | 'sql-more';

/** psql: `shop=> `, `shop=# `; inside a statement the sign before tells why it goes on: `shop-> `, `shop'> `, `shop(# `. */
const PSQL = /^[^\s=]*=[>#] $/;
const PSQL_MORE = /^[^\s=]*[-'"($*^!][>#] $/;
/** mysql and mariadb (`mysql> `, `MariaDB [shop]> `, `    -> `), sqlite3 (`sqlite> `, `   ...> `). */
const OTHER_SQL = /^(?:mysql|MariaDB \[[^\]]*\]|sqlite)> $/;
const OTHER_SQL_MORE = /^ +(?:[-'"`]>|\.\.\.>) $/;
/** Signs that shells' prompts end in. */
const SHELL = /(?:^|[^\s<>=-])[^\S\n]?[$#%>❯➜»λ›] ?$/;

/** What the text left of the cursor is when it is the end of a prompt; null where it is none. */
export function promptOf(left: string): Prompt | null {
  if (PSQL.test(left) || OTHER_SQL.test(left)) return 'sql';
  if (OTHER_SQL_MORE.test(left)) return 'sql-more';
  if (PSQL_MORE.test(left) && !/[$#%] $/.test(left.slice(0, -2))) return 'sql-more';
  return SHELL.test(left) || /^[$#%❯➜»λ›] ?$/.test(left) ? 'shell' : null;
}

const MAX_STATEMENT_CHARACTERS = 4_000;

/** Puts statements together that were entered in several lines. */
export function createStatementCollector() {
  let begun = '';
  return {
    /** The statement that this line ends; null where it goes on. */
    add(line: string, prompt: 'sql' | 'sql-more'): string | null {
      const text = prompt === 'sql' || begun === '' ? line : `${begun}\n${line}`;
      begun = '';
      // `\d`, `\x`: psql's own commands end with their line
      const isOver = /;\s*(?:--.*)?$|\\(?:g|G|gx)\b.*$/.test(text) || /^\s*[\\.]/.test(text);
      if (isOver) return text;
      begun = text.slice(0, MAX_STATEMENT_CHARACTERS);
      return null;
    },
    reset(): void {
      begun = '';
    },
  };
}

/** The columns of the last `CREATE TABLE` that was printed: dumps of MySQL and of `pg_dump --inserts` name them nowhere else. */
export interface Schema {
  readonly table: string;
  readonly names: readonly string[];
  /** Its closing parenthesis has not come yet. */
  readonly isOpen: boolean;
}

const CREATE =
  /^\s{0,8}CREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED)\s+)*TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w."`]{1,200})\s*\(\s*$/i;
/** All of it on one line, as SQLite keeps it. */
const CREATE_WHOLE =
  /^\s{0,8}CREATE\s+(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED)\s+)*TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w."`]{1,200})\s*\((.+)\)[^()]*;?\s*$/i;
const COLUMN = /^\s+["`]?([\p{L}_][\p{L}\p{N}_$ ]{0,62}?)["`]?\s+[a-z"]/iu;
const CONSTRAINT =
  /^\s+(?:PRIMARY|UNIQUE|KEY|INDEX|FULLTEXT|SPATIAL|CONSTRAINT|FOREIGN|CHECK|EXCLUDE|LIKE)\b/i;
const BARE_INSERT = /^\s{0,8}(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s+([\w."`]{1,200})\s+VALUES\b/i;
const MAX_COLUMNS = 1000;

export function schemaAfter(schema: Schema | null, line: string): Schema | null {
  if (line.length > 1024) return schema;
  const mayCreate = (line.trimStart().charCodeAt(0) | 0x20) === 0x63;
  const created = mayCreate ? CREATE.exec(line)?.[1] : undefined;
  if (created !== undefined) return { table: plain(created), names: [], isOpen: true };
  const whole = mayCreate && line.includes(')') ? CREATE_WHOLE.exec(line) : null;
  if (whole !== null)
    return { table: plain(whole[1] ?? ''), names: columnsIn(whole[2] ?? ''), isOpen: false };
  if (schema === null || !schema.isOpen) return schema;
  const name = CONSTRAINT.test(line) ? undefined : COLUMN.exec(line)?.[1];
  if (name !== undefined && schema.names.length < MAX_COLUMNS)
    return { ...schema, names: [...schema.names, name] };
  return line.trimStart().startsWith(')') || line.trim() === '' ? { ...schema, isOpen: false } : schema;
}

/** `id INTEGER, price NUMERIC(8, 2), email TEXT`: commas in parentheses part no columns. */
function columnsIn(body: string): readonly string[] {
  return body
    .replaceAll(/\([^()]*\)/g, '')
    .split(',')
    .map(each => ` ${each.trim()} x`)
    .filter(each => !CONSTRAINT.test(each))
    .flatMap(each => COLUMN.exec(each)?.[1] ?? [])
    .slice(0, MAX_COLUMNS);
}

/** The columns of an `INSERT INTO t VALUES` that names none, and where its tuples begin; null for other lines and tables. */
export function bareInsert(
  schema: Schema | null,
  line: string,
): { readonly names: readonly string[]; readonly from: number } | null {
  if (schema === null) return null;
  const match = BARE_INSERT.exec(line.slice(0, 512));
  if (match?.[1] === undefined || plain(match[1]) !== schema.table) return null;
  return { names: schema.names, from: match[0].length };
}

const plain = (table: string): string => table.replace(/["`]/g, '').replace(/^.*\./, '').toLowerCase();

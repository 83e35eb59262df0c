import type { GrantScope } from '../../contract/grant.ts';
import { liftsMysqlReadOnly } from './mysql-read-only.ts';
import type { MysqlWord } from './mysql-words.ts';
import { mysqlWords } from './mysql-words.ts';
import { REFUSED } from './refusals.ts';
import { deniedColumns, fits, hasNameLimits, hasTableLimits, isDeniedTable } from './scope-limits.ts';

const CHECKED_STATEMENTS: ReadonlySet<string> = new Set(
  (
    'SELECT WITH INSERT REPLACE UPDATE DELETE VALUES SHOW DESCRIBE DESC EXPLAIN USE BEGIN START COMMIT ROLLBACK ' +
    'SAVEPOINT RELEASE SET'
  ).split(' '),
);
/** What can run anything, and so hide a denied command. */
const HIDING_STATEMENTS: ReadonlySet<string> = new Set(
  'CALL DO PREPARE EXECUTE HANDLER LOAD INSTALL ALTER CREATE SOURCE DELIMITER BINLOG XA'.split(' '),
);
/** Schemas that hold statements of others, samples of the data, or accounts. */
const HIDDEN_SCHEMAS: ReadonlySet<string> = new Set(['mysql', 'performance_schema', 'sys']);
const HIDDEN_TABLES: ReadonlySet<string> = new Set(['column_statistics', 'column_stats', 'processlist']);
/** Words before a parenthesis that are no functions, and functions that read nothing but their arguments (MySQL and MariaDB manuals). */
const BEFORE_PARENTHESIS: ReadonlySet<string> = new Set(
  `select from where and or not in exists any some all as on using values value into join when then else over partition by
   having distinct union except intersect with recursive limit interval like between is case set key index ignore use force
   primary unique row lateral div mod xor update insert replace returning
   count sum avg min max group_concat std stddev stddev_pop stddev_samp variance var_pop var_samp bit_and bit_or bit_xor
   json_arrayagg json_objectagg row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
   abs ceil ceiling floor round truncate mod power pow sqrt exp ln log log2 log10 sign rand pi greatest least
   coalesce ifnull nullif if isnull concat concat_ws length char_length character_length octet_length bit_length lower lcase
   upper ucase trim ltrim rtrim lpad rpad substring substr mid left right locate instr position replace reverse repeat space
   strcmp field elt find_in_set format hex unhex bin oct conv ascii ord char quote soundex regexp_like regexp_replace
   regexp_substr regexp_instr md5 sha sha1 sha2 crc32 to_base64 from_base64 cast convert
   now curdate current_date curtime current_time current_timestamp sysdate utc_timestamp utc_date utc_time localtime
   localtimestamp date time year month day dayofmonth dayofweek dayofyear dayname monthname hour minute second microsecond
   quarter week weekday weekofyear yearweek last_day makedate maketime date_add date_sub adddate subdate addtime subtime
   datediff timediff timestampdiff timestampadd date_format time_format str_to_date from_unixtime unix_timestamp from_days
   to_days to_seconds sec_to_time time_to_sec extract convert_tz timestamp
   json_extract json_value json_unquote json_quote json_array json_object json_length json_keys json_type json_valid
   json_contains json_contains_path json_search json_set json_insert json_replace json_remove json_merge_patch json_table
   database schema user current_user session_user system_user version connection_id found_rows row_count last_insert_id
   uuid inet_aton inet_ntoa inet6_aton inet6_ntoa is_ipv4 is_ipv6 char varchar decimal numeric int binary varbinary double float`
    .trim()
    .split(/\s+/),
);
const HARMLESS_SETTINGS = [
  'autocommit',
  'time_zone',
  'max_statement_time',
  'max_execution_time',
  'lock_wait_timeout',
];

/**
 * Why a statement must not be sent to MySQL or MariaDB under a scope, or null where it may. Judged by its words alone, and so strictly: a denied name
 * is refused wherever it stands, `*` wherever a column is denied, functions that are not known, comments and backslashes always.
 */
export function mysqlRefusal(sql: string, scope: GrantScope): string | null {
  if (scope.readOnly && liftsMysqlReadOnly(sql)) return REFUSED.lifts;
  if (!hasNameLimits(scope)) return null;
  const words = mysqlWords(sql);
  if (words === null)
    return REFUSED.unreadable('comments, backslashes, several statements at once or names beyond ASCII');
  if (words.length === 0) return null;
  return (
    statementRefusal(words, scope) ??
    functionRefusal(words) ??
    (hasTableLimits(scope) ? nameRefusal(words, scope) : null)
  );
}

function statementRefusal(words: readonly MysqlWord[], scope: GrantScope): string | null {
  const plain = words.filter(({ text }) => text !== '(').map(({ text }) => text.toUpperCase());
  const [first = '', second = '', third = ''] = plain;
  const isFenced = hasTableLimits(scope);
  if (isFenced ? !CHECKED_STATEMENTS.has(first) : HIDING_STATEMENTS.has(first))
    return REFUSED.statement(first);
  const isExplain = first === 'EXPLAIN' || first === 'DESC' || first === 'DESCRIBE';
  // EXPLAIN FOR CONNECTION shows what another connection runs.
  if (isFenced && isExplain && second === 'FOR') return REFUSED.statement('EXPLAIN FOR');
  if (
    isFenced &&
    first === 'SHOW' &&
    ![
      'TABLES',
      'FULL',
      'COLUMNS',
      'FIELDS',
      'INDEX',
      'INDEXES',
      'KEYS',
      'CREATE',
      'DATABASES',
      'SCHEMAS',
      'STATUS',
      'WARNINGS',
      'ERRORS',
      'TABLE',
    ].includes(second)
  ) {
    return REFUSED.statement(`SHOW ${second}`);
  }
  if (isFenced && first === 'SHOW' && second === 'FULL' && third === 'PROCESSLIST')
    return REFUSED.statement('SHOW PROCESSLIST');
  if (
    isFenced &&
    plain.some((word, at) => word === 'INTO' && ['OUTFILE', 'DUMPFILE'].includes(plain[at + 1] ?? ''))
  )
    return REFUSED.statement('INTO OUTFILE');
  if (first === 'SET') {
    const setting = ['SESSION', 'LOCAL'].includes(second) ? third : second;
    const isNames = setting === 'NAMES' && plain.at(-1) === 'UTF8MB4';
    const isOne = !words.some(({ text }) => text === ',');
    const isHarmless = isOne && HARMLESS_SETTINGS.includes(setting.toLowerCase());
    if (!isNames && !isHarmless) return REFUSED.setting(setting.toLowerCase());
  }
  const denied = scope.denyCommands.find(command => {
    const wanted = command.trim().toUpperCase().split(/\s+/);
    // Anywhere, since `WITH`, `EXPLAIN` and parentheses go before: stricter than needed.
    return plain.some((_, at) => wanted.every((word, index) => plain[at + index] === word));
  });
  return denied === undefined ? null : REFUSED.command(denied);
}

function functionRefusal(words: readonly MysqlWord[]): string | null {
  for (const [at, { kind, text }] of words.entries()) {
    const isCall = (kind === 'word' || kind === 'name') && words[at + 1]?.text === '(';
    if (!isCall || BEFORE_PARENTHESIS.has(text.toLowerCase())) continue;
    // `INSERT INTO orders (id, …)` and `WITH sums (total) AS`
    const before = words[at - 1]?.text.toUpperCase() ?? '';
    if (before === 'INTO' || before === 'WITH' || before === 'RECURSIVE' || isPartOfInto(words, at)) continue;
    return REFUSED.function(text);
  }
  return null;
}

function isPartOfInto(words: readonly MysqlWord[], at: number): boolean {
  return words[at - 1]?.text === '.' && words[at - 3]?.text.toUpperCase() === 'INTO';
}

function nameRefusal(words: readonly MysqlWord[], scope: GrantScope): string | null {
  const isName = ({ kind }: MysqlWord) => kind === 'word' || kind === 'name';
  const names = words.filter(isName).map(({ text }) => text);
  for (const [at, word] of words.entries()) {
    if (!isName(word)) continue;
    const schema = words[at - 1]?.text === '.' && at >= 2 ? (words[at - 2]?.text ?? null) : null;
    const isHidden =
      HIDDEN_SCHEMAS.has(word.text.toLowerCase()) || HIDDEN_TABLES.has(word.text.toLowerCase());
    if (isHidden || isDeniedTable(scope, { schema, table: word.text })) return REFUSED.table(word.text);
  }
  // What a schema that is denied as a whole holds needs no schema's name any more after USE.
  const used = words[0]?.text.toUpperCase() === 'USE' ? words.at(-1)?.text : undefined;
  if (used !== undefined && isDeniedTable(scope, { schema: used, table: '*' }))
    return REFUSED.table(`${used}.*`);
  const columns = deniedColumns(scope);
  for (const { table, column } of columns) {
    if (table !== null && !names.some(name => fits(table, name))) continue;
    const shown = table === null ? column : `${table}.${column}`;
    if (names.some(name => fits(column, name))) return REFUSED.column(shown);
    if (readsEveryColumn(words)) return REFUSED.everyColumn(shown);
    if (names.some(name => name.toUpperCase() === 'NATURAL')) return REFUSED.renamedColumns;
  }
  return null;
}

/** Every `*` but that of `count(*)`; `TABLE t`, the statement, is not among those that are checked. */
function readsEveryColumn(words: readonly MysqlWord[]): boolean {
  return words.some(({ kind, text }, at) => {
    if (kind === 'word' && text.toUpperCase() === 'TABLE' && words[0]?.text.toUpperCase() !== 'SHOW')
      return true;
    if (text !== '*' || kind !== 'mark') return false;
    const isCount =
      words[at - 2]?.text.toLowerCase() === 'count' &&
      words[at - 1]?.text === '(' &&
      words[at + 1]?.text === ')';
    return !isCount;
  });
}

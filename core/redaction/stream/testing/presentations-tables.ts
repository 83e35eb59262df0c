import type { Presentation, ShownValue } from './presentations.ts';

const lines = (...all: readonly string[]) => `${all.join('\r\n')}\r\n`;
const width = (v: ShownValue) => Math.max(v.text.length, v.key.length);

/** The same value in the rows of a table, between plain columns. */
export const TABLES: readonly Presentation[] = [
  {
    name: 'psql aligned',
    show: v =>
      lines(
        ` id | ${v.key.padEnd(width(v))} | note `,
        `----+-${'-'.repeat(width(v))}-+------`,
        `  1 | ${v.text.padEnd(width(v))} | ok`,
        `  2 | ${v.text.padEnd(width(v))} | `,
        '(2 rows)',
        '',
      ),
  },
  {
    name: 'psql border 2 unicode',
    show: v =>
      lines(
        `┌────┬─${'─'.repeat(width(v))}─┬──────┐`,
        `│ id │ ${v.key.padEnd(width(v))} │ note │`,
        `├────┼─${'─'.repeat(width(v))}─┼──────┤`,
        `│  1 │ ${v.text.padEnd(width(v))} │ ok   │`,
        `└────┴─${'─'.repeat(width(v))}─┴──────┘`,
      ),
  },
  {
    name: 'psql border 0',
    show: v =>
      lines(
        `id ${v.key.padEnd(width(v))} note`,
        `-- ${'-'.repeat(width(v))} ----`,
        ` 1 ${v.text.padEnd(width(v))} ok`,
        '(1 row)',
      ),
  },
  {
    name: 'psql \\x',
    show: v => lines(`-[ RECORD 1 ]${'-'.repeat(20)}`, `id    | 1`, `${v.key.padEnd(12)} | ${v.text}`),
  },
  {
    name: 'psql \\x border 0',
    show: v =>
      lines(
        `* Record 1`,
        `id           1`,
        `${v.key.padEnd(12)} ${v.text}`,
        `* Record 2`,
        `id           2`,
        `${v.key.padEnd(12)} ${v.text}`,
      ),
  },
  {
    name: 'psql \\x border 2',
    show: v =>
      lines(
        `┌─[ RECORD 1 ]─┬─${'─'.repeat(24)}┐`,
        `│ id           │ 1${' '.repeat(23)}│`,
        `│ ${v.key.padEnd(12)} │ ${v.text.padEnd(24)}│`,
        `└──────────────┴─${'─'.repeat(24)}┘`,
      ),
  },
  { name: 'psql unaligned', show: v => lines(`id|${v.key}|note`, `1|${v.text}|ok`, '(1 row)') },
  { name: 'psql --csv', show: v => lines(`id,${v.key},note`, `1,${v.text},ok`, `2,"${v.text}","a, b"`) },
  {
    name: 'psql --csv with \\x',
    show: v => lines(`id,1`, `${v.key},${v.text}`, `note,ok`, `id,2`, `${v.key},${v.text}`, `note,fine`),
  },
  {
    name: 'psql tuples only',
    show: v =>
      v.id === 'N' || v.id === 'W'
        ? null
        : lines(...Array.from({ length: 7 }, (_, i) => ` ${i} | ${v.text} | ok`)),
  },
  {
    name: 'psql -H',
    show: v =>
      lines(
        '<table border="1">',
        '  <tr>',
        '    <th align="center">id</th>',
        `    <th align="center">${v.key}</th>`,
        '  </tr>',
        '  <tr valign="top">',
        '    <td align="right">1</td>',
        `    <td align="left">${v.text}</td>`,
        '  </tr>',
        '</table>',
      ),
  },
  {
    name: 'psql -H with \\x',
    show: v =>
      lines(
        '<table border="1">',
        '',
        '  <tr><td colspan="2" align="center">Record 1</td></tr>',
        '  <tr valign="top">',
        `    <th>id</th>`,
        '    <td align="right">1</td>',
        '  </tr>',
        '  <tr valign="top">',
        `    <th>${v.key}</th>`,
        `    <td align="left">${v.text}</td>`,
        '  </tr>',
      ),
  },
  {
    name: 'psql asciidoc',
    show: v =>
      lines(
        '',
        '[options="header",cols=">l,<l,<l",frame="none"]',
        '|====',
        `^l|id ^l|${v.key} ^l|note`,
        `|1 |${v.text} |ok`,
        `|2 |${v.text} |fine`,
        '|====',
      ),
  },
  {
    name: 'psql latex',
    show: v =>
      lines(
        '\\begin{tabular}{r | l | l}',
        `\\textit{id} & \\textit{${v.key.replaceAll('_', '\\_')}} & \\textit{note} \\\\`,
        '\\hline',
        `1 & ${v.text} & ok \\\\`,
        `2 & ${v.text} & fine \\\\`,
        '\\end{tabular}',
      ),
  },
  {
    name: 'psql troff-ms',
    show: v =>
      lines(
        '.LP',
        '.TS',
        'center;',
        'r | l | l.',
        `\\fIid\\fP\t\\fI${v.key}\\fP\t\\fInote\\fP`,
        '_',
        `1\t${v.text}\tok`,
        `2\t${v.text}\tfine`,
        '.TE',
      ),
  },
  {
    name: 'psql wrapped cell',
    show: v =>
      lines(
        ` id | ${v.key.padEnd(12)} | note `,
        `----+-${'-'.repeat(12)}-+------`,
        `  1 | ${v.text.slice(0, 12).padEnd(12)}.| ok`,
        `    |.${v.text.slice(12).padEnd(12)} | `,
        '(1 row)',
      ),
  },
  {
    name: 'mysql box',
    show: v =>
      lines(
        `+----+-${'-'.repeat(width(v))}-+------+`,
        `| id | ${v.key.padEnd(width(v))} | note |`,
        `+----+-${'-'.repeat(width(v))}-+------+`,
        `|  1 | ${v.text.padEnd(width(v))} | ok   |`,
        `|  2 | ${v.text.padEnd(width(v))} | NULL |`,
        `+----+-${'-'.repeat(width(v))}-+------+`,
        '2 rows in set (0.00 sec)',
      ),
  },
  {
    name: 'mysql box, a cell with a line feed',
    show: v =>
      lines(
        `+----+-${'-'.repeat(width(v) + 6)}-+------+`,
        `| id | ${v.key.padEnd(width(v) + 6)} | note |`,
        `+----+-${'-'.repeat(width(v) + 6)}-+------+`,
        `|  1 | line1`,
        `${v.text}   | ok   |`,
        `|  2 | ${v.text.padEnd(width(v) + 6)} | ok   |`,
        `+----+-${'-'.repeat(width(v) + 6)}-+------+`,
      ),
  },
  {
    name: 'mysql box, a line feed before the column',
    show: v =>
      lines(
        `+----+--------+-${'-'.repeat(width(v))}-+`,
        `| id | note   | ${v.key.padEnd(width(v))} |`,
        `+----+--------+-${'-'.repeat(width(v))}-+`,
        `|  1 | one`,
        `two | ${v.text.padEnd(width(v))} |`,
        `|  2 | ok     | ${v.text.padEnd(width(v))} |`,
        `+----+--------+-${'-'.repeat(width(v))}-+`,
      ),
  },
  {
    name: 'mysql \\G',
    show: v =>
      lines(
        '*************************** 1. row ***************************',
        `         id: 1`,
        `${v.key.padStart(11)}: ${v.text}`,
        `       note: ok`,
      ),
  },
  { name: 'mysql -B', show: v => lines(`id\t${v.key}\tnote`, `1\t${v.text}\tok`, `2\t${v.text}\tNULL`) },
  {
    name: 'mysql -X',
    show: v =>
      lines(
        '<?xml version="1.0"?>',
        '',
        '<resultset statement="select * from u">',
        '  <row>',
        '\t<field name="id">1</field>',
        `\t<field name="${v.key}">${v.text}</field>`,
        '  </row>',
        '</resultset>',
      ),
  },
  {
    name: 'mysql -H',
    show: v =>
      lines(
        `<TABLE BORDER=1><TR><TH>id</TH><TH>${v.key}</TH><TH>note</TH></TR><TR><TD>1</TD><TD>${v.text}</TD><TD>ok</TD></TR><TR><TD>2</TD><TD>${v.text}</TD><TD>ok</TD></TR></TABLE>`,
      ),
  },
  {
    name: 'sqlite box',
    show: v =>
      lines(
        `┌────┬─${'─'.repeat(width(v))}─┐`,
        `│ id │ ${v.key.padEnd(width(v))} │`,
        `├────┼─${'─'.repeat(width(v))}─┤`,
        `│ 1  │ ${v.text.padEnd(width(v))} │`,
        `└────┴─${'─'.repeat(width(v))}─┘`,
      ),
  },
  {
    name: 'sqlite column',
    show: v =>
      lines(
        `id  ${v.key.padEnd(width(v))}`,
        `--  ${'-'.repeat(width(v))}`,
        `1   ${v.text.padEnd(width(v))}`,
        `2   ${v.text.padEnd(width(v))}`,
      ),
  },
  {
    name: 'sqlite line',
    show: v =>
      lines(
        `${'id'.padStart(12)} = 1`,
        `${v.key.padStart(12)} = ${v.text}`,
        '',
        `${'id'.padStart(12)} = 2`,
        `${v.key.padStart(12)} = ${v.text}`,
      ),
  },
  { name: 'sqlite list', show: v => lines(`id|${v.key}`, `1|${v.text}`, `2|${v.text}`) },
  {
    name: 'sqlite json',
    show: v => lines(`[{"id":1,"${v.key}":"${v.text}"},`, `{"id":2,"${v.key}":"${v.text}"}]`),
  },
  {
    name: 'sqlite insert',
    show: v =>
      lines(
        `INSERT INTO "table"(id,${v.key}) VALUES(1,'${v.text}');`,
        `INSERT INTO "table"(id,${v.key}) VALUES(2,'${v.text}');`,
      ),
  },
  { name: 'sqlite quote', show: v => lines(`'id','${v.key}'`, `1,'${v.text}'`, `2,'${v.text}'`) },
  {
    name: 'sqlite markdown',
    show: v =>
      lines(
        `| id | ${v.key.padEnd(width(v))} |`,
        `|----|-${'-'.repeat(width(v))}-|`,
        `| 1  | ${v.text.padEnd(width(v))} |`,
      ),
  },
  {
    name: 'sqlite table',
    show: v =>
      lines(
        `+----+-${'-'.repeat(width(v))}-+`,
        `| id | ${v.key.padEnd(width(v))} |`,
        `+----+-${'-'.repeat(width(v))}-+`,
        `| 1  | ${v.text.padEnd(width(v))} |`,
        `+----+-${'-'.repeat(width(v))}-+`,
      ),
  },
  {
    name: 'sqlite html',
    show: v =>
      lines('<TR><TH>id</TH>', `<TH>${v.key}</TH>`, '</TR>', '<TR><TD>1</TD>', `<TD>${v.text}</TD>`, '</TR>'),
  },
  { name: 'sqlite tabs and ascii', show: v => lines(`id\t${v.key}`, `1\t${v.text}`) },
  { name: 'sqlite tcl', show: v => lines(`"id" "${v.key}"`, `"1" "${v.text}"`, `"2" "${v.text}"`) },
  {
    name: 'duckdb',
    show: v =>
      lines(
        `┌───────┬─${'─'.repeat(width(v))}─┐`,
        `│  id   │ ${v.key.padEnd(width(v))} │`,
        `│ int32 │ ${'varchar'.padEnd(width(v))} │`,
        `├───────┼─${'─'.repeat(width(v))}─┤`,
        `│     1 │ ${v.text.padEnd(width(v))} │`,
        `└───────┴─${'─'.repeat(width(v))}─┘`,
      ),
  },
  { name: 'redis-cli HGETALL', show: v => lines('1) "id"', '2) "1"', `3) "${v.key}"`, `4) "${v.text}"`) },
  { name: 'redis-cli HGETALL RESP3', show: v => lines('1# "id" => "1"', `2# "${v.key}" => "${v.text}"`) },
  {
    name: 'redis-cli raw',
    show: v => (v.id === 'N' || v.id === 'W' ? null : lines('id', '1', v.key, v.text)),
  },
  {
    name: 'mongosh',
    show: v =>
      lines(
        '[',
        '  {',
        `    _id: ObjectId('65a1b2c3d4e5f60718293a4b'),`,
        `    ${v.key}: \x1b[32m'${v.text}'\x1b[39m,`,
        `    n: \x1b[33m1\x1b[39m`,
        '  }',
        ']',
      ),
  },
  {
    name: 'COPY … TO stdout with header',
    show: v =>
      lines(
        `COPY public.users (id, ${v.key}, note) FROM stdin;`,
        `1\t${v.text}\tok`,
        `2\t${v.text}\t\\N`,
        '\\.',
      ),
  },
  {
    name: 'INSERT',
    show: v => lines(`INSERT INTO users (id, ${v.key}) VALUES (1, '${v.text}'), (2, '${v.text}');`),
  },
  {
    name: 'nameless column by vote',
    show: v =>
      v.id === 'N' || v.id === 'W'
        ? null
        : lines('?column?|x', ...Array.from({ length: 6 }, (_, i) => `${v.text}|${i}`)),
  },
];

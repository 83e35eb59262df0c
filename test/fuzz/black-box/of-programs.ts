import type { BlackBoxStream, BlackBoxValue } from './streams.ts';

const lines = (...all: readonly string[]): string => all.map(line => `${line}\r\n`).join('');
const once = (write: (value: BlackBoxValue) => string) => (value: BlackBoxValue) => [write(value)];
const pad = (text: string, width: number): string => text.padEnd(width);
const bar = (width: number, fill = '-'): string => fill.repeat(width);
const W = 60;

function table(v: BlackBoxValue, [left, cross, right]: readonly [string, string, string], sep = '|'): string {
  const rule = `${left}${bar(6)}${cross}${bar(W)}${cross}${bar(12)}${right}`;
  const row = (a: string, b: string, c: string): string =>
    `${sep} ${pad(a, 4)} ${sep} ${pad(b, W - 2)} ${sep} ${pad(c, 10)} ${sep}`;
  return lines(
    rule,
    row('id', v.key, 'plan'),
    rule,
    row('1', v.text, 'gold'),
    row('2', v.text, 'NULL'),
    rule,
  );
}

/** What database shells, formatters and other programs print. */
export const PROGRAM_STREAMS: readonly BlackBoxStream[] = [
  {
    name: 'psql, wide characters before the column',
    writes: once(v =>
      lines(
        `  name  | ${pad(v.key, W)} | n `,
        `--------+-${bar(W)}-+---`,
        ` 山田   | ${pad(v.text, W)} | 1 `,
        ` José   | ${pad(v.text, W)} | 2 `,
        '(2 rows)',
        '',
        'Time: 1.402 ms',
      ),
    ),
  },
  { name: 'psql, border 2', writes: once(v => table(v, ['+', '+', '+'])) },
  {
    name: 'psql, only tuples, aligned, behind its own header of before',
    writes: once(v =>
      lines(
        ` id | ${pad(v.key, W)} `,
        `----+-${bar(W)}`,
        `  1 | ${pad(v.text, W)} `,
        `  2 | ${pad(v.text, W)} `,
        `  3 | ${pad(v.text, W)} `,
      ),
    ),
  },
  {
    name: 'psql expanded, two records',
    writes: once(v =>
      lines(
        `-[ RECORD 1 ]${bar(20)}`,
        `id              | 1`,
        `${pad(v.key, 15)} | ${v.text}`,
        `-[ RECORD 2 ]${bar(20)}`,
        `id              | 2`,
        `${pad(v.key, 15)} | ${v.text}`,
        '',
      ),
    ),
  },
  {
    name: 'psql, echoed statement and error with the row',
    writes: once(v =>
      lines(
        `shop=> INSERT INTO customers (id, ${v.key}) VALUES (7, '${v.text}');`,
        'ERROR:  duplicate key value violates unique constraint "customers_key"',
        `DETAIL:  Key (${v.key})=(${v.text}) already exists.`,
      ),
    ),
  },
  { name: 'mysql, box', writes: once(v => table(v, ['+', '+', '+'])) },
  {
    name: 'mysql \\G',
    writes: once(v =>
      lines(
        `${bar(27, '*')} 1. row ${bar(27, '*')}`,
        '             id: 1',
        `${v.key.padStart(15)}: ${v.text}`,
        `${bar(27, '*')} 2. row ${bar(27, '*')}`,
        '             id: 2',
        `${v.key.padStart(15)}: ${v.text}`,
        '2 rows in set (0.00 sec)',
      ),
    ),
  },
  {
    name: 'mysqldump, extended insert',
    writes: once(v =>
      lines(
        'DROP TABLE IF EXISTS `customers`;',
        'CREATE TABLE `customers` (',
        '  `id` int NOT NULL,',
        `  \`${v.key}\` varchar(80) DEFAULT NULL,`,
        '  PRIMARY KEY (`id`)',
        ') ENGINE=InnoDB;',
        `INSERT INTO \`customers\` VALUES (1,'${v.text}'),(2,'${v.text}');`,
      ),
    ),
  },
  { name: 'sqlite box', writes: once(v => table(v, ['┌', '┬', '┐'], '│').replaceAll('-', '─')) },
  {
    name: 'sqlite line mode',
    writes: once(v => lines(`             id = 1`, `${v.key.padStart(15)} = ${v.text}`, '')),
  },
  {
    name: 'sqlite list with header',
    writes: once(v => lines(`id|${v.key}|n`, `1|${v.text}|x`, `2|${v.text}|y`)),
  },
  {
    name: 'clickhouse, names in the frame',
    writes: once(v =>
      lines(
        `┌─id─┬─${v.key.padEnd(W, '─')}─┐`,
        `│  1 │ ${pad(v.text, W)} │`,
        `│  2 │ ${pad(v.text, W)} │`,
        `└────┴─${bar(W, '─')}─┘`,
      ),
    ),
  },
  {
    name: 'cqlsh, a colour for each cell',
    writes: once(v =>
      lines(
        ` \x1b[1;31mid\x1b[0m | \x1b[1;35m${pad(v.key, W)}\x1b[0m`,
        `----+-${bar(W)}`,
        `  \x1b[1;32m1\x1b[0m | \x1b[1;33m${v.text.padStart(W)}\x1b[0m`,
        '',
        '(1 rows)',
      ),
    ),
  },
  {
    name: 'pgcli, cells in colours',
    writes: once(v =>
      lines(
        `+----+${bar(W + 2)}+`,
        `| \x1b[1mid\x1b[m | \x1b[1m${pad(v.key, W)}\x1b[m |`,
        `|----+${bar(W + 2)}|`,
        `| 1  | \x1b[38;5;70m${pad(v.text, W)}\x1b[39m |`,
        `+----+${bar(W + 2)}+`,
        'SELECT 1',
      ),
    ),
  },
  {
    name: 'redis-cli, fields and values',
    writes: once(v =>
      lines('127.0.0.1:6379> HGETALL user:7', `1) "${v.key}"`, `2) "${v.text}"`, '3) "n"', '4) "1"'),
    ),
  },
  {
    name: 'redis-cli, monitor',
    writes: once(v => lines(`1700000000.123456 [0 10.0.0.5:51234] "HSET" "user:7" "${v.key}" "${v.text}"`)),
  },
  {
    name: 'mongosh, nested and coloured',
    writes: once(v =>
      lines(
        '[',
        '  {',
        "    _id: ObjectId(\x1b[32m'65f0c0ffee5f0c0ffee5f0c0'\x1b[39m),",
        `    ${v.key}: \x1b[32m'${v.text}'\x1b[39m,`,
        `    nested: { ${v.key}: \x1b[32m'${v.text}'\x1b[39m, n: \x1b[33m1\x1b[39m }`,
        '  }',
        ']',
      ),
    ),
  },
  {
    name: 'mongosh, on one line',
    writes: once(v => lines(`{ _id: 7, ${v.key}: '${v.text}', tags: [ 'a' ] }`)),
  },
  {
    name: 'jq, keys and values in colours',
    writes: once(v =>
      lines(
        '\x1b[1;39m{',
        `  \x1b[0m\x1b[34;1m"${v.key}"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;32m"${v.text}"\x1b[0m\x1b[1;39m,\x1b[0m`,
        '  \x1b[34;1m"n"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;39m1\x1b[0m\x1b[1;39m\x1b[1;39m}\x1b[0m',
      ),
    ),
  },
  {
    name: 'jq -c, many members',
    writes: once(v => lines(`{"id":1,"a":{"b":[{"${v.key}":"${v.text}","c":null}]}}`)),
  },
  {
    name: 'YAML list of maps',
    writes: once(v => lines('users:', `  - ${v.key}: "${v.text}"`, '    n: 1', `  - ${v.key}: ${v.text}`)),
  },
  {
    name: 'environment',
    writes: once(v => lines('PATH=/usr/bin:/bin', `${v.key.toUpperCase()}=${v.text}`, 'HOME=/root')),
  },
  {
    name: 'docker inspect',
    writes: once(v =>
      lines(
        '            "Env": [',
        `                "${v.key.toUpperCase()}=${v.text}",`,
        '                "PATH=/bin"',
      ),
    ),
  },
  {
    name: 'httpie, headers and a body',
    writes: once(v =>
      lines(
        '\x1b[34mHTTP\x1b[39;49;00m/\x1b[34m1.1\x1b[39;49;00m \x1b[34m200\x1b[39;49;00m \x1b[36mOK\x1b[39;49;00m',
        '',
        '{',
        `    \x1b[94m"${v.key}"\x1b[39;49;00m:\x1b[37m \x1b[39;49;00m\x1b[33m"${v.text}"\x1b[39;49;00m`,
        '}',
      ),
    ),
  },
  {
    name: 'printed object of Ruby',
    writes: once(v => lines(`#<User id: 7, ${v.key}: "${v.text}">`, `{:id=>7, :${v.key}=>"${v.text}"}`)),
  },
  {
    name: 'printed dict of Python',
    writes: once(v => lines(`{'id': 7, '${v.key}': '${v.text}'}`, `KeyError: {'${v.key}': '${v.text}'}`)),
  },
  {
    name: 'var_dump of PHP',
    writes: once(v => lines('array(2) {', `  ["${v.key}"]=>`, `  string(${v.text.length}) "${v.text}"`, '}')),
  },
  {
    name: 'log as key=value',
    writes: once(v => lines(`time=2026-01-01T00:00:00Z level=info msg="ok" ${v.key}="${v.text}" n=1`)),
  },
  {
    name: 'log as JSON',
    writes: once(v => lines(`{"ts":1700000000123,"level":"info","${v.key}":"${v.text}"}`)),
  },
  { name: 'LDIF', writes: once(v => lines('dn: uid=x,ou=people,dc=example,dc=org', `${v.key}: ${v.text}`)) },
  {
    name: 'XML, coloured tags',
    writes: once(v =>
      lines('<user>', `  \x1b[34m<${v.key}>\x1b[0m${v.text}\x1b[34m</${v.key}>\x1b[0m`, '</user>'),
    ),
  },
  {
    name: 'CSV with a header and quotes',
    writes: once(v => lines(`id,"${v.key}",note`, `1,"${v.text}","a, b"`, `2,"${v.text}",x`)),
  },
  {
    name: 'git diff of a settings file',
    writes: once(v =>
      lines(
        '\x1b[1mdiff --git a/.env b/.env\x1b[m',
        '\x1b[36m@@ -1,2 +1,2 @@\x1b[m',
        `\x1b[31m-${v.key.toUpperCase()}=\x1b[m\x1b[31m${v.text}\x1b[m`,
        `\x1b[32m+\x1b[m\x1b[32m${v.key.toUpperCase()}=${v.text}\x1b[m`,
      ),
    ),
  },
  {
    name: 'a command line',
    writes: once(v => lines(`root@db:~# ./import --${v.key.replaceAll('_', '-')} '${v.text}' --dry-run`)),
  },
  {
    name: 'SQL, comparisons with lists and patterns',
    writes: once(v =>
      lines(
        `SELECT 1 FROM t WHERE ${v.key} IN ('${v.text}', '${v.text}') AND n = 1;`,
        `SELECT 1 FROM t WHERE ${v.key} NOT LIKE '${v.text}%';`,
        `UPDATE t SET ${v.key}='${v.text}', n = 4 WHERE id = 7;`,
      ),
    ),
  },
  {
    name: 'vault, keys and values in columns',
    writes: once(v =>
      lines(
        '====== Data ======',
        'Key                 Value',
        '---                 -----',
        `${pad(v.key, 19)} ${v.text}`,
      ),
    ),
  },
  {
    name: 'openstack, fields and values in a box',
    writes: once(v => {
      const rule = `+-${bar(18)}-+-${bar(W)}-+`;
      const row = (a: string, b: string): string => `| ${pad(a, 18)} | ${pad(b, W)} |`;
      return lines(rule, row('Field', 'Value'), rule, row('id', '7'), row(v.key, v.text), rule);
    }),
  },
  {
    name: 'terraform, a change in a plan',
    writes: once(v =>
      lines(
        `      \x1b[33m~\x1b[0m ${v.key} = "${v.text}" -> "${v.text}"`,
        `      + ${v.key}   = "${v.text}"`,
      ),
    ),
  },
  {
    name: 'a field of a form, a name space',
    writes: once(v =>
      lines(
        `<input type="text" name="${v.key}" id="x" value="${v.text}">`,
        `<ns:${v.key}>${v.text}</ns:${v.key}>`,
        `<user n='2' ${v.key}="${v.text}"/>`,
      ),
    ),
  },
  {
    name: 'COPY of a dump, with nothing in the next column',
    writes: once(v =>
      lines(`COPY public.t (id, ${v.key}, note) FROM stdin;`, `1\t${v.text}\t\\N`, `2\t${v.text}\tx`, '\\.'),
    ),
  },
  {
    name: 'objects of Go, Rust and Java',
    writes: once(v =>
      lines(
        `{ID:7 ${v.key}:${v.text} N:1}`,
        `User { id: 7, ${v.key}: "${v.text}", n: Some(1) }`,
        `User{id=7, ${v.key}='${v.text}', n=1}`,
      ),
    ),
  },
  {
    name: 'a command traced by the shell',
    writes: once(v => lines(`+ ${v.key.toUpperCase()}='${v.text}'`, '++ echo ok')),
  },
  {
    name: 'JSON in a string in JSON',
    writes: once(v =>
      lines(JSON.stringify({ m: JSON.stringify({ a: JSON.stringify({ [v.key]: v.text }) }) })),
    ),
  },
];

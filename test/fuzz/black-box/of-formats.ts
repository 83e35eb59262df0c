import { Buffer } from 'node:buffer';
import type { BlackBoxStream, BlackBoxValue } from './streams.ts';

const lines = (...all: readonly string[]): string => all.map(line => `${line}\r\n`).join('');
const once = (write: (value: BlackBoxValue) => string) => (value: BlackBoxValue) => [write(value)];
const upper = (v: BlackBoxValue): string => v.key.toUpperCase();
const dashed = (v: BlackBoxValue): string => v.key.replaceAll('_', '-');
const W = 58;
const fill = (text: string): string => text.padEnd(W);

/** Layouts of database shells, dumps and tools that print keys and values. */
export const FORMAT_STREAMS: readonly BlackBoxStream[] = [
  {
    name: 'mycli, heavy frame and a row of types',
    writes: once(v =>
      lines(
        `╒════╤${'═'.repeat(W + 2)}╕`,
        `│ id │ ${fill(v.key)} │`,
        `╞════╪${'═'.repeat(W + 2)}╡`,
        `│  1 │ ${fill(v.text)} │`,
        `├────┼${'─'.repeat(W + 2)}┤`,
        `│  2 │ ${fill(v.text)} │`,
        `╘════╧${'═'.repeat(W + 2)}╛`,
        '2 rows in set',
        'Time: 0.012s',
      ),
    ),
  },
  {
    name: 'nushell, rounded frame with a row number',
    writes: once(v =>
      lines(
        `╭───┬────┬${'─'.repeat(W + 2)}╮`,
        `│ # │ id │ ${fill(v.key)} │`,
        `├───┼────┼${'─'.repeat(W + 2)}┤`,
        `│ 0 │  1 │ ${fill(v.text)} │`,
        `│ 1 │  2 │ ${fill(v.text)} │`,
        `╰───┴────┴${'─'.repeat(W + 2)}╯`,
      ),
    ),
  },
  {
    name: 'rich, heavy head',
    writes: once(v =>
      lines(
        `┏━━━━┳${'━'.repeat(W + 2)}┓`,
        `┃\x1b[1m \x1b[0m\x1b[1mid\x1b[0m\x1b[1m \x1b[0m┃\x1b[1m \x1b[0m\x1b[1m${fill(v.key)}\x1b[0m\x1b[1m \x1b[0m┃`,
        `┡━━━━╇${'━'.repeat(W + 2)}┩`,
        `│ 1  │ ${fill(v.text)} │`,
        `│ 2  │ ${fill(v.text)} │`,
        `└────┴${'─'.repeat(W + 2)}┘`,
      ),
    ),
  },
  {
    name: 'sqlite markdown',
    writes: once(v =>
      lines(`| id | ${fill(v.key)} |`, `|----|-${'-'.repeat(W)}-|`, `| 1  | ${fill(v.text)} |`),
    ),
  },
  {
    name: 'sqlite insert mode, columns named',
    writes: once(v => lines(`INSERT INTO "table"(id,${v.key}) VALUES(1,'${v.text}');`)),
  },
  {
    name: 'sqlite quote mode with a header',
    writes: once(v => lines(`'id','${v.key}'`, `1,'${v.text}'`, `2,'${v.text}'`)),
  },
  {
    name: 'sqlite column mode',
    writes: once(v =>
      lines(
        `id  ${fill(v.key)}  n`,
        `--  ${'-'.repeat(W)}  -`,
        `1   ${fill(v.text)}  x`,
        `2   ${fill(v.text)}  y`,
      ),
    ),
  },
  {
    name: 'psql html',
    writes: once(v =>
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
    ),
  },
  {
    name: 'psql latex',
    writes: once(v =>
      lines(
        '\\begin{tabular}{r | l}',
        `\\textit{id} & \\textit{${v.key.replaceAll('_', '\\_')}} \\\\`,
        '\\hline',
        `1 & ${v.text} \\\\`,
        '\\end{tabular}',
      ),
    ),
  },
  {
    name: 'psql asciidoc',
    writes: once(v =>
      lines(
        '',
        '[options="header",cols=">l,<l",frame="none"]',
        '|====',
        `^l|id ^l|${v.key}`,
        `>l|1 <l|${v.text}`,
        '|====',
      ),
    ),
  },
  {
    name: 'psql csv with semicolons',
    writes: once(v => lines(`id;${v.key};n`, `1;${v.text};x`, `2;"${v.text}";y`)),
  },
  {
    name: 'psql \\watch, twice',
    writes: v => {
      const shot = lines(
        'Mon 30 Nov 2026 12:00:00 PM UTC (every 2s)',
        '',
        ` id | ${fill(v.key)} `,
        `----+-${'-'.repeat(W)}`,
        `  1 | ${fill(v.text)} `,
        '(1 row)',
        '',
      );
      return [shot, null, shot];
    },
  },
  {
    name: 'COPY to the screen, the columns in the statement',
    writes: once(v =>
      lines(
        `COPY (SELECT id, ${v.key} FROM customers) TO STDOUT WITH CSV HEADER;`,
        `id,${v.key}`,
        `1,${v.text}`,
      ),
    ),
  },
  {
    name: 'pg_dump with inserts over several lines',
    writes: once(v =>
      lines(
        `INSERT INTO public.customers (id, ${v.key}, note) VALUES`,
        `\t(1, '${v.text}', NULL),`,
        `\t(2, '${v.text}', 'x');`,
      ),
    ),
  },
  {
    name: 'redis, values of a hash behind --csv',
    writes: once(v => lines(`"${v.key}","${v.text}","n","1"`)),
    isUnnamed: true,
  },
  {
    name: 'mongosh, an array of pretty documents',
    writes: once(v =>
      lines(
        'shop> db.users.find().pretty()',
        '[',
        '  {',
        "    _id: ObjectId('65f0c0ffee5f0c0ffee5f0c0'),",
        '    profile: {',
        `      ${v.key}: '${v.text}',`,
        '      tags: []',
        '    }',
        '  }',
        ']',
      ),
    ),
  },
  {
    name: 'kubectl get -o yaml of a map',
    writes: once(v =>
      lines(
        'apiVersion: v1',
        'data:',
        `  ${v.key}: ${v.text}`,
        'kind: ConfigMap',
        'metadata:',
        '  name: app',
      ),
    ),
  },
  {
    name: 'kubectl get -o yaml, a variable of a container',
    writes: once(v =>
      lines('    env:', `    - name: ${upper(v)}`, `      value: "${v.text}"`, '    image: app:1'),
    ),
  },
  {
    name: 'kubectl get -o json, a variable of a container',
    writes: once(v =>
      lines(
        '"env": [',
        '    {',
        `        "name": "${upper(v)}",`,
        `        "value": "${v.text}"`,
        '    }',
        ']',
      ),
    ),
  },
  {
    name: 'kubectl describe, variables of a container',
    writes: once(v => lines('    Environment:', `      ${upper(v)}:  ${v.text}`, '      LOG_LEVEL:  info')),
  },
  {
    name: 'kubectl get -o custom-columns',
    writes: once(v => lines(`NAME     ${upper(v)}`, `web-1    ${v.text}`, `web-2    ${v.text}`)),
  },
  {
    name: 'curl -v, headers both ways',
    writes: once(v =>
      lines(
        `> GET /me HTTP/1.1`,
        `> X-${dashed(v)}: ${v.text}`,
        '> Accept: */*',
        '< HTTP/1.1 200 OK',
        `< X-Customer-${dashed(v)}: ${v.text}`,
      ),
    ),
  },
  {
    name: 'a query string in an access log',
    writes: once(v =>
      lines(
        `10.0.0.7 - - [01/Jan/2026:00:00:00 +0000] "GET /a?${v.key}=${encodeURIComponent(v.text)}&n=1 HTTP/1.1" 200 12`,
      ),
    ),
  },
  {
    name: 'journalctl -o json-pretty',
    writes: once(v =>
      lines(
        '{',
        '\t"PRIORITY" : "6",',
        `\t"MESSAGE" : "login ${v.key}=${v.text} ok",`,
        '\t"_PID" : "812"',
        '}',
      ),
    ),
  },
  {
    name: 'journalctl -o verbose',
    writes: once(v =>
      lines(
        'Mon 2026-11-30 12:00:00.000000 UTC [s=a1;i=2;b=3]',
        '    PRIORITY=6',
        `    ${upper(v)}=${v.text}`,
        `    MESSAGE=${v.label}: ${v.text}`,
      ),
    ),
  },
  {
    name: 'printenv of one variable behind its echo',
    writes: once(v => lines(`$ echo ${upper(v)}=$${upper(v)}`, `${upper(v)}=${v.text}`)),
  },
  {
    name: 'history with numbers and times',
    writes: once(v =>
      lines(
        `  501  2026-11-30 12:00:00 export ${upper(v)}='${v.text}'`,
        `  502  curl -d '${v.key}=${v.text}' http://localhost/`,
      ),
    ),
  },
  {
    name: 'set -x in a function',
    writes: once(v => lines(`+++ local ${v.key}='${v.text}'`, `++ printf '%s\\n' '${v.key}=${v.text}'`)),
  },
  {
    name: 'git diff --word-diff in colours',
    writes: once(v =>
      lines(
        '\x1b[1m--- a/app.yml\x1b[m',
        '\x1b[36m@@ -1 +1 @@\x1b[m',
        `${v.key}: \x1b[31m[-${v.text}-]\x1b[m\x1b[32m{+${v.text}+}\x1b[m`,
      ),
    ),
  },
  {
    name: 'diff side by side',
    cols: 160,
    writes: once(v => lines(`${fill(`${v.key}: ${v.text}`)}\t|\t${v.key}: ${v.text}`)),
  },
  {
    name: 'grep with file, line and colours',
    writes: once(v =>
      lines(
        `\x1b[35mapp/.env\x1b[m\x1b[36m:\x1b[m\x1b[32m12\x1b[m\x1b[36m:\x1b[m${upper(v)}=\x1b[01;31m\x1b[K${v.text}\x1b[m\x1b[K`,
      ),
    ),
  },
  {
    name: 'ini below a section',
    writes: once(v => lines('[customer]', `${v.key} = ${v.text}`, `;${v.key} = ${v.text}`)),
  },
  {
    name: 'TOML',
    writes: once(v => lines('[customer]', `${v.key} = "${v.text}"`, `"${v.key}" = '${v.text}'`)),
  },
  {
    name: 'HCL of terraform show',
    writes: once(v => lines('resource "x" "y" {', `    ${v.key}      = "${v.text}"`, '}')),
  },
  {
    name: 'properties of Java',
    writes: once(v => lines(`app.customer.${v.key}=${v.text}`, `app.customer.${v.key}: ${v.text}`)),
  },
  {
    name: 'a struct of Go, printed with field names',
    writes: once(v => lines(`&main.User{ID:7, ${v.key}:"${v.text}", N:1}`, `map[id:7 ${v.key}:${v.text}]`)),
  },
  {
    name: 'an Elixir map, a Perl dump',
    writes: once(v => lines(`%{id: 7, ${v.key}: "${v.text}"}`, `          '${v.key}' => '${v.text}',`)),
  },
  {
    name: 'SOAP and attributes',
    writes: once(v =>
      lines('<soap:Body><ns2:get>', `<ns2:${v.key} xsi:type="xsd:string">${v.text}</ns2:${v.key}>`),
    ),
  },
  {
    name: 'a multipart form',
    writes: once(v =>
      lines('------b1', `Content-Disposition: form-data; name="${v.key}"`, '', v.text, '------b1--'),
    ),
    isUnnamed: true,
  },
  {
    name: 'vCard and iCalendar',
    writes: once(v => lines('BEGIN:VCARD', `NOTE:${v.label}: ${v.text}`, 'END:VCARD')),
  },
  {
    name: 'basic credentials in base64 in JSON',
    writes: once(v => lines(`{"auth":"${Buffer.from(`${v.label}: ${v.text}`).toString('base64')}"}`)),
  },
  {
    name: 'aws, a table of one user',
    writes: once(v =>
      lines(
        '-'.repeat(W + 24),
        `|${'GetUser'.padStart(40).padEnd(W + 22)}|`,
        `+${'-'.repeat(18)}+${'-'.repeat(W + 3)}+`,
        `|  ${'Arn'.padEnd(16)}|  ${fill('x')} |`,
        `|  ${v.key.padEnd(16)}|  ${fill(v.text)} |`,
        `+${'-'.repeat(18)}+${'-'.repeat(W + 3)}+`,
      ),
    ),
  },
  {
    name: 'az, a table with a rule of dashes',
    writes: once(v =>
      lines(
        `Name    ${fill(v.key)}  Location`,
        `------  ${'-'.repeat(W)}  --------`,
        `shop    ${fill(v.text)}  west`,
      ),
    ),
  },
  {
    name: 'column -t of a passwd-like list',
    writes: once(v => lines(`ID  ${upper(v).padEnd(W)}  N`, `7   ${fill(v.text)}  1`)),
  },
];

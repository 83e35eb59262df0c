import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLineDetector } from '../detect/create-line-detector.ts';
import type { LineDetector } from '../line-detector.ts';
import { DEFAULT_POLICY } from '../policy.ts';

const strict = createLineDetector(DEFAULT_POLICY);

/** Prints lines through a detector; `#` stands for each hidden character. */
function masked(detector: LineDetector, text: string): string {
  return text
    .split('\n')
    .map(line => {
      let out = '';
      let at = 0;
      for (const finding of detector.findings(line, true)) {
        out += line.slice(at, finding.start) + '#'.repeat(finding.end - finding.start);
        at = finding.end;
      }
      detector.commit(line);
      return out + line.slice(at);
    })
    .join('\n');
}

/** A fixture is what is printed; the same with `#` is what must come out. */
const TABLES: readonly (readonly [string, string, string])[] = [
  [
    'psql aligned, NULL and footer',
    ' id |  name  |    ssn    | note \n----+--------+-----------+------\n  1 | Olga   | anything  | fine\n  2 |        | NULL      | \n(2 rows)\n  3 | Olga   | anything  | fine',
    ' id |  name  |    ssn    | note \n----+--------+-----------+------\n  1 | ####   | ########  | fine\n  2 |        | NULL      | \n(2 rows)\n  3 | Olga   | anything  | fine',
  ],
  [
    'psql with unicode borders',
    ' id │ phone \n────┼───────\n  1 │ 12 ab \n  2 │ x',
    ' id │ phone \n────┼───────\n  1 │ ##### \n  2 │ #',
  ],
  [
    'psql with border 2 and unicode box',
    '┌────┬───────┐\n│ id │ phone │\n├────┼───────┤\n│  1 │ 12 ab │\n└────┴───────┘',
    '┌────┬───────┐\n│ id │ phone │\n├────┼───────┤\n│  1 │ ##### │\n└────┴───────┘',
  ],
  [
    'psql wrapped with continuation marks',
    ' id |   full_name   \n----+---------------\n  1 | Olga Feodorov.\n    |.na Ivanova',
    ' id |   full_name   \n----+---------------\n  1 | ##############\n    |###########',
  ],
  [
    'a second query with other columns in another order',
    ' phone | id \n-------+----\n aa    |  1\n(1 row)\n\n id | phone \n----+-------\n  1 | aa',
    ' phone | id \n-------+----\n ##    |  1\n(1 row)\n\n id | phone \n----+-------\n  1 | ##',
  ],
  ['a single column', ' password \n----------\n geheim\n(1 row)', ' password \n----------\n ######\n(1 row)'],
  [
    'a row that a pager cut at the edge of the screen',
    ' id | phone | city | note\n----+-------+------+------\n  1 | aa    | B\n:',
    ' id | phone | city | note\n----+-------+------+------\n  1 | ##    | B\n:',
  ],
  [
    'wide characters before the value',
    ' note | phone \n------+-------\n 東京 | ab    \n 1    | ab',
    ' note | phone \n------+-------\n 東京 | ##    \n 1    | ##',
  ],
  [
    'an emoji that psql counts as two cells',
    ' note | phone \n------+-------\n 🦊   | ab    ',
    ' note | phone \n------+-------\n 🦊   | ##    ',
  ],
  [
    'mysql box',
    '+----+-------+\n| id | email |\n+----+-------+\n|  1 | abc   |\n|  2 | NULL  |\n+----+-------+\n2 rows in set (0.00 sec)\n|  1 | abc   |',
    '+----+-------+\n| id | email |\n+----+-------+\n|  1 | ###   |\n|  2 | NULL  |\n+----+-------+\n2 rows in set (0.00 sec)\n|  1 | abc   |',
  ],
  [
    'mysql \\G',
    '*************************** 1. row ***************************\n   id: 7\nemail: abc\n name: Olga\n plan: gold\n1 row in set',
    '*************************** 1. row ***************************\n   id: 7\nemail: ###\n name: ####\n plan: gold\n1 row in set',
  ],
  [
    'mysql -B',
    'id\tphone\tplan\n1\tabc\tgold\n2\tNULL\tgold',
    'id\tphone\tplan\n1\t###\tgold\n2\tNULL\tgold',
  ],
  [
    'psql \\x',
    '-[ RECORD 1 ]----\nid    | 7\nemail | abc\nname  | Olga I\n-[ RECORD 2 ]----\nname  | Bob\n\nname  | free',
    '-[ RECORD 1 ]----\nid    | 7\nemail | ###\nname  | ######\n-[ RECORD 2 ]----\nname  | ###\n\nname  | free',
  ],
  ['psql \\x unaligned', 'id|1\nfull_name|Olga Ivanova\nssn|a-1', 'id|1\nfull_name|############\nssn|###'],
  [
    'psql unaligned, a value over two lines',
    'id|note|phone\n1|two\nlines|abc\n2|x|abc\n(2 rows)',
    'id|note|phone\n1|two\nlines|###\n2|x|###\n(2 rows)',
  ],
  ['psql unaligned', 'id|ssn|plan\n1|abc|gold\n(1 row)', 'id|ssn|plan\n1|###|gold\n(1 row)'],
  [
    'psql border 0',
    'id ssn  plan\n-- ---- ----\n 1 abcd gold\n(1 row)',
    'id ssn  plan\n-- ---- ----\n 1 #### gold\n(1 row)',
  ],
  [
    'sqlite box and Markdown',
    '| id | ssn  |\n|----|------|\n| 1  | abcd |',
    '| id | ssn  |\n|----|------|\n| 1  | #### |',
  ],
  [
    'CSV with quotes and an embedded newline',
    'id,full_name,note\n1,"Olga ""O"" Ivanova",x\n2,"Olga\nIvanova",y\n3,Bob,z',
    'id,full_name,note\n1,"##################",x\n2,"####\n#######",y\n3,###,z',
  ],
  [
    'kubectl and docker: columns without a rule',
    'NAME    EMAIL   AGE\nweb-1   abc     3d\n\nweb-1   abc     3d',
    'NAME    EMAIL   AGE\n#####   ###     3d\n\nweb-1   abc     3d',
  ],
  [
    'psql \\x, tuples only',
    'id              | 1\nSocial Security | abc\nplan            | gold',
    'id              | 1\nSocial Security | ###\nplan            | gold',
  ],
  [
    'psql unaligned, a separator inside a value',
    'id|full_name|plan|ssn\n1|Olga|g|abc\n2|Olga | An|g|abc',
    'id|full_name|plan|ssn\n1|####|g|###\n2|#### | ##|#|###',
  ],
  ['psql \\x unaligned, a separator inside a value', 'full_name|Olga | "Anna"', 'full_name|#############'],
  ['column -t', 'id  ssn   plan\n1   abc   gold', 'id  ssn   plan\n1   ###   gold'],
  [
    'a directory is no table',
    'passwd  phone   notes\nshadow  secret  email',
    'passwd  phone   notes\nshadow  secret  email',
  ],
  [
    'two boxes of the same widths',
    '+----+-------+\n| id | note  |\n+----+-------+\n|  1 | x     |\n+----+-------+\n+----+-------+\n| id | email |\n+----+-------+\n|  1 | abc   |\n+----+-------+',
    '+----+-------+\n| id | note  |\n+----+-------+\n|  1 | x     |\n+----+-------+\n+----+-------+\n| id | email |\n+----+-------+\n|  1 | ###   |\n+----+-------+',
  ],
  [
    'DuckDB, types under the header',
    '┌───────┬─────────┐\n│  id   │  phone  │\n│ int32 │  text   │\n├───────┼─────────┤\n│     1 │ ab 12   │\n└───────┴─────────┘',
    '┌───────┬─────────┐\n│  id   │  phone  │\n│ int32 │  ####   │\n├───────┼─────────┤\n│     1 │ #####   │\n└───────┴─────────┘',
  ],
  [
    'Markdown whose cells are wider than its rule',
    '| id | ssn |\n|----|------|\n| 1 | abcdefghi |',
    '| id | ssn |\n|----|------|\n| 1 | ######### |',
  ],
  [
    'redis-cli HGETALL',
    '1) "plan"\n2) "email"\n3) "password"\n4) "geheim"\n5) "email"\n6) "abc"',
    '1) "plan"\n2) "email"\n3) "password"\n4) "######"\n5) "email"\n6) "###"',
  ],
  ['CSV ended by a prompt', 'id,ssn\n1,abc\nroot@web:~# echo a,b', 'id,ssn\n1,###\nroot@web:~# echo a,b'],
  [
    'COPY of a dump',
    'COPY public.users (id, email, plan) FROM stdin;\n1\tabc\tgold\n2\t\\N\tgold\n\\.\n1\tabc\tgold',
    'COPY public.users (id, email, plan) FROM stdin;\n1\t###\tgold\n2\t\\N\tgold\n\\.\n1\tabc\tgold',
  ],
  [
    'INSERT on one line',
    "INSERT INTO u (id, email) VALUES (1, 'a''b'), (2, NULL);",
    "INSERT INTO u (id, email) VALUES (1, '####'), (2, NULL);",
  ],
  [
    'INSERT over lines',
    "INSERT INTO u (id, email) VALUES\n(1, 'abc'),\n(2, 'de');\n(3, 'x')",
    "INSERT INTO u (id, email) VALUES\n(1, '###'),\n(2, '##');\n(3, 'x')",
  ],
  [
    'a dump whose INSERT names no columns',
    'CREATE TABLE `u` (\n  `id` int NOT NULL,\n  `ssn` text,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n\nINSERT INTO `u` VALUES\n(1,"abc"),\n(2,"de");\nINSERT INTO `v` VALUES (1,"abc");\nINSERT INTO `u` VALUES (3,"abc");'.replaceAll(
      '"',
      "'",
    ),
    'CREATE TABLE `u` (\n  `id` int NOT NULL,\n  `ssn` text,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n\nINSERT INTO `u` VALUES\n(1,"###"),\n(2,"##");\nINSERT INTO `v` VALUES (1,"abc");\nINSERT INTO `u` VALUES (3,"###");'.replaceAll(
      '"',
      "'",
    ),
  ],
  ['YAML block scalar', 'a: 1\npassword: |\n  one\n  two\nb: 2', 'a: 1\npassword: |\n  ###\n  ###\nb: 2'],
  ['YAML list', 'emails:\n  - abc\n  - def\nb: 2', 'emails:\n  - ###\n  - ###\nb: 2'],
  [
    'JSON, pretty',
    '{\n  "email": "abc",\n  "password":\n    "x y",\n  "plan": "gold"\n}',
    '{\n  "email": "###",\n  "password":\n    "###",\n  "plan": "gold"\n}',
  ],
  [
    'PEM and the line after it',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACD=\n-----END OPENSSH PRIVATE KEY-----\nhello',
    '###################################\n######################################################################\n##############\n#################################\nhello',
  ],
  [
    'PEM without its end, and a prompt',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n$ ls\nfile',
    '###########################\n################################################################\n$ ls\nfile',
  ],
];

describe('structure', () => {
  it.each(TABLES)('%s', (_name, printed, expected) => {
    expect(masked(strict.fork(), printed)).toBe(expected);
  });

  it.each(TABLES)('has every cell covered while it grows: %s', (_name, printed, expected) => {
    const detector = strict.fork();
    const wanted = expected.split('\n');
    printed.split('\n').forEach((line, row) => {
      const mask = wanted[row] ?? '';
      for (let length = 1; length <= line.length; length++) {
        const prefix = line.slice(0, length);
        const spans = detector.findings(prefix, false).map(each => ({ start: each.start, end: each.end }));
        const open = detector.openCandidate(prefix);
        if (open !== null) spans.push({ start: open.start, end: length });
        let bare = '';
        for (let i = 0; i < length; i++) {
          const isHidden = mask.charAt(i) === '#' && line.charAt(i) !== '#';
          if (isHidden && !spans.some(span => span.start <= i && span.end > i)) bare += line.charAt(i);
        }
        expect(bare.replace(/[^\p{L}\p{N}]/gu, '').length, JSON.stringify(prefix)).toBeLessThan(4);
      }
      detector.commit(line);
    });
  });

  it('remembers a header for ten thousand rows', () => {
    const detector = strict.fork();
    masked(detector, ' id | ssn \n----+-----');
    for (let i = 0; i < 10_000; i++) detector.commit(`  ${i % 10} | abc `);
    expect(masked(detector, '  1 | abc ')).toBe('  1 | ### ');
  });

  it('hides every named cell in what a real psql and pg_dump print, in fifteen formats', () => {
    const printed = readFileSync(
      new URL('../../../test/fixtures/redaction/psql.txt', import.meta.url),
      'utf8',
    );
    const shown = masked(strict.fork(), printed);
    expect(shown).not.toMatch(/Zoe|Qu[A-F]|mby|zz\d|secr|ecre|cret|p\d@|exam|mple/);
    expect(shown).toHaveLength(printed.length);
    expect(shown.match(/東京/g)).toHaveLength(printed.match(/東京/g)?.length ?? -1);
  });

  it('hides a growing cell up to its border and not past it', () => {
    const detector = strict.fork();
    masked(detector, ' id | ssn | note \n----+-----+------');
    expect(detector.findings('  1 | ab', false)).toMatchObject([{ start: 6, end: 8 }]);
    expect(detector.openCandidate('  1 | ab')).toEqual({ start: 6, strength: 'strong' });
    expect(detector.openCandidate('  1 | abc |')).toBeNull();
  });

  it('elects a nameless column once five cells verified', () => {
    const detector = strict.fork();
    for (let i = 0; i < 5; i++) detector.commit(`${i}|u${i}@example.com|gold`);
    expect(masked(detector, '6|not an address|gold')).toBe('6|##############|gold');
  });

  it('keeps the memory of a fork apart', () => {
    const detector = strict.fork();
    masked(detector, ' id | ssn \n----+-----');
    const fork = detector.fork();
    masked(fork, '(0 rows)');
    expect(masked(detector, '  1 | abc ')).toBe('  1 | ### ');
    expect(masked(fork, '  1 | abc ')).toBe('  1 | abc ');
  });
});

describe('what servers print all day', () => {
  const hex = (seed: number, length: number): string =>
    Array.from({ length }, (_, i) =>
      ((seed * 2654435761 + i * 40503 * (seed + 7)) >>> (i % 13)).toString(16).at(-1),
    ).join('');
  const OUTPUTS: Readonly<Record<string, (i: number) => string>> = {
    'ls -l': i =>
      `-rw-r--r-- 1 deploy www ${1_000_000_000 + i * 7919} Nov ${1 + (i % 28)} ${String(i % 24).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} file-${i}.log`,
    'ps aux': i =>
      `postgres ${1000 + i * 37} 0.${i % 10} ${i % 9}.1 ${123456 + i * 977} ${54321 + i * 31} ? Ss Nov23 ${i % 60}:${String(i % 60).padStart(2, '0')} postgres: app prod 10.0.${i % 255}.7(${40000 + i}) idle`,
    kubectl: i =>
      `api-${hex(i, 9)}-${hex(i + 5, 5)}   1/1   Running   ${i % 7} (${i}h ago)   ${i}d   10.42.${i % 255}.${i % 254}   node-${i % 9}   <none>`,
    'git log': i =>
      i % 3 === 0
        ? `commit ${hex(i, 40)}`
        : i % 3 === 1
          ? 'Date:   Mon Nov 23 20:01:12 2026 +0000'
          : `    Fix #${i} in parser (${hex(i, 7)})`,
    dmesg: i =>
      `[${String(i * 13.123456).padStart(12)}] pci 0000:${hex(i, 2)}:1f.${i % 8}: BAR ${i % 6}: [mem 0x${hex(i, 8)}-0x${hex(i + 1, 8)} 64bit] irq ${i}`,
    'stack trace': i =>
      `    at com.example.service.Handler${i}.run(Handler${i}.java:${100 + i}) ~[app-1.${i % 20}.${i % 30}.jar:1.${i % 20}.${i % 30}]`,
    SOA: i =>
      `zone${i}.example.com. 86400 IN SOA ns1.example.com. admin.example.com. ${2024010100 + i} 7200 3600 1209600 3600`,
    'epoch ms': i => `${1_700_000_000_000 + i * 86_400_123} event=${i} took=${i}ms`,
    'epoch us': i => `ts=${1_700_000_000_000_000 + i * 86_400_123_457} seq=${i}`,
    'epoch ns': i =>
      `{"ts":17${String(10_000_000_000_000_000 + i * 86_400_123_457).padStart(17, '0')},"level":"info"}`,
    'bare epoch': i => String(1_700_000_000_000 + i * 977_777_777),
    orders: i =>
      `order ${4_000_000_000_000_000 + i * 977_777_777_777} shipped, order_id=${5_500_000_000_000_000 + i * 1_234_567_891}`,
    uuids: i => `${hex(i, 8)}-${hex(i + 1, 4)}-4${hex(i + 2, 3)}-a${hex(i + 3, 3)}-${hex(i + 4, 12)} done`,
    versions: i => `libfoo${i}/stable ${i % 9}.${i % 13}.${i}-${i % 4}ubuntu${i % 6}.${i % 9} amd64`,
    access: i =>
      `10.0.0.${i % 250} - - [23/Nov/2026:20:01:${String(i % 60).padStart(2, '0')} +0000] "GET /api/v1/items/${i * 7919}?page=${i} HTTP/1.1" 200 ${i * 331} "-" "curl/8.5.0" ${i % 9}.${String(i).padStart(3, '0')}`,
    snowflakes: i =>
      `message ${175928847299117063n + BigInt(i) * 7_777_777_777_777n} in channel ${41771983423143937n + BigInt(i)}`,
    hexdump: i =>
      `${(i * 16).toString(16).padStart(8, '0')}  ${Array.from({ length: 16 }, (_, k) => hex(i + k, 2)).join(' ')}  |................|`,
    top: i =>
      `${1000 + i} root      20   0 ${1000000 + i * 977}  ${54321 + i}  ${12345 + i} S   ${i % 100}.${i % 10}   0.${i % 10}   ${i % 60}:${String(i % 60).padStart(2, '0')}.${String(i % 100).padStart(2, '0')} node`,
  };

  it.each(Object.keys(OUTPUTS))('is not touched: %s', name => {
    const detector = strict.fork();
    const print = OUTPUTS[name];
    const touched: string[] = [];
    for (let i = 0; i < 500; i++) {
      const line = print?.(i) ?? '';
      const findings = detector.findings(line, true);
      if (findings.length > 0) touched.push(`${findings.map(each => each.rule).join()}: ${line}`);
      detector.commit(line);
    }
    expect(touched).toEqual([]);
  });
});

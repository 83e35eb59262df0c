import { lines, pieces } from './session.ts';
import type { Session } from './session.ts';

/** Tables and files that arrive in pieces, and in pagers. */
export const PAGER_SESSIONS: readonly Session[] = [
  {
    name: 'psql table 4-byte chunks',
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    writes: pieces(
      ' id |     full_name      |        email         |      iban              |     ssn     \r\n----+--------------------+----------------------+------------------------+-------------\r\n  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n  2 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n(2 rows)\r\n',
      4,
    ),
  },
  {
    name: 'psql table, pause after every line',
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    writes: [
      ' id |     full_name      |        email         |      iban              |     ssn     \r\n',
      null,
      '----+--------------------+----------------------+------------------------+-------------\r\n',
      null,
      '  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n',
      null,
      '  2 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n',
      null,
    ],
  },
  {
    name: 'psql table, pause in mid row',
    values: ['DE89370400440532013000', '078-05-1123', 'olga.ivanova@corp.ru'],
    writes: [
      ' id |     full_name      |        email         |      iban              |     ssn     \r\n----+--------------------+----------------------+------------------------+-------------\r\n  1 | Olga I',
      null,
      'vanova       | olga.ivanova@',
      null,
      'corp.ru | DE893704004405320130',
      null,
      '00 | 078-05-1123 \r\n',
    ],
  },
  {
    name: 'psql table wrapped by terminal 40',
    cols: 40,
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    writes: [
      lines(
        ' id |     full_name      |        email         |      iban              |     ssn     ',
        '----+--------------------+----------------------+------------------------+-------------',
        '  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 ',
        '  2 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 ',
      ),
    ],
  },
  {
    name: 'psql table wrapped by terminal 40 paused',
    cols: 40,
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    writes: [
      ' id |     full_name      |        email         |      iban              |     ssn     \r\n',
      null,
      '----+--------------------+----------------------+------------------------+-------------\r\n',
      null,
      '  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n',
      null,
      '  2 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n',
      null,
    ],
  },
  {
    name: 'psql in less -S shifted by half screens',
    cols: 40,
    rows: 8,
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    writes: [
      '\x1b[?1049h\x1b[H\x1b[J id |     full_name      |        email \r\n----+--------------------+--------------\r\n  1 | Olga Ivanova       | olga.ivanova@\r\n  2 | Olga Ivanova       | olga.ivanova@\r\n  3 | Olga Ivanova       | olga.ivanova@\r\n\x1b[7m(END)\x1b[27m',
      null,
      '\x1b[?1049h\x1b[H\x1b[J        |      iban              |     s\r\n--------+------------------------+------\r\ncorp.ru | DE89370400440532013000 | 078-0\r\ncorp.ru | DE89370400440532013000 | 078-0\r\ncorp.ru | DE89370400440532013000 | 078-0\r\n\x1b[7m(END)\x1b[27m',
      null,
      '\x1b[?1049h\x1b[H\x1b[Jsn     \r\n-------\r\n5-1123 \r\n5-1123 \r\n5-1123 \r\n\x1b[7m(END)\x1b[27m',
      null,
    ],
  },
  {
    name: 'psql in less, page down then back',
    cols: 100,
    rows: 7,
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    writes: [
      '\x1b[?1049h\x1b[H\x1b[J id |     full_name      |        email         |      iban              |     ssn     \r\n----+--------------------+----------------------+------------------------+-------------\r\n  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n  2 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n  3 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n  4 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n:',
      null,
      '\r\x1b[K  5 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n  6 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n  7 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n  8 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n:',
      null,
      '\x1b[H\x1bM  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n:',
      null,
    ],
  },
  {
    name: 'less with status and line feeds at bottom, search hit',
    cols: 100,
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    own: 'corp',
    writes: [
      '\x1b[?1049h id |     full_name      |        email         |      iban              |     ssn     \r\n----+--------------------+----------------------+------------------------+-------------\r\n  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \r\n:',
      '/corp\r',
      '\x1b[3;39H\x1b[7mcorp\x1b[27m.ru',
      '\x1b[24;1H:',
    ],
  },
  {
    name: 'column order changes',
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova', 'Vonnaq Hrdlk'],
    writes: [
      lines(
        ' id |     full_name      |        email         |      iban              |     ssn     ',
        '----+--------------------+----------------------+------------------------+-------------',
        '  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 ',
        '(1 row)',
        '',
        '        email         | n | full_name',
        '----------------------+---+--------------',
        ' olga.ivanova@corp.ru | 1 | Vonnaq Hrdlk',
        '(1 row)',
      ),
    ],
  },
  {
    name: 'tuples only vote',
    values: ['user7.test@corp.ru', '078-05-1127'],
    writes: [
      lines(
        ' 0 | user0.test@corp.ru | 078-05-1120',
        ' 1 | user1.test@corp.ru | 078-05-1121',
        ' 2 | user2.test@corp.ru | 078-05-1122',
        ' 3 | user3.test@corp.ru | 078-05-1123',
        ' 4 | user4.test@corp.ru | 078-05-1124',
        ' 5 | user5.test@corp.ru | 078-05-1125',
        ' 6 | user6.test@corp.ru | 078-05-1126',
        ' 7 | user7.test@corp.ru | 078-05-1127',
        ' 8 | user8.test@corp.ru | 078-05-1128',
      ),
    ],
  },
  {
    name: 'psql \\x auto with wide name',
    values: ['Vonnaq Hrdlk', 'olga.ivanova@corp.ru', 'Kwmbi'],
    writes: [
      lines(
        '-[ RECORD 1 ]',
        'id        | 1',
        'full_name | Vonnaq Hrdlk',
        'email     | olga.ivanova@corp.ru',
        '-[ RECORD 2 ]',
        'id        | 2',
        'full_name | Kwmbi',
        'email     | \u00a4',
      ),
    ],
  },
  {
    name: 'mysql box in 4-byte chunks',
    values: ['Vonnaq Hrdlk', 'olga.ivanova@corp.ru'],
    writes: pieces(
      '+----+--------------+----------------------+\r\n| id | last_name    | email                |\r\n+----+--------------+----------------------+\r\n|  1 | Vonnaq Hrdlk | olga.ivanova@corp.ru |\r\n+----+--------------+----------------------+\r\n',
      4,
    ),
  },
  {
    name: 'csv by chunk with quotes',
    values: ['Hrdlk', 'Vonnaq', 'olga.ivanova@corp.ru', 'Multi', 'Line Name'],
    writes: pieces(
      'id,full_name,email,note\r\n1,"Hrdlk, Vonnaq","olga.ivanova@corp.ru","a ""b"" c"\r\n2,"Multi\r\nLine Name",x@corp.ru,z\r\n',
      5,
    ),
  },
  {
    name: 'json pretty typed slowly',
    values: ['Vonnaq Hrdlk', '4012888888881881'],
    writes: [
      '{\r\n',
      null,
      '  "last_name": "Vonnaq',
      null,
      ' Hrdlk",\r\n',
      null,
      '  "card_number": "4012888',
      null,
      '888881881"\r\n}\r\n',
    ],
  },
  {
    name: 'yaml block list of emails',
    values: ['olga.ivanova@corp.ru', '078-05-1123', '4012888888881881'],
    writes: [
      lines(
        'recipients:',
        '  - olga.ivanova@corp.ru',
        '  - b@corp.ru',
        'ssn: >',
        '  078-05-1123',
        'card_number: |',
        '  4012 8888 8888 1881',
      ),
    ],
  },
  {
    name: 'lolcat on all',
    values: [
      'olga.ivanova@corp.ru',
      '4012888888881881',
      'DE89370400440532013000',
      '078-05-1123',
      'AK¦IAQ3EGRZ7XW5T2MNBV',
    ],
    writes: [
      lines(
        '\x1b[38;2;0;200;90mo\x1b[38;2;1;200;90ml\x1b[38;2;2;200;90mg\x1b[38;2;3;200;90ma\x1b[38;2;4;200;90m.\x1b[38;2;5;200;90mi\x1b[38;2;6;200;90mv\x1b[38;2;7;200;90ma\x1b[38;2;8;200;90mn\x1b[38;2;9;200;90mo\x1b[38;2;10;200;90mv\x1b[38;2;11;200;90ma\x1b[38;2;12;200;90m@\x1b[38;2;13;200;90mc\x1b[38;2;14;200;90mo\x1b[38;2;15;200;90mr\x1b[38;2;16;200;90mp\x1b[38;2;17;200;90m.\x1b[38;2;18;200;90mr\x1b[38;2;19;200;90mu\x1b[39m',
        '\x1b[38;2;0;200;90m4\x1b[38;2;1;200;90m0\x1b[38;2;2;200;90m1\x1b[38;2;3;200;90m2\x1b[38;2;4;200;90m8\x1b[38;2;5;200;90m8\x1b[38;2;6;200;90m8\x1b[38;2;7;200;90m8\x1b[38;2;8;200;90m8\x1b[38;2;9;200;90m8\x1b[38;2;10;200;90m8\x1b[38;2;11;200;90m8\x1b[38;2;12;200;90m1\x1b[38;2;13;200;90m8\x1b[38;2;14;200;90m8\x1b[38;2;15;200;90m1\x1b[39m',
        '\x1b[38;2;0;200;90mD\x1b[38;2;1;200;90mE\x1b[38;2;2;200;90m8\x1b[38;2;3;200;90m9\x1b[38;2;4;200;90m3\x1b[38;2;5;200;90m7\x1b[38;2;6;200;90m0\x1b[38;2;7;200;90m4\x1b[38;2;8;200;90m0\x1b[38;2;9;200;90m0\x1b[38;2;10;200;90m4\x1b[38;2;11;200;90m4\x1b[38;2;12;200;90m0\x1b[38;2;13;200;90m5\x1b[38;2;14;200;90m3\x1b[38;2;15;200;90m2\x1b[38;2;16;200;90m0\x1b[38;2;17;200;90m1\x1b[38;2;18;200;90m3\x1b[38;2;19;200;90m0\x1b[38;2;20;200;90m0\x1b[38;2;21;200;90m0\x1b[39m',
        '\x1b[38;2;0;200;90m0\x1b[38;2;1;200;90m7\x1b[38;2;2;200;90m8\x1b[38;2;3;200;90m-\x1b[38;2;4;200;90m0\x1b[38;2;5;200;90m5\x1b[38;2;6;200;90m-\x1b[38;2;7;200;90m1\x1b[38;2;8;200;90m1\x1b[38;2;9;200;90m2\x1b[38;2;10;200;90m3\x1b[39m',
        '\x1b[38;2;0;200;90mA\x1b[38;2;1;200;90mK\x1b[38;2;2;200;90mI\x1b[38;2;3;200;90mA\x1b[38;2;4;200;90mQ\x1b[38;2;5;200;90m3\x1b[38;2;6;200;90mE\x1b[38;2;7;200;90mG\x1b[38;2;8;200;90mR\x1b[38;2;9;200;90mZ\x1b[38;2;10;200;90m7\x1b[38;2;11;200;90mX\x1b[38;2;12;200;90mW\x1b[38;2;13;200;90m5\x1b[38;2;14;200;90mT\x1b[38;2;15;200;90m2\x1b[38;2;16;200;90mM\x1b[38;2;17;200;90mN\x1b[38;2;18;200;90mB\x1b[38;2;19;200;90mV\x1b[39m',
        '\x1b[38;2;0;200;90mO\x1b[38;2;1;200;90ml\x1b[38;2;2;200;90mg\x1b[38;2;3;200;90ma\x1b[38;2;4;200;90m \x1b[38;2;5;200;90mI\x1b[38;2;6;200;90mv\x1b[38;2;7;200;90ma\x1b[38;2;8;200;90mn\x1b[38;2;9;200;90mo\x1b[38;2;10;200;90mv\x1b[38;2;11;200;90ma\x1b[39m',
      ),
    ],
  },
  {
    name: 'grep --color inside each',
    values: [
      'olga.ivanova@corp.ru',
      '4012888888881881',
      'DE89370400440532013000',
      '078-05-1123',
      'AK¦IAQ3EGRZ7XW5T2MNBV',
    ],
    writes: [
      'olga.\x1b[01;31m\x1b[Kivan\x1b[m\x1b[Kova@corp.ru\r\n40128\x1b[01;31m\x1b[K8888\x1b[m\x1b[K8881881\r\nDE893\x1b[01;31m\x1b[K7040\x1b[m\x1b[K0440532013000\r\n078-0\x1b[01;31m\x1b[K5-11\x1b[m\x1b[K23\r\nAKIAQ\x1b[01;31m\x1b[K3EGR\x1b[m\x1b[KZ7XW5T2MNBV\r\nOlga \x1b[01;31m\x1b[KIvan\x1b[m\x1b[Kova\r\n',
    ],
  },
  {
    name: 'bat with line numbers and grid',
    values: ['AK¦IAQ3EGRZ7XW5T2MNBV', 'olga.ivanova@corp.ru', 'Olga Ivanova'],
    writes: [
      lines(
        '───────┬────────────────',
        '       │ File: a.env',
        '───────┼────────────────',
        '   1   │ \x1b[38;5;208mAPI_KEY\x1b[m=\x1b[38;5;10mAK¦IAQ3EGRZ7XW5T2MNBV\x1b[m',
        '   2   │ MAIL=olga.ivanova@corp.ru',
        '   3   │ name: Olga Ivanova',
      ),
    ],
  },
  {
    name: 'delta side by side',
    cols: 120,
    values: ['olga.ivanova@corp.ru', 'anna.ivanova@corp.ru'],
    writes: ['│ 12 │mail=olga.ivanova@corp.ru │ 12 │mail=anna.ivanova@corp.ru │\r\n'],
  },
];

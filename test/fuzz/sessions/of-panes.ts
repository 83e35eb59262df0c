import { lines } from './session.ts';
import type { Session } from './session.ts';

/** Multiplexers, file managers, monitors and editors. */
export const PANE_SESSIONS: readonly Session[] = [
  {
    name: 'watch with differences',
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    writes: [
      "\x1b[H\x1b[2J\x1b[3J\x1b[1;1HEvery 2.0s: psql -c 'select...'\x1b[3;1H id |     full_name      |        email         |      iban              |     ssn     \x1b[4;1H----+--------------------+----------------------+------------------------+-------------\x1b[5;1H  0 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \x1b[24;1H",
      null,
      "\x1b[H\x1b[2J\x1b[3J\x1b[1;1HEvery 2.0s: psql -c 'select...'\x1b[3;1H id |     full_name      |        email         |      iban              |     ssn     \x1b[4;1H----+--------------------+----------------------+------------------------+-------------\x1b[5;1H  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \x1b[24;1H",
      null,
    ],
  },
  {
    name: 'tmux split, both panes scrolling',
    values: ['olga.ivanova@corp.ru', '078-05-1123'],
    writes: [
      '\x1b[?1049h\x1b[1;23r',
      '\x1b[1;1Hleft 0 olga.ivanova@corp.ru\x1b[1;50H│\x1b[1;51Hssn 078-05-1123',
      '\x1b[2;1Hleft 1 olga.ivanova@corp.ru\x1b[2;50H│\x1b[2;51Hssn 078-05-1123',
      '\x1b[3;1Hleft 2 olga.ivanova@corp.ru\x1b[3;50H│\x1b[3;51Hssn 078-05-1123',
      '\x1b[4;1Hleft 3 olga.ivanova@corp.ru\x1b[4;50H│\x1b[4;51Hssn 078-05-1123',
      '\x1b[5;1Hleft 4 olga.ivanova@corp.ru\x1b[5;50H│\x1b[5;51Hssn 078-05-1123',
      '\x1b[6;1Hleft 5 olga.ivanova@corp.ru\x1b[6;50H│\x1b[6;51Hssn 078-05-1123',
      '\x1b[24;1H[0] 0:a',
    ],
  },
  {
    name: 'tmux pane with a table and borders',
    cols: 130,
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000', '078-05-1123', 'Olga Ivanova'],
    writes: [
      '\x1b[?1049h\x1b[1;1H$ make\x1b[1;20H│ id |     full_name      |        email         |      iban              |     ssn     \x1b[2;1H$ make\x1b[2;20H│----+--------------------+----------------------+------------------------+-------------\x1b[3;1H$ make\x1b[3;20H│  1 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 \x1b[4;1H$ make\x1b[4;20H│  2 | Olga Ivanova       | olga.ivanova@corp.ru | DE89370400440532013000 | 078-05-1123 ',
    ],
  },
  {
    name: 'screen hardstatus and title',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: ['\x1bkolga.ivanova@corp.ru\x1b\\\x1b_4012888888881881\x1b\\$ '],
  },
  {
    name: 'mc file list with names',
    values: ['olga.ivanova@corp.ru', 'DE89370400440532013000'],
    writes: [
      '\x1b[?1049h\x1b[1;1H│Name        │Size│Modify│\x1b[2;1H│cv_olga.ivanova@corp.ru.pdf│ 12K│Nov 30│\x1b[3;1H│IBAN DE89370400440532013000│ 1K│Nov│',
    ],
  },
  {
    name: 'htop tree with secrets, redrawn',
    values: ['AK¦IAQ3EGRZ7XW5T2MNBV', 'S3cr3tPw'],
    writes: [
      '\x1b[5;1H\x1b[32m 810 root ├─ \x1b[mapp --api-key=AK¦IAQ3EGRZ7XW5T2MNBV --db postgres://u:S3cr3tPw@h/d\x1b[K',
      null,
      '\x1b[5;1H\x1b[32m 811 root ├─ \x1b[mapp --api-key=AK¦IAQ3EGRZ7XW5T2MNBV --db postgres://u:S3cr3tPw@h/d\x1b[K',
      null,
      '\x1b[5;1H\x1b[32m 812 root ├─ \x1b[mapp --api-key=AK¦IAQ3EGRZ7XW5T2MNBV --db postgres://u:S3cr3tPw@h/d\x1b[K',
      null,
    ],
  },
  {
    name: 'top: half line updates',
    isByScreen: true,
    values: ['olga.ivanova@corp.ru'],
    writes: [
      '\x1b[7;1H  99 root mail olga.ivanova@corp.ru',
      null,
      '\x1b[7;3H98',
      '\x1b[7;20H\x1b[K',
      '\x1b[7;1H  99 root mail olga.ivanova@corp.ru',
    ],
  },
  {
    name: 'journalctl -f in follow with wrap',
    cols: 50,
    values: ['Olga Ivanova', 'olga.ivanova@corp.ru', '4012888888881881', 'DE89370400440532013000'],
    writes: [
      'Nov 30 12:00:00 host app[1]: user Olga Ivanova <olga.ivanova@corp.ru> paid with 4012888888881881 from iban DE89370400440532013000\r\n',
    ],
  },
  {
    name: 'dmesg-like then value',
    values: ['AK¦IAQ3EGRZ7XW5T2MNBV', '078-05-1123'],
    writes: ['[12345.678901] app: key AK¦IAQ3EGRZ7XW5T2MNBV ssn 078-05-1123\r\n'],
  },
  {
    name: 'base64 -d of env',
    values: ['AK¦IAQ3EGRZ7XW5T2MNBV'],
    writes: [lines('$ echo T0xHQQ== | base64 -d', 'AWS_ACCESS_KEY_ID=AK¦IAQ3EGRZ7XW5T2MNBV')],
  },
  {
    name: 'vim redraw scroll with IL/DL',
    values: ['olga.ivanova@corp.ru', '078-05-1123', '4012888888881881'],
    writes: [
      '\x1b[?1049h\x1b[1;23r\x1b[1;1Ha\r\nb\r\nmail olga.ivanova@corp.ru\r\n\x1b[1;1H\x1b[2M\x1b[22;1Hssn 078-05-1123\r\n',
      null,
      '\x1b[1;1H\x1b[1Lnew 4012888888881881',
    ],
  },
  {
    name: 'vim long line wrapped with @@@',
    cols: 100,
    values: ['olga.ivanova@corp.ru'],
    writes: [
      '\x1b[?1049h\x1b[20;1Hword word word word word word word word word word word word word word word word word word olga.ivano\x1b[21;1Hva@corp.ru and more\x1b[22;1H@@@',
    ],
  },
  {
    name: 'emacs truncation backslash',
    cols: 80,
    values: ['4012888888881881'],
    writes: [
      '\x1b[?1049h\x1b[2;1Hx x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x 4\\\x1b[3;1H012888888881881 rest',
    ],
  },
  {
    name: 'nano soft wrap',
    cols: 80,
    values: ['DE89370400440532013000'],
    writes: [
      '\x1b[?1049h\x1b[3;1Hab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab DE893704\x1b[4;1H00440532013000 x',
    ],
  },
  {
    name: 'dialog inputbox with echo',
    isByScreen: true,
    values: ['olga.ivanova@corp.ru'],
    writes: [
      '\x1b[5;10H┌────────┐\x1b[6;10H│Email:                       │\x1b[6;18H',
      'o',
      'l',
      'g',
      'a',
      '.',
      'i',
      'v',
      'a',
      'n',
      'o',
      'v',
      'a',
      '@',
      'c',
      'o',
      'r',
      'p',
      '.',
      'r',
      'u',
      '\x1b[20;1H',
    ],
  },
  {
    name: 'whiptail password stars and then text',
    values: ['hunter2ABC'],
    writes: ['\x1b[5;10HPassword\x1b[6;10H**********\x1b[9;1Hpassword=hunter2ABC'],
  },
];

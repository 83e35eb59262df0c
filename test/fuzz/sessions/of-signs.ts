import { lines } from './session.ts';
import type { Session } from './session.ts';

/** What terminals do with signs, cells and strings of control. */
export const SIGN_SESSIONS: readonly Session[] = [
  {
    name: 'insert chars right to left',
    isByScreen: true,
    values: ['olga.ivanova@corp.ru'],
    writes: ['mail rp.ru\r\x1b[5C\x1b[15@olga.ivanova@co\r\n'],
  },
  {
    name: 'ICH splits then DCH rejoins',
    values: ['DE89370400440532013000'],
    writes: ['iban DE89370400440532013000', '\r\x1b[10C\x1b[3@xxx', '\r\x1b[10C\x1b[3P\r\n'],
  },
  {
    name: 'scroll region log pane',
    rows: 8,
    values: ['078-05-1125', '078-05-1131'],
    writes: [
      '\x1b[?1049h\x1b[2;5r',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 0 ssn 078-05-1120',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 1 ssn 078-05-1121',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 2 ssn 078-05-1122',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 3 ssn 078-05-1123',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 4 ssn 078-05-1124',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 5 ssn 078-05-1125',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 6 ssn 078-05-1126',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 7 ssn 078-05-1127',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 8 ssn 078-05-1128',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 9 ssn 078-05-1129',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 10 ssn 078-05-1130',
      '\x1b[5;1H\r\n\x1b[5;1Hrow 11 ssn 078-05-1131',
    ],
  },
  {
    name: 'SU and SD',
    values: ['4012888888881881'],
    writes: ['\x1b[3;1Hcard 4012888888881881\x1b[2S\x1b[1T\x1b[9;1H'],
  },
  {
    name: 'OSC title user@host: mail',
    values: ['olga.ivanova@corp.ru', '4012888888881881', '078-05-1123'],
    writes: [
      '\x1b]0;mutt: olga.ivanova@corp.ru\x07\x1b]2;Re: card 4012888888881881\x1b\\\x1b]1;078-05-1123\x07$ ',
    ],
  },
  {
    name: 'OSC 7 with home of person mail',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b]7;file://db/home/olga.ivanova@corp.ru/x\x07$ \x1b]9;9;/srv/olga.ivanova@corp.ru\x07'],
  },
  {
    name: 'OSC 8 mailto',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: [
      '\x1b]8;;mailto:olga.ivanova@corp.ru?subject=card%204012888888881881\x1b\\write\x1b]8;;\x1b\\ \r\n',
    ],
  },
  {
    name: 'OSC 52 multi-line',
    values: ['AK¦IAQ3EGRZ7XW5T2MNBV', 'DE89370400440532013000', 'olga.ivanova@corp.ru'],
    writes: [
      '\x1b]52;c;YQpBS0lBUTNFR1JaN1hXNVQyTU5CVgpERTg5MzcwNDAwNDQwNTMyMDEzMDAwCg==\x07\x1b]52;p;b2xnYS5pdmFub3ZhQGNvcnAucnU=\x1b\\',
    ],
  },
  {
    name: 'OSC 1337 file name',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: ['\x1b]1337;File=name=b2xnYS5pdmFub3ZhQGNvcnAucnUucGRm;inline=0:NDAxMjg4ODg4ODg4MTg4MQ==\x07ok'],
  },
  {
    name: 'OSC 99 notification kitty',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b]99;i=1:d=0;mail from \x1b\\\x1b]99;i=1:d=1:p=body;olga.ivanova@corp.ru\x1b\\'],
  },
  {
    name: 'OSC 133 with cmdline',
    values: ['S3cr3tPazz9'],
    writes: ['\x1b]133;C;cmdline_url=curl%20-u%20bob:S3cr3tPazz9%20http://x\x07'],
  },
  {
    name: 'OSC 4/10/11 colour with text',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b]11;?\x07\x1b]4;1;olga.ivanova@corp.ru\x07x'],
  },
  {
    name: 'DCS sixel, DECRQSS, XTGETTCAP',
    values: ['4012888888881881', 'olga.ivanova@corp.ru'],
    writes: [
      '\x1bPq#0;2;0;0;0~~4012888888881881\x1b\\\x1b[c\x1bP$q"p\x1b\\\x1bP+q6f6c67612e6976616e6f766140636f72702e7275\x1b\\ok',
    ],
  },
  {
    name: 'kitty graphics APC',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: ['\x1b_Gf=100,a=T;b2xnYS5pdmFub3ZhQGNvcnAucnU0MDEyODg4ODg4ODgxODgx\x1b\\ok'],
  },
  {
    name: 'SOS and PM with C1',
    values: ['olga.ivanova@corp.ru', '4012888888881881', 'AK¦IAQ3EGRZ7XW5T2MNBV'],
    writes: ['\u0098olga.ivanova@corp.ru\u009c\u009e4012888888881881\u009c\u009fAKIAQ3EGRZ7XW5T2MNBV\u009cx'],
  },
  {
    name: 'unterminated OSC then text',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b]2;title olga.ivanova@corp.ru', null, '\r\n$ '],
  },
  {
    name: 'REP makes a value',
    values: ['4012888888881881'],
    writes: ['card 4012\x1b[0b8\x1b[2b', '8\x1b[3b1881\r\n'],
  },
  {
    name: 'REP of 8s',
    values: ['4012888888881881'],
    writes: ['card 4012 8\x1b[3b 8\x1b[3b 1881\r\n'],
  },
  {
    name: 'line drawing then SSN',
    values: ['078-05-1123'],
    writes: ['\x1b(0lqqqqk\x1b(B\r\n\x1b(0x\x1b(B 078-05-1123 \x1b(0x\x1b(B\r\n'],
  },
  {
    name: 'digits in line drawing charset stay digits',
    values: ['4012888888881881'],
    writes: ['\x1b(0 4012888888881881 \x1b(B\r\n'],
  },
  {
    name: 'UK charset',
    values: ['4012888888881881'],
    writes: ['\x1b(A card 4012888888881881\x1b(B\r\n'],
  },
  {
    name: 'SO SI with G1',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b)0\u000eqq\u000f olga.ivanova@corp.ru \u000eqq\u000f\r\n'],
  },
  {
    name: 'wide chars before at margin',
    cols: 20,
    values: ['olga.ivanova@corp.ru'],
    writes: ['顧客名 olga.ivanova@corp.ru です\r\n'],
  },
  {
    name: 'combining marks on each',
    values: ['4012888888881881'],
    writes: [
      '4\u03010\u03011\u03012\u03018\u03018\u03018\u03018\u03018\u03018\u03018\u03018\u03011\u03018\u03018\u03011\u0301\r\n',
    ],
  },
  {
    name: 'ZWJ between',
    values: ['4012888888881881'],
    writes: [
      '4\u200d0\u200d1\u200d2\u200d8\u200d8\u200d8\u200d8\u200d8\u200d8\u200d8\u200d8\u200d1\u200d8\u200d8\u200d1\r\n',
    ],
  },
  {
    name: 'bidi override',
    values: ['4012888888881881', 'olga.ivanova@corp.ru'],
    writes: [lines('card \u202e4012888888881881\u202c end', 'mail \u2066olga.ivanova@corp.ru\u2069')],
  },
  {
    name: 'full-width card',
    values: ['４０１２８８８８８８８８１８８１'],
    writes: ['カード ４０１２８８８８８８８８１８８１ です\r\n'],
  },
  {
    name: 'arabic-indic digits',
    values: ['٤٠١٢٨٨٨٨٨٨٨٨١٨٨١'],
    writes: ['بطاقة ٤٠١٢٨٨٨٨٨٨٨٨١٨٨١ \r\n'],
  },
  {
    name: 'devanagari digits aadhaar',
    values: ['२३४१ २३४१ २३४६'],
    writes: ['आधार २३४१ २३४१ २३४६ \r\n'],
  },
  {
    name: 'full-width at and letters in mail',
    values: ['ｏｌｇａ．ｉｖａｎｏｖａ＠ｃｏｒｐ．ｒｕ'],
    writes: ['mail ｏｌｇａ．ｉｖａｎｏｖａ＠ｃｏｒｐ．ｒｕ\r\n'],
  },
  {
    name: 'NBSP card',
    values: ['4012888888881881'],
    writes: ['4012\u00a08888\u00a08888\u00a01881\r\n'],
  },
  {
    name: 'thin space iban',
    values: ['DE89370400440532013000'],
    writes: ['DE89\u20093704\u20090044\u20090532\u20090130\u200900\r\n'],
  },
  {
    name: 'non-breaking hyphens ssn',
    values: ['078-05-1123'],
    writes: [lines('ssn 078\u201105\u20111123', 'ssn 078–05–1123', 'ssn 078−05−1123')],
  },
  {
    name: 'soft hyphen token',
    values: ['AK¦IAQ3EGRZ7XW5T2MNBV'],
    writes: ['token AK¦IAQ3EG\u00adRZ7XW5T2MNBV\r\n'],
  },
  {
    name: 'dots in card',
    values: ['4012888888881881'],
    writes: ['card 4012.8888.8888.1881\r\n'],
  },
  {
    name: 'slashes and underscores',
    values: ['4012888888881881'],
    writes: ['card 4012/8888/8888/1881\r\n'],
  },
  {
    name: 'application wraps with indent',
    values: ['4012888888881881'],
    writes: [lines('The customer reported that card number 4012 8888', '   8888 1881 was declined.')],
  },
  {
    name: 'fmt/fold wraps iban',
    values: ['DE89370400440532013000'],
    writes: [lines('Transfer to IBAN DE89 3704 0044', '0532 0130 00 please')],
  },
  {
    name: 'resize-like reprint at new width',
    values: ['olga.ivanova@corp.ru'],
    writes: ['mail olga.ivanova@corp.ru\r\n', '\x1b[8;24;40t', '\x1b[H\x1b[Jmail olga.ivanova@corp.ru\r\n'],
  },
  {
    name: 'grep colours split at both ends',
    values: ['4012888888881881'],
    writes: ['a.txt:4012\x1b[01;31m\x1b[K8888\x1b[m\x1b[K88881881\r\n'],
  },
  {
    name: '8-bit CSI as raw byte is invalid utf8, fine',
    values: ['olga.ivanova@corp.ru'],
    writes: [
      '\u009b1molga.ivanova@corp.ru\u009b0m \u009d8;;mailto:olga.ivanova@corp.ru\u009chi\u009d8;;\u009c\r\n',
    ],
  },
  {
    name: 'DECALN with values',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: ['\x1b#8\x1b[4;4Holga.ivanova@corp.ru\x1b[6;6H4012888888881881'],
  },
  {
    name: 'double height lines',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b#3olga.ivanova@corp.ru\r\n\x1b#4olga.ivanova@corp.ru\r\n'],
  },
  {
    name: 'DECFRA fill and DECCRA copy',
    values: ['4012888888881881'],
    writes: ['\x1b[2;2H4012888888881881\x1b[2;2;2;17;1;5;3;1$v\x1b[9;1H'],
  },
  {
    name: 'save/restore cursor interleaved',
    values: ['4012888888881881'],
    writes: ['\x1b[2;2H4012\x1b7\x1b[9;1Hst\x1b888888888\x1b7\x1b[9;4Hat\x1b81881\x1b[10;1H'],
  },
  {
    name: 'two values interleaved by addressing',
    values: ['4012888888881881', 'DE89370400440532013000'],
    writes: ['\x1b[2;1H40128888\x1b[3;1HDE893704\x1b[2;9H88881881\x1b[3;9H00440532013000\x1b[9;1H'],
  },
  {
    name: 'DECSTBM with IL',
    rows: 10,
    values: ['olga.ivanova@corp.ru', '078-05-1123'],
    writes: ['\x1b[?1049h\x1b[1;6r\x1b[2;1Holga.ivanova@corp.ru\x1b[2;1H\x1b[1L\x1b[2;1Hssn 078-05-1123'],
  },
  {
    name: 'ED in the middle then rest',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b[2;1Holga.ivano\x1b[Jva@corp.ru\r\n'],
  },
  {
    name: 'backspace and rewrite',
    values: ['olga.ivanova@corp.ru'],
    writes: ['mail olga.ivanoba\b\b\bova@corp.ru\b\b\r\n'],
  },
  {
    name: 'EL left',
    values: ['ga.ivanova@corp.ru'],
    writes: ['xxxxxxxxolga.ivanova@corp.ru\x1b[4D\x1b[4C\r\n'],
  },
  {
    name: 'tab overwrites',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\tolga.ivanova@corp.ru\r\tx\r\n'],
  },
  {
    name: 'status line at right',
    cols: 101,
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b[1;80Holga.ivanova@corp.ru\x1b[24;1Hx'],
  },
  {
    name: 'value at last column and first of next row by address',
    cols: 90,
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b[?1049h\x1b[1;75Hmail: olga.ivanova@corp.ru'],
  },
  {
    name: 'autowrap card exact edge',
    cols: 80,
    values: ['4012888888881881'],
    writes: [
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 4012888888881881\r\n',
    ],
  },
  {
    name: 'autowrap with pending then SGR',
    cols: 80,
    values: ['4012888888881881'],
    writes: [
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 401\x1b[31m2888888881881\x1b[m\r\n',
    ],
  },
  {
    name: 'no newline prompt secret',
    values: ['AK¦IAQ3EGRZ7XW5T2MNBV'],
    writes: ['Enter API key: ', 'AK¦IAQ3EGRZ7XW5T2MNBV', null, '\r\n'],
  },
  {
    name: 'password prompt typed with echo on',
    isByScreen: true,
    values: ['Zorro77blau'],
    writes: ['Password: ', 'Z', 'o', 'r', 'r', 'o', '-', '7', '7', '-', 'b', 'l', 'a', 'u', '\r\n'],
  },
  {
    name: 'New password twice',
    values: ['Qwerty!2345x'],
    writes: [
      'New password: ',
      'Qwerty!2345x',
      '\r\nRetype new password: ',
      'Qwerty!2345x',
      '\r\npasswd: ok\r\n',
    ],
  },
];

import { lines } from './session.ts';
import type { Session } from './session.ts';

/** Values that come with pauses, are edited, or are painted in pieces. */
export const EDIT_SESSIONS: readonly Session[] = [
  {
    name: 'apt progress bar scroll region',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: [
      '\x1b7\x1b[0;23r\x1b8\x1b[1A',
      'Setting up olga.ivanova@corp.ru ...\r\n',
      '\x1b7\x1b[24;1H\x1b[42mProgress: [ 45%]\x1b[49m\x1b8',
      'card 4012888888881881\r\n',
    ],
  },
  {
    name: 'ssh banner with box drawing',
    values: ['olga.ivanova@corp.ru'],
    writes: [
      lines('╔══════════════════════╗', '║ contact olga.ivanova@corp.ru ║', '╚══════════════════════╝'),
    ],
  },
  {
    name: 'figlet no; qrencode no; colored json logs',
    values: ['olga.ivanova@corp.ru', '203.0.113.9'],
    writes: [
      '{\x1b[1m"user"\x1b[0m:\x1b[32m"olga.ivanova@corp.ru"\x1b[0m,\x1b[1m"ip"\x1b[0m:"203.0.113.9"}\r\n',
    ],
  },
  {
    name: 'osc8 text half inside',
    values: ['4012888888881881'],
    writes: ['card \x1b]8;;http://x\x07401288\x1b]8;;\x078888881881\r\n'],
  },
  {
    name: 'osc8 uri percent',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: [
      '\x1b]8;;https://x/?email=olga.ivanova%40corp.ru&card=4012%2D8888%2D8888%2D1881\x07x\x1b]8;;\x07\r\n',
    ],
  },
  {
    name: 'osc 0 in pieces with pause',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b]0;mail olga.iva', null, 'nova@corp.ru\x07$ '],
  },
  {
    name: 'osc 52 chunk pause',
    values: ['4012888888881881'],
    writes: ['\x1b]52;c;NDAxMjg4OD', null, 'g4ODg4MTg4MQ==\x07'],
  },
  {
    name: 'csi cut with pause',
    isByScreen: true,
    values: ['4012888888881881'],
    writes: ['card 40128888\x1b[3', null, '1m88881881\x1b[0m\r\n'],
  },
  {
    name: 'card head paused',
    values: ['4012888888881881'],
    writes: ['card 4012 8888', null, ' 8888 1881\r\n'],
  },
  {
    name: 'iban head idle',
    values: ['DE89370400440532013000'],
    writes: ['IBAN: D', null, 'E89 3704', null, ' 0044 0532 0130 00\r\n'],
  },
  {
    name: 'ssn paused',
    values: ['078-05-1123'],
    writes: ['ssn 078-', null, '05-', null, '1123\r\n'],
  },
  {
    name: 'aws key paused',
    values: ['AK¦IAQ3EGRZ7XW5T2MNBV'],
    writes: ['key AK¦IAQ3EG', null, 'RZ7XW5T2MNBV\r\n'],
  },
  {
    name: 'email paused after at',
    values: ['olga.ivanova@corp.ru'],
    writes: ['mail olga.ivanova@', null, 'corp.ru\r\n'],
  },
  {
    name: 'email paused before at with label',
    values: ['olga.ivanova@corp.ru'],
    writes: ['email: olga.iv', null, 'anova@corp.ru\r\n'],
  },
  {
    name: 'name paused',
    values: ['Olga Ivanova'],
    writes: ['full_name: Olga', null, ' Ivanova\r\n'],
  },
  {
    name: 'pem 17 byte writes, never ended, prompt',
    values: ['MIIEowIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi8', 'Zq1XyKx4mPb8J0v9VtWc2Lr5HnQe7Ud6SfGa3TbY'],
    writes: [
      '-----BEGIN RSA PR',
      'IVATE KEY-----\r\nM',
      'IIEowIBAAKCAQEA3T',
      'z2mr7SZiAMfQyuvBj',
      'M9Oi8\r\nZq1XyKx4mP',
      'b8J0v9VtWc2Lr5HnQ',
      'e7Ud6SfGa3TbY\r\n',
      'root@db:~# ls\r\nfile\r\n',
    ],
  },
  {
    name: 'pem in less',
    rows: 8,
    values: [
      'MHcCAQEEIIvYq2nJ8sG5t7bQ9kXw3LmZpR4vT6uYcDfEhGjKlNoP',
      'oAoGCCqGSM49AwEHoUQDQgAE8sG5t7bQ9kXw3LmZpR4vT6uYcDfE',
      'hGjKlNoPoAoGCCqGSM49AwEHoUQDQgAE8sG5',
    ],
    writes: [
      '\x1b[?1049h\x1b[H-----BEGIN EC PRIVATE KEY-----\r\nMHcCAQEEIIvYq2nJ8sG5t7bQ9kXw3LmZpR4vT6uYcDfEhGjKlNoP\r\noAoGCCqGSM49AwEHoUQDQgAE8sG5t7bQ9kXw3LmZpR4vT6uYcDfE\r\n:',
      null,
      '\r\x1b[KhGjKlNoPoAoGCCqGSM49AwEHoUQDQgAE8sG5\r\n:',
    ],
  },
  {
    name: 'typed with wrong chars and ^W',
    isByScreen: true,
    values: ['olga.ivanova@corp.ru'],
    writes: ['$ mail olga.ivanova@corp.ri', '\b \b', 'u', '\r\n'],
  },
  {
    name: 'readline insert mid with ICH',
    isByScreen: true,
    values: ['ivanova@corp.ru'],
    writes: ['$ mail olgaivanova@corp.ru', '\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\x1b[1@.', '\r\n'],
  },
  {
    name: 'readline without ICH rewrites tail',
    values: ['ivanova@corp.ru'],
    writes: [
      '$ mail olgaivanova@corp.ru',
      '\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b.ivanova@corp.ru\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b',
      '\r\n',
    ],
  },
  {
    name: 'history recall replaces line',
    values: ['S3cretPw1', 'AK¦IAQ3EGRZ7XW5T2MNBV'],
    writes: ['$ curl -u bob:S3cretPw1 x', '\r$ \x1b[Kexport K=AK¦IAQ3EGRZ7XW5T2MNBV', '\r$ \x1b[Kls\r\n'],
  },
  {
    name: 'menu-complete cycling',
    values: ['olga.ivanova@corp.ru', 'anna@corp.ru'],
    writes: [
      '$ cat ',
      'anna@corp.ru.txt',
      '\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\bolga.ivanova@corp.ru.txt',
      '\r\n',
    ],
  },
  {
    name: 'cursor-addressed right half first, pause',
    isByScreen: true,
    values: ['4012888888881881'],
    writes: ['\x1b[5;12H88881881', null, '\x1b[5;4H40128888', null],
  },
  {
    name: 'random order with pauses',
    isByScreen: true,
    values: ['DE89370400440532013000'],
    writes: ['\x1b[5;8H704004405', null, '\x1b[5;4HDE89', '\x1b[5;8H370', null, '\x1b[5;11H400440532013000'],
  },
  {
    name: 'CJK before in box',
    values: ['olga.ivanova@corp.ru', '山田太郎'],
    writes: [
      lines(
        '┌────────────┬──────────────────────┐',
        '│ 氏名       │ メール               │',
        '├────────────┼──────────────────────┤',
        '│ 山田太郎   │ olga.ivanova@corp.ru │',
        '│ 😀 smile   │ x@corp.ru            │',
        '└────────────┴──────────────────────┘',
      ),
    ],
  },
  {
    name: 'insert mode IRM typing',
    isByScreen: true,
    values: ['4012888888881881'],
    writes: ['card 40128888881881\r\x1b[11C\x1b[4h88\x1b[4l\r\n'],
  },
  {
    name: 'origin mode and region scroll',
    values: [
      'olga.ivanova@corp.ru',
      '078-05-1123',
      '4012888888881881',
      'DE89370400440532013000',
      'AK¦IAQ3EGRZ7XW5T2MNBV',
    ],
    writes: [
      '\x1b[5;8r\x1b[?6h\x1b[1;1Holga.ivanova@corp.ru\r\n078-05-1123\r\n4012888888881881\r\nDE89370400440532013000\r\nAKIAQ3EGRZ7XW5T2MNBV\r\n\x1b[?6l\x1b[r',
    ],
  },
  {
    name: 'alternate screen leave shows main again',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: ['mail olga.ivanova@corp.ru\r\n\x1b[?1049h\x1b[1;1H4012888888881881\x1b[?1049l$ \r\n'],
  },
  {
    name: '47 and 1047 and 1048',
    values: ['olga.ivanova@corp.ru', '4012888888881881', '078-05-1123'],
    writes: [
      '\x1b[?47h\x1b[2;2Holga.ivanova@corp.ru\x1b[?47l\x1b[?1047h4012888888881881\x1b[?1047l\x1b[?1048h078-05-1123\x1b[?1048l\r\n',
    ],
  },
  {
    name: 'window ops, title stack',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b]2;olga.ivanova@corp.ru\x07\x1b[22;2t\x1b]2;x\x07\x1b[23;2t\x1b[21t'],
  },
  {
    name: 'answerback and DA echoes',
    values: ['olga.ivanova@corp.ru'],
    writes: ['\x1b[c\x1b[>c\u0005\x1b[6nolga.ivanova@corp.ru\r\n'],
  },
  {
    name: 'blinking, invisible SGR 8',
    values: ['4012888888881881', 'olga.ivanova@corp.ru'],
    writes: ['\x1b[8m4012888888881881\x1b[28m \x1b[5molga.ivanova@corp.ru\x1b[25m\r\n'],
  },
  {
    name: 'protected and erasable',
    values: ['4012888888881881'],
    writes: ['\x1b[1"q4012888888881881\x1b[0"q\x1b[?2J\r\n'],
  },
];

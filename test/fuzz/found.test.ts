import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import { createRedactor } from '../../core/redaction/stream/create-redactor.ts';
import { createEmulator } from './emulator.ts';
import { encoder } from './fuzz-case.ts';
import { compact, fragmentsOf, readableIn, readableOn } from './leaks.ts';

interface Found {
  readonly name: string;
  readonly value: string;
  /** one string a write; null where the hold-back timer fires */
  readonly writes: readonly (string | null)[];
  readonly cols?: number;
  /** a part of it stood there before it was a value: judged by the last screen */
  readonly isByScreen?: true;
}

/** Streams in which the fuzzer once read a value. */
const FOUND: readonly Found[] = [
  {
    name: 'a telephone number that a program breaks right behind its plus',
    value: '+31 6 12349365',
    writes: ['lunch after the of +\x1bE31 ', null, '6 12349365 ok\r\n'],
    isByScreen: true,
  },
  {
    name: 'the beginning of a token of which an edge leaves a part of its prefix',
    value: 'dop_v1_9de220639e733eeec99ff126f987198d8c912e9364466ba7ed6d65a217fc0ab5',
    cols: 40,
    writes: [
      '\x1b[?1049h\x1b[H id | status  | count |  key        \x1b[7m>\x1b[m\r\n----+---------+-------+-------------\x1b[7m>\x1b[m\r\n  1 | closed  |     3 | shipped dop_v1',
    ],
  },
  {
    name: 'an account number painted in three synchronised frames',
    value: 'RO66XWVIQQYHXZD2LUQWDDNA',
    writes: [
      [0, 1, 2]
        .map(
          frame =>
            `\x1b[?2026h\x1b[H\x1b[2J frame ${frame}\x1b[3;5HRO66XWVIQQYHXZD2LUQWDDNA\x1b[5;1Hshipped ov\x1b[?2026l`,
        )
        .join(''),
    ],
  },
  {
    name: 'a password that looks like a name of a program',
    value: 'krDl_g2qHyF1',
    writes: ['export PASSWORD=krDl_g2qHyF1\r\n'],
  },
  {
    name: 'an access key from which a character is deleted, before the line ends',
    value: 'AKIAZMOSA2OOEV55IGT4',
    writes: ['AKIAZMOSA2OOEsV55IGT4 was rejected\x1b[21D\x1b[1P\r\n'],
  },
  {
    name: 'a note that psql wraps, in a column whose name tells nothing',
    value: 'ASIA6RPMZH6MPK6HKG6Q',
    writes: [
      ' id |    note    | quantity \r\n----+------------+----------\r\n  1 | ASIA6RPMZH.|       55 \r\n    |.6MPK6HKG6Q |          \r\n',
    ],
  },
  {
    name: 'a number under its column, in a table that a pager has shifted',
    value: '287643517',
    writes: [
      '\x1b[?1049h\x1b[H id | quantity |    bsn    \r\n----+----------+-----------\r\n  1 |        8 | 287643517 \r\n\x1b[7m(END)\x1b[27m',
      '\x1b[H\x1b[Jd | quantity |    bsn    \r\n--+----------+-----------\r\n1 |        8 | 287643517 \r\n\x1b[7m(END)\x1b[27m\x1b[?1049l$ ',
    ],
  },
  {
    name: 'a token of which a shifted pager shows the end, behind nothing but a rule',
    value: 'dop_v1_9b5d5c2a35b707fc08f99e0608ac9772a125cc12924b6bd718594697565e5a0b',
    writes: [
      `\x1b[?1049h\x1b[H id | ${' '.repeat(32)}api_key${' '.repeat(32)} \r\n----+-${'-'.repeat(71)}-\r\n  5 | dop_v1_9b5d5c2a35b707fc08f99e0608ac9772a125cc12924b6bd718594697565e5a0b \r\n(END)`,
      `\x1b[H\x1b[J${' '.repeat(22)}api_key${' '.repeat(32)} \r\n${'-'.repeat(62)}\r\n5d5c2a35b707fc08f99e0608ac9772a125cc12924b6bd718594697565e5a0b \r\n(END)`,
    ],
  },
  {
    name: 'a number that is printed over longer text, in a region that then scrolls',
    value: '421004-2956883',
    writes: [
      '\x1b[?1049h\x1b[2J\x1b[3;10r\x1b[3;1HIPv6 address  is on file\x1b[4;1H\x1bM* RRN - 421004-2956883\x1b[6;1H\x1b[S',
    ],
  },
  {
    name: 'a card behind a word that is also a column of times',
    value: '3528825409184162',
    writes: ['updated (3528825409184162) yesterday\r\n'],
  },
  {
    name: 'a card in the column beside a number whose last group is as long',
    value: '3880 155858 4980',
    writes: [
      'id  nhs_number    note\r\n--  ------------  ----------------\r\n1   344 155 8383  3880 155858 4980  x@example.org\r\n',
    ],
  },
  {
    name: 'a number before a tab at the right margin, in a row of COPY',
    value: '47020403428',
    cols: 35,
    writes: [
      'COPY customers (id, email, quantity, card_number, status, code, pesel) FROM stdin;\r\n1\tomuller95@kunden.example.io\t66\t6574845767915409\ton hold\tCEF\t47020403428\r\n',
    ],
  },
  {
    name: 'a date of birth from which a character is deleted after a pause',
    isByScreen: true,
    value: '1957-03-02',
    writes: ['their date of birth 19u57-03-02 was changed\x1b[21D\x1b', null, '[1P', null],
  },
  {
    name: 'a token whose end was printed first, in the same write',
    value: 'xoxb-270785532634-522339566672-tI2vl0cmdguldmv1yvc8xRi3',
    cols: 141,
    writes: ['\x1b[25C66672-tI2vl0cmdguldmv1yvc8xRi3\x1b[55Dxoxb-270785532634-5223395'],
  },
  {
    name: 'a number of which the last part was put in its place first, when the host pauses',
    isByScreen: true,
    value: '+4915123455722',
    writes: ['\x1b[6;19H234557\x1b[6;13H+4915', null, '1', null, '\x1b[6;25H22'],
  },
  {
    name: 'a number of which the first character is erased in the frame that ends it',
    value: '+39 312 345 7685',
    writes: ['\x1b[?1049h\x1b[2J\x1b[4;3H+39 3', null, '12 345 7685\x1b[4;3H\x1b[1K'],
  },
  {
    name: 'a number in a line that leaves its region over what is left of longer text',
    value: '629-863-622',
    writes: [
      '\x1b[?1049h\x1b[2J\x1b[3;16r\x1b[3;1Hpassport number J48998699 is on filet, thanks!\x1b[3;1H* social insurance number - 629-863-622\x1b[16;1H\r\n',
    ],
  },
  {
    name: 'a number over the beginning of a row that was sent and masked before',
    value: '326-71-1317',
    writes: [
      '\x1b[?1049h\x1b[2J\x1b[3;1H* personnummer - 751104-0938\x1b[9;1H',
      null,
      '\x1b[3;1H326-71-1317\r\n',
    ],
  },
  {
    name: 'the first letters of a token at the right edge of a pager',
    value: 'dop_v1_f793424d02296b4e9ad5ded1fa7d32dd57d0c2db4f6a592fb559fcd2397229e2',
    writes: [
      '\x1b[?1049h\x1b[H| AKIA4EK234ER4HHYCNH3                                         | DEC  | dop_v1_f\r\n\x1b[7m(END)\x1b[27m',
    ],
  },
  {
    name: 'the end of a token whose middle the pager never showed',
    value:
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI5NDQxOTAyMjAzIiwiaWF0IjoxNzIwMjA0NDc1LCJzY29wZSI6InJlYWQifQ.19sUmWnqZaRULvjJuJkhGejWzQTpgjuFfM6lEhcP5MR',
    writes: [
      '\x1b[?1049h\x1b[H id | remark |      note       |                                                \r\n----+--------+-----------------+------------------------------------------------\r\n  1 | none   | +1 201 555 8459 | eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOi\r\n(END)',
      `\x1b[H\x1b[J${' '.repeat(62)} | quantity \r\n${'-'.repeat(63)}+----------\r\nY29wZSI6InJlYWQifQ.19sUmWnqZaRULvjJuJkhGejWzQTpgjuFfM6lEhcP5MR |       48 \r\n(END)`,
    ],
  },
  {
    name: 'an address of a network that a pager cuts off at both edges',
    value: '2a01:26b0:5e7b:8bb5:60dd:6ead:e2f9:a757',
    writes: [
      `\x1b[?1049h\x1b[H id | note                                        |           ip_address        \r\n----+---------------------------------------------+-----------------------------\r\n  1 | x                                           | 2a01:26b0:5e7b:8bb5:60dd:6ea\r\n(END)`,
      `\x1b[H\x1b[J       ip_address                |     ssn     \r\n---------------------------------+-------------\r\nb0:5e7b:8bb5:60dd:6ead:e2f9:a757 | 297-01-7164 \r\n(END)`,
    ],
  },
  {
    name: 'a number whose column shows one letter of its name at the edge',
    value: '98020111406',
    writes: [
      `\x1b[?1049h\x1b[H id | code | remark |                   note                   | quantity |    p\r\n----+------+--------+------------------------------------------+----------+-----\r\n  1 | ABB  | none   | none                                     |       38 | 9802\r\n(END)`,
    ],
  },
  {
    name: 'the end of a token under the end of its name, all that a pager shows',
    value: 'dop_v1_b92c49e063ffea22a7973fcc26c8518a0e6b41e283a012e34fa7f74100b7f2bd',
    writes: [
      `\x1b[?1049h\x1b[H id | quantity |     credit_card     | status  |                 iban           \r\n----+----------+---------------------+---------+--------------------------------\r\n  1 |       32 | 3528-5314-7205-8149 | active  | CY37 0344 5529 6302 ZA99 21RH J\r\n(END)`,
      `\x1b[H\x1b[Ji_key                                 \r\n--------------------------------------\r\n8518a0e6b41e283a012e34fa7f74100b7f2bd \r\n(END)`,
    ],
  },
  {
    name: 'a token that its program wraps at the margin after a pause, its first half masked already',
    value: 'npm_YFqoOc1DAjqJ1fxQK7tAVcYJfPSRIqa9YX8z',
    cols: 31,
    writes: ['over npm_YFqoOc1DAjqJ1fxQ', null, 'K7tAVc\n\rYJfPSRIqa9YX8z\r\n'],
  },
  {
    name: 'a telephone number whose plus stands in the last cell of a row',
    value: '+31 6 12349365',
    cols: 57,
    isByScreen: true,
    writes: [
      'rain and after was fell while nobody lunch after the of +\x1bE31 ',
      null,
      '6 ',
      null,
      '12349365 ok\r\n',
    ],
  },
  {
    name: 'a number over what was typed wrong and rubbed out',
    value: '248 824 2276',
    writes: ['* NHS number - 248 82sty\b \b\b \b\b \b4', null, ' 2276\r\n'],
  },
  {
    name: 'a telephone number behind a word that counts',
    value: '+41 78 123 80 15',
    writes: ['\x1b[32mat over harbour office over order\x1b[0m +41\x1b[m 78 ', '123 80 \x1b[33m15\r\n'],
  },
  {
    name: 'the end of an account number under a name of which an edge leaves nothing',
    value: 'IT50 S261 2312 5633 3528 5364 RB0',
    cols: 41,
    writes: [
      '\x1b[?1049h\x1b[H            |            note             \r\n-----------+-----------------------------\r\nIC         | +918123458460               \r\n64 RB0     | 1                           \r\n(END)',
    ],
  },
  {
    name: 'the beginning of a number under a name of which an edge shows nothing',
    value: '2 89 06 07 093 781 23',
    cols: 26,
    writes: [
      '\x1b[?1049h\x1b[H                 |        \r\n-----------------+--------\r\n88pX5vPigDwPQz8r | 2 89 06\r\n(END)',
    ],
  },
  {
    name: 'a card of which a program leaves the first group of a later range at a line end',
    value: '2221 6723 0113 2903',
    writes: ['while and noticed off 2221 \n\r6723 0113 2903 ok\r\n'],
  },
  {
    name: 'the first groups of a Swiss number at an edge',
    value: '756.4559.6389.52',
    cols: 29,
    writes: [
      '\x1b[?1049h\x1b[H id | code | quantity |    ah\r\n----+------+----------+------\r\n  1 | EBF  |       48 | 756.4\r\n(END)',
    ],
  },
  {
    name: 'the beginning of a key, the host pausing where its end will be',
    value: 'sk_live_P54dVGX5oVIgB9EWlLI9xwo3',
    writes: [
      '\x1b[19;5Hsk_live_P\x1b[19d\x1b[14G54dVGX5oVIg\x1b[19d\x1b[34G',
      null,
      'wo3\x1b[19d\x1b[25GB9EWlLI9x',
    ],
  },
];

/** Streams in which it once hid what is no part of a value, or hid it in one cut and not in another. */
const LEFT_ALONE: readonly { readonly name: string; readonly text: string; readonly shown: string }[] = [
  {
    name: 'the count of rows under a record that ends in a telephone number',
    text: `${'*'.repeat(27)} 1. row ${'*'.repeat(27)}\r\nphone_number: +46 70 123 95 92\r\n6 rows in set (0.001 sec)\r\n`,
    shown: '6 rows in set (0.001 sec)',
  },
  {
    name: 'the name of a column behind a value of a record',
    text: '-[ RECORD 1 ]-+--------------------\r\nnhs_number  | 125 771 8282\r\nremark      | NULL\r\n',
    shown: 'remark      | NULL',
  },
];

const redactorFor = (cols: number) => {
  const policy = RedactionPolicy.parse({});
  return createRedactor({
    cols,
    rows: 24,
    policy,
    detector: createLineDetector(policy),
    tokenOf: null,
    onMask: () => undefined,
    onBlock: () => undefined,
  });
};

describe('what the fuzzer found', () => {
  it.each(FOUND)('hides $name', ({ value, writes, cols = 80, isByScreen }) => {
    const redactor = redactorFor(cols);
    const sent = writes.map(text =>
      text === null ? redactor.flush() : redactor.write(encoder.encode(text)),
    );
    sent.push(redactor.end());
    const emulator = createEmulator();
    emulator.reset({ cols, rows: 24 });
    const seen = sent.flatMap(bytes => {
      emulator.write(bytes);
      return [...readableIn(bytes), ...readableOn(emulator.picture())];
    });
    const texts = isByScreen === true ? readableOn(emulator.picture()) : seen;
    const plain = compact(writes.join(''));
    expect(fragmentsOf(value).some(fragment => plain.includes(fragment))).toBe(true);
    expect(fragmentsOf(value).filter(fragment => texts.some(text => text.includes(fragment)))).toEqual([]);
  });

  it.each(LEFT_ALONE)('leaves alone $name, whole and byte by byte', ({ text, shown }) => {
    for (const size of [text.length, 1]) {
      const redactor = redactorFor(80);
      let sent = '';
      for (let at = 0; at < text.length; at += size)
        sent += new TextDecoder().decode(redactor.write(encoder.encode(text.slice(at, at + size))));
      sent += new TextDecoder().decode(redactor.end());
      expect(sent).toContain(shown);
    }
  });
});

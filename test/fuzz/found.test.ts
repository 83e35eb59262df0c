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
}

/** Streams in which the fuzzer once read a value. */
const FOUND: readonly Found[] = [
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
];

describe('what the fuzzer found', () => {
  it.each(FOUND)('hides $name', ({ value, writes, cols = 80 }) => {
    const policy = RedactionPolicy.parse({});
    const redactor = createRedactor({
      cols,
      rows: 24,
      policy,
      detector: createLineDetector(policy),
      tokenOf: null,
      onMask: () => undefined,
      onBlock: () => undefined,
    });
    const sent = writes.map(text =>
      text === null ? redactor.flush() : redactor.write(encoder.encode(text)),
    );
    sent.push(redactor.end());
    const emulator = createEmulator();
    emulator.reset({ cols, rows: 24 });
    const texts = sent.flatMap(bytes => {
      emulator.write(bytes);
      return [...readableIn(bytes), ...readableOn(emulator.picture())];
    });
    const plain = compact(writes.join(''));
    expect(fragmentsOf(value).some(fragment => plain.includes(fragment))).toBe(true);
    expect(fragmentsOf(value).filter(fragment => texts.some(text => text.includes(fragment)))).toEqual([]);
  });
});

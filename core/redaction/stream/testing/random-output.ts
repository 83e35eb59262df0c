import fc from 'fast-check';

const count = fc.oneof(fc.constant(''), fc.integer({ min: 0, max: 12 }).map(String));
const csi = (finals: string, parameters = 1) =>
  fc
    .tuple(fc.array(count, { minLength: 0, maxLength: parameters }), fc.constantFrom(...finals))
    .map(([values, final]) => `\x1b[${values.join(';')}${final}`);

const word = fc.stringMatching(/^[ -~]{1,12}$/);
const wide = fc.constantFrom(
  '界',
  '世界',
  '한',
  'é',
  'e\u0301',
  '\u200b',
  '👍',
  '\u2500',
  'ｆ',
  '\ufe0f',
  '\u00a0',
);
const control = fc.constantFrom(
  '\r',
  '\n',
  '\r\n',
  '\b',
  '\t',
  '\x0e',
  '\x0f',
  '\x0b',
  '\x07',
  '\x00',
  '\x7f',
  '\u0084',
  '\u0085',
  '\u0088',
);
const sgr = fc
  .array(
    fc.constantFrom('0', '1', '4', '7', '31', '42', '97', '38;5;99', '48;2;1;2;3', '38:2::9:8:7', '39', ''),
    { maxLength: 3 },
  )
  .map(codes => `\x1b[${codes.join(';')}m`);
const mode = fc
  .tuple(
    fc.constantFrom('4', '20', '?6', '?7', '?45', '?1049', '?47', '?1047', '?1048', '?2026', '?25'),
    fc.constantFrom('h', 'l'),
  )
  .map(([number, final]) => `\x1b[${number}${final}`);
const escape = fc
  .constantFrom(
    '7',
    '8',
    'D',
    'E',
    'M',
    'H',
    '=',
    '>',
    '#8',
    '(0',
    '(B',
    ')0',
    'n',
    'c',
    '%G',
    '[!p',
    '["1q',
    '[0"q',
  )
  .map(name => `\x1b${name}`);
const string = fc.constantFrom('\x1b]0;title\x07', '\x1b]8;;http://x\x1b\\', '\x1b]8;;\x07', '\x1b]2;cut');

/** Terminal output of every kind that a screen understands, in any order. */
export const terminalOutput = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: word },
      { weight: 3, arbitrary: wide },
      { weight: 3, arbitrary: control },
      { weight: 2, arbitrary: csi('ABCDEFGIZ`adeXPLM@STbg') },
      { weight: 2, arbitrary: csi('Hfr', 2) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '\x1b[J',
          // in the last cell of the screen xterm.js throws in it
          '\r\x1b[1J',
          '\x1b[2J',
          '\x1b[3J',
          '\x1b[K',
          '\x1b[1K',
          '\x1b[2K',
          '\x1b[?J',
          '\x1b[?K',
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('\x1b[2 @', '\x1b[ A', "\x1b[2'}", "\x1b['~", '\x1b[s', '\x1b[u'),
      },
      { weight: 1, arbitrary: sgr },
      { weight: 1, arbitrary: mode },
      { weight: 1, arbitrary: escape },
      { weight: 1, arbitrary: string },
    ),
    { maxLength: 40 },
  )
  .map(parts => parts.join(''));

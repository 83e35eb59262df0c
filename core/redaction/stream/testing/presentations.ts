import { bytesOf } from './terminal.ts';

/** One value as people print it: bare, and as text around it names it. */
export interface ShownValue {
  readonly id: string;
  readonly text: string;
  /** Word before it in running text. */
  readonly label: string;
  /** Key and column name. */
  readonly key: string;
}

/** The values of redaction.md, and a telephone number. */
export const SHOWN_VALUES: readonly ShownValue[] = [
  { id: 'E', text: 'olga.ivanova@corp.ru', label: 'mail ', key: 'email' },
  { id: 'C', text: '4012888888881881', label: 'card ', key: 'card_number' },
  { id: 'I', text: 'DE89370400440532013000', label: 'IBAN ', key: 'iban' },
  { id: 'S', text: '078-05-1123', label: 'ssn ', key: 'ssn' },
  { id: 'K', text: 'AKIAQ3EGRZ7XW5T2MNBV', label: 'key ', key: 'api_key' },
  { id: 'N', text: 'Olga Ivanova', label: 'full name: ', key: 'full_name' },
  { id: 'P', text: '+44 20 7946 0958', label: 'call ', key: 'phone' },
];

/** Nothing but its column tells that it is one. */
export const NAMED_VALUE: ShownValue = {
  id: 'W',
  text: 'Zbqwx Trulk',
  label: 'last name: ',
  key: 'last_name',
};

/** What a host writes; between two chunks it is quiet for longer than anything is held back. */
export interface Shown {
  readonly chunks: readonly (string | Uint8Array)[];
  readonly cols?: number;
  readonly rows?: number;
}

/** A way to show a value on a terminal. */
export interface Presentation {
  readonly name: string;
  /** A part of the value stands there on its own first: cut there, only what is on the screen at the end counts. */
  readonly beginsClear?: true;
  /** Null where it says nothing about such a value. */
  readonly show: (value: ShownValue) => Shown | string | null;
}

const CSI = '\x1b[';
export const at = (y: number, x: number) => `${CSI}${y};${x}H`;
export const charactersOf = (text: string) => [...text];

/** Two halves of a value, cut where a reader would not. */
export function halves(text: string): readonly [string, string] {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
}

const middle = (text: string, put: string) => {
  const [left, right] = halves(text);
  return left + put + right;
};

/** Colours, controls and characters in and around a value that stays in its place. */
export const IN_PLACE: readonly Presentation[] = [
  { name: 'plain', show: v => `${v.label}${v.text} ok\r\n` },
  { name: 'at the end of the output', show: v => `${v.label}${v.text}` },
  { name: 'SGR around', show: v => `${v.label}${CSI}1;32m${v.text}${CSI}0m ok\r\n` },
  { name: 'SGR inside', show: v => `${v.label}${middle(v.text, `${CSI}31m`)}${CSI}m ok\r\n` },
  {
    name: 'SGR with colons inside',
    show: v => `${v.label}${middle(v.text, `${CSI}4:3m${CSI}58:2::9:9:9m`)}${CSI}m\r\n`,
  },
  {
    name: 'truecolour before every character',
    show: v =>
      `${v.label}${charactersOf(v.text)
        .map((c, i) => `${CSI}38;2;${i};200;${255 - i}m${c}`)
        .join('')}${CSI}0m\r\n`,
  },
  {
    name: 'reset after every character',
    show: v =>
      `${v.label}${charactersOf(v.text)
        .map(c => `${CSI}7m${c}${CSI}0m`)
        .join('')}\r\n`,
  },
  {
    name: 'grep --color',
    show: v =>
      `file.txt${CSI}35m${CSI}K:${CSI}m${CSI}K12:${v.label}${middle(v.text, `${CSI}01;31m${CSI}K`)}${CSI}m${CSI}K ok\r\n`,
  },
  { name: 'concealed', show: v => `${v.label}${CSI}8m${v.text}${CSI}28m ok\r\n` },
  { name: 'NUL inside', show: v => `${v.label}${middle(v.text, '\0\0')} ok\r\n` },
  { name: 'DEL inside', show: v => `${v.label}${middle(v.text, '\x7f')} ok\r\n` },
  { name: 'BEL inside', show: v => `${v.label}${middle(v.text, '\x07')} ok\r\n` },
  { name: 'zero width space inside', show: v => `${v.label}${middle(v.text, '\u200b')} ok\r\n` },
  { name: 'word joiner inside', show: v => `${v.label}${middle(v.text, '\u2060')} ok\r\n` },
  { name: 'variation selector inside', show: v => `${v.label}${middle(v.text, '\ufe0f')} ok\r\n` },
  { name: 'shift in and out inside', show: v => `${v.label}${middle(v.text, '\x0f')} ok\r\n` },
  { name: 'ASCII designated again inside', show: v => `${v.label}${middle(v.text, '\x1b(B')} ok\r\n` },
  { name: 'erase to the end of the line inside', show: v => `${v.label}${middle(v.text, `${CSI}K`)} ok\r\n` },
  { name: 'empty title inside', show: v => `${v.label}${middle(v.text, '\x1b]2;\x07')} ok\r\n` },
  { name: 'unknown CSI inside', show: v => `${v.label}${middle(v.text, `${CSI}?1234z`)} ok\r\n` },
  { name: 'DCS inside', show: v => `${v.label}${middle(v.text, '\x1bP+q544e\x1b\\')} ok\r\n` },
  { name: 'APC inside', show: v => `${v.label}${middle(v.text, '\x1b_Gq\x1b\\')} ok\r\n` },
  { name: 'PM and SOS inside', show: v => `${v.label}${middle(v.text, '\x1b^p\x1b\\\x1bXs\x1b\\')} ok\r\n` },
  { name: 'cursor hidden inside', show: v => `${v.label}${middle(v.text, `${CSI}?25l`)}${CSI}?25h ok\r\n` },
  {
    name: 'prompt marks around',
    show: v => `\x1b]133;A\x07$ \x1b]133;B\x07echo ${v.label}${v.text}\x1b]133;C\x07\r\n`,
  },
  { name: 'after wide characters', show: v => `世界 👍🏽 ${v.label}${v.text} 한국\r\n` },
  { name: 'between wide characters', show: v => `界${v.label}${v.text}界\r\n` },
  { name: 'after combining characters', show: v => `e\u0301a\u0308 ${v.label}${v.text} n\u0303\r\n` },
  { name: 'after a DEC line', show: v => `\x1b(0lqqqk\x1b(B ${v.label}${v.text} \x1b(0x\x1b(B\r\n` },
  { name: 'between box characters', show: v => `│${v.label}${v.text}│\r\n` },
  { name: 'after a tab', show: v => `${v.label}\t${v.text}\tok\r\n` },
  { name: 'columns of tabs', show: v => `id\t${v.key}\tnote\r\n1\t${v.text}\tok\r\n2\t${v.text}\tok\r\n` },
  {
    name: 'in quotes',
    show: v => (v.id === 'N' ? null : `${v.label}"${v.text}", '${v.text}' (${v.text})\r\n`),
  },
  {
    name: 'invalid UTF-8 before it',
    show: v => bytes(`${v.label}`, [0xc3, 0x28, 0xff], ` ${v.text} ok\r\n`),
  },
  {
    name: 'a cut UTF-8 sequence in the middle',
    beginsClear: true,
    show: v => bytes(`${v.label}${halves(v.text)[0]}`, [0xe2], `\r${v.label}${v.text}\r\n`),
  },
  {
    name: 'invalid UTF-8 inside',
    show: v => bytes(`${v.label}${halves(v.text)[0]}`, [0xff], `${halves(v.text)[1]} ok\r\n`),
  },
  { name: 'a lone continuation byte behind it', show: v => bytes(`${v.label}${v.text}`, [0x80], ` ok\r\n`) },
  {
    name: 'very long line',
    show: v => `${'lorem ipsum '.repeat(200)}${v.label}${v.text} ${'dolor '.repeat(100)}\r\n`,
  },
  { name: 'NEL as line end', show: v => `${v.label}${v.text}\x1bEnext ${v.label}${v.text}\x1bE` },
  { name: 'C1 NEL and IND', show: v => `${v.label}${v.text}\u0085${v.label}${v.text}\u0084\r` },
  { name: 'line feeds only', show: v => `${v.label}${v.text}\n${v.label}${v.text}\n` },
];

function bytes(before: string, raw: readonly number[], after: string): Shown {
  const parts = [bytesOf(before), Uint8Array.from(raw), bytesOf(after)];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let length = 0;
  for (const part of parts) {
    whole.set(part, length);
    length += part.length;
  }
  return { chunks: [whole] };
}

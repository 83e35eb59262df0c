import { Buffer } from 'node:buffer';
import type { BlackBoxStream, BlackBoxValue } from './streams.ts';

const CSI = '\x1b[';
const at = (y: number, x: number): string => `${CSI}${y};${x}H`;
const said = (v: BlackBoxValue): string => `${v.label}: ${v.text}`;
const half = (text: string): readonly [string, string] => [
  text.slice(0, text.length >> 1),
  text.slice(text.length >> 1),
];
const each = (text: string, dress: (character: string, i: number) => string): string =>
  [...text].map(dress).join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const prompt = 'app=> ';

/** Widths at which a value is wrapped somewhere. */
const WIDTHS = [7, 11, 16, 23, 31, 40] as const;

/** Ways of a terminal to show text, and to hide that it does. */
export const TERMINAL_STREAMS: readonly BlackBoxStream[] = [
  {
    name: 'narrow blanks between groups',
    writes: v => [`${v.label}: ${v.text.replaceAll(' ', '\u202f')}\r\n`],
  },
  {
    name: 'no-break blanks between groups',
    writes: v => [`${v.label}: ${v.text.replaceAll(' ', '\u00a0')}\r\n`],
  },
  {
    name: 'a soft hyphen within',
    writes: v => [`${v.label}: ${v.text.slice(0, 5)}\u00ad${v.text.slice(5)}\r\n`],
  },
  { name: 'a line of double width', writes: v => [`\x1b#6${said(v)}\r\n`] },
  {
    name: 'erased characters before it',
    writes: v => [`${v.label}: XXXX${v.text}${CSI}${v.text.length + 4}D${CSI}4X\r\n`],
  },
  {
    name: 'the clipboard in two writes',
    writes: v => [`\x1b]52;c;${base64(said(v)).slice(0, 9)}`, `${base64(said(v)).slice(9)}\x07x\r\n`],
  },
  { name: 'the command of a prompt mark', writes: v => [`\x1b]633;E;app --${v.key}=${v.text};7\x07x\r\n`] },
  {
    name: 'a title through tmux twice',
    writes: v => [`\x1bPtmux;\x1b\x1bPtmux;\x1b\x1b\x1b\x1b]2;${said(v)}\x07\x1b\x1b\\\x1b\\x\r\n`],
  },
  {
    name: '256 colours, one a character',
    writes: v => [`${v.label}: ${each(v.text, (c, i) => `${CSI}38;5;${i + 16}m${c}`)}${CSI}0m\r\n`],
  },
  { name: 'bold by overstriking', writes: v => [`${v.label}: ${each(v.text, c => `${c}\b${c}`)}\r\n`] },
  {
    name: 'underline on and off',
    writes: v => [`${v.label}: ${each(v.text, c => `${CSI}4m${c}${CSI}24m`)}\r\n`],
  },

  { name: 'marks of direction around', writes: v => [`${v.label}: \u202a${v.text}\u202c\u200e ok\r\n`] },
  {
    name: 'cursor shapes and modes within',
    writes: v => [`${v.label}: ${each(v.text, c => `${c}${CSI}2 q${CSI}?25l`)}${CSI}?25h\r\n`],
  },
  { name: 'charset shifts within', writes: v => [`${v.label}: ${each(v.text, c => `\x0e\x0f${c}`)}\r\n`] },
  {
    name: 'erasing what is blank, within',
    writes: v => [`${v.label}: ${each(v.text, c => `${c}${CSI}K`)}\r\n`],
  },
  {
    name: 'the first half in one link, the second in another',
    writes: v => [
      `${v.label}: \x1b]8;;https://a.example\x07${half(v.text)[0]}\x1b]8;;https://b.example\x07${half(v.text)[1]}\x1b]8;;\x07\r\n`,
    ],
  },
  {
    name: 'a link with parameters',
    writes: v => [
      `\x1b]8;id=1:x=2;https://a.example/?q=${encodeURIComponent(said(v))}\x1b\\here\x1b]8;;\x1b\\\r\n`,
    ],
    isUnnamed: true,
  },
  {
    name: 'a title',
    writes: v => [`\x1b]0;psql ${said(v)}\x07\x1b]2;${v.text}\x1b\\x\r\n`],
    isUnnamed: true,
  },
  {
    name: 'an icon name in three writes',
    writes: v => [`\x1b]1;${v.label}: ${half(v.text)[0]}`, half(v.text)[1], '\x07x\r\n'],
  },
  { name: 'the clipboard', writes: v => [`\x1b]52;c;${base64(said(v))}\x07x\r\n`] },
  {
    name: 'the clipboard, through tmux',
    writes: v => [`\x1bPtmux;\x1b\x1b]52;p;${base64(said(v))}\x07\x1b\\x\r\n`],
  },
  { name: 'a notification', writes: v => [`\x1b]777;notify;mail;${said(v)}\x07x\r\n`] },
  { name: 'a device control string', writes: v => [`\x1bP1$r${v.text}\x1b\\\x1bP+p${v.text}\x1b\\x\r\n`] },
  {
    name: 'an application command',
    writes: v => [`\x1b_${said(v)}\x1b\\\x1b^${said(v)}\x1b\\\x1bX${said(v)}\x1b\\x\r\n`],
  },
  ...WIDTHS.map(
    (cols): BlackBoxStream => ({
      name: `wrapped at ${cols} columns`,
      cols,
      writes: v => [`${said(v)} ok\r\n`, `${v.label}: `, v.text, ' ok\r\n'],
    }),
  ),
  {
    name: 'wrapped, a colour on each row',
    cols: 20,
    writes: v => [
      `${each(said(v), (c, i) => (i % 20 === 0 ? `${CSI}3${(i / 20) % 8}m${c}` : c))}${CSI}m\r\n`,
    ],
  },
  {
    name: 'an insert in the middle',
    isByScreen: true,
    writes: v => [
      `${v.label}: ${half(v.text)[0].slice(0, 2)}${v.text.slice(-2)}\b\b${CSI}4h${v.text.slice(2, -2)}${CSI}4l\r\n`,
    ],
  },
  {
    name: 'room made and filled',
    isByScreen: true,
    writes: v => [
      `${v.label}: ${v.text.slice(-3)}\b\b\b${CSI}${v.text.length - 3}@${v.text.slice(0, -3)}\r\n`,
    ],
  },
  {
    name: 'characters deleted within',
    writes: v => [
      `${v.label}: ${half(v.text)[0]}ZZZ${half(v.text)[1]}${CSI}${half(v.text)[1].length + 3}D${CSI}3P\r\n`,
    ],
  },
  {
    name: 'characters deleted within, after a pause',
    isByScreen: true,
    writes: v => [
      `${v.label}: ${half(v.text)[0]}ZZZ${half(v.text)[1]}`,
      null,
      `${CSI}${half(v.text)[1].length + 3}D${CSI}3P`,
      null,
      '\r\n',
    ],
  },
  { name: 'a line inserted above', writes: v => [`\r\n${said(v)}\r\n${CSI}2A${CSI}L above\r\n`] },
  { name: 'a line deleted above', writes: v => [`first\r\n${said(v)}\r\n${CSI}2A\r${CSI}M\r\n`] },
  {
    name: 'the alternate screen',
    writes: v => [`${CSI}?1049h${CSI}H${CSI}2J${at(5, 10)}${said(v)}`, null, `${CSI}?1049l back\r\n`],
  },
  { name: 'tab stops', writes: v => [`${CSI}3g${CSI}1;9H\x1bH${CSI}1;1H${v.label}:\t${v.text}\r\n`] },
  { name: 'forward and backward tabs', writes: v => [`${v.label}:${CSI}2I${v.text}${CSI}Z\r\n`] },
  {
    name: 'a scroll region',
    rows: 10,
    writes: v => [`${CSI}3;7r${at(7, 1)}${said(v)}\r\n`, 'x\r\n'.repeat(6), `${CSI}r`],
  },
  {
    name: 'over longer text in a scroll region',
    rows: 10,
    writes: v => [
      `${CSI}?1049h${CSI}3;7r${at(3, 1)}${'nothing but words that are longer than any value here '.slice(0, 70)}${at(3, 1)}${said(v)}${at(7, 1)}\r\n\r\n`,
    ],
  },
  {
    name: 'behind the reverse index',
    rows: 6,
    writes: v => [`${at(1, 1)}${said(v)}\r\x1bM\x1bM${at(6, 1)}x\r\n`],
  },
  {
    name: 'saved and restored cursor',
    writes: v => [`${at(3, 4)}\x1b7${at(9, 1)}status\x1b8${said(v)}${at(10, 1)}`],
  },
  {
    name: 'one cell at a time, in any order',
    writes: v => [
      `${CSI}2J${at(4, 2)}${v.label}: ${[...v.text]
        .map((c, i) => [(i * 7919) % v.text.length, c, i] as const)
        .sort((a, b) => a[0] - b[0])
        .map(([, c, i]) => `${at(4, 4 + v.label.length + i)}${c}`)
        .join('')}${at(8, 1)}`,
    ],
  },
  {
    name: 'the second half first',
    writes: v => [
      `${at(4, 2)}${v.label}: ${at(4, 4 + v.label.length + half(v.text)[0].length)}${half(v.text)[1]}${at(4, 4 + v.label.length)}${half(v.text)[0]}${at(8, 1)}`,
    ],
  },
  {
    name: 'row by row, HVP and VPA',
    writes: v => [`${CSI}4;2f${v.label}: ${CSI}4d${half(v.text)[0]}${CSI}4d${half(v.text)[1]}${CSI}20d\r`],
  },
  {
    name: 'less: a page, then a line more',
    rows: 8,
    writes: v => [
      `${CSI}?1049h${CSI}?1h\x1b=\r${`${said(v)}\r\n`.repeat(7)}:`,
      null,
      `\r${CSI}K${said(v)}\r\n:`,
      null,
      `\r${CSI}K${CSI}?1l\x1b>${CSI}?1049l`,
    ],
  },
  {
    name: 'vim: line numbers, syntax, a status line',
    rows: 8,
    writes: v => [
      `${CSI}?1049h${CSI}?25l${at(1, 1)}${CSI}38;5;130m  1 ${CSI}m${v.key}: ${CSI}31m${v.text}${CSI}m${at(2, 1)}${CSI}38;5;130m  2 ${CSI}m${v.key}: "${v.text}"\r\n${CSI}94m~${at(8, 1)}${CSI}m"a.yaml" 2L, 99C${at(1, 5)}${CSI}?25h`,
    ],
  },
  {
    name: 'nano: text and its keys',
    rows: 10,
    writes: v => [
      `${CSI}?1049h${at(1, 1)}${CSI}7m  GNU nano 7.2     a.txt ${CSI}m${at(3, 1)}${said(v)}${at(9, 1)}${CSI}7m^G${CSI}m Help ${CSI}7m^X${CSI}m Exit${at(3, 1)}`,
    ],
  },
  {
    name: 'tmux: two panes and a status line',
    rows: 8,
    cols: 121,
    writes: v => [
      `${CSI}?1049h${at(1, 1)}left text here${at(1, 60)}│${at(1, 61)}${said(v)}${at(2, 1)}more${at(2, 60)}│${at(8, 1)}${CSI}30;42m[0] 0:psql* ${CSI}m${at(2, 61)}`,
    ],
  },
  {
    name: 'watch -d: what changed in reverse',
    writes: v => [
      `${CSI}H${CSI}JEvery 2.0s: cat a\r\n\r\n${said(v)}\r\n`,
      null,
      `${at(3, 3 + v.label.length)}${CSI}7m${v.text.slice(0, 3)}${CSI}27m${at(5, 1)}`,
    ],
  },
  {
    name: 'a synchronised frame',
    writes: v => [`${CSI}?2026h${CSI}H${CSI}2J${at(2, 2)}${said(v)}`, `${at(3, 2)}${said(v)}${CSI}?2026l`],
  },
  {
    name: 'fzf: a list, the match in colours',
    rows: 6,
    writes: v => [
      `${CSI}?1049h${at(2, 1)}  ${v.label}: ${half(v.text)[0]}${CSI}38;5;108m${half(v.text)[1]}${CSI}m${at(6, 1)}> ${CSI}1m`,
    ],
  },
  {
    name: 'a form with fields',
    writes: v => [
      `${CSI}2J${at(3, 5)}│ ${v.label}: ${CSI}44m${v.text}${CSI}K${CSI}49m${at(4, 5)}│ OK${at(10, 1)}`,
    ],
  },
  {
    name: 'between wide characters',
    writes: v => [`顧客 ${said(v)} 様\r\n│ 한국 │ ${v.label}: ${v.text} │\r\n`],
  },
  { name: 'accents before and behind', writes: v => [`e\u0301te\u0301 ${said(v)} n\u0303o\r\n`] },
  {
    name: 'a progress line that is redrawn',
    writes: v => [`loading 10%\r${CSI}Kloading 80% ${said(v)}\r${CSI}Kdone\r\n`],
  },
  { name: 'printed over from the margin', writes: v => [`aaaa bbbb cccc dddd\r${said(v)}\r\n`] },
  {
    name: 'readline: recalled, then edited',
    writes: v => [
      `${prompt}SELECT 1;\r${prompt}${CSI}K-- ${said(v)}\b\b\b`,
      null,
      `${CSI}C${CSI}C${CSI}C\r\n`,
    ],
  },
  {
    name: 'readline: wrapped and drawn again',
    cols: 30,
    writes: v => [`${prompt}-- ${said(v)}`, null, `\r${CSI}A${prompt}-- ${said(v)}${CSI}K\r\n`],
  },
  {
    name: 'a bracketed paste',
    writes: v => [`${prompt}${CSI}7m-- ${said(v)}${CSI}27m\r${prompt}-- ${said(v)}\r\n`],
  },
  { name: 'NEL and IND as line ends', writes: v => [`${said(v)}\x1bE${said(v)}\x1bD\r${said(v)}\r\n`] },
  { name: 'line feeds without returns', writes: v => [`x\n${said(v)}\n`] },
  {
    name: 'a pause in the middle',
    isByScreen: true,
    writes: v => [`${v.label}: ${half(v.text)[0]}`, null, `${half(v.text)[1]}\r\n`],
  },
  { name: 'a screen of tests behind it', writes: v => [`${said(v)}\r\n\x1b#8${at(1, 1)}${said(v)}\r\n`] },
  {
    name: 'a soft reset within',
    writes: v => [`${v.label}: ${half(v.text)[0]}${CSI}!p${half(v.text)[1]}\r\n`],
    isByScreen: true,
  },
  {
    name: 'a repeated character within',
    writes: v => [`${v.label}: ${v.text.replace(/(.)\1/g, `$1${CSI}b`)}\r\n`],
  },
  {
    name: 'origin mode',
    rows: 12,
    writes: v => [`${CSI}4;9r${CSI}?6h${CSI}2;3H${said(v)}${CSI}?6l${CSI}r${at(12, 1)}`],
  },
  { name: 'without auto wrap', cols: 30, writes: v => [`${CSI}?7l${said(v)}${CSI}?7h\r\n`] },
  { name: 'a screenful that scrolls away', rows: 6, writes: v => [`${said(v)}\r\n`.repeat(12), 'end\r\n'] },
];

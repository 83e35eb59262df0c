import { Buffer } from 'node:buffer';
import type { BlackBoxStream, BlackBoxValue } from './streams.ts';

const CSI = '\x1b[';
const at = (y: number, x: number): string => `${CSI}${y};${x}H`;
const said = (v: BlackBoxValue): string => `${v.label}: ${v.text}`;
const each = (text: string, dress: (character: string, i: number) => string): string =>
  [...text].map(dress).join('');
const fullWidth = (text: string): string =>
  text.replaceAll(/[0-9]/g, digit => String.fromCodePoint((digit.codePointAt(0) ?? 0) + 0xfee0));
const middle = (text: string): number => text.length >> 1;

/** Full-screen programs, and what a terminal does with characters beyond ASCII. */
export const SCREEN_STREAMS: readonly BlackBoxStream[] = [
  {
    name: 'less -S, scrolled to the right and back',
    cols: 60,
    rows: 8,
    writes: v => {
      const row = `${'field '.repeat(7)}${v.key}=${v.text} end`;
      const page = (from: number): string =>
        `${CSI}H${CSI}2J${`${row.slice(from, from + 59)}\r\n`.repeat(3)}:`;
      return [`${CSI}?1049h${page(0)}`, null, page(30), null, page(0), null, `${CSI}?1049l`];
    },
    isUnnamed: true,
  },
  {
    name: 'top, a line that is drawn again every second',
    rows: 8,
    writes: v =>
      [0, 1, 2].map(
        i =>
          `${CSI}H${CSI}2Ktop - 12:00:0${i} up 3 days\r\n${CSI}K\r\n${CSI}7m  PID USER COMMAND${CSI}27m${CSI}K\r\n  81${i} root ./app --${v.key.replaceAll('_', '-')} '${v.text}'${CSI}K\r\n${CSI}J`,
      ),
  },
  {
    name: 'tmux, two panes of the same table',
    cols: 160,
    rows: 10,
    writes: v => [
      `${CSI}?1049h${[' id | v', '----+--', '  1 | x']
        .map(
          (left, i) =>
            `${at(i + 1, 1)}${left.padEnd(79)}${at(i + 1, 80)}│${at(i + 1, 81)}${[`$ cat a.env`, `${v.key.toUpperCase()}=${v.text}`, '$ '][i] ?? ''}`,
        )
        .join('')}${at(4, 80)}│${at(5, 80)}│${at(6, 80)}│${at(10, 1)}${CSI}30;42m[0] 0:bash* ${CSI}m`,
    ],
  },
  {
    name: 'tmux, panes above each other',
    rows: 12,
    writes: v => [
      `${CSI}?1049h${at(1, 1)}$ tail app.log${at(2, 1)}${said(v)}${at(6, 1)}${'─'.repeat(100)}${at(7, 1)}$ tail app.log${at(8, 1)}${said(v)}${at(12, 1)}${CSI}7m[0]${CSI}m`,
    ],
  },
  {
    name: 'mc, a viewer in a frame',
    rows: 10,
    writes: v => [
      `${CSI}?1049h${CSI}44m${at(1, 1)}┌──── /etc/app ────┐${at(2, 1)}│${at(2, 3)}${said(v)}${at(2, 98)}│${at(3, 1)}└──────┘${at(10, 1)}${CSI}30;46m1Help ${CSI}m`,
    ],
  },
  {
    name: 'emacs -nw: text, a mode line, the echo area',
    rows: 10,
    writes: v => [
      `${CSI}?1049h${CSI}H${CSI}JFile Edit Options${at(2, 1)}${v.key}: ${v.text}${at(9, 1)}${CSI}7m-UU-:----F1  a.yaml   All L1 (YAML) ${CSI}m${at(10, 1)}Wrote /tmp/a.yaml${at(2, 1)}`,
    ],
  },
  {
    name: 'dialog, a box with a field',
    rows: 12,
    writes: v => [
      `${CSI}2J${at(4, 10)}\x1b(0lqqqqqqqqqqk\x1b(B${at(5, 10)}\x1b(0x\x1b(B ${said(v)} ${at(5, 96)}\x1b(0x\x1b(B${at(6, 10)}\x1b(0mqqqqj\x1b(B${at(11, 1)}`,
    ],
  },
  {
    name: 'a progress bar with the name of what it does',
    writes: v =>
      [10, 50, 90]
        .map(done => `\r${CSI}K[${'#'.repeat(done / 10).padEnd(10)}] ${done}% ${said(v)}`)
        .concat('\r\n'),
  },
  {
    name: 'a spinner in front of it',
    writes: v => [
      `${CSI}?25l`,
      ...['⠋', '⠙', '⠹'].map(sign => `\r${CSI}36m${sign}${CSI}39m ${said(v)}`),
      `\r${CSI}K✔ done${CSI}?25h\r\n`,
    ],
  },
  { name: 'behind a wide name and a flag', writes: v => [`👩‍👩‍👧 王小明 🇩🇪 ${said(v)}\r\n`] },
  { name: 'between words from right to left', writes: v => [`שלום ${said(v)} עולם\r\nمرحبا ${said(v)}\r\n`] },
  {
    name: 'isolates of direction around it',
    writes: v => [`${v.label}: \u2067${v.text}\u2069 \u200f ok\r\n`],
  },
  {
    name: 'a zero-width space within',
    writes: v => [`${v.label}: ${v.text.slice(0, middle(v.text))}\u200b${v.text.slice(middle(v.text))}\r\n`],
  },
  {
    name: 'a word joiner and a BOM within',
    writes: v => [`${v.label}: ${v.text.slice(0, 4)}\u2060${v.text.slice(4, 7)}\ufeff${v.text.slice(7)}\r\n`],
  },
  {
    name: 'a non-joiner after each character',
    writes: v => [`${v.label}: ${each(v.text, c => `${c}\u200c`)}\r\n`],
  },
  {
    name: 'an accent on a character of it',
    writes: v => [`${v.label}: ${v.text.slice(0, middle(v.text))}\u0332${v.text.slice(middle(v.text))}\r\n`],
  },
  { name: 'full-width digits', writes: v => [`${v.label}: ${fullWidth(v.text)}\r\n`], isByScreen: true },
  {
    name: 'a reset of colours within each character',
    writes: v => [`${v.label}: ${each(v.text, c => `${CSI}0;1;38:2::1:2:3m${c}${CSI}m`)}\r\n`],
  },
  {
    name: 'the clipboard in pieces that no base64 ends with',
    writes: v => [
      `\x1b]52;c;${Buffer.from(`${said(v)} x`)
        .toString('base64')
        .replace(/=+$/, '')}\x07x\r\n`,
    ],
  },
  {
    name: 'a working directory and a user',
    writes: v => [
      `\x1b]7;file://host/srv/${encodeURIComponent(said(v))}/\x1b\\x\r\n\x1b]1337;CurrentDir=/srv/${v.key}=${v.text}\x07x\r\n`,
    ],
    isUnnamed: true,
  },
  {
    name: 'a variable of iTerm',
    writes: v => [`\x1b]1337;SetUserVar=${v.key}=${Buffer.from(v.text).toString('base64')}\x07x\r\n`],
  },
  { name: 'sixel with text in it', writes: v => [`\x1bPq"1;1;10;10#0;2;0;0;0${said(v)}\x1b\\x\r\n`] },
  {
    name: 'tmux passthrough of a link',
    writes: v => [
      `\x1bPtmux;\x1b\x1b]8;;https://a.example/?${v.key}=${encodeURIComponent(v.text)}\x07here\x1b\x1b]8;;\x07\x1b\\x\r\n`,
    ],
  },
  {
    name: 'alignment pattern, then it over the pattern',
    rows: 6,
    writes: v => [`\x1b#8${CSI}H${CSI}2K${said(v)}${at(3, 1)}${CSI}2K${said(v)}`],
  },
  {
    name: 'tab stops at every second column',
    writes: v => [
      `${CSI}3g${each('x'.repeat(40), (_, i) => `${CSI}${2 * i + 1}G\x1bH`)}\r${v.label}:\t${v.text}\r\n`,
    ],
  },
  {
    name: 'insert mode from the end to the beginning',
    isByScreen: true,
    writes: v => [
      `${v.label}: ${CSI}4h${[...v.text]
        .toReversed()
        .map(c => `${c}\b`)
        .join('')}${CSI}4l\r\n`,
    ],
  },
  {
    name: 'origin mode with margins, line by line',
    rows: 10,
    writes: v => [
      `${CSI}2;6r${CSI}?6h${CSI}H${said(v)}\r\n${said(v)}\r\n${said(v)}\r\n${said(v)}\r\n${said(v)}\r\n${said(v)}${CSI}?6l${CSI}r${at(10, 1)}`,
    ],
  },
  {
    name: 'left and right margins',
    writes: v => [`${CSI}?69h${CSI}10;90s${at(3, 10)}${said(v)}${CSI}?69l${at(8, 1)}\r\n`],
  },
  { name: 'wrapped over three rows', cols: 13, writes: v => [`${said(v)} ok\r\n`] },
  {
    name: 'C1 controls in eight bits, as UTF-8',
    writes: v => [`${v.label}: \u009b31m${v.text}\u009b0m\r\n\u009d2;${said(v)}\u009cx\r\n`],
  },
  {
    name: 'redis-cli: typed, with hints, drawn again for each character',
    writes: v =>
      [...`HSET u:7 ${v.key} "${v.text}"`]
        .map((_, i, all) => `\r127.0.0.1:6379> ${all.slice(0, i + 1).join('')}${CSI}0K\r${CSI}${16 + i + 1}C`)
        .concat('\r\n'),
  },
  {
    name: 'zsh: a line with a prompt at the right, drawn again',
    writes: v => [
      `% ./app --${v.key.replaceAll('_', '-')} '${v.text}'${CSI}K${CSI}20C12:00${CSI}25D`,
      null,
      `\r${CSI}0m${CSI}J% ./app --${v.key.replaceAll('_', '-')} '${v.text}'${CSI}K\r\n`,
    ],
  },
  {
    name: 'fish: a suggestion behind the cursor',
    writes: v => [
      `> curl ${CSI}90m-d ${v.key}=${v.text}${CSI}m${CSI}${v.key.length + v.text.length + 4}D`,
      null,
      `${CSI}K-d ${v.key}=${v.text}\r\n`,
    ],
  },
  {
    name: 'ipython: a cell, its echo and its result',
    writes: v => [
      `${CSI}32mIn [${CSI}32;1m7${CSI}0;32m]: ${CSI}0mu['${v.key}']\r\n${CSI}31mOut[7]: ${CSI}0m{'${v.key}': '${v.text}'}\r\n`,
    ],
  },
];

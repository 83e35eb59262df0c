import type { Presentation, ShownValue } from './presentations.ts';
import { bytesOf } from './terminal.ts';
import { at, charactersOf, halves } from './presentations.ts';

const CSI = '\x1b[';
const said = (v: ShownValue) => `${v.label}${v.text}`;

/** Rows of a pane `width` cells wide that begins at column `x`: what a split of tmux or vim shows of a longer line. */
function pane(
  lines: readonly string[],
  { x, width, rows }: { x: number; width: number; rows: number },
): string {
  const pieces = lines.flatMap(line => line.match(new RegExp(`.{1,${width}}`, 'g')) ?? ['']);
  return pieces
    .slice(0, rows)
    .map((piece, i) => at(i + 1, x) + piece.padEnd(width))
    .join('');
}

const border = (x: number, rows: number, mark = '│') =>
  Array.from({ length: rows }, (_, i) => `${at(i + 1, x)}${CSI}32m${mark}${CSI}39m`).join('');

/** `xxd` and `hexdump -C`: the text once more behind its bytes, sixteen a row. */
function dump(text: string, style: 'xxd' | 'hexdump'): string {
  const bytes = [...bytesOf(text)];
  const rows: string[] = [];
  for (let from = 0; from < bytes.length; from += 16) {
    const part = bytes.slice(from, from + 16);
    const hex = part.map(byte => byte.toString(16).padStart(2, '0'));
    const shown = part.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    const address = from.toString(16).padStart(8, '0');
    if (style === 'xxd') {
      const groups = [];
      for (let i = 0; i < 16; i += 2) groups.push((hex[i] ?? '') + (hex[i + 1] ?? ''));
      rows.push(`${address}: ${groups.join(' ').padEnd(39)}  ${shown}`);
    } else
      rows.push(
        `${address}  ${hex.slice(0, 8).join(' ').padEnd(23)}  ${hex.slice(8).join(' ').padEnd(23)}  |${shown}|`,
      );
  }
  return `${rows.join('\r\n')}\r\n`;
}

const indented = (lines: readonly string[]) => lines.map(line => `   ${line}`).join('\r\n');

/** Lines broken at blanks. */
function folded(text: string, width: number): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

/** What people write in groups. */
const GROUPED: Readonly<Record<string, string>> = {
  C: '4012 8888 8888 1881',
  I: 'DE89 3704 0044 0532 0130 00',
  P: '+44 20 7946 0958',
};
const hyphened: Readonly<Record<string, string>> = {
  C: '4012-8888-8888-1881',
  S: '078-05-1123',
  P: '+44-20-7946-0958',
};

/** Editors, pagers, multiplexers, monitors and filters. */
export const PROGRAMS: readonly Presentation[] = [
  {
    name: 'readline: history search',
    show: v =>
      `$ \r${CSI}C${CSI}C${CSI}C\r(reverse-i-search)\`': \b\b\bm': echo ${said(v)}\r${CSI}8@(reverse-i-search)\r${CSI}K$ echo ${said(v)}\r\n`,
  },
  {
    name: 'readline: paste',
    show: v => `$ ${CSI}?2004h${CSI}7mecho ${said(v)}${CSI}27m\b${CSI}K\r\n${CSI}?2004l`,
  },
  {
    name: 'readline: moved into the line',
    beginsClear: true,
    show: v =>
      `$ echo ${v.label}${halves(v.text)[1]}${'\b'.repeat(halves(v.text)[1].length)}${charactersOf(
        halves(v.text)[0],
      )
        .map(c => `${CSI}1@${c}`)
        .join('')}\r\n`,
  },
  {
    name: 'zsh: the line is printed again',
    beginsClear: true,
    show: v => `% echo ${halves(said(v))[0]}\r\r\n\x1b[A% echo ${said(v)}${CSI}K\r\n`,
  },
  {
    name: 'tmux: status line with a value',
    show: v =>
      `${CSI}?1049h${CSI}H${CSI}J$ ls\r\n${at(24, 1)}${CSI}30;42m[0] 0:bash* "${said(v)}" 12:01 23-Nov${CSI}m${at(2, 1)}`,
  },
  {
    name: 'tmux: value wrapped in the left pane',
    show: v =>
      `${CSI}?1049h${CSI}2J${pane([`$ echo ${'.'.repeat(20)} ${said(v)} ok`], { x: 1, width: 39, rows: 6 })}${border(40, 23)}${pane(['right pane text', 'more of it, all plain', 'third line'], { x: 41, width: 40, rows: 6 })}${at(9, 1)}`,
  },
  {
    name: 'tmux: value wrapped in the right pane',
    show: v =>
      `${CSI}?1049h${CSI}2J${pane(['left', 'two', 'three'], { x: 1, width: 39, rows: 6 })}${border(40, 23)}${pane([`$ echo ${'.'.repeat(21)} ${said(v)} ok`], { x: 41, width: 40, rows: 6 })}${at(9, 41)}`,
  },
  {
    name: 'tmux: three panes, value in the middle one',
    show: v =>
      `${CSI}?1049h${CSI}2J${pane(['left', 'two', 'three'], { x: 1, width: 25, rows: 6 })}${border(26, 23)}${pane([`${'.'.repeat(14)} ${said(v)} ok`], { x: 27, width: 25, rows: 6 })}${border(52, 23)}${pane(['right', 'side', 'words'], { x: 53, width: 28, rows: 6 })}${at(9, 41)}`,
  },
  {
    name: 'vim: vsplit with |',
    show: v =>
      `${CSI}?1049h${CSI}2J${pane([`${'.'.repeat(20)} ${said(v)} ok`, 'second line'], { x: 1, width: 40, rows: 6 })}${border(41, 23, '|')}${pane(['right pane text', 'more of it', 'third line'], { x: 42, width: 39, rows: 6 })}${at(1, 1)}`,
  },
  {
    name: 'vim: nowrap, cut at the margin',
    show: v =>
      `${CSI}?1049h${CSI}2J${at(1, 1)}${`${'.'.repeat(66 - v.label.length)} ${said(v)}`.slice(0, 80)}${at(2, 1)}plain${at(3, 1)}~${at(24, 1)}"a.txt" 2L${at(1, 1)}`,
  },
  {
    name: 'vim: :set list and number',
    show: v =>
      `${CSI}?1049h${CSI}2J${at(1, 1)}${CSI}33m  1 ${CSI}m${said(v)}${CSI}94m$${CSI}m${at(2, 1)}${CSI}33m  2 ${CSI}m${CSI}94m^I${CSI}m ${said(v)}${CSI}94m$${CSI}m${at(24, 1)}`,
  },
  {
    name: 'vim: search highlight inside',
    show: v =>
      `${CSI}?1049h${CSI}2J${at(1, 1)}${v.label}${v.text.slice(0, 3)}${CSI}43m${v.text.slice(3, 7)}${CSI}m${v.text.slice(7)}${at(24, 1)}/${v.text.slice(3, 6)}${at(1, 5)}`,
  },
  {
    name: 'less: search highlight inside',
    show: v =>
      `${CSI}?1049h${CSI}H${v.label}${v.text.slice(0, 3)}${CSI}7m${v.text.slice(3, 7)}${CSI}27m${v.text.slice(7)}\r\n${CSI}24;1H${CSI}K:`,
  },
  {
    name: 'less -S: cut at the margin, then shifted',
    show: v => {
      const line = `${'.'.repeat(66 - v.label.length)} ${said(v)} and the rest of the line is longer`;
      const other =
        'another line of plain words that goes on for longer than the screen is wide, and then on';
      const page = (shift: number) =>
        [line, other]
          .map((each, i) => `${at(i + 1, 1)}${each.slice(shift, shift + 79)}${CSI}7m>${CSI}27m`)
          .join('');
      return {
        chunks: [`${CSI}?1049h${CSI}2J${page(0)}${at(24, 1)}:`, `${CSI}H${CSI}J${page(40)}${at(24, 1)}:`],
      };
    },
  },
  {
    name: 'less -S: shifted past the beginning',
    show: v => {
      const line = `${'.'.repeat(60)} ${said(v)} and the rest of the line is longer than this screen is wide`;
      const page = (shift: number) => `${at(1, 1)}${line.slice(shift, shift + 80)}`;
      const start = 61 + v.label.length;
      return {
        chunks: [
          `${CSI}?1049h${CSI}2J${page(0)}${at(24, 1)}:`,
          `${CSI}H${CSI}J${page(start)}${at(24, 1)}:`,
          `${CSI}H${CSI}J${page(start - 10)}${at(24, 1)}:`,
        ],
      };
    },
  },
  {
    name: 'watch',
    show: v => ({
      chunks: [1, 2, 3].map(
        i =>
          `${CSI}H${CSI}JEvery 2.0s: psql -c 'select 1'  host: Mon Nov 23 09:1${i}:09 2026\r\n\r\n${said(v)}\r\n`,
      ),
    }),
  },
  {
    name: 'top -b',
    show: v =>
      `top - 23:11:00 up 1 day\r\n    PID USER      PR  NI    VIRT COMMAND\r\n   1234 root      20   0   12345 import --${v.key}=${v.text.replaceAll(' ', '_')}\r\n`,
  },
  {
    name: 'htop: command line',
    show: v =>
      v.id === 'N' || v.id === 'P'
        ? null
        : `${CSI}?1049h${CSI}2J${at(8, 1)}${CSI}30;42m    PID USER       PRI  NI  VIRT   RES S  CPU%  TIME+  Command ${CSI}m${at(9, 1)}   1234 root        20   0  8000  9000 S   0.0  0:00.01 import --${v.key}=${v.text}${at(24, 1)}F1Help`,
  },
  {
    name: 'column -t',
    show: v =>
      `ID  ${v.key.toUpperCase().padEnd(24)}  NOTE\r\n1   ${v.text.padEnd(24)}  ok\r\n2   ${v.text.padEnd(24)}  fine\r\n`,
  },
  {
    name: 'jq -C',
    show: v =>
      `${CSI}1;39m{\r\n  ${CSI}0m${CSI}34;1m"${v.key}"${CSI}0m${CSI}1;39m: ${CSI}0m${CSI}0;32m"${v.text}"${CSI}0m${CSI}1;39m,\r\n  ${CSI}0m${CSI}34;1m"n"${CSI}0m${CSI}1;39m: ${CSI}0m${CSI}0;39m1${CSI}0m${CSI}1;39m\r\n}${CSI}0m\r\n`,
  },
  { name: 'JSON on one line', show: v => `{"id":1,"${v.key}":"${v.text}","tags":["a"],"n":null}\r\n` },
  { name: 'JSON in a string', show: v => `{"level":"info","msg":"{\\"${v.key}\\":\\"${v.text}\\"}"}\r\n` },
  { name: 'YAML', show: v => `user:\r\n  ${v.key}: ${v.text}\r\n  note: >-\r\n    ${said(v)}\r\n` },
  {
    name: 'bat',
    show: v =>
      `${'─'.repeat(7)}┬${'─'.repeat(60)}\r\n       │ File: ${CSI}1ma.txt${CSI}0m\r\n${'─'.repeat(7)}┼${'─'.repeat(60)}\r\n${CSI}38;5;238m   1${CSI}0m   ${CSI}38;5;238m│${CSI}0m ${CSI}38;5;231m${v.label}${halves(v.text)[0]}${CSI}0m${CSI}38;5;208m${halves(v.text)[1]}${CSI}0m\r\n`,
  },
  {
    name: 'bat: value wrapped beside the numbers',
    show: v =>
      `   1   │ ${'.'.repeat(62 - v.label.length)} ${said(v).slice(0, v.label.length + 8)}\r\n       │ ${said(v).slice(v.label.length + 8)} ok\r\n   2   │ next\r\n`,
  },
  {
    name: 'grep -n -C1 --color',
    show: v =>
      `${CSI}32m${CSI}K11${CSI}m${CSI}K${CSI}36m${CSI}K-${CSI}m${CSI}Kbefore\r\n${CSI}32m${CSI}K12${CSI}m${CSI}K${CSI}36m${CSI}K:${CSI}m${CSI}K${v.label}${CSI}01;31m${CSI}K${v.text.slice(0, 5)}${CSI}m${CSI}K${v.text.slice(5)}\r\n`,
  },
  {
    name: 'git diff',
    show: v =>
      `${CSI}36m@@ -1 +1 @@${CSI}m\r\n${CSI}31m-${said(v)} old${CSI}m\r\n${CSI}32m+${CSI}m${CSI}32m${said(v)} new${CSI}m\r\n`,
  },
  {
    name: 'git diff --word-diff',
    show: v =>
      v.id === 'N' ? null : `${v.label}${CSI}31m[-${v.text}-]${CSI}m${CSI}32m{+${v.text}+}${CSI}m\r\n`,
  },
  {
    name: 'diff-highlight inside',
    show: v =>
      `${CSI}31m-${v.label}${v.text.slice(0, 6)}${CSI}7m${v.text.slice(6, 9)}${CSI}27m${v.text.slice(9)}${CSI}m\r\n`,
  },
  {
    name: 'git log',
    show: v =>
      v.id === 'E'
        ? `${CSI}33mcommit 3b18e512dba79e4c8300dd08aeb37f8e728b8dad${CSI}m\r\nAuthor: dev <${v.text}>\r\nDate:   Mon Nov 23 23:11:00 2026 +0000\r\n`
        : null,
  },
  {
    name: 'curl -v',
    show: v =>
      `> GET /?${v.key}=${v.text.replaceAll(' ', '+')} HTTP/1.1\r\n> Host: example.test\r\n> X-${v.key}: ${v.text}\r\n>\r\n< HTTP/1.1 200 OK\r\n< ${v.key}: ${v.text}\r\n`,
  },
  {
    name: 'log line with key=value',
    show: v => `2026-11-21T09:15:09Z INFO user=12 ${v.key}="${v.text}" took=3ms\r\n`,
  },
  { name: 'docker logs prefix', show: v => `${CSI}36mweb-1  | ${CSI}0m{"${v.key}":"${v.text}"}\r\n` },
  {
    name: 'kubectl get -o wide',
    show: v =>
      v.text.includes(' ')
        ? null
        : `NAME    ${v.key.toUpperCase().padEnd(26)}AGE\r\npod-1   ${v.text.padEnd(26)}5d\r\n`,
  },
  {
    name: 'tcpdump -A',
    show: v =>
      `23:11:00.1 IP a.1 > b.80: Flags [P.], length 90: HTTP: GET / HTTP/1.1\r\nE..Z..@.@.......${v.key}=${v.text.replaceAll(' ', '+')}&x=1\r\n`,
  },
  { name: 'strings', show: v => `/lib64/ld-linux.so\r\n${said(v)}\r\nGLIBC_2.34\r\n` },
  { name: 'xxd', show: v => dump(`${said(v)} and ${said(v)}\n`, 'xxd') },
  { name: 'hexdump -C', show: v => dump(`${said(v)} and ${said(v)}\n`, 'hexdump') },
  { name: 'xxd, value at a row end', show: v => dump(`0123456 ${said(v)}\n`, 'xxd') },
  {
    name: 'fold -s of groups',
    show: v => {
      const text = GROUPED[v.id];
      return text === undefined
        ? null
        : `${folded(`we wrote it as ${v.label}${text} in the letter`, 15 + v.label.length + 7).join('\r\n')}\r\n`;
    },
  },
  {
    name: 'fmt in a paragraph',
    show: v => {
      const text = GROUPED[v.id];
      return text === undefined
        ? null
        : `${folded(`${'some words of the letter '.repeat(2)}${v.label}${text} and so on and on`, 57 + v.label.length).join('\r\n')}\r\n`;
    },
  },
  {
    name: 'man: indented and broken at a hyphen',
    show: v => {
      const text = hyphened[v.id];
      if (text === undefined) return null;
      const cut = text.indexOf('-', 4) + 1;
      return `${indented([`this is some text with ${v.label}${text.slice(0, cut)}`, `${text.slice(cut)} in it`])}\r\n`;
    },
  },
  {
    name: 'painted, broken at a blank',
    show: v => {
      const text = GROUPED[v.id];
      if (text === undefined) return null;
      return `${CSI}2J${folded(
        `${'some words of the letter '.repeat(2)}${v.label}${text} and so on and on`,
        57 + v.label.length,
      )
        .map((line, i) => at(i + 3, 1) + line)
        .join('')}${at(20, 1)}`;
    },
  },
  {
    name: 'dialog box',
    show: v =>
      `${CSI}2J${at(5, 10)}┌${'─'.repeat(50)}┐${at(6, 10)}│ ${said(v).padEnd(48)} │${at(7, 10)}└${'─'.repeat(50)}┘${at(9, 1)}`,
  },
  {
    name: 'mc: panels',
    show: v =>
      v.text.includes(' ')
        ? null
        : `${CSI}2J${at(2, 1)}│${v.text.padEnd(38)}│${v.text.padEnd(38)}│${at(3, 1)}│/..${' '.repeat(35)}│/..${' '.repeat(35)}│`,
  },
];

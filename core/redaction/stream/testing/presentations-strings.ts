import type { Presentation } from './presentations.ts';
import { halves } from './presentations.ts';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** RFC 4648; ASCII only. */
function base64(text: string): string {
  const bits = [...text].map(c => c.charCodeAt(0).toString(2).padStart(8, '0')).join('');
  const digits = (bits.match(/.{1,6}/g) ?? []).map(
    six => DIGITS[Number.parseInt(six.padEnd(6, '0'), 2)] ?? '',
  );
  return digits.join('').padEnd(Math.ceil(text.length / 3) * 4, '=');
}
const hex = (text: string) => [...text].map(c => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
const percent = (text: string) => [...text].map(c => `%${c.charCodeAt(0).toString(16)}`).join('');

/** Values in strings that a terminal does not print: titles, links, clipboard, device control. */
export const IN_STRINGS: readonly Presentation[] = [
  {
    name: 'title and icon (OSC 0, 1, 2)',
    show: v =>
      `\x1b]0;${v.label}${v.text}\x07\x1b]1;${v.label}${v.text}\x1b\\\x1b]2;vim ${v.label}${v.text}\x07x\r\n`,
  },
  { name: 'title with C1 introducers', show: v => `\u009d2;${v.label}${v.text}\u009cx\r\n` },
  {
    name: 'working directory (OSC 7)',
    show: v => (v.text.includes(' ') ? null : `\x1b]7;file://host/home/${v.label.trim()}=${v.text}\x07x\r\n`),
  },
  {
    name: 'link (OSC 8), in the address and the text',
    show: v =>
      `\x1b]8;id=${v.label.trim()};https://h/?${v.key}=${v.text.replaceAll(' ', '%20')}\x1b\\${v.label}${v.text}\x1b]8;;\x1b\\\r\n`,
  },
  {
    name: 'link with an encoded address',
    show: v => `\x1b]8;;https://h/?${v.key}=${percent(v.text)}\x07here\x1b]8;;\x07\r\n`,
  },
  {
    name: 'mailto and tel links',
    show: v =>
      v.id === 'E' || v.id === 'P'
        ? `\x1b]8;;${v.id === 'E' ? 'mailto:' : 'tel:'}${v.text.replaceAll(' ', '')}\x07write\x1b]8;;\x07\r\n`
        : null,
  },
  { name: 'notification (OSC 9)', show: v => `\x1b]9;${v.label}${v.text}\x07x\r\n` },
  {
    name: 'notification (OSC 777)',
    show: v => `\x1b]777;notify;new ${v.label};${v.label}${v.text}\x1b\\x\r\n`,
  },
  { name: 'progress (OSC 9;4)', show: v => `\x1b]9;4;1;50\x07${v.label}${v.text}\r\n` },
  {
    name: 'iTerm directory and user variables (OSC 1337)',
    show: v =>
      v.id === 'N'
        ? null
        : `\x1b]1337;CurrentDir=/home/${v.key}=${v.text}\x07\x1b]1337;SetUserVar=x=${base64(v.text)}\x07x\r\n`,
  },
  {
    name: 'clipboard (OSC 52)',
    show: v => `\x1b]52;c;${base64(v.text)}\x07\x1b]52;p;${base64(`${v.label}${v.text}`)}\x1b\\x\r\n`,
  },
  {
    name: 'iTerm image with a name',
    show: v => `\x1b]1337;File=name=${base64(v.text)};inline=1:${base64(v.text)}\x07x\r\n`,
  },
  { name: 'unknown OSC', show: v => `\x1b]6666;${v.label}${v.text}\x07x\r\n` },
  {
    name: 'an OSC that is never ended',
    show: v => ({ chunks: [`\x1b]2;${v.label}${v.text}`, '\x18done\r\n'] }),
  },
  { name: 'DCS: XTGETTCAP', show: v => `\x1bP+q${hex(v.text)}\x1b\\x\r\n` },
  { name: 'DCS: request with text', show: v => `\x1bP$q${v.text}\x1b\\x\r\n` },
  { name: 'DCS: sixel', show: v => `\x1bPq"1;1;8;8${v.text}#0!8~\x1b\\x\r\n` },
  { name: 'DCS: tmux passthrough', show: v => `\x1bPtmux;\x1b\x1b]2;${v.label}${v.text}\x07\x1b\\x\r\n` },
  { name: 'DCS: screen title', show: v => `\x1bk${v.label}${v.text}\x1b\\ x\r\n` },
  { name: 'DCS with C1', show: v => `\u0090q${v.text}\u009cx\r\n` },
  {
    name: 'APC, PM and SOS',
    show: v => `\x1b_G${v.text}\x1b\\\x1b^${v.text}\x1b\\\x1bX${v.text}\x1b\\x\r\n`,
  },
  {
    name: 'APC, PM and SOS with C1',
    show: v => `\u009f${v.text}\u009c\u009e${v.text}\u009c\u0098${v.text}\u009cx\r\n`,
  },
  {
    name: 'C1 CSI inside',
    show: v => `${v.label}${halves(v.text)[0]}\u009b31m${halves(v.text)[1]}\u009b0m\r\n`,
  },
  { name: 'colour string with text', show: v => `\x1b]11;${v.text}\x07\x1b]4;1;${v.text}\x07x\r\n` },
  {
    name: 'prompt mark with the command line (OSC 133, 633)',
    show: v =>
      `\x1b]133;C;cmdline=echo ${v.label}${v.text}\x07\x1b]633;E;echo ${v.label}${v.text};n\x07x\r\n`,
  },
];

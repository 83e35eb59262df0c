import type { Presentation } from './presentations.ts';
import { at, charactersOf, halves } from './presentations.ts';

const CSI = '\x1b[';

/** Values that come to their place by wraps, corrections, addresses and scrolling. */
export const MOVED: readonly Presentation[] = [
  {
    name: 'wrapped by the terminal',
    show: v => `${'.'.repeat(74 - v.label.length)} ${v.label}${v.text} ok\r\n`,
  },
  {
    name: 'wrapped by the terminal, in colours',
    show: v =>
      `${'.'.repeat(74 - v.label.length)} ${v.label}${charactersOf(v.text)
        .map(c => `${CSI}3${c.charCodeAt(0) % 8}m${c}`)
        .join('')}\r\n`,
  },
  {
    name: 'wrapped by the application at the margin',
    show: v => {
      if (v.id === 'N') return null;
      const line = `${'.'.repeat(74 - v.label.length)} ${v.label}${v.text}`;
      return `${line.slice(0, 80)}\r\n${line.slice(80)} ok\r\n`;
    },
  },
  {
    name: 'wrapped over three rows of a narrow terminal',
    show: v => ({ chunks: [`${v.label}${v.text} ok\r\n`], cols: 9, rows: 24 }),
  },
  {
    name: 'each character twice with a backspace',
    show: v =>
      `${v.label}${charactersOf(v.text)
        .map(c => `${c}\b${c}`)
        .join('')} ok\r\n`,
  },
  {
    name: 'underlined with backspaces',
    show: v =>
      `${v.label}${charactersOf(v.text)
        .map(c => `_\b${c}`)
        .join('')} ok\r\n`,
  },
  {
    name: 'wrong characters, corrected',
    show: v => `${v.label}${halves(v.text)[0]}xx\b\b${halves(v.text)[1]} ok\r\n`,
  },
  {
    name: 'erased with blanks, typed again',
    show: v => `${v.label}${v.text}\b \b\b \b${v.text.slice(-2)} ok\r\n`,
  },
  {
    name: 'overwritten by carriage return',
    show: v => `${v.label}${v.text}\r${'-'.repeat(v.text.length + v.label.length)}\r\n`,
  },
  {
    name: 'progress with carriage returns',
    show: v => [1, 50, 100].map(p => `\r${String(p)}% importing ${v.label}${v.text} …`).join('') + '\r\n',
  },
  {
    name: 'progress with erase line',
    show: v => [1, 50, 100].map(p => `\r${CSI}2K${String(p)}% ${v.label}${v.text}`).join('') + '\r\n',
  },
  {
    name: 'overwritten in part',
    show: v =>
      v.id === 'N' ? null : `${v.label}${v.text}\r${' '.repeat(v.label.length)}${halves(v.text)[0]}\r\n`,
  },
  {
    name: 'by address, left half first',
    show: v => {
      const [left, right] = halves(v.text);
      return `${CSI}2J${at(5, 4)}${v.label}${left}${at(5, 4 + v.label.length + left.length)}${right}${at(9, 1)}`;
    },
  },
  {
    name: 'by address, right half first',
    show: v => {
      const [left, right] = halves(v.text);
      return `${CSI}2J${at(5, 4 + v.label.length + left.length)}${right}${at(5, 4)}${v.label}${left}${at(9, 1)}`;
    },
  },
  {
    name: 'by address, every character alone, backwards',
    show: v => {
      const cells = charactersOf(v.label + v.text).map((c, i) => `${at(5, 4 + i)}${c}`);
      return `${CSI}2J${cells.reverse().join('')}${at(9, 1)}`;
    },
  },
  {
    name: 'by column address',
    show: v =>
      charactersOf(v.label + v.text)
        .map((c, i) => `${CSI}${i + 3}G${c}`)
        .join('') + '\r\n',
  },
  {
    name: 'blanks by cursor right',
    show: v => `${v.label.replaceAll(' ', `${CSI}C`)}${v.text.replaceAll(' ', `${CSI}C`)}${CSI}C ok\r\n`,
  },
  {
    name: 'insert mode, left half put in before the right one',
    beginsClear: true,
    show: v => {
      const [left, right] = halves(v.text);
      return `${right}\r${CSI}4h${v.label}${left}${CSI}4l\r\n`;
    },
  },
  {
    name: 'room made with ICH',
    beginsClear: true,
    show: v => {
      const [left, right] = halves(v.text);
      return `${v.label}${right}${CSI}${right.length}D${CSI}${left.length}@${left}\r\n`;
    },
  },
  {
    name: 'characters taken out with DCH',
    beginsClear: true,
    show: v => `${v.label}${halves(v.text).join('###')}${CSI}${halves(v.text)[1].length + 3}D${CSI}3P\r\n`,
  },
  {
    name: 'erased with ECH and filled again',
    show: v => `${v.label}${v.text}${CSI}4D${CSI}4X${v.text.slice(-4)}\r\n`,
  },
  {
    name: 'REP',
    show: v =>
      `${v.label}${v.text.replaceAll(/(.)\1{2,}/g, (run, c: string) => `${c}${CSI}${run.length - 1}b`)} ok\r\n`,
  },
  {
    name: 'in a scroll region',
    show: v =>
      `${CSI}2J${CSI}5;10r${at(10, 1)}${v.label}${v.text}\r\n\n\n${v.label}${v.text}\r\n${CSI}r${at(20, 1)}`,
  },
  {
    name: 'reverse index',
    show: v => `${CSI}2J${CSI}H\x1bM${v.label}${v.text}\r\x1bM${v.label}${v.text}\r\x1bM`,
  },
  {
    name: 'inserted and deleted lines',
    show: v =>
      `${CSI}2J${at(3, 1)}${v.label}${v.text}${at(2, 1)}${CSI}3L${v.label}${v.text}\r${CSI}2M${at(20, 1)}`,
  },
  {
    name: 'scrolled up and down',
    show: v => `${CSI}2J${at(12, 1)}${v.label}${v.text}${CSI}4S${CSI}2T${at(20, 1)}`,
  },
  {
    name: 'saved cursor',
    beginsClear: true,
    show: v =>
      `${CSI}2J${at(4, 2)}${v.label}${halves(v.text)[0]}\x1b7${at(20, 1)}status\x1b8${halves(v.text)[1]}${at(21, 1)}`,
  },
  {
    name: 'saved cursor (CSI s)',
    beginsClear: true,
    show: v => `${v.label}${halves(v.text)[0]}${CSI}s${CSI}60Gclock${CSI}u${halves(v.text)[1]}\r\n`,
  },
  {
    name: 'alternate screen and back',
    show: v =>
      `prompt\r\n${CSI}?1049h${CSI}2J${at(3, 3)}${v.label}${v.text}${at(24, 1)}:${CSI}?1049lprompt\r\n`,
  },
  {
    name: 'synchronised update',
    show: v => `${CSI}?2026h${CSI}H${CSI}J${at(3, 3)}${v.label}${v.text}${CSI}?2026l`,
  },
  {
    name: 'synchronised update never ended',
    show: v => ({ chunks: [`${CSI}?2026h${CSI}H${at(3, 3)}${v.label}${v.text}`, 'more'] }),
  },
  { name: 'tab stops of its own', show: v => `${CSI}3g\r${CSI}20C\x1bH\r${v.label}\t${v.text}\r\n` },
  {
    name: 'no auto wrap, the last cell again and again',
    show: v =>
      `${CSI}?7l${'.'.repeat(77 - v.text.length - v.label.length)} ${v.label}${v.text} zz${CSI}?7h\r\n`,
  },
  { name: 'reverse wrap', show: v => `${CSI}?45h${'.'.repeat(70)}\r\n` + `${v.label}${v.text}\r\n` },
  {
    name: 'two values in one frame',
    show: v => `${CSI}H${CSI}J${at(2, 2)}${v.label}${v.text}${at(3, 2)}${v.label}${v.text}${at(12, 1)}`,
  },
  {
    name: 'frames at sixty a second',
    show: v => ({
      chunks: Array.from(
        { length: 8 },
        (_, i) => `${CSI}H${CSI}2K${i}% busy${at(3, 2)}${v.label}${v.text}${at(5, 1)}row ${i * 7}${CSI}K`,
      ),
    }),
  },
  {
    name: 'only what changed is painted',
    beginsClear: true,
    show: v => ({
      chunks: [
        `${CSI}2J${at(3, 2)}${v.label}${halves(v.text)[0]}${'#'.repeat(halves(v.text)[1].length)}`,
        `${at(3, 2 + v.label.length + halves(v.text)[0].length)}${halves(v.text)[1]}`,
        at(9, 1),
      ],
    }),
  },
  {
    name: 'cut by an idle time',
    show: v => ({ chunks: [`${v.label}${v.text.slice(0, -3)}`, v.text.slice(-3), ' ok\r\n'] }),
  },
  {
    name: 'value on the bottom row, scrolled out',
    show: v => `${at(24, 1)}${v.label}${v.text}${'\r\n'.repeat(30)}`,
  },
  { name: 'screen cleared behind it', show: v => `${v.label}${v.text}${CSI}2J${CSI}3J${CSI}H` },
  { name: 'RIS behind it', show: v => `${v.label}${v.text}\x1bc` },
  {
    name: 'soft reset inside',
    show: v => `${v.label}${halves(v.text)[0]}${CSI}!p${halves(v.text)[1]} ok\r\n`,
  },
  {
    name: 'origin mode',
    show: v => `${CSI}2J${CSI}5;15r${CSI}?6h${at(2, 3)}${v.label}${v.text}${at(9, 1)}${CSI}?6l${CSI}r`,
  },
  {
    name: 'columns shifted (SL and SR)',
    show: v => `${CSI}2J${at(3, 10)}${v.label}${v.text}${CSI}3 @${CSI}2 A${at(9, 1)}`,
  },
];

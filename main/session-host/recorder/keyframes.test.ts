import headless from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyframeTaker } from './keyframes.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const SIZE = { cols: 20, rows: 6 };

/** What a terminal shows after all of this text: cells with their attributes, cursor, modes, buffer. */
async function shownAfter(...texts: string[]): Promise<unknown> {
  const terminal = new headless.Terminal({ ...SIZE, scrollback: 0, allowProposedApi: true });
  for (const text of texts) await new Promise<void>(resolve => terminal.write(text, resolve));
  const { active } = terminal.buffer;
  const rows = Array.from({ length: SIZE.rows }, (_, y) => {
    const line = active.getLine(active.baseY + y);
    return Array.from({ length: SIZE.cols }, (_cell, x) => {
      const cell = line?.getCell(x);
      if (cell === undefined) return '';
      const colours = [cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()];
      return `${cell.getChars() || ' '} ${cell.getWidth()} ${colours.join(',')} ${cell.isBold()}`;
    });
  });
  return { rows, modes: terminal.modes, cursor: [active.cursorX, active.cursorY], buffer: active.type };
}

/** Pieces that full-screen programs are made of. */
const PIECES = [
  'plain text ',
  'line\r\n',
  '\x1b[1;31mred\x1b[0m',
  '\x1b[44m',
  '\x1b[2J\x1b[H',
  '\x1b[3;4H',
  '\x1b[K',
  '\x1b[?1049h',
  '\x1b[?1049l',
  '\x1b[2;4r',
  '\x1b[r',
  '\n\n',
  '\x1bM',
  '\x1b[?25l',
  '\x1b[?25h',
  '\x1b[?1h',
  '\x1b[?2004h',
  'wide 漢字 e\u0301',
  '\x1b[4h',
  '\x1b[4l',
  '\x1b]0;a title\x07',
  '\x1b[L',
  '\x1b[P',
  '\t',
  '\x1b[38;5;120mcolour',
  '\x1b[38;2;1;2;3mtrue',
];

/** More lines than fit the screen twice. */
const LONG_OUTPUT = [
  'many lines\r\n'.repeat(20),
  '\x1b[32mgreen\x1b[0m and \x1b[7mplain\r\n'.repeat(15),
  '\x1b[41mred to the end\r\n'.repeat(14),
  `${'wraps '.repeat(9)}\r\n`.repeat(16),
  'wide 漢字\tand tabs\r\n'.repeat(18),
];

describe('a keyframe', () => {
  it.each([
    ['text', 'one\r\ntwo', ' and more'],
    ['the middle of a sequence', 'one\x1b[3', '1mred\x1b[0m plain'],
    ['the middle of a title', 'one\x1b]0;ti', 'tle\x07two'],
    ['colours that are on', '\x1b[1;44m', 'bold on blue'],
    ['the alternate screen', 'shell\x1b[?1049h\x1b[2;3Hvim', '\x1b[?1049l after'],
    ['a scroll region', 'a\r\nb\r\nc\r\nd\r\ne\x1b[2;4r\x1b[4;1H', '\n\nnew at the bottom of the region'],
    ['application cursor keys and bracketed paste', '\x1b[?1h\x1b[?2004h$ ', 'ls'],
    ['colours on blank rows', '\x1b[44m\x1b[2J\x1b[H', 'blue'],
    ['the alternate screen entered in colour', 'a\x1b[?1049h\x1b[44mb', '\x1b[?1049l\x1b[0mafter'],
    ['line-drawing characters', '\x1b(0lqq', 'qk\x1b(B plain'],
    ['origin mode in a scroll region', '\x1b[2;4r\x1b[?6h\x1b[2;3H', 'x\x1b[1;1Hy'],
    ['a wide character before the wrap', '漢'.repeat(10), 'x'],
    ['wrapped lines', 'w'.repeat(50), '\x1b[1;1H\x1b[Kx'],
    ['a full line with the wrap pending', 'x'.repeat(20), 'y'],
  ])('brings back %s', async (_name, before, after) => {
    const taker = createKeyframeTaker(SIZE.cols, SIZE.rows);
    taker.write(bytesOf(before));
    const keyframe = taker.take();
    expect(await shownAfter(keyframe?.screen ?? '', keyframe?.pending ?? '', after)).toEqual(
      await shownAfter(before, after),
    );
    taker.dispose();
  });

  it('hides the cursor where it was hidden', () => {
    const taker = createKeyframeTaker(SIZE.cols, SIZE.rows);
    taker.write(bytesOf('\x1b[?25l'));
    expect(taker.take()?.screen).toContain('\x1b[?25l');
    taker.write(bytesOf('\x1b[?25h'));
    expect(taker.take()?.screen).not.toContain('\x1b[?25l');
    taker.dispose();
  });

  it('shows the screen as it was, wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }),
        fc.nat(400),
        async (pieces, at) => {
          const text = pieces.join('');
          const before = text.slice(0, at);
          const taker = createKeyframeTaker(SIZE.cols, SIZE.rows);
          taker.write(bytesOf(before));
          const keyframe = taker.take();
          taker.dispose();
          expect(await shownAfter(keyframe?.screen ?? '', keyframe?.pending ?? '')).toEqual(
            await shownAfter(before),
          );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('shows the screen as it was after output that scrolled out of it', async () => {
    const piece = fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...LONG_OUTPUT));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(piece, { maxLength: 12 }), { maxLength: 3 }), async writes => {
        const taker = createKeyframeTaker(SIZE.cols, SIZE.rows);
        const texts = writes.map(pieces => pieces.join(''));
        for (const text of texts) taker.write(bytesOf(text));
        const keyframe = taker.take();
        taker.dispose();
        expect(await shownAfter(keyframe?.screen ?? '', keyframe?.pending ?? '')).toEqual(
          await shownAfter(...texts),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('follows a resize', async () => {
    const taker = createKeyframeTaker(80, 24);
    taker.resize(SIZE.cols, SIZE.rows);
    taker.write(bytesOf('x'.repeat(25)));
    expect(await shownAfter(taker.take()?.screen ?? '')).toEqual(await shownAfter('x'.repeat(25)));
    taker.dispose();
  });

  it('waits for the end of a sequence that is too long to be stored', () => {
    const taker = createKeyframeTaker(SIZE.cols, SIZE.rows);
    taker.write(bytesOf(`\x1bP${'q'.repeat(20_000)}`));
    expect(taker.take()).toBeNull();
    taker.write(bytesOf('\x1b\\'));
    expect(taker.take()).not.toBeNull();
    taker.dispose();
  });
});

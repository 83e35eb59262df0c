import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { fakeDetector } from '../stream/testing/fake-detector.ts';
import { bytesOf, oracle } from '../stream/testing/terminal.ts';
import { terminalOutput } from '../stream/testing/random-output.ts';
import { RedactorStream } from '../stream/redactor-stream.ts';
import type { Row } from './row.ts';

const stream = (cols: number, rows: number) =>
  new RedactorStream({
    cols,
    rows,
    policy: RedactionPolicy.parse({ default: 'allow' }),
    detector: fakeDetector(),
    tokenOf: null,
    onMask: () => undefined,
    onBlock: () => undefined,
  });

function textOfRow(row: Row): string {
  let text = '';
  for (let x = 0; x < row.cols; x++) {
    const cp = row.cp[x] ?? 0;
    if (row.isEmptyAt(x)) text += row.width[x] === 0 && row.width[x - 1] === 2 ? '' : ' ';
    else text += String.fromCodePoint(cp) + (row.combined?.get(x) ?? '');
  }
  return text.trimEnd();
}

function shadowOf({ screen }: RedactorStream) {
  const { buffer } = screen;
  return {
    rows: buffer.rows.map(textOfRow),
    wraps: buffer.rows.map((row, y) => y > 0 && row.isWrapped),
    cursor: [buffer.x, buffer.y],
    margins: [buffer.top, buffer.bottom],
    isAlternate: screen.isAlternate,
    colours: buffer.rows.map(row => [...row.fg.subarray(0, row.trimmedLength)].map(c => c & 0xffffff).join()),
  };
}

/** The same from xterm.js; margins are not in its public interface. */
function screenOf(terminal: Awaited<ReturnType<typeof oracle>>['terminal']) {
  const buffer = terminal.buffer.active;
  const rows: string[] = [];
  const wraps: boolean[] = [];
  const colours: string[] = [];
  for (let y = 0; y < terminal.rows; y++) {
    const line = buffer.getLine(buffer.baseY + y);
    const text = line?.translateToString(false).trimEnd() ?? '';
    rows.push(text);
    wraps.push(y > 0 && (line?.isWrapped ?? false));
    const cells: number[] = [];
    let last = 0;
    for (let x = 0; x < terminal.cols; x++) {
      const cell = line?.getCell(x);
      if (cell?.getChars() !== '') last = x + (cell?.getWidth() ?? 1);
      cells.push(cell?.isFgDefault() === true ? 0 : (cell?.getFgColor() ?? 0));
    }
    colours.push(cells.slice(0, last).join());
  }
  // xterm.js keeps margins to itself; they decide what later output does
  const { scrollTop, scrollBottom } = (
    terminal as unknown as { _core: { buffer: { scrollTop: number; scrollBottom: number } } }
  )._core.buffer;
  return {
    rows,
    wraps,
    cursor: [buffer.cursorX, buffer.cursorY],
    margins: [scrollTop, scrollBottom],
    isAlternate: buffer.type === 'alternate',
    colours,
  };
}

describe('the shadow screen', () => {
  it('is cell for cell what xterm.js shows, after any output', async () => {
    await fc.assert(
      fc.asyncProperty(
        terminalOutput,
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, cols, rows) => {
          const redactor = stream(cols, rows);
          const terminal = await oracle(cols, rows);
          redactor.write(bytesOf(text));
          await terminal.write(bytesOf(text));
          expect(shadowOf(redactor)).toEqual(screenOf(terminal.terminal));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('erases to the last cell without stopping xterm.js', async () => {
    const fill = `${'x'.repeat(20)}`;
    for (const enter of ['', '\x1b[?1049h'])
      for (const erase of ['\x1b[1J', '\x1b[?1J']) {
        const redactor = stream(10, 2);
        const terminal = await oracle(10, 2);
        await terminal.write(redactor.write(bytesOf(`${enter}\x1b[H${fill}${erase}`)));
        await terminal.write(redactor.flush());
        await terminal.write(redactor.write(bytesOf('\x1b[Hback')));
        await terminal.write(redactor.end());
        expect(shadowOf(redactor)).toEqual(screenOf(terminal.terminal));
        expect(shadowOf(redactor).rows).toEqual(['back', '']);
      }
  });

  it('drops the bytes that are not UTF-8 by the rules of xterm.js', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async bytes => {
        // strings of unknown kinds end where xterm.js meets a character past ASCII; here they end at their end
        fc.pre(!/[\x1b\x90-\x9f]/.test(String.fromCharCode(...bytes)));
        const redactor = stream(20, 5);
        const terminal = await oracle(20, 5);
        redactor.write(bytes);
        await terminal.write(bytes);
        expect(shadowOf(redactor)).toEqual(screenOf(terminal.terminal));
      }),
      { numRuns: 400 },
    );
  });

  it('is flowed anew as xterm.js does when the terminal changes its size', async () => {
    const size = fc.tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 9 }));
    const lines = fc
      .array(fc.stringMatching(/^[a-z界 ]{0,50}$/), { maxLength: 12 })
      .map(texts => texts.join('\r\n'));
    await fc.assert(
      fc.asyncProperty(
        lines,
        size,
        fc.array(size, { minLength: 1, maxLength: 3 }),
        async (text, [cols, rows], sizes) => {
          const redactor = stream(cols, rows);
          const terminal = await oracle(cols, rows);
          redactor.write(bytesOf(text));
          await terminal.write(bytesOf(text));
          for (const [c, r] of sizes) {
            redactor.resize(c, r);
            terminal.resize(c, r);
            expect(shadowOf(redactor)).toEqual(screenOf(terminal.terminal));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

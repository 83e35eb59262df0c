import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { leaks, redact } from './testing/terminal.ts';
import { wrappedRow } from './wrapped-cells.ts';

const detector = createLineDetector(RedactionPolicy.parse({}));
const VALUES = ['henrik.dahl@posten.no', '5555555555554444', 'GB82WEST12345698765432', '219-09-9999'];

/** How psql draws a wrapped cell of `width` columns between others. */
interface Style {
  readonly name: string;
  readonly bar: string;
  /** right of a piece that goes on, left of the one below */
  readonly marks: readonly [string, string];
  /** before the cell below, in place of the separator */
  readonly below: string;
}
const STYLES: readonly Style[] = [
  { name: 'ascii', bar: '|', marks: ['.', '.'], below: '|' },
  { name: 'unicode', bar: '│', marks: ['…', '…'], below: '│' },
  { name: 'old-ascii', bar: '|', marks: [' ', ' '], below: ';' },
];

function table(value: string, width: number, { bar, marks, below }: Style): string {
  const pieces = value.match(new RegExp(`.{1,${width}}`, 'gs')) ?? [];
  const lines = pieces.map((piece, i) => {
    const left = i === 0 ? ' ' : marks[1];
    const right = i < pieces.length - 1 ? marks[0] : ' ';
    return ` ${i === 0 ? '7' : ' '} ${i === 0 ? bar : below}${left}${piece.padEnd(width)}${right}${bar} ${i === 0 ? 'is still open' : ''}`;
  });
  const head = ` k ${bar} ${'text'.padEnd(width)} ${bar} status of it `;
  const rule = `---+-${'-'.repeat(width)}-+-------`;
  return [
    head,
    bar === '│' ? rule.replaceAll('-', '─').replaceAll('+', '┼') : rule,
    ...lines,
    '(1 row)',
    '',
  ].join('\r\n');
}

const split = (text: string, at: number): string[] => [text.slice(0, at), text.slice(at)];

describe('cells that psql wraps', () => {
  it.each(STYLES)('hide their values where they are printed, in the $name style', async style => {
    for (const value of VALUES)
      for (const width of [6, 7, 9, 12]) {
        const text = table(value, width, style);
        const middle = text.indexOf('7') + 12;
        for (const chunks of [[text], split(text, middle), [...text]]) {
          const { bytes } = redact(chunks, { detector: detector.fork(), cols: 40 });
          expect(await leaks(value, bytes), `${value}, ${width}`).toEqual([]);
        }
        const { bytes } = redact([`\x1b[H\x1b[2J${text}\x1b[20H`], { detector: detector.fork() });
        expect(await leaks(value, bytes), `${value}, ${width}, by address`).toEqual([]);
      }
  });

  it('stay hidden behind a pause in the middle of the row', async () => {
    const value = 'ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8';
    const text = table(value, 10, { name: 'ascii', bar: '|', marks: ['.', '.'], below: '|' });
    const { bytes } = redact(split(text, text.indexOf('.G7')), {
      detector: detector.fork(),
      flushes: true,
    });
    expect(await leaks(value.slice(10), bytes)).toEqual([]);
  });

  it('are told from rows that end in a full stop', () => {
    expect(wrappedRow([' 1 | see above.| x', ' 2 | none      | y'], false)).toMatchObject({ firstLine: 1 });
    expect(wrappedRow([' 1 | see abov.| x', '   |.e        | '], false)).toMatchObject({
      firstLine: 0,
      cells: [{ text: 'see above', isOpen: false }],
    });
  });
});

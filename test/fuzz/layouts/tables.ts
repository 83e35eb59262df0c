import type { Scene } from '../scene.ts';
import type { Cell, Column } from './grid.ts';
import { gridOf, rowOf, rowsIn, textOf, widthOfText, writeCell } from './grid.ts';
import type { Layout } from './layout.ts';

const widthsOf = (columns: readonly Column[]): number[] =>
  columns.map(({ name, cells }) =>
    Math.max(widthOfText(name), ...cells.map(cell => widthOfText(textOf(cell)))),
  );

const pad = (scene: Scene, count: number): void => scene.write(' '.repeat(Math.max(0, count)));

function centred(name: string, width: number): string {
  const left = Math.floor((width - widthOfText(name)) / 2);
  return ' '.repeat(left) + name + ' '.repeat(width - left - widthOfText(name));
}

interface Lines {
  readonly vertical: string;
  readonly horizontal: string;
  readonly cross: string;
}
const ASCII: Lines = { vertical: '|', horizontal: '-', cross: '+' };
const UNICODE: Lines = { vertical: '│', horizontal: '─', cross: '┼' };

/** A row with a blank on both sides of each cell; numbers to the right. `isOuter` says whether it begins and ends with a border. */
function writeRow(
  scene: Scene,
  columns: readonly Column[],
  how: { row: number; widths: number[]; lines: Lines; isOuter: boolean },
): void {
  const { row, widths, lines, isOuter } = how;
  if (isOuter) scene.write(lines.vertical);
  rowOf(columns, row).forEach((cell, i) => {
    const gap = (widths[i] ?? 0) - widthOfText(textOf(cell));
    if (i > 0) scene.write(lines.vertical);
    scene.write(' ');
    if (columns[i]?.isNumber === true) pad(scene, gap);
    writeCell(scene, cell);
    if (columns[i]?.isNumber !== true && (isOuter || i < columns.length - 1)) pad(scene, gap);
    if (isOuter || i < columns.length - 1) scene.write(' ');
  });
  scene.write(`${isOuter ? lines.vertical : ''}\r\n`);
}

function psqlAligned(scene: Scene, lines: Lines, columns = gridOf(scene)): void {
  const widths = widthsOf(columns);
  const bar = widths.map(width => lines.horizontal.repeat(width + 2)).join(lines.cross);
  scene.write(
    `${columns.map(({ name }, i) => ` ${centred(name, widths[i] ?? 0)} `).join(lines.vertical)}\r\n${bar}\r\n`,
  );
  for (let row = 0; row < rowsIn(columns); row++)
    writeRow(scene, columns, { row, widths, lines, isOuter: false });
  scene.write(`(${rowsIn(columns)} row${rowsIn(columns) === 1 ? '' : 's'})\r\n\r\n`);
}

function boxed(scene: Scene, lines: Lines, isHeaderCentred: boolean): void {
  const columns = gridOf(scene);
  const widths = widthsOf(columns);
  const unicode = lines === UNICODE;
  const bar = (left: string, cross: string, right: string): string =>
    `${left}${widths.map(width => lines.horizontal.repeat(width + 2)).join(cross)}${right}\r\n`;
  scene.write(unicode ? bar('┌', '┬', '┐') : bar('+', '+', '+'));
  const names = columns.map(({ name }, i) =>
    isHeaderCentred ? centred(name, widths[i] ?? 0) : name + ' '.repeat((widths[i] ?? 0) - widthOfText(name)),
  );
  scene.write(`${lines.vertical} ${names.join(` ${lines.vertical} `)} ${lines.vertical}\r\n`);
  scene.write(unicode ? bar('├', '┼', '┤') : bar('+', '+', '+'));
  for (let row = 0; row < rowsIn(columns); row++)
    writeRow(scene, columns, { row, widths, lines, isOuter: true });
  scene.write(unicode ? bar('└', '┴', '┘') : bar('+', '+', '+'));
}

/** psql's `format wrapped`: a cell goes on in the next line, with marks on both sides of the break. */
function psqlWrapped(scene: Scene, lines: Lines): void {
  const columns = gridOf(scene, 4);
  const mark = lines === UNICODE ? '…' : '.';
  const natural = widthsOf(columns);
  const narrow = scene.random.int(8, 14);
  const widths = natural.map((width, i) =>
    Math.max(widthOfText(columns[i]?.name ?? ''), Math.min(width, narrow)),
  );
  const bar = widths.map(width => lines.horizontal.repeat(width + 2)).join(lines.cross);
  scene.write(
    `${columns.map(({ name }, i) => ` ${centred(name, widths[i] ?? 0)} `).join(lines.vertical)}\r\n${bar}\r\n`,
  );
  for (let row = 0; row < rowsIn(columns); row++) {
    const cells = rowOf(columns, row);
    const starts = cells.map((cell, i) => breaksOf(textOf(cell), widths[i] ?? 1));
    const height = Math.max(...starts.map(each => each.length));
    for (let line = 0; line < height; line++) {
      cells.forEach((cell, i) => {
        const width = widths[i] ?? 1;
        const text = textOf(cell);
        const [from = text.length, to = text.length] = [starts[i]?.[line], starts[i]?.[line + 1]];
        const isLast = i === cells.length - 1;
        if (i > 0) scene.write(lines.vertical);
        scene.write(line > 0 && from < text.length ? mark : ' ');
        const gap = width - widthOfText(text.slice(from, to));
        if (columns[i]?.isNumber === true) pad(scene, gap);
        if (typeof cell === 'string') scene.write(text.slice(from, to));
        else if (from < to) scene.writeValue(cell, { from, to, isNamed: cell.hasKey });
        if (columns[i]?.isNumber !== true && !(isLast && to === text.length)) pad(scene, gap);
        if (to < text.length) scene.write(mark);
        else if (!isLast) scene.write(' ');
      });
      scene.write('\r\n');
    }
  }
  scene.write(`(${rowsIn(columns)} rows)\r\n\r\n`);
}

/** Where the lines of a cell begin. */
function breaksOf(text: string, width: number): number[] {
  const starts = [0];
  let used = 0;
  for (let at = 0; at < text.length; at++) {
    const cells = widthOfText(text.charAt(at));
    if (used + cells > width) {
      starts.push(at);
      used = 0;
    }
    used += cells;
  }
  return starts;
}

function expanded(scene: Scene): void {
  const columns = gridOf(scene);
  const widest = Math.max(...columns.map(({ name }) => name.length));
  for (let row = 0; row < rowsIn(columns); row++) {
    scene.write(`-[ RECORD ${row + 1} ]${'-'.repeat(Math.max(1, widest - 12))}+${'-'.repeat(20)}\r\n`);
    columns.forEach(({ name }, i) => {
      scene.write(`${name.padEnd(widest)} | `);
      writeCell(scene, rowOf(columns, row)[i] ?? '');
      scene.write('\r\n');
    });
  }
  scene.write('\r\n');
}

function vertical(scene: Scene): void {
  const columns = gridOf(scene);
  const widest = Math.max(...columns.map(({ name }) => name.length));
  const stars = '*'.repeat(27);
  for (let row = 0; row < rowsIn(columns); row++) {
    scene.write(`${stars} ${row + 1}. row ${stars}\r\n`);
    columns.forEach(({ name }, i) => {
      scene.write(`${name.padStart(widest)}: `);
      writeCell(scene, rowOf(columns, row)[i] ?? '');
      scene.write('\r\n');
    });
  }
  scene.write(`${rowsIn(columns)} rows in set (0.001 sec)\r\n\r\n`);
}

const csvCell = (text: string): string => (/[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function delimited(scene: Scene, separator: string, quote: (text: string) => string, hasCount = false): void {
  const columns = gridOf(scene);
  scene.write(`${columns.map(({ name }) => quote(name)).join(separator)}\r\n`);
  for (let row = 0; row < rowsIn(columns); row++) {
    rowOf(columns, row).forEach((cell, i) => {
      if (i > 0) scene.write(separator);
      writeCell(scene, cell, quote);
    });
    scene.write('\r\n');
  }
  if (hasCount) scene.write(`(${rowsIn(columns)} rows)\r\n`);
}

function sqliteColumn(scene: Scene): void {
  const columns = gridOf(scene);
  const widths = widthsOf(columns);
  const padded = (text: string, i: number): string => text + ' '.repeat((widths[i] ?? 0) - widthOfText(text));
  scene.write(
    `${columns
      .map(({ name }, i) => padded(name, i))
      .join('  ')
      .trimEnd()}\r\n`,
  );
  scene.write(`${widths.map(width => '-'.repeat(width)).join('  ')}\r\n`);
  for (let row = 0; row < rowsIn(columns); row++) {
    rowOf(columns, row).forEach((cell: Cell, i) => {
      if (i > 0) scene.write('  ');
      writeCell(scene, cell);
      if (i < columns.length - 1) pad(scene, (widths[i] ?? 0) - widthOfText(textOf(cell)));
    });
    scene.write('\r\n');
  }
}

const plain = (text: string): string => text;

/** Results of queries, as the clients of databases print them. */
export const TABLE_LAYOUTS: readonly Layout[] = [
  { name: 'psql', write: scene => psqlAligned(scene, ASCII) },
  { name: 'psql-unicode', write: scene => psqlAligned(scene, UNICODE) },
  {
    name: 'psql-twice',
    write(scene) {
      psqlAligned(scene, ASCII);
      scene.write('shop=> select 2;\r\n');
      psqlAligned(scene, ASCII);
    },
  },
  { name: 'psql-border-2', write: scene => boxed(scene, scene.random.pick([ASCII, UNICODE]), true) },
  { name: 'psql-wrapped', write: scene => psqlWrapped(scene, ASCII) },
  { name: 'psql-wrapped-unicode', write: scene => psqlWrapped(scene, UNICODE) },
  { name: 'psql-expanded', write: expanded },
  { name: 'psql-unaligned', write: scene => delimited(scene, '|', plain, true) },
  { name: 'csv', write: scene => delimited(scene, scene.random.pick([',', ';']), csvCell) },
  { name: 'mysql', write: scene => boxed(scene, ASCII, false) },
  { name: 'mysql-vertical', write: vertical },
  { name: 'mysql-batch', write: scene => delimited(scene, '\t', plain) },
  { name: 'sqlite-column', write: sqliteColumn },
  { name: 'sqlite-list', write: scene => delimited(scene, '|', plain) },
  { name: 'sqlite-box', write: scene => boxed(scene, UNICODE, true) },
];

/** An aligned table as it would be printed, for programs that paint it. */
export function tableLines(scene: Scene): readonly (readonly Cell[])[] {
  const columns = gridOf(scene, 8);
  const widths = widthsOf(columns);
  const header = columns.map(({ name }, i) => ` ${centred(name, widths[i] ?? 0)} `).join('|');
  const bar = widths.map(width => '-'.repeat(width + 2)).join('+');
  const body = Array.from({ length: rowsIn(columns) }, (_, row) =>
    rowOf(columns, row).flatMap((cell, i): Cell[] => {
      const gap = ' '.repeat((widths[i] ?? 0) - widthOfText(textOf(cell)));
      const [left, right] = columns[i]?.isNumber === true ? [gap, ''] : ['', gap];
      return [`${i > 0 ? '|' : ''} ${left}`, cell, `${right} `];
    }),
  );
  return [[header], [bar], ...body];
}

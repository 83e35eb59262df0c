import type { FuzzValue, Scene } from '../scene.ts';
import { fillerOf, STRONG, WORDED } from '../scene.ts';
import type { Cell } from './grid.ts';
import { textOf, widthOfText } from './grid.ts';
import type { Layout } from './layout.ts';
import { sentence } from './prose.ts';
import { tableLines } from './tables.ts';

const at = (y: number, x: number): string => `\x1b[${y};${x}H`;

/** Two or more parts of a value put in their places, in any order. */
function writeByAddress(scene: Scene, value: FuzzValue, place: readonly [number, number]): void {
  const cuts = new Set([0, value.text.length]);
  for (let i = scene.random.int(1, 3); i > 0; i--) cuts.add(scene.random.int(1, value.text.length - 1));
  const ends = [...cuts].sort((a, b) => a - b);
  const parts = ends.slice(1).map((to, i) => ({ from: ends[i] ?? 0, to }));
  for (const { from, to } of scene.random.shuffled(parts)) {
    scene.write(
      scene.random.pick([at(place[0], place[1] + from), `\x1b[${place[0]}d\x1b[${place[1] + from}G`]),
    );
    scene.writeValue(value, { from, to });
  }
}

const clippedTo = (
  cells: readonly Cell[],
  from: number,
  cols: number,
): { cell: Cell; from: number; to: number }[] => {
  let column = 0;
  return cells.flatMap(cell => {
    const text = textOf(cell);
    const [start, end] = [column, column + widthOfText(text)];
    column = end;
    const [first, last] = [Math.max(0, from - start), Math.min(text.length, from + cols - start)];
    return first < last ? [{ cell, from: first, to: last }] : [];
  });
};

/** A line of a table from a column on, cut off at the right edge. */
function writeClipped(scene: Scene, cells: readonly Cell[], from: number): void {
  for (const part of clippedTo(cells, from, scene.size.cols)) {
    if (typeof part.cell === 'string') scene.write(part.cell.slice(part.from, part.to));
    else scene.writeValue(part.cell, { from: part.from, to: part.to, isNamed: part.cell.hasKey });
  }
}

const isNarrow = (lines: readonly (readonly Cell[])[]): boolean =>
  lines.every(cells => cells.every(cell => widthOfText(textOf(cell)) === textOf(cell).length));

/** less: pages, then line by line, the prompt in the last row. */
function pager(scene: Scene, isShifted: boolean): void {
  const lines = tableLines(scene);
  const width = Math.max(
    ...lines.map(cells => cells.reduce((sum, cell) => sum + widthOfText(textOf(cell)), 0)),
  );
  if (!isShifted || !isNarrow(lines)) scene.needs(Math.min(300, width + 1));
  const shift = isShifted && isNarrow(lines) ? scene.random.int(0, Math.max(0, width - 30)) : 0;
  const page = scene.size.rows - 1;
  scene.write('\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b=\r');
  lines.forEach((cells, i) => {
    if (i >= page) scene.write('\r\x1b[K');
    writeClipped(scene, cells, 0);
    scene.write('\x1b[m\r\n');
    if (i >= page - 1) scene.write(':');
  });
  scene.write(
    scene.random.pick(['\r\x1b[K\x1b[7m(END)\x1b[27m\x1b[K', '\r\x1b[Kusers.txt lines 1-9/99 10%\x1b[K']),
  );
  if (shift > 0) {
    scene.write('\r\x1b[K\x1b[H\x1b[J');
    for (const cells of lines.slice(0, page)) {
      writeClipped(scene, cells, shift);
      scene.write('\r\n');
    }
    scene.write('\x1b[7m(END)\x1b[27m\x1b[K');
  }
  scene.write('\r\x1b[K\x1b[?1l\x1b>\x1b[?1049l\x1b[23;0;0t$ ');
}

/** Programs that paint the screen. */
export const SCREEN_LAYOUTS: readonly Layout[] = [
  {
    name: 'addressed',
    write(scene) {
      const value = scene.value(STRONG);
      scene.needs(value.text.length + 6, 6);
      const { cols, rows } = scene.size;
      const place = [
        scene.random.int(1, rows - 1),
        scene.random.int(1, cols - value.text.length - 1),
      ] as const;
      if (scene.random.chance(0.5)) scene.write('\x1b[H\x1b[2J');
      writeByAddress(scene, value, place);
      scene.write(at(rows, 1));
    },
  },
  {
    name: 'addressed-form',
    write(scene) {
      scene.write('\x1b[?1049h\x1b[2J');
      for (let row = 2; row < 5; row++) {
        const value = scene.value(WORDED);
        const label = `${value.kind.label}: `;
        scene.needs(label.length + value.text.length + 6, 8);
        scene.write(at(row, 3) + label);
        writeByAddress(scene, value, [row, 3 + label.length]);
      }
      scene.write(`${at(8, 1)}\x1b[?1049l`);
    },
  },
  {
    name: 'scroll-region',
    write(scene) {
      scene.needs(40, 10);
      const { rows } = scene.size;
      scene.write(`\x1b[?1049h\x1b[2J\x1b[3;${rows - 2}r${at(3, 1)}`);
      for (let i = scene.random.int(2, rows + 4); i > 0; i--) {
        const value = scene.value(WORDED);
        const [before, after] = sentence(scene, value);
        scene.needs(before.length + value.text.length + after.length + 1, 10);
        scene.write(before);
        scene.writeValue(value);
        scene.write(
          after +
            scene.random.pick([
              '\r\n',
              '\r\n',
              `\x1b[${rows - 2};1H\r\n`,
              `${at(4, 1)}\x1bM`,
              `${at(5, 1)}\x1b[L`,
              `${at(4, 1)}\x1b[M`,
              `${at(6, 1)}\x1b[S`,
            ]),
        );
      }
      scene.write('\x1b[r\x1b[?1049l');
    },
  },
  {
    name: 'synchronised-frames',
    write(scene) {
      const value = scene.value(STRONG);
      scene.needs(value.text.length + 12, 6);
      for (let frame = 0; frame < 3; frame++) {
        scene.write(`\x1b[?2026h\x1b[H\x1b[2J frame ${frame}${at(3, 5)}`);
        scene.writeValue(value);
        scene.write(`${at(5, 1)}${fillerOf(scene.random, 10)}\x1b[?2026l`);
      }
    },
  },
  {
    name: 'moving-value',
    write(scene) {
      const value = scene.value(STRONG);
      scene.needs(value.text.length + 12, 8);
      const { rows } = scene.size;
      scene.write(`\x1b[?1049h\x1b[2J${at(4, 3)}`);
      scene.writeValue(value);
      scene.write(at(scene.random.int(1, rows), 1));
      scene.write(
        scene.random.pick([
          '\x1b[L',
          '\x1b[M',
          '\x1b[S',
          '\x1b[T',
          '\x1bM',
          `\x1b[4;1H\x1b[3@`,
          '\x1b[4;1H\x1b[2P',
          '\x1b[4;3H\x1b[1K',
        ]),
      );
      scene.write(`${at(rows, 1)}:`);
    },
  },
  { name: 'pager', write: scene => pager(scene, false) },
  { name: 'pager-shifted', write: scene => pager(scene, true) },
  {
    name: 'status-line',
    write(scene) {
      const value = scene.value(STRONG);
      scene.needs(value.text.length + 30, 6);
      const { rows } = scene.size;
      scene.write(`\x1b[1;${rows - 1}r\x1b[${rows};1H\x1b[7mconnected as `);
      scene.writeValue(value);
      scene.write(`\x1b[27m\x1b[1;1H`);
      for (let i = 0; i < 3; i++) scene.write(`${fillerOf(scene.random, 20)}\r\n`);
      scene.write('\x1b[r');
    },
  },
];

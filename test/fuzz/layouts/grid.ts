import type { FuzzValue, Scene } from '../scene.ts';
import { codeOf, STRONG } from '../scene.ts';
import type { ValueKind } from '../values/kind.ts';
import { VALUE_KINDS } from '../values/kinds.ts';

/** A cell: text, or a value. */
export type Cell = string | FuzzValue;

export interface Column {
  readonly name: string;
  readonly isNumber: boolean;
  readonly cells: readonly Cell[];
}

export const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/gu;
/** Terminal columns of a cell's text. */
export const widthOfText = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0);

const FILLER_COLUMNS: readonly (readonly [
  name: string,
  isNumber: boolean,
  cell: (scene: Scene, row: number) => string,
])[] = [
  ['status', false, scene => scene.random.pick(['active', 'closed', 'on hold', ''])],
  ['quantity', true, scene => String(scene.random.int(1, 99))],
  ['remark', false, scene => scene.random.pick(['none', '世界', 'gift', 'é à la carte', 'NULL'])],
  ['code', false, scene => codeOf(scene.random)],
];

/** The result of a query: an id, one to three columns of values, some others; in any order but the first. */
export function gridOf(scene: Scene, maxRows = 6): readonly Column[] {
  const { random } = scene;
  const count = random.int(1, maxRows);
  const rows = Array.from({ length: count }, (_, row) => row);
  const kinds = new Set<ValueKind>();
  for (let i = random.int(1, 3); i > 0; i--) kinds.add(random.pick(VALUE_KINDS));
  const names = new Set<string>();
  const columns: Column[] = [];
  for (const kind of kinds) {
    if (names.has(kind.key)) continue;
    names.add(kind.key);
    columns.push({
      name: kind.key,
      isNumber: false,
      cells: rows.map(() => scene.value(kind, kind.isNamedByKey)),
    });
  }
  for (const [name, isNumber, cell] of FILLER_COLUMNS)
    if (random.chance(0.4)) columns.push({ name, isNumber, cells: rows.map(row => cell(scene, row)) });
  // a free text between the others
  if (random.chance(0.3))
    columns.push({ name: 'note', isNumber: false, cells: rows.map(() => scene.value(STRONG)) });
  return [
    { name: 'id', isNumber: true, cells: rows.map(row => String(row + 1)) },
    ...random.shuffled(columns),
  ];
}

export function writeCell(scene: Scene, cell: Cell, as?: (text: string) => string): void {
  if (typeof cell === 'string') scene.write(as === undefined ? cell : as(cell));
  else scene.writeValue(cell, { isNamed: cell.hasKey, ...(as === undefined ? {} : { as }) });
}

/** One row of the columns. */
export const rowOf = (columns: readonly Column[], row: number): Cell[] =>
  columns.map(column => column.cells[row] ?? '');

export const rowsIn = (columns: readonly Column[]): number => columns[0]?.cells.length ?? 0;

/** A record with a few keys, for documents. */
export function recordOf(scene: Scene): readonly (readonly [key: string, cell: Cell])[] {
  const kinds = new Map<string, ValueKind>();
  for (let i = scene.random.int(1, 4); i > 0; i--) {
    const kind = scene.random.pick(VALUE_KINDS);
    kinds.set(kind.key, kind);
  }
  const members: (readonly [string, Cell])[] = [...kinds].map(([key, kind]) => [
    key,
    scene.value(kind, kind.isNamedByKey),
  ]);
  members.push(['status', 'active'], ['count', String(scene.random.int(1, 99))]);
  if (scene.random.chance(0.3)) members.push(['comment', scene.value(STRONG)]);
  return scene.random.shuffled(members);
}

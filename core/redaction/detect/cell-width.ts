import { widthOf } from '../vt/width.ts';

/** How a program that draws a table counts cells: as the terminal does, or with emoji as two cells, as newer tables of Unicode say. */
export type CellRuler = (codePoint: number) => number;

export const terminalRuler: CellRuler = widthOf;

export const emojiRuler: CellRuler = cp =>
  (cp >= 0x1f300 && cp <= 0x1faff) || (cp >= 0x2600 && cp <= 0x27bf && cp !== 0x2714) ? 2 : widthOf(cp);

/**
 * UTF-16 offsets at which the given cells (ascending) begin; the result is shorter where the line ends before. A cell in the middle
 * of a wide character gives null: the table is not the line's.
 */
export function offsetsAtCells(
  line: string,
  cells: readonly number[],
  ruler: CellRuler,
): readonly number[] | null {
  const offsets: number[] = [];
  let cell = 0;
  let offset = 0;
  for (const target of cells) {
    while (cell < target && offset < line.length) {
      const cp = line.codePointAt(offset) ?? 0;
      cell += cp < 0x7f ? 1 : ruler(cp);
      offset += cp > 0xffff ? 2 : 1;
    }
    if (cell < target) return offsets;
    if (cell > target) return null;
    // Combining marks belong to the cell before.
    while (
      offset < line.length &&
      line.charCodeAt(offset) > 0x2ff &&
      ruler(line.codePointAt(offset) ?? 0) === 0
    )
      offset++;
    if (offset >= line.length) return offsets;
    offsets.push(offset);
  }
  return offsets;
}

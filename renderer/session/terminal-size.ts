/** Of a monospace font, against its size: close enough for the first size; the terminal fits itself to its place at once. */
const CELL_WIDTH = 0.61;
const CELL_HEIGHT = 1.38;
/** what rail, tabs and bar take from the window */
const BESIDE_PX = 110;
const ABOVE_PX = 110;

/** The size with which a session starts, before its terminal has a place: whole cells, within what a session host accepts. */
export function estimateTerminalSize(
  page: { readonly innerWidth: number; readonly innerHeight: number },
  fontSize: number,
): { cols: number; rows: number } {
  return {
    cols: clamp(Math.floor((page.innerWidth - BESIDE_PX) / (fontSize * CELL_WIDTH)), 20, 400),
    rows: clamp(Math.floor((page.innerHeight - ABOVE_PX) / (fontSize * CELL_HEIGHT)), 5, 200),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

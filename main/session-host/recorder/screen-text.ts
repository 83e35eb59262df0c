import type { IBuffer, IBufferCell, Terminal } from '@xterm/headless';

/**
 * Text that brings a fresh terminal of the same size to the same screen: both buffers cell by cell, cursor, colours of the moment,
 * modes, scroll region, line-drawing characters. Not in it: scrollback, saved cursors, tab stops, hyperlinks, title.
 *
 * Written out because @xterm/addon-serialize loses coloured blank rows, and fills the alternate screen with the colours of the moment.
 * What xterm has no public way to read is read from its insides; where these have changed it is left out.
 */
export function screenText(terminal: Terminal): string {
  const { normal, alternate, active } = terminal.buffer;
  let text = bufferText(normal, terminal);
  if (active.type === 'alternate')
    text += `${cursorTo(normal.cursorY, Math.min(normal.cursorX, terminal.cols - 1))}\x1b[?1049h${bufferText(alternate, terminal)}`;
  return text + placementText(terminal) + modesText(terminal);
}

/** What the screen shows, without styles; a line that was wrapped is one. */
export function screenLines({ rows, buffer: { active } }: Terminal): string[] {
  const lines: string[] = [];
  for (let y = 0; y < rows; y += 1) {
    const line = active.getLine(active.baseY + y);
    const text = line?.translateToString(true) ?? '';
    if (line?.isWrapped === true && lines.length > 0) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  return lines;
}

function bufferText(buffer: IBuffer, { cols, rows }: Terminal): string {
  let text = '';
  let isRowFull = false;
  let style = '';
  const cell = buffer.getNullCell();
  for (let y = 0; y < rows; y += 1) {
    const line = buffer.getLine(buffer.baseY + y);
    if (line === undefined) break;
    const isContinued = y + 1 < rows && buffer.getLine(buffer.baseY + y + 1)?.isWrapped === true;
    const length = isContinued ? cols : usedLength(buffer, buffer.baseY + y, cols);
    // A row that the terminal itself wrapped must wrap again, or it would be two lines after a resize.
    if (length > 0 && !(line.isWrapped && isRowFull)) text += cursorTo(y, 0);
    for (let x = 0; x < length; x += 1) {
      line.getCell(x, cell);
      if (cell.getWidth() === 0) continue;
      const wanted = styleOf(cell);
      if (wanted !== style) text += wanted;
      style = wanted;
      text += cell.getChars() || ' ';
    }
    isRowFull = length === cols;
  }
  return style === '' ? text : `${text}\x1b[0m`;
}

/** Cells of a row up to the last that shows anything, a colour included. */
function usedLength(buffer: IBuffer, row: number, cols: number): number {
  const line = buffer.getLine(row);
  for (let x = cols - 1; x >= 0; x -= 1) {
    const cell = line?.getCell(x);
    if (cell !== undefined && (cell.getWidth() !== 1 || cell.getChars() !== '' || !cell.isAttributeDefault()))
      return x + 1;
  }
  return 0;
}

type Style = Pick<
  IBufferCell,
  | 'isBold'
  | 'isDim'
  | 'isItalic'
  | 'isUnderline'
  | 'isBlink'
  | 'isInverse'
  | 'isInvisible'
  | 'isStrikethrough'
  | 'isOverline'
  | 'isFgDefault'
  | 'getFgColorMode'
  | 'getFgColor'
  | 'isBgDefault'
  | 'getBgColorMode'
  | 'getBgColor'
>;

/** The SGR sequence that sets exactly this style. */
function styleOf(style: Style): string {
  const codes = ['0'];
  if (style.isBold()) codes.push('1');
  if (style.isDim()) codes.push('2');
  if (style.isItalic()) codes.push('3');
  if (style.isUnderline()) codes.push('4');
  if (style.isBlink()) codes.push('5');
  if (style.isInverse()) codes.push('7');
  if (style.isInvisible()) codes.push('8');
  if (style.isStrikethrough()) codes.push('9');
  if (style.isOverline()) codes.push('53');
  if (!style.isFgDefault()) codes.push(colour(30, style.getFgColorMode(), style.getFgColor()));
  if (!style.isBgDefault()) codes.push(colour(40, style.getBgColorMode(), style.getBgColor()));
  return `\x1b[${codes.join(';')}m`;
}

/** xterm's colour modes: one of 16 (which bold makes bright), one of 256, or 24 bits. */
const MODE_16 = 0x1000000;
const MODE_RGB = 0x3000000;

/** `base`: 30 for the foreground, 40 for the background. */
function colour(base: number, mode: number, value: number): string {
  if (mode === MODE_16) return String(value < 8 ? base + value : base + 60 + value - 8);
  if (mode === MODE_RGB) return `${base + 8};2;${value >> 16};${(value >> 8) & 255};${value & 255}`;
  return `${base + 8};5;${value}`;
}

/** Whether a line feed in the last row moves every row up. False also where this cannot be known. */
export function scrollsWhole(terminal: Terminal): boolean {
  const core: unknown = Reflect.get(terminal, '_core');
  return (
    numberAt(core, ['buffer', 'scrollTop']) === 0 &&
    numberAt(core, ['buffer', 'scrollBottom']) === terminal.rows - 1
  );
}

/** Scroll region, cursor, and the style of what is written next. */
function placementText(terminal: Terminal): string {
  const core: unknown = Reflect.get(terminal, '_core');
  const { cols, rows, modes } = terminal;
  const { active } = terminal.buffer;
  const top = numberAt(core, ['buffer', 'scrollTop']) ?? 0;
  const bottom = numberAt(core, ['buffer', 'scrollBottom']) ?? rows - 1;
  let text = top > 0 || bottom < rows - 1 ? `\x1b[${top + 1};${bottom + 1}r` : '';
  const row = active.cursorY;
  if (modes.originMode)
    text += `\x1b[?6h${cursorTo(Math.max(0, row - top), Math.min(active.cursorX, cols - 1))}`;
  else if (active.cursorX < cols) text += cursorTo(row, active.cursorX);
  else {
    // Behind the last column with the wrap pending: only writing that column gets there.
    const line = active.getLine(active.baseY + row);
    const lastX = line?.getCell(cols - 1)?.getWidth() === 0 ? cols - 2 : cols - 1;
    const cell = line?.getCell(lastX);
    text += cursorTo(row, lastX);
    if (cell !== undefined) text += styleOf(cell) + (cell.getChars() || ' ');
  }
  const style = valueAt(core, ['_inputHandler', '_curAttrData']);
  text += isStyle(style) ? styleOf(style) : '\x1b[0m';
  const isLineDrawing = valueAt(core, ['_charsetService', 'charset', 'q']) === '─';
  return isLineDrawing ? `${text}\x1b(0` : text;
}

function modesText(terminal: Terminal): string {
  const { modes } = terminal;
  const core: unknown = Reflect.get(terminal, '_core');
  let text = '';
  if (modes.applicationCursorKeysMode) text += '\x1b[?1h';
  if (modes.applicationKeypadMode) text += '\x1b[?66h';
  if (modes.bracketedPasteMode) text += '\x1b[?2004h';
  if (modes.insertMode) text += '\x1b[4h';
  if (modes.reverseWraparoundMode) text += '\x1b[?45h';
  if (modes.sendFocusMode) text += '\x1b[?1004h';
  if (!modes.wraparoundMode) text += '\x1b[?7l';
  if (modes.mouseTrackingMode !== 'none') text += `\x1b[?${MOUSE_MODES[modes.mouseTrackingMode]}h`;
  if (valueAt(core, ['coreService', 'isCursorHidden']) === true) text += '\x1b[?25l';
  return text;
}

const MOUSE_MODES = { x10: 9, vt200: 1000, drag: 1002, any: 1003 } as const;

/** `row` and `column` from 0 */
function cursorTo(row: number, column: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}

function isStyle(value: unknown): value is Style {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'isBold') === 'function' &&
    typeof Reflect.get(value, 'getFgColor') === 'function'
  );
}

function numberAt(root: unknown, path: readonly string[]): number | null {
  const value = valueAt(root, path);
  return typeof value === 'number' ? value : null;
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

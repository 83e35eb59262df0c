import type { Terminal } from '@xterm/xterm';

type Position = readonly [x: number, y: number] | undefined;
type SelectionChanged = (start: Position, end: Position, isColumns: boolean) => void;

/**
 * xterm.js tells its renderer of the selection each time that something scrolls, also where nothing is selected, and the DOM renderer then draws
 * all rows anew, within synchronised output as well (https://github.com/xtermjs/xterm.js/issues/4633): in a flood, twice as many
 * frames as are wanted. From here on it is told only while there is a selection, and once when there is none any more.
 *
 * What has no public way is done to its insides; false where these have changed: it then draws as it always did. Called once the terminal is open.
 */
export function drawNoEmptySelections(terminal: Terminal): boolean {
  const core: unknown = Reflect.get(terminal, '_core');
  const drawing: unknown = isObject(core) ? Reflect.get(core, '_renderService') : null;
  if (!isObject(drawing)) return false;
  const told: unknown = Reflect.get(drawing, 'handleSelectionChanged');
  if (typeof told !== 'function') return false;
  let isShown = false;
  const tell: SelectionChanged = (start, end, isColumns) => {
    const isSelected = start !== undefined && end !== undefined;
    if (!isSelected && !isShown) return;
    isShown = isSelected;
    Reflect.apply(told, drawing, [start, end, isColumns]);
  };
  return Reflect.set(drawing, 'handleSelectionChanged', tell);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

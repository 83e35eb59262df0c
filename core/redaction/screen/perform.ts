import type { Params } from '../vt/params.ts';
import { PROTECTED } from '../vt/sgr.ts';
import {
  alignmentPattern,
  deleteCharacters,
  deleteLines,
  eraseCharacters,
  eraseInDisplay,
  eraseInLine,
  index,
  insertCharacters,
  insertLines,
  reverseIndex,
  scrollDown,
  scrollUp,
  setMargins,
  shiftColumns,
} from './edit.ts';
import type { Screen } from './screen.ts';

const DESIGNATORS: Readonly<Record<string, number>> = { '(': 0, ')': 1, '*': 2, '+': 3, '-': 1, '.': 2 };

/** Does what xterm.js does for an ESC sequence: its intermediate, if any, and its final byte. */
export function performEscape(screen: Screen, name: string): void {
  switch (name) {
    case '7':
      return saveCursor(screen);
    case '8':
      return restoreCursor(screen);
    case 'D':
      return index(screen);
    case 'E':
      screen.buffer.x = 0;
      return index(screen);
    case 'H':
      screen.buffer.tabs.add(screen.buffer.x);
      return;
    case 'M':
      return reverseIndex(screen);
    case 'c':
      return screen.reset();
    case 'n':
    case '}':
      return screen.shiftTo(2);
    case 'o':
    case '|':
      return screen.shiftTo(3);
    case '~':
      return screen.shiftTo(1);
    case '#8':
      return alignmentPattern(screen);
    case '%@':
    case '%G':
      screen.shiftTo(0);
      return screen.designate(0, 'B');
  }
  const level = name.length === 2 ? DESIGNATORS[name.charAt(0)] : undefined;
  if (level !== undefined) screen.designate(level, name.charAt(1));
}

/** Does what a control character does; false where the terminal does nothing for it. */
export function performControl(screen: Screen, code: number): boolean {
  switch (code) {
    case 0x08:
      screen.backspace();
      return true;
    case 0x09:
      screen.tab();
      return true;
    case 0x0a:
    case 0x0b:
    case 0x0c:
      screen.lineFeed();
      return true;
    case 0x0d:
      screen.buffer.x = 0;
      return true;
    case 0x0e:
    case 0x0f:
      screen.shiftTo(0x0f - code);
      return true;
    case 0x84:
      index(screen);
      return true;
    case 0x85:
      screen.buffer.x = 0;
      index(screen);
      return true;
    case 0x88:
      screen.buffer.tabs.add(screen.buffer.x);
      return true;
    default:
      return false;
  }
}

/** Does on the shadow screen what xterm.js does for a CSI sequence. Modes have their own function; REP is the redactor's. */
export function performCsi(screen: Screen, name: string, params: Params): void {
  const { buffer } = screen;
  const count = params.at(0, 1);
  switch (name) {
    case 'm':
      return screen.sgr.apply(params);
    case 'A':
      return screen.moveBy(0, -Math.min(count, buffer.y >= buffer.top ? buffer.y - buffer.top : count));
    case 'B':
      return screen.moveBy(0, Math.min(count, buffer.y <= buffer.bottom ? buffer.bottom - buffer.y : count));
    case 'C':
    case 'a':
      return screen.moveBy(count, 0);
    case 'D':
      return screen.moveBy(-count, 0);
    case 'E':
      performCsi(screen, 'B', params);
      buffer.x = 0;
      return;
    case 'F':
      performCsi(screen, 'A', params);
      buffer.x = 0;
      return;
    case 'G':
    case '`':
      // in origin mode the origin counts twice, as in xterm.js
      return screen.moveTo(count - 1, buffer.y);
    case 'H':
    case 'f':
      return screen.moveTo(params.at(1, 1) - 1, count - 1);
    case 'd':
      return screen.moveTo(buffer.x, count - 1);
    case 'e':
      return screen.moveBy(0, count);
    case 'I':
      if (buffer.x < screen.cols)
        for (let i = Math.min(count, screen.cols); i > 0; i--) buffer.x = buffer.nextTab(buffer.x);
      return;
    case 'Z':
      if (buffer.x < screen.cols)
        for (let i = Math.min(count, screen.cols); i > 0; i--) buffer.x = buffer.previousTab(buffer.x);
      return;
    case 'J':
    case '?J':
      return eraseInDisplay(screen, params.values[0] ?? 0, name === '?J');
    case 'K':
    case '?K':
      return eraseInLine(screen, params.values[0] ?? 0, name === '?K');
    case 'X':
      return eraseCharacters(screen, count);
    case '@':
      return insertCharacters(screen, count);
    case 'P':
      return deleteCharacters(screen, count);
    case 'L':
      return insertLines(screen, count);
    case 'M':
      return deleteLines(screen, count);
    case 'S':
      return scrollUp(screen, count);
    case 'T':
      return scrollDown(screen, count);
    case ' @':
      return shiftColumns(screen, 0, count, false);
    case ' A':
      return shiftColumns(screen, 0, count, true);
    case "'}":
      return shiftColumns(screen, buffer.x, count, true);
    case "'~":
      return shiftColumns(screen, buffer.x, count, false);
    case 'g':
      if (params.values[0] === 0) buffer.tabs.delete(buffer.x);
      else if (params.values[0] === 3) buffer.tabs.clear();
      return;
    case 'r':
      return setMargins(screen, params);
    case 's':
      return saveCursor(screen);
    case 'u':
      return restoreCursor(screen);
    case '"q':
      return protect(screen, params.values[0] ?? 0);
    case '!p':
      return softReset(screen);
  }
}

function protect(screen: Screen, what: number): void {
  if (what === 1) screen.sgr.flags |= PROTECTED;
  else if (what === 0 || what === 2) screen.sgr.flags &= ~PROTECTED;
}

/** DECSC; xterm.js keeps colours, flags and the character set. */
export function saveCursor({ buffer, sgr, charset }: Screen): void {
  buffer.savedX = buffer.x;
  buffer.savedY = buffer.base + buffer.y;
  buffer.savedFg = sgr.fg;
  buffer.savedBg = sgr.bg;
  buffer.savedFlags = sgr.flags;
  buffer.savedCharset = charset;
}

/** DECRC. */
export function restoreCursor(screen: Screen): void {
  const { buffer, sgr } = screen;
  buffer.x = buffer.savedX;
  buffer.y = Math.max(buffer.savedY - buffer.base, 0);
  sgr.fg = buffer.savedFg;
  sgr.bg = buffer.savedBg;
  sgr.flags = buffer.savedFlags;
  screen.charset = buffer.savedCharset;
  screen.restrictCursor();
}

function softReset(screen: Screen): void {
  const { buffer } = screen;
  buffer.top = 0;
  buffer.bottom = screen.rows - 1;
  screen.resetModes();
  buffer.savedX = 0;
  buffer.savedY = buffer.base;
  buffer.savedFg = 0;
  buffer.savedBg = 0;
  buffer.savedCharset = null;
}

/** SM, RM and DECSET, DECRST, as far as they change what is shown where. */
export function setModes(
  screen: Screen,
  params: Params,
  change: { isPrivate: boolean; isOn: boolean },
): void {
  const { isPrivate, isOn } = change;
  for (let i = 0; i < params.length; i++) {
    const mode = params.values[i] ?? 0;
    if (!isPrivate) {
      if (mode === 4) screen.isInsertMode = isOn;
      else if (mode === 20) screen.isNewLineMode = isOn;
    } else setPrivateMode(screen, mode, isOn);
  }
}

function setPrivateMode(screen: Screen, mode: number, isOn: boolean): void {
  switch (mode) {
    case 2:
      if (isOn) screen.designateAscii();
      return;
    case 6:
      screen.isOriginMode = isOn;
      return screen.moveTo(0, 0);
    case 7:
      screen.isAutoWrap = isOn;
      return;
    case 45:
      screen.isReverseWrap = isOn;
      return;
    case 1048:
      return isOn ? saveCursor(screen) : restoreCursor(screen);
    case 1049:
      if (isOn) saveCursor(screen);
      switchBuffer(screen, isOn);
      if (!isOn) restoreCursor(screen);
      return;
    case 47:
    case 1047:
      return switchBuffer(screen, isOn);
  }
}

function switchBuffer(screen: Screen, toAlternate: boolean): void {
  if (toAlternate) screen.enterAlternate();
  else screen.leaveAlternate();
}

export function hasMode(params: Params, modes: readonly number[]): boolean {
  for (let i = 0; i < params.length; i++) if (modes.includes(params.values[i] ?? 0)) return true;
  return false;
}

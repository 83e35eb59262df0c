import { TERMINAL_FONT } from '../session/terminal-theme.ts';

/** The CSS font family of terminals: the chosen font before the usual ones, which stand in where it is not installed. */
export function fontStack(family: string): string {
  return family === '' ? TERMINAL_FONT : `"${family}", ${TERMINAL_FONT}`;
}

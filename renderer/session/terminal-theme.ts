import type { ISearchOptions } from '@xterm/addon-search';
import type { ITheme } from '@xterm/xterm';

/** Colours of the terminal in both themes; the sixteen are chosen so that each reads on the background (WCAG 1.4.3). */
export const TERMINAL_THEMES: Record<'dark' | 'light', ITheme> = {
  dark: {
    background: '#0c1113',
    foreground: '#dde5e4',
    cursor: '#66c2b0',
    cursorAccent: '#0c1113',
    selectionBackground: '#2c5a55',
    black: '#6b7a7d',
    red: '#f0766f',
    green: '#7cc784',
    yellow: '#e0b455',
    blue: '#76aaf0',
    magenta: '#cf92e0',
    cyan: '#5cc3c3',
    white: '#dde5e4',
    brightBlack: '#8a989b',
    brightRed: '#ff958e',
    brightGreen: '#9bdfa1',
    brightYellow: '#f2cd7c',
    brightBlue: '#9cc3fb',
    brightMagenta: '#e2b1f0',
    brightCyan: '#84dcdc',
    brightWhite: '#ffffff',
  },
  light: {
    background: '#fbfbf8',
    foreground: '#1d2729',
    cursor: '#0f6e60',
    cursorAccent: '#fbfbf8',
    selectionBackground: '#b9ddd5',
    black: '#1d2729',
    red: '#b3261e',
    green: '#256b2c',
    yellow: '#7a5600',
    blue: '#1f56a8',
    magenta: '#85339c',
    cyan: '#0b6a6e',
    white: '#5d6a6d',
    brightBlack: '#5d6a6d',
    brightRed: '#c5352c',
    brightGreen: '#2e7d36',
    brightYellow: '#8a6300',
    brightBlue: '#2b66bd',
    brightMagenta: '#9742ae',
    brightCyan: '#147a7e',
    brightWhite: '#3c484b',
  },
};

/** How hits of a search are marked. */
export const SEARCH_MARKS: Record<'dark' | 'light', NonNullable<ISearchOptions['decorations']>> = {
  dark: {
    matchBackground: '#54471b',
    matchOverviewRuler: '#e5bb62',
    activeMatchBackground: '#8a6514',
    activeMatchColorOverviewRuler: '#f2cd7c',
  },
  light: {
    matchBackground: '#f3e3ad',
    matchOverviewRuler: '#8a6300',
    activeMatchBackground: '#e9bd55',
    activeMatchColorOverviewRuler: '#775300',
  },
};

/** What draws text where no other font is chosen; the last ones have the scripts and pictures that most fixed-width fonts lack. */
export const TERMINAL_FONT =
  // eslint-disable-next-line no-restricted-syntax -- names of fonts, the same in every language
  "ui-monospace, 'Cascadia Mono', 'JetBrains Mono', 'SF Mono', Menlo, 'DejaVu Sans Mono', Consolas, monospace, 'Noto Sans Mono CJK SC', 'Noto Color Emoji', 'Apple Color Emoji', 'Segoe UI Emoji'";

/** The font family of terminals: the chosen font before the usual ones, which stand in where it is not installed or lacks a character. */
export function terminalFont(family: string): string {
  return family === '' ? TERMINAL_FONT : `"${family}", ${TERMINAL_FONT}`;
}

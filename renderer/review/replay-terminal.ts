import { SearchAddon } from '@xterm/addon-search';
import { Terminal } from '@xterm/xterm';
import type { Theme } from '../design/theme.ts';
import { SEARCH_MARKS, TERMINAL_FONT, TERMINAL_THEMES } from '../session/terminal-theme.ts';
import type { ReplayScreen } from './replay-scheduler.ts';

/** A terminal that only shows: sized as the recording was, its text scaled to the place that it has. */
export interface ReplayTerminal {
  readonly screen: ReplayScreen;
  attach(container: HTMLElement): void;
  setTheme(theme: Theme): void;
  /** Marks where a text stands on the screen, once what was written is shown; the next reset takes the marks away. */
  highlight(text: string): void;
  /** what is selected, else the screen: masked text, like everything here */
  text(): string;
  dispose(): void;
}

const SMALLEST_FONT = 6;
const LARGEST_FONT = 17;
/** A cell of the usual monospace fonts, against the font's size: a first guess that is then measured. */
const CELL_WIDTH = 0.605;
const CELL_HEIGHT = 1.2;
/** With 1 an underscore falls into the row below, which hides it, at some sizes. */
const LINE_HEIGHT = 1.1;

export function createReplayTerminal(theme: Theme, cols: number, rows: number): ReplayTerminal {
  const terminal = new Terminal({
    cols,
    rows,
    theme: TERMINAL_THEMES[theme],
    fontFamily: TERMINAL_FONT,
    lineHeight: LINE_HEIGHT,
    disableStdin: true,
    cursorInactiveStyle: 'outline',
    scrollback: 2_000,
    minimumContrastRatio: 4.5,
    allowProposedApi: true, // marks of hits
    linkHandler: { activate: () => undefined }, // links of a recording lead nowhere
  });
  let shown = theme;
  const search = new SearchAddon();
  terminal.loadAddon(search);
  let container: HTMLElement | null = null;
  const scale = () => {
    if (container === null || container.clientWidth === 0) return;
    const widthPx = (container.clientWidth - 24) / (terminal.cols * CELL_WIDTH);
    const heightPx = (container.clientHeight - 8) / (terminal.rows * CELL_HEIGHT * LINE_HEIGHT);
    const fontSize = Math.floor(Math.min(widthPx, heightPx) * 2) / 2;
    terminal.options.fontSize = Math.min(LARGEST_FONT, Math.max(SMALLEST_FONT, fontSize));
  };
  const observer = new ResizeObserver(scale);
  // xterm.js works off what is written later and in order; a size must change between two texts, not before both
  const resizeInOrder = (toCols: number, toRows: number) => () => {
    terminal.resize(toCols, toRows);
    scale();
  };

  return {
    screen: {
      reset(toCols, toRows) {
        search.clearDecorations();
        terminal.write('\x1bc', resizeInOrder(toCols, toRows));
      },
      resize: (toCols, toRows) => terminal.write('', resizeInOrder(toCols, toRows)),
      write: text => terminal.write(text),
    },
    attach(place) {
      container = place;
      // before it is opened: a size that changes in the moment of opening leaves xterm.js with widths measured for the size before
      scale();
      terminal.open(place);
      terminal.textarea?.setAttribute('tabindex', '-1');
      observer.observe(place);
    },
    highlight(text) {
      terminal.write('', () => {
        search.clearDecorations();
        search.findPrevious(text, { caseSensitive: false, decorations: SEARCH_MARKS[shown] });
        terminal.clearSelection();
        terminal.scrollToBottom();
      });
    },
    text() {
      if (terminal.hasSelection()) return terminal.getSelection();
      const { active } = terminal.buffer;
      const rows = Array.from({ length: terminal.rows }, (_, row) => active.getLine(active.baseY + row));
      return rows
        .map(row => row?.translateToString(true) ?? '')
        .join('\n')
        .trimEnd();
    },
    setTheme(next) {
      shown = next;
      terminal.options.theme = TERMINAL_THEMES[next];
    },
    dispose() {
      observer.disconnect();
      terminal.dispose();
    },
  };
}

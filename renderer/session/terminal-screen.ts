import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import type { IBufferRange } from '@xterm/xterm';
import { Terminal } from '@xterm/xterm';
import { TERMINAL_SCROLLBACK_ROWS } from '../../contract/terminal.ts';
import { WEB_ADDRESS } from './link-guard.ts';
import { drawNoEmptySelections } from './selection-drawing.ts';
import type { TerminalCommand } from './terminal-keys.ts';
import { terminalCommand } from './terminal-keys.ts';
import { terminalFont, TERMINAL_THEMES } from './terminal-theme.ts';
import { drawWithWebgl } from './webgl-drawing.ts';

/** How a terminal looks; may change while it lives. */
export interface TerminalLook {
  readonly theme: 'dark' | 'light';
  readonly fontSize: number;
  /** an installed font before the usual ones; empty for those alone */
  readonly fontFamily: string;
  readonly isScreenReaderOn: boolean;
}

export interface TerminalScreenOptions {
  readonly look: TerminalLook;
  /** whether the window took it; else the key is the program's */
  readonly onCommand: (command: TerminalCommand) => boolean;
  /** pasted text, before any of it has gone to the program */
  readonly onPaste: (text: string) => void;
  /** `shown`: the text that stands for the address */
  readonly onLink: (uri: string, shown: string) => void;
  /** the address under the pointer; null when it leaves */
  readonly onLinkPointedAt: (uri: string | null) => void;
  /** `element`: the terminal's */
  readonly onBell: (element: HTMLElement) => void;
}

/** An xterm.js terminal in an element of its own, which lives on while it is out of the document (behind a lock cover, in another tab). */
export interface TerminalScreen {
  readonly terminal: Terminal;
  readonly search: SearchAddon;
  attach(container: HTMLElement): void;
  /** Takes the terminal out of the document: nothing of it is left to see, select, find or read out. */
  detach(): void;
  setLook(look: TerminalLook): void;
  dispose(): void;
}

/** A container that is being laid out may have next to no size for a moment; a fit to that would tear the program's screen. */
const SMALLEST_FIT_PX = 40;

export function createTerminalScreen(options: TerminalScreenOptions): TerminalScreen {
  const element = document.createElement('div');
  element.className = 'terminal-element';
  const terminal = new Terminal({
    ...lookOptions(options.look),
    lineHeight: 1.15,
    scrollback: TERMINAL_SCROLLBACK_ROWS,
    cursorBlink: false,
    allowProposedApi: true, // the search addon marks its hits with decorations
    // a right click is for the menu, which copies the word where nothing is selected
    rightClickSelectsWord: true,
    linkHandler: {
      activate: (_event, uri, range) => options.onLink(uri, textIn(terminal, range)),
      hover: (_event, uri) => options.onLinkPointedAt(uri),
      leave: () => options.onLinkPointedAt(null),
      // what is no web address is refused with words instead of being no link at all
      allowNonHttpProtocols: true,
    },
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(
    new WebLinksAddon((_event, uri) => options.onLink(uri, uri), {
      urlRegex: WEB_ADDRESS,
      hover: (_event, uri) => options.onLinkPointedAt(uri),
      leave: () => options.onLinkPointedAt(null),
    }),
  );
  terminal.attachCustomKeyEventHandler(event => {
    const command = terminalCommand(event);
    if (command === null) return true;
    // the browser's own paste delivers the text as an event, which the guard below takes
    if (command === 'paste') return false;
    if (!options.onCommand(command)) return true;
    event.preventDefault();
    return false;
  });
  element.addEventListener(
    'paste',
    event => {
      event.preventDefault();
      event.stopPropagation();
      options.onPaste(event.clipboardData?.getData('text/plain') ?? '');
    },
    { capture: true },
  );

  let isOpened = false;
  const refit = () => {
    if (element.clientWidth > SMALLEST_FIT_PX && element.clientHeight > SMALLEST_FIT_PX) fit.fit();
  };
  const observer = new ResizeObserver(refit);
  terminal.onBell(() => options.onBell(element));

  return {
    terminal,
    search,
    attach(container) {
      container.append(element);
      if (!isOpened) {
        isOpened = true;
        terminal.open(element);
        drawWithWebgl(terminal);
        drawNoEmptySelections(terminal);
      }
      observer.observe(element);
      refit();
      terminal.refresh(0, terminal.rows - 1);
    },
    detach() {
      observer.disconnect();
      element.remove();
    },
    setLook(look) {
      Object.assign(terminal.options, lookOptions(look));
      if (element.isConnected) refit();
    },
    dispose() {
      observer.disconnect();
      element.remove();
      terminal.dispose();
    },
  };
}

function lookOptions(look: TerminalLook) {
  return {
    theme: TERMINAL_THEMES[look.theme],
    fontSize: look.fontSize,
    fontFamily: terminalFont(look.fontFamily),
    screenReaderMode: look.isScreenReaderOn,
    minimumContrastRatio: 4.5,
  };
}

/** What the cells of a link show, without the blanks at its ends. */
function textIn(terminal: Terminal, { start, end }: IBufferRange): string {
  const buffer = terminal.buffer.active;
  let text = '';
  for (let row = start.y; row <= end.y; row += 1) {
    const from = row === start.y ? start.x - 1 : 0;
    const to = row === end.y ? end.x : terminal.cols;
    text += buffer.getLine(row - 1)?.translateToString(false, from, to) ?? '';
  }
  return text.trim();
}

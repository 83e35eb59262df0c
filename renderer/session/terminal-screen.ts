import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import type { TerminalCommand } from './terminal-keys.ts';
import { terminalCommand } from './terminal-keys.ts';
import { TERMINAL_FONT, TERMINAL_THEMES } from './terminal-theme.ts';

/** How a terminal looks; may change while it lives. */
export interface TerminalLook {
  readonly theme: 'dark' | 'light';
  readonly fontSize: number;
  readonly isScreenReaderOn: boolean;
}

export interface TerminalScreenOptions {
  readonly look: TerminalLook;
  readonly onCommand: (command: TerminalCommand) => void;
  /** pasted text, before any of it has gone to the program */
  readonly onPaste: (text: string) => void;
  readonly onLink: (uri: string) => void;
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
    fontFamily: TERMINAL_FONT,
    lineHeight: 1.15,
    scrollback: TERMINAL_SCROLLBACK_ROWS,
    cursorBlink: false,
    allowProposedApi: true, // the search addon marks its hits with decorations
    linkHandler: { activate: (_event, uri) => options.onLink(uri) },
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new WebLinksAddon((_event, uri) => options.onLink(uri)));
  terminal.attachCustomKeyEventHandler(event => {
    const command = terminalCommand(event);
    if (command === null) return true;
    // the browser's own paste delivers the text as an event, which the guard below takes
    if (command !== 'paste') {
      event.preventDefault();
      options.onCommand(command);
    }
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
  terminal.onBell(() => flash(element));

  return {
    terminal,
    search,
    attach(container) {
      container.append(element);
      if (!isOpened) {
        isOpened = true;
        terminal.open(element);
        drawWithWebgl(terminal);
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
    screenReaderMode: look.isScreenReaderOn,
    minimumContrastRatio: 4.5,
  };
}

/** The GPU draws several times faster; without one (or after the driver took it away) xterm.js draws with the DOM. */
function drawWithWebgl(terminal: Terminal): void {
  if (isDrawnByProcessor()) return;
  try {
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // no WebGL 2 here: the DOM renderer is already drawing
  }
}

/** Without a GPU, browsers draw WebGL by the processor, which is slower than the DOM. */
function isDrawnByProcessor(): boolean {
  const probe = document.createElement('canvas').getContext('webgl2');
  const facts = probe?.getExtension('WEBGL_debug_renderer_info');
  if (!probe || !facts) return false;
  const renderer = String(probe.getParameter(facts.UNMASKED_RENDERER_WEBGL));
  probe.getExtension('WEBGL_lose_context')?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}

function flash(element: HTMLElement): void {
  element.classList.remove('has-bell');
  requestAnimationFrame(() => element.classList.add('has-bell'));
}
import { TERMINAL_SCROLLBACK_ROWS } from '../../contract/terminal.ts';

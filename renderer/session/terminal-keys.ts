import type { Texts } from '../texts/t.ts';

/** What a key means to the window instead of to the program; everything else belongs to the program. */
export type TerminalCommand =
  | 'copy'
  | 'paste'
  | 'search'
  | 'larger'
  | 'smaller'
  | 'usual-size'
  | 'leave'
  | 'next-tab'
  | 'previous-tab'
  | 'split-right'
  | 'split-below'
  | 'close'
  | 'focus-left'
  | 'focus-right'
  | 'focus-up'
  | 'focus-down'
  /** from the menu only */
  | 'select-all';

/** The keys of a terminal for the sheet of shortcuts; a test holds them against `terminalCommand`. */
export const TERMINAL_KEYS: readonly {
  readonly command: keyof Texts['terminalKeys'];
  readonly keys: string;
  readonly macKeys: string;
}[] = [
  { command: 'copy', keys: 'Ctrl+Shift+C', macKeys: '⌘C' },
  { command: 'paste', keys: 'Ctrl+Shift+V', macKeys: '⌘V' },
  { command: 'search', keys: 'Ctrl+Shift+F', macKeys: '⌘F' },
  { command: 'larger', keys: 'Ctrl++', macKeys: '⌘+' },
  { command: 'smaller', keys: 'Ctrl+-', macKeys: '⌘-' },
  { command: 'usual-size', keys: 'Ctrl+0', macKeys: '⌘0' },
  { command: 'next-tab', keys: 'Ctrl+Shift+PageDown', macKeys: '⌃⇧PageDown' },
  { command: 'previous-tab', keys: 'Ctrl+Shift+PageUp', macKeys: '⌃⇧PageUp' },
  {
    command: 'leave',
    keys: 'Ctrl+Shift+.',
    macKeys: '⌘.',
  },
  { command: 'split-right', keys: 'Ctrl+Shift+E', macKeys: '⇧⌘E' },
  { command: 'split-below', keys: 'Ctrl+Shift+O', macKeys: '⇧⌘O' },
  { command: 'close', keys: 'Ctrl+Shift+X', macKeys: '⇧⌘X' },
  { command: 'focus-left', keys: 'Ctrl+Shift+←', macKeys: '⇧⌘←' },
  { command: 'focus-right', keys: 'Ctrl+Shift+→', macKeys: '⇧⌘→' },
  { command: 'focus-up', keys: 'Ctrl+Shift+↑', macKeys: '⇧⌘↑' },
  { command: 'focus-down', keys: 'Ctrl+Shift+↓', macKeys: '⇧⌘↓' },
];

type KeyFacts = Pick<KeyboardEvent, 'type' | 'code' | 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/**
 * Ctrl+Shift+letter and Ctrl with plus, minus and zero never reach a program as something of their own in a terminal, so nothing is
 * taken from it; Ctrl+Shift+arrow does, and means something here only where there is a pane to go to. On macOS Cmd stands for Ctrl+Shift,
 * Cmd+Shift where the system has Cmd alone. `leave` gives keyboard users the way out (WCAG 2.1.2).
 */
export function terminalCommand(event: KeyFacts): TerminalCommand | null {
  if (event.type !== 'keydown' || event.altKey) return null;
  if (event.ctrlKey && event.shiftKey && !event.metaKey) {
    const command = SHIFTED[event.code];
    if (command !== undefined) return command;
  }
  if (event.metaKey && !event.ctrlKey) {
    const command = event.shiftKey ? PANES[event.code] : WITH_CMD[event.code];
    if (command !== undefined) return command;
  }
  if (event.ctrlKey === event.metaKey) return null;
  if (event.key === '+' || event.key === '=') return 'larger';
  if (event.key === '-') return 'smaller';
  return event.key === '0' ? 'usual-size' : null;
}

const PANES: Readonly<Record<string, TerminalCommand>> = {
  KeyE: 'split-right',
  KeyO: 'split-below',
  KeyX: 'close',
  ArrowLeft: 'focus-left',
  ArrowRight: 'focus-right',
  ArrowUp: 'focus-up',
  ArrowDown: 'focus-down',
};
const SHIFTED: Readonly<Record<string, TerminalCommand>> = {
  ...PANES,
  KeyC: 'copy',
  KeyV: 'paste',
  KeyF: 'search',
  Period: 'leave',
  PageDown: 'next-tab',
  PageUp: 'previous-tab',
};
const WITH_CMD: Readonly<Record<string, TerminalCommand>> = {
  KeyC: 'copy',
  KeyV: 'paste',
  KeyF: 'search',
  Period: 'leave',
};

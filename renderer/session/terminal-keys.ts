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
  | 'previous-tab';

type KeyFacts = Pick<KeyboardEvent, 'type' | 'code' | 'key' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/**
 * Ctrl+Shift+letter and Ctrl with plus, minus and zero never reach a program as something of their own in a terminal, so nothing is
 * taken from it. On macOS Cmd stands for Ctrl+Shift. `leave` gives keyboard users the way out (WCAG 2.1.2).
 */
export function terminalCommand(event: KeyFacts): TerminalCommand | null {
  if (event.type !== 'keydown' || event.altKey) return null;
  if (event.ctrlKey && event.shiftKey && !event.metaKey) {
    const command = SHIFTED[event.code];
    if (command !== undefined) return command;
  }
  if (event.metaKey && !event.ctrlKey && !event.shiftKey) {
    const command = WITH_CMD[event.code];
    if (command !== undefined) return command;
  }
  if (event.ctrlKey === event.metaKey) return null;
  if (event.key === '+' || event.key === '=') return 'larger';
  if (event.key === '-') return 'smaller';
  return event.key === '0' ? 'usual-size' : null;
}

const SHIFTED: Readonly<Record<string, TerminalCommand>> = {
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

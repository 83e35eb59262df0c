import { expect, test } from 'vitest';
import type { TerminalCommand } from './terminal-keys.ts';
import { TERMINAL_KEYS, terminalCommand } from './terminal-keys.ts';

function press(description: string) {
  const parts = description.split('+');
  const code = parts.at(-1) ?? '';
  return {
    type: 'keydown',
    code,
    key: { Equal: '=', Minus: '-', Digit0: '0' }[code] ?? code.replace('Key', ''),
    ctrlKey: parts.includes('Ctrl'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    metaKey: parts.includes('Meta'),
  };
}

test.each<[string, TerminalCommand | null]>([
  ['Ctrl+Shift+KeyC', 'copy'],
  ['Meta+KeyC', 'copy'],
  ['Ctrl+Shift+KeyF', 'search'],
  ['Ctrl+Shift+Period', 'leave'],
  ['Ctrl+Equal', 'larger'],
  ['Ctrl+Minus', 'smaller'],
  ['Ctrl+Digit0', 'usual-size'],
  ['Ctrl+Shift+KeyE', 'split-right'],
  ['Ctrl+Shift+KeyO', 'split-below'],
  ['Ctrl+Shift+KeyX', 'close'],
  ['Ctrl+Shift+ArrowLeft', 'focus-left'],
  ['Meta+Shift+ArrowDown', 'focus-down'],
  ['Meta+Shift+KeyC', null],
  ['Ctrl+ArrowLeft', null],
  ['Shift+ArrowLeft', null],
  ['Ctrl+KeyC', null],
  ['Ctrl+KeyD', null],
  ['Ctrl+Alt+KeyC', null],
  ['KeyC', null],
  ['Tab', null],
])('%s means %j to the window', (keys, command) => {
  expect(terminalCommand(press(keys))).toBe(command);
});

test('releasing a key means nothing', () => {
  expect(terminalCommand({ ...press('Ctrl+Shift+KeyC'), type: 'keyup' })).toBeNull();
});

const CODES: Readonly<Record<string, string>> = {
  '.': 'Period',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
};

test.each(TERMINAL_KEYS)('the sheet of shortcuts tells no lie: $keys is $command', ({ command, keys }) => {
  const parts = keys.split(/\+(?=.)/);
  const key = parts.at(-1) ?? '';
  const code = /^[A-Z]$/.test(key) ? `Key${key}` : (CODES[key] ?? key);
  const event = { ...press(`${parts.slice(0, -1).join('+')}+x`), code, key };
  expect(terminalCommand(event)).toBe(command);
});

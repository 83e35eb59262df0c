import { expect, test } from 'vitest';
import type { KeyFacts } from './chord.ts';
import type { KeyPlace } from './window-keys.ts';
import { WINDOW_KEYS, windowCommand } from './window-keys.ts';

const PLACE: KeyPlace = { isMac: false, isInTerminal: false, isInText: false, hasSingleKeys: true };
const press = (key: string, more: Partial<KeyFacts> = {}): KeyFacts => ({
  key,
  code: '',
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});
const ctrl = { ctrlKey: true };

test.each([
  ['Ctrl+K opens the palette', press('k', ctrl), {}, 'palette'],
  ['Ctrl+K in a field, too', press('k', ctrl), { isInText: true }, 'palette'],
  ['Ctrl+K in a terminal is the program’s', press('k', ctrl), { isInTerminal: true, isInText: true }, null],
  [
    'Ctrl+Shift+K reaches the palette from a terminal',
    press('K', { ctrlKey: true, shiftKey: true }),
    { isInTerminal: true, isInText: true },
    'palette',
  ],
  ['Cmd+K does so on macOS', press('k', { metaKey: true }), { isMac: true, isInTerminal: true }, 'palette'],
  [
    'Alt+1 in a terminal is the program’s',
    press('1', { altKey: true, code: 'Digit1' }),
    { isInTerminal: true },
    null,
  ],
  ['Alt+1 goes to the first view', press('1', { altKey: true, code: 'Digit1' }), {}, 'view-1'],
  ['? opens the shortcuts', press('?', { shiftKey: true }), {}, 'shortcuts'],
  ['? is typed in a field', press('?', { shiftKey: true }), { isInText: true }, null],
  ['? can be switched off', press('?', { shiftKey: true }), { hasSingleKeys: false }, null],
  ['Ctrl+/ stays then', press('/', ctrl), { hasSingleKeys: false }, 'shortcuts'],
  ['k alone is nothing', press('k'), {}, null],
])('%s', (_, event, place, command) => {
  expect(windowCommand(event, { ...PLACE, ...place })).toBe(command);
});

test('no chord stands for two commands', () => {
  const chords = WINDOW_KEYS.flatMap(key => key.chords);
  expect(new Set(chords).size).toBe(chords.length);
});

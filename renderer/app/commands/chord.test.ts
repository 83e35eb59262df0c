import { expect, test } from 'vitest';
import type { KeyFacts } from './chord.ts';
import { chordWords, isSingleKey, matchesChord } from './chord.ts';

const press = (key: string, more: Partial<KeyFacts> = {}): KeyFacts => ({
  key,
  code: '',
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test.each([
  ['Mod+K', press('k', { ctrlKey: true }), false, true],
  ['Mod+K', press('k', { metaKey: true }), false, false],
  ['Mod+K', press('k', { metaKey: true }), true, true],
  ['Mod+K', press('k', { ctrlKey: true }), true, false],
  ['Mod+K', press('K', { ctrlKey: true, shiftKey: true }), false, false],
  ['Mod+Shift+K', press('K', { ctrlKey: true, shiftKey: true }), false, true],
  ['Mod+K', press('k', { ctrlKey: true, altKey: true }), false, false],
  ['Mod+K', press('k'), false, false],
  ['?', press('?', { shiftKey: true }), false, true],
  ['?', press('?', { ctrlKey: true }), false, false],
  ['Mod+/', press('/', { ctrlKey: true, shiftKey: true }), false, true],
  ['Alt+1', press('1', { altKey: true, code: 'Digit1' }), false, true],
  ['Alt+1', press('¡', { altKey: true, code: 'Digit1' }), true, true],
  ['Alt+1', press('1', { code: 'Digit1' }), false, false],
])('%s against %j, on macOS: %s → %s', (chord, event, isMac, matches) => {
  expect(matchesChord(event, chord, isMac)).toBe(matches);
});

test('a chord is written as the system of the person writes it', () => {
  expect(chordWords('Mod+Shift+K', false)).toBe('Ctrl+Shift+K');
  expect(chordWords('Mod+Shift+K', true)).toBe('⇧⌘K');
  expect(chordWords('?', true)).toBe('?');
});

test('a key alone is told from one with Ctrl or Alt', () => {
  expect(['?', 'Mod+/', 'Alt+1', 'Shift+A'].map(isSingleKey)).toEqual([true, false, false, true]);
});

import { expect, test } from 'vitest';
import { createPreferences, USUAL_PREFERENCES } from './preferences.ts';

function fakeStorage(initial: Record<string, string> = {}): Storage {
  const entries = new Map(Object.entries(initial));
  return {
    get length() {
      return entries.size;
    },
    clear: () => entries.clear(),
    getItem: key => entries.get(key) ?? null,
    key: index => [...entries.keys()][index] ?? null,
    removeItem: key => entries.delete(key),
    setItem: (key, value) => entries.set(key, value),
  };
}

test('a preference is still there after the window was opened again', () => {
  const storage = fakeStorage();
  createPreferences(storage).set(previous => ({ ...previous, theme: 'light' }));
  expect(createPreferences(storage).get().theme).toBe('light');
});

test('storage with something else in it gives the usual preferences', () => {
  const broken = fakeStorage({ 'sallyport.preferences': '{"theme":"neon"' });
  expect(createPreferences(broken).get()).toEqual(USUAL_PREFERENCES);
});

test('one value that cannot be read leaves the others as they are', () => {
  const stored = { theme: 'neon', fontSize: 20, fontFamily: 'Mono"; }', notifications: ['request'] };
  const storage = fakeStorage({ 'sallyport.preferences': JSON.stringify(stored) });
  expect(createPreferences(storage).get()).toEqual({
    ...USUAL_PREFERENCES,
    fontSize: 20,
    notifications: ['request'],
  });
});

test.each([
  [7, 14],
  [8, 8],
  [32, 32],
  [33, 14],
])('a font of %i pixels is read as %i', (stored, read) => {
  const storage = fakeStorage({ 'sallyport.preferences': JSON.stringify({ fontSize: stored }) });
  expect(createPreferences(storage).get().fontSize).toBe(read);
});

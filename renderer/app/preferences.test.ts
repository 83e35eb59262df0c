import { expect, test } from 'vitest';
import { createPreferences } from './preferences.ts';

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

test('storage with something else in it gives the defaults', () => {
  const broken = fakeStorage({ 'sallyport.preferences': '{"theme":"neon"' });
  expect(createPreferences(broken).get()).toEqual({ theme: 'system', fontSize: 14, isScreenReaderOn: false });
});

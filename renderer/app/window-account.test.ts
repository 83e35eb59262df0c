import { expect, test } from 'vitest';
import { createWindowAccount } from './window-account.ts';

function storageOf(entries: Map<string, string>): Storage {
  const storage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
  };
  return storage as Storage; // only what is used
}

test('who acts in a window is known again after a reload', () => {
  const storage = storageOf(new Map());
  createWindowAccount(storage).set('ada');
  expect(createWindowAccount(storage).get()).toBe('ada');
  createWindowAccount(storage).set(null);
  expect(createWindowAccount(storage).get()).toBeNull();
});

test('storage that refuses does not make a window forget while it is open', () => {
  const refuse = () => {
    throw new Error('forbidden');
  };
  const account = createWindowAccount({
    getItem: refuse,
    setItem: refuse,
    removeItem: refuse,
  } as unknown as Storage);
  account.set('ada');
  expect(account.get()).toBe('ada');
});

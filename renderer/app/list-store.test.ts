import { expect, test } from 'vitest';
import type { Outcome } from '../../contract/errors.ts';
import { createListStore } from './list-store.ts';

interface Entry {
  readonly id: string;
  readonly state: string;
}
const ready = (value: Entry[]): Outcome<Entry[]> => ({ ok: true, value });

test('an event replaces the entry with the same id and puts a new one in front', async () => {
  const list = createListStore<Entry>(async () => ready([{ id: 'a', state: 'pending' }]));
  await list.load();
  list.put({ id: 'a', state: 'approved' });
  list.put({ id: 'b', state: 'pending' });
  expect(list.get().value).toEqual([
    { id: 'b', state: 'pending' },
    { id: 'a', state: 'approved' },
  ]);
});

test('a failed reload keeps what was known and says why', async () => {
  const answers: Outcome<Entry[]>[] = [
    ready([{ id: 'a', state: 'x' }]),
    { ok: false, error: { code: 'server-unreachable', message: 'The server is down.' } },
  ];
  const list = createListStore<Entry>(async () => answers.shift() ?? ready([]));
  await list.load();
  await list.load();
  expect(list.get().status).toBe('failed');
  expect(list.get().failure?.message).toBe('The server is down.');
  expect(list.get().value).toHaveLength(1);
});

test('an answer that was asked for before the list was cleared is thrown away', async () => {
  let answer: (outcome: Outcome<Entry[]>) => void = () => undefined;
  const list = createListStore<Entry>(() => new Promise(resolve => (answer = resolve)));
  const loading = list.load();
  list.clear();
  answer(ready([{ id: 'of-another-account', state: 'x' }]));
  await loading;
  expect(list.get()).toEqual({ status: 'loading', value: null, failure: null });
});

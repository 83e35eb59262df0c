import { expect, test } from 'vitest';
import { createForeground } from './foreground.ts';

test('what runs behind waits while anything is awaited in front, also where that fails', async () => {
  const foreground = createForeground();
  await foreground.idle();
  const order: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const first = foreground.run(() => promise).catch(() => order.push('first failed'));
  const other = foreground.run(() => second.promise).then(() => order.push('second done'));
  const behind = foreground.idle().then(() => order.push('behind'));
  reject(new Error('away'));
  await first;
  await new Promise(setImmediate);
  expect(order).toEqual(['first failed']);
  second.resolve();
  await Promise.all([other, behind]);
  expect(order.at(-1)).toBe('behind');
  resolve();
});

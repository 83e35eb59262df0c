import { describe, expect, it, vi } from 'vitest';
import { inBatches } from './in-batches.ts';

/** A statement that answers when it is told to, and what it was asked each time. */
function heldStatement() {
  const asked: (readonly number[])[] = [];
  const release: ((error?: Error) => void)[] = [];
  const ask = inBatches((items: readonly number[]) => {
    asked.push(items);
    return new Promise<readonly string[]>((resolve, reject) => {
      release.push(error => (error === undefined ? resolve(items.map(String)) : reject(error)));
    });
  });
  const started = async (count: number) => {
    while (release.length < count) await new Promise(resolve => setImmediate(resolve));
  };
  return { ask, asked, release, started };
}

describe('questions in batches', () => {
  it('keeps what comes soon after a statement for the next one, and is late for nobody who comes alone', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    try {
      const asked: (readonly number[])[] = [];
      const ask = inBatches(async (items: readonly number[]) => {
        asked.push(items);
        return items;
      });
      expect(await ask(1)).toBe(1);
      const soon = [ask(2), ask(3)];
      await vi.advanceTimersByTimeAsync(9);
      expect(asked).toEqual([[1]]);
      await vi.advanceTimersByTimeAsync(1);
      expect(await Promise.all(soon)).toEqual([2, 3]);
      vi.advanceTimersByTime(10);
      expect(await ask(4)).toBe(4);
      expect(asked).toEqual([[1], [2, 3], [4]]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks at once when idle, and gathers what comes meanwhile into the next', async () => {
    const { ask, asked, release, started } = heldStatement();
    const first = ask(1);
    await started(1);
    const others = [ask(2), ask(3)];
    expect(asked).toEqual([[1]]);
    release[0]?.();
    expect(await first).toBe('1');
    await started(2);
    expect(asked).toEqual([[1], [2, 3]]);
    release[1]?.();
    expect(await Promise.all(others)).toEqual(['2', '3']);
  });

  it('fails those of one batch and none of the next', async () => {
    const { ask, release, started } = heldStatement();
    const first = ask(1);
    await started(1);
    const second = ask(2);
    release[0]?.(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    await started(2);
    release[1]?.();
    expect(await second).toBe('2');
  });

  it('divides what is too much for one statement, and answers everybody', async () => {
    const sizes: number[] = [];
    const ask = inBatches(async (items: readonly number[]) => {
      sizes.push(items.length);
      return items;
    });
    const numbers = Array.from({ length: 1_201 }, (_, index) => index);
    expect(await Promise.all(numbers.map(ask))).toEqual(numbers);
    expect(sizes).toEqual([500, 500, 201]);
  });

  it('refuses a batch whose answers do not belong to its items', async () => {
    const ask = inBatches(async (items: readonly number[]) => items.slice(1));
    await expect(Promise.all([ask(1), ask(2)])).rejects.toThrow('item by item');
  });
});

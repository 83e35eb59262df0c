import { describe, expect, it } from 'vitest';
import { createUploadLocks } from './upload-locks.ts';

const never = new AbortController().signal;
/** Lets everything that can go on go on. */
const settled = () => new Promise(resolve => setImmediate(resolve));

/** A request for one upload, and what was heard of it in order. */
function createRequests() {
  const heard: string[] = [];
  const locks = createUploadLocks();
  const begin = (name: string, signal: AbortSignal = never) => {
    const lock = locks.newLock('upload');
    const locked = lock
      .lock(signal, () => void heard.push(`${name} is asked to end`))
      .then(
        () => heard.push(`${name} has it`),
        (error: Error & { status_code?: number }) => heard.push(`${name} was refused: ${error.status_code}`),
      );
    return { locked, unlock: () => lock.unlock() };
  };
  return { heard, begin, locks };
}

describe('locks of uploads', () => {
  it('go round in the order in which they were asked for, and whoever holds one hears that others wait', async () => {
    const { heard, begin } = createRequests();
    const [a, b, c] = [begin('a'), begin('b'), begin('c')];
    await settled();
    expect(heard).toEqual(['a is asked to end', 'a is asked to end', 'a has it']);
    heard.length = 0;
    await a.unlock();
    await b.locked;
    expect(heard).toEqual(['b is asked to end', 'b has it']);
    await b.unlock();
    await c.locked;
    await c.unlock();
    expect(heard.at(-1)).toBe('c has it');
    await begin('d').locked;
    expect(heard.at(-1)).toBe('d has it');
  });

  it('of different uploads do not wait for each other', async () => {
    const { begin, locks } = createRequests();
    await begin('a').locked;
    await locks.newLock('another').lock(never, () => {
      throw new Error('nobody waits');
    });
  });

  it('are not given to a request that is gone', async () => {
    const { heard, begin } = createRequests();
    const gone = new AbortController();
    const a = begin('a');
    const b = begin('b', gone.signal);
    const c = begin('c');
    await settled();
    gone.abort();
    await b.locked;
    await a.unlock();
    await c.locked;
    expect(heard.slice(-2)).toEqual(['b was refused: 423', 'c has it']);
  });

  it('are waited for no longer than the time', async () => {
    const locks = createUploadLocks(1);
    await locks.newLock('upload').lock(never, () => undefined);
    await expect(locks.newLock('upload').lock(never, () => undefined)).rejects.toMatchObject({
      status_code: 423,
    });
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordingSource } from '../recording-source.ts';
import { createMemorySource } from '../recording-source.ts';
import { createLiveBytes } from './live-bytes.ts';

const MiB = 1024 * 1024;
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251);

/** A recording that counts what is fetched of it. */
function counted(bytes: Uint8Array) {
  const fetched: [number, number][] = [];
  const memory = createMemorySource(bytes);
  const source: RecordingSource = {
    ...memory,
    async read(range) {
      const found = await memory.read(range);
      fetched.push([found.from, found.from + found.bytes.length]);
      return found;
    },
  };
  return { source, fetched };
}

test('what the view fetched is checked without being fetched again', async () => {
  const whole = bytesOf(1000);
  const { source, fetched } = counted(whole);
  const live = createLiveBytes(source);
  await live.source.read({ from: 400, to: 700 });
  await live.source.read({ from: 650, to: 1000 });
  const checked: number[] = [];
  for (let from = 0; from < 1000; ) {
    const some = await live.readOn(from, 1000);
    checked.push(...some);
    from += some.length;
  }
  expect(Uint8Array.from(checked)).toEqual(whole);
  expect(fetched).toEqual([
    [400, 700],
    [650, 1000],
    [0, 400],
  ]);
  expect(await live.readOn(1000, 2000)).toHaveLength(0);
});

test('a check that falls behind fetches for itself, and little is kept for it', async () => {
  const { source, fetched } = counted(bytesOf(4 * MiB));
  const live = createLiveBytes(source);
  for (let from = 0; from < 4 * MiB; from += MiB) await live.source.read({ from, to: from + MiB });
  const [first, behind] = [await live.readOn(0, MiB), await live.readOn(MiB, 4 * MiB)];
  expect([first.length, behind.length]).toEqual([MiB, MiB]);
  expect(fetched.slice(4)).toEqual([
    [0, MiB],
    [MiB, 2 * MiB],
  ]);
  expect(await live.readOn(2 * MiB, 4 * MiB)).toHaveLength(MiB);
  expect(fetched).toHaveLength(6);
});

test('in whatever order and of whatever sizes the view reads, the check gets the bytes of the recording', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(300), fc.nat(120)), { maxLength: 12 }),
      fc.integer({ min: 1, max: 90 }),
      async (reads, step) => {
        const whole = bytesOf(300);
        const live = createLiveBytes(createMemorySource(whole));
        let at = 0;
        for (const [from, length] of [...reads, ...Array.from({ length: 300 }, () => [0, 0] as const)]) {
          if (length > 0) await live.source.read({ from, to: from + length });
          const some = await live.readOn(at, Math.min(300, at + step));
          expect(some).toEqual(whole.subarray(at, at + some.length));
          at += some.length;
        }
        expect(at).toBe(300);
      },
    ),
  ));

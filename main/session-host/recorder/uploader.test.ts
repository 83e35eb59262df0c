import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import type { TusClient, UploadOffset } from './tus-client.ts';
import { UploadRefused } from './tus-client.ts';
import { createUploader } from './uploader.ts';

let path: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-uploader-'));
  path = join(folder, 'a.sprec');
  await writeFile(path, 'x'.repeat(1000));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Answer = UploadOffset | Error;
const at = (bytes: number, isComplete = false): UploadOffset => ({ bytes, isComplete, receipt: null });

/** A server that gives these answers, one for each request. */
function uploaderWith(...answers: Answer[]) {
  const timers = fakeTimers();
  const calls: string[] = [];
  const waits: number[] = [];
  const over = Promise.withResolvers<string>();
  const caughtUp = Promise.withResolvers<void>();
  const answer = async (call: string): Promise<UploadOffset> => {
    calls.push(call);
    const next = answers.shift();
    if (next === undefined) {
      over.resolve('no more answers');
      return new Promise(() => undefined);
    }
    if (next instanceof Error) throw next;
    return next;
  };
  const client: TusClient = {
    offset: () => answer('HEAD'),
    create: async () => void (await answer('POST')),
    append: (offset, bytes, total) =>
      answer(`PATCH ${offset}+${bytes.length}${total === null ? '' : ` of ${total}`}`),
  };
  const uploader = createUploader({
    path,
    client,
    timers: {
      ...timers,
      // Time passes by itself: what is waited for is noted.
      after(delayMs, run) {
        waits.push(delayMs);
        const timer = setImmediate(run);
        return () => clearImmediate(timer);
      },
    },
    random: () => 1,
    onAcknowledged: offset => (offset.bytes === 1000 ? caughtUp.resolve() : undefined),
    onReachable: () => undefined,
    onComplete: () => over.resolve('complete'),
    onRefused: message => over.resolve(`refused: ${message}`),
  });
  return { uploader, calls, waits, over: over.promise, caughtUp: caughtUp.promise };
}

describe('the uploader', () => {
  it('asks where the server is, sends the rest and says how long it all is', async () => {
    const { uploader, calls, over } = uploaderWith(at(400), at(1000, true));
    uploader.offer(1000, true);
    expect(await over).toBe('complete');
    expect(calls).toEqual(['HEAD', 'PATCH 400+600 of 1000']);
  });

  it('waits longer after each failure, up to 30 s, and begins anew by asking', async () => {
    const down = () => new TypeError('fetch failed');
    const { uploader, calls, waits, over } = uploaderWith(
      ...Array.from({ length: 10 }, down),
      at(1000, true),
    );
    uploader.offer(1000, true);
    expect(await over).toBe('complete');
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(new Set(calls)).toEqual(new Set(['HEAD']));
  });

  it('tries for an hour without the server, and then sends all that was recorded meanwhile', async () => {
    const { uploader, calls, waits, over } = uploaderWith(
      at(100),
      ...Array.from({ length: 130 }, () => new TypeError('fetch failed')),
      at(100),
      at(1000, true),
    );
    uploader.offer(300, false);
    uploader.offer(700, false);
    uploader.offer(1000, true);
    expect(await over).toBe('complete');
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(3_600_000);
    expect(calls.at(-1)).toBe('PATCH 100+900 of 1000');
  });

  it('begins with short waits again once something got through', async () => {
    const down = new TypeError('fetch failed');
    const { uploader, waits, over, caughtUp } = uploaderWith(
      down,
      down,
      at(0),
      at(1000, false),
      down,
      at(1000, true),
    );
    uploader.offer(1000, false);
    await caughtUp;
    uploader.offer(1000, true);
    expect(await over).toBe('complete');
    expect(waits.filter(ms => ms === 250)).toHaveLength(2);
  });

  it('goes to the offset of the server where the two differ', async () => {
    const { uploader, calls, over } = uploaderWith(
      at(900),
      new UploadRefused(409, 'offset'),
      at(100),
      at(1000, true),
    );
    uploader.offer(1000, true);
    expect(await over).toBe('complete');
    expect(calls).toEqual(['HEAD', 'PATCH 900+100 of 1000', 'HEAD', 'PATCH 100+900 of 1000']);
  });

  it.each([400, 410, 413, 415, 422])('gives up for good at %i', async status => {
    const { uploader, over } = uploaderWith(at(0), new UploadRefused(status, 'no'));
    uploader.offer(1000, true);
    expect(await over).toBe('refused: no');
  });

  it.each([401, 404, 423, 429, 500, 503, 507])('tries again at %i', async status => {
    const { uploader, over } = uploaderWith(
      at(0),
      new UploadRefused(status, 'not now'),
      at(0),
      at(1000, true),
    );
    uploader.offer(1000, true);
    expect(await over).toBe('complete');
  });

  it('takes "not allowed" for a no after some attempts', async () => {
    const { uploader, calls, over } = uploaderWith(
      ...Array.from({ length: 20 }, () => new UploadRefused(403, 'not yours')),
    );
    uploader.offer(1000, true);
    expect(await over).toBe('refused: not yours');
    expect(calls).toHaveLength(8);
  });

  it('does not overwrite a server that has more', async () => {
    const { uploader, over } = uploaderWith(at(2000));
    uploader.offer(1000, true);
    expect(await over).toMatch(/refused: The server has more/);
  });

  it('declares the length alone where all bytes were sent before', async () => {
    const { uploader, calls, over } = uploaderWith(at(1000), at(1000, true));
    uploader.offer(1000, true);
    expect(await over).toBe('complete');
    expect(calls).toEqual(['HEAD', 'PATCH 1000+0 of 1000']);
  });
});

import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingId } from '../../contract/ids.ts';
import { openLocalStore } from '../../server/recordings/local-store.ts';
import type { RecordingKeys } from '../../server/recordings/recording-keys.ts';
import type { RecordingStore } from '../../server/recordings/recording-store.ts';
import { openS3Store } from '../../server/recordings/s3-store.ts';
import { createStoreAtRest } from '../../server/recordings/store-at-rest.ts';
import type { S3Server } from '../support/s3-server.ts';
import { missingS3Programs, startS3Server } from '../support/s3-server.ts';

const FACTS = {
  size: null,
  metadata: { recordingId: 'x', none: null },
  createdAt: '2026-01-01T00:00:00.000Z',
  isEncrypted: false,
};

let count = 0;
const newId = () => RecordingId.parse(`recording-${(count += 1)}`);

async function written(
  store: RecordingStore,
  id: RecordingId,
  offset: number,
  ...parts: Uint8Array[]
): Promise<void> {
  const appender = await store.append(id, offset);
  for (const part of parts) await appender.write(part);
  await appender.commit();
}

async function bytesOf(store: RecordingStore, id: RecordingId, start = 0, end?: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const range = { start, end: end ?? (await store.size(id)) - 1 };
  for await (const part of await store.read(id, range)) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

/** Keys in memory: where they are kept is not what is tested here. */
function memoryKeys(): RecordingKeys & { destroy(id: RecordingId): void } {
  const keys = new Map<RecordingId, Uint8Array>();
  return {
    make: async id => void (keys.has(id) || keys.set(id, randomBytes(32))),
    find: async id => keys.get(id) ?? null,
    destroy: id => void keys.delete(id),
  };
}

/** What every store does. `open` opens the same place again, as a server that starts anew. */
function itKeepsRecordings(
  open: () => Promise<RecordingStore>,
  { isEncrypted, runs }: { readonly isEncrypted: boolean; readonly runs: number },
): void {
  let store: RecordingStore;
  beforeAll(async () => {
    store = await open();
  });

  it('has nothing of a recording that was never begun', async () => {
    const id = newId();
    expect(await store.facts(id)).toBeNull();
    expect(await store.size(id)).toBe(0);
    expect(await bytesOf(store, id)).toEqual(Buffer.alloc(0));
    await store.truncate(id, 0);
    await store.remove(id);
  });

  it('keeps facts, replaces them, and knows them after a restart', async () => {
    const id = newId();
    await store.setFacts(id, FACTS);
    await store.setFacts(id, { ...FACTS, isEncrypted, size: 7 });
    expect(await (await open()).facts(id)).toEqual({ ...FACTS, isEncrypted, size: 7 });
  });

  it('has what was committed, after a restart too, in the order of its offsets', async () => {
    const id = newId();
    await store.setFacts(id, FACTS);
    const bytes = randomBytes(100_000);
    await written(store, id, 0, bytes.subarray(0, 17), bytes.subarray(17, 4096));
    await written(store, id, 4096, bytes.subarray(4096));
    for (const each of [store, await open()]) {
      expect(await each.size(id)).toBe(bytes.length);
      expect((await bytesOf(each, id)).equals(bytes)).toBe(true);
    }
  });

  it('reads any range', async () => {
    const id = newId();
    await store.setFacts(id, FACTS);
    const bytes = randomBytes(5000);
    await written(store, id, 0, bytes.subarray(0, 1000));
    await written(store, id, 1000, bytes.subarray(1000, 1001));
    await written(store, id, 1001, bytes.subarray(1001));
    const ranges = [
      [0, 0],
      [15, 16],
      [999, 1001],
      [1000, 1000],
      [4999, 4999],
      [0, 4999],
      [10, 9],
    ] as const;
    for (const [start, end] of ranges)
      expect((await bytesOf(store, id, start, end)).equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  it('becomes shorter, never longer, and goes on from there with other bytes', async () => {
    const id = newId();
    await store.setFacts(id, FACTS);
    const bytes = randomBytes(3000);
    await written(store, id, 0, bytes.subarray(0, 1000));
    await written(store, id, 1000, bytes.subarray(1000));
    await store.truncate(id, 5000);
    expect(await store.size(id)).toBe(3000);
    await store.truncate(id, 1500);
    expect(await store.size(id)).toBe(1500);
    const other = randomBytes(800);
    await written(store, id, 1500, other);
    expect((await bytesOf(store, id)).equals(Buffer.concat([bytes.subarray(0, 1500), other]))).toBe(true);
    await written(store, id, 200, other);
    expect((await bytesOf(store, id)).equals(Buffer.concat([bytes.subarray(0, 200), other]))).toBe(true);
  });

  it('takes nothing for a commit without bytes', async () => {
    const id = newId();
    await store.setFacts(id, FACTS);
    await written(store, id, 0);
    await written(store, id, 0, Buffer.of(1));
    await written(store, id, 1);
    expect(await bytesOf(store, id)).toEqual(Buffer.of(1));
  });

  it('has nothing any more of what was removed, and can begin it again', async () => {
    const id = newId();
    await store.setFacts(id, FACTS);
    await written(store, id, 0, randomBytes(100));
    await store.remove(id);
    expect(await store.facts(id)).toBeNull();
    expect(await store.size(id)).toBe(0);
    await store.setFacts(id, FACTS);
    await written(store, id, 0, Buffer.from('new'));
    expect((await bytesOf(store, id)).toString()).toBe('new');
  });

  it('holds a recording that came in many small pieces', async () => {
    const id = newId();
    await store.setFacts(id, FACTS);
    const bytes = randomBytes(70 * 40);
    for (let at = 0; at < bytes.length; at += 40) await written(store, id, at, bytes.subarray(at, at + 40));
    expect((await bytesOf(store, id)).equals(bytes)).toBe(true);
    expect((await bytesOf(store, id, 2500, 2700)).equals(bytes.subarray(2500, 2701))).toBe(true);
  });

  it('is as long as what was written, however it was cut', async () => {
    const piece = fc.uint8Array({ minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 60 }),
        async (pieces, cut) => {
          const id = newId();
          await store.setFacts(id, FACTS);
          let at = 0;
          for (const bytes of pieces) {
            await written(store, id, at, bytes);
            at += bytes.length;
          }
          await store.truncate(id, cut);
          expect((await bytesOf(store, id)).equals(Buffer.concat(pieces).subarray(0, cut))).toBe(true);
        },
      ),
      { numRuns: runs },
    );
  });
}

describe('recordings in a local folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-store-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describe('as they are', () => {
    itKeepsRecordings(() => openLocalStore(join(folder, 'plain')), { isEncrypted: false, runs: 30 });
  });

  describe('encrypted', () => {
    const keys = memoryKeys();
    const open = async () => createStoreAtRest(await openLocalStore(join(folder, 'sealed')), keys);
    itKeepsRecordings(open, { isEncrypted: true, runs: 30 });

    it('are nothing without their key, and the error says so', async () => {
      const [store, id] = [await open(), newId()];
      await store.setFacts(id, FACTS);
      await written(store, id, 0, Buffer.from('age-encryption.org/v1'));
      const names = await readdir(join(folder, 'sealed'));
      for (const name of names)
        expect((await readFile(join(folder, 'sealed', name))).includes('age-encryption')).toBe(false);
      keys.destroy(id);
      await expect(bytesOf(store, id)).rejects.toMatchObject({ code: 'server-failed' });
      await expect(store.append(id, 21)).rejects.toMatchObject({ code: 'server-failed' });
    });

    it('that an older version stored as they were are read as they are', async () => {
      const plain = await openLocalStore(join(folder, 'sealed'));
      const id = newId();
      await plain.setFacts(id, FACTS);
      await written(plain, id, 0, Buffer.from('older'));
      const store = await open();
      await store.setFacts(id, { ...FACTS, size: 8 });
      await written(store, id, 5, Buffer.from('new'));
      // One store at a time has a folder, and remembers how long its files are.
      const opened = [store, await openLocalStore(join(folder, 'sealed'))];
      for (const each of opened) expect((await bytesOf(each, id)).toString()).toBe('oldernew');
    });
  });
});

const missing = missingS3Programs();
if (missing.length > 0) console.warn(`skipped: recordings in S3 (not installed: ${missing.join(', ')})`);

describe.skipIf(missing.length > 0)('recordings in S3, encrypted', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server?.close());
  const keys = memoryKeys();
  itKeepsRecordings(async () => createStoreAtRest(await openS3Store(server.settings), keys), {
    isEncrypted: true,
    runs: 4,
  });

  it.each([
    ['SALLYPORT_S3_BUCKET', { bucket: 'another' }],
    ['AWS_SECRET_ACCESS_KEY', { credentials: { accessKeyId: 'sallyport', secretAccessKey: 'wrong' } }],
    ['SALLYPORT_S3_ENDPOINT', { endpoint: 'http://127.0.0.1:1' }],
  ])('cannot be kept where %s is wrong, and the error names it', async (key, change) => {
    await expect(openS3Store({ ...server.settings, ...change })).rejects.toMatchObject({
      code: 'server-failed',
      message: expect.stringContaining(key),
    });
  });
});

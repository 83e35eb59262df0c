import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { RecordingId } from '../../contract/ids.ts';
import { replaceFile, syncFolder } from './durable-file.ts';
import type { RecordingStore, UploadFacts } from './recording-store.ts';
import { formatFacts, parseFacts } from './upload-facts.ts';

const ENDING = '.json';
/** About 300 bytes each. */
const MAX_KNOWN = 20_000;

/** A file `ID` of bytes and a file `ID.json` of facts for each recording, in one folder with mode 0700. */
export async function openLocalStore(folder: string): Promise<RecordingStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: RecordingId) => join(folder, RecordingId.parse(id));
  const factsOf = (id: RecordingId) => `${pathOf(id)}${ENDING}`;
  // Each append asks for them several times; nobody else writes into a data folder that is locked.
  const known = createKnown<UploadFacts>();
  /** of recordings that are not being written */
  const sizes = createKnown<number>();
  const sizeOf = async (id: RecordingId): Promise<number> =>
    sizes.get(id) ?? (await absentAs(stat(pathOf(id)), null))?.size ?? 0;
  return {
    async facts(id) {
      const held = known.get(id);
      if (held !== undefined) return held;
      const text = await absentAs(readFile(factsOf(id), 'utf8'), null);
      if (text === null) return null;
      const facts = parseFacts(text);
      known.set(id, facts);
      return facts;
    },
    async setFacts(id, facts) {
      known.delete(id);
      await replaceFile(factsOf(id), formatFacts(facts));
      known.set(id, facts);
    },
    size: sizeOf,
    async append(id, offset) {
      const sizeBefore = await sizeOf(id);
      sizes.delete(id);
      const isNew = sizeBefore === 0;
      const file = await open(pathOf(id), isNew ? 'a' : 'r+', 0o600).then(async handle => {
        if (!isNew) return handle;
        await handle.close();
        await syncFolder(folder);
        return open(pathOf(id), 'r+');
      });
      let position = offset;
      let isTorn = false;
      return {
        async write(bytes) {
          isTorn = true;
          await writeWhole(file, bytes, position);
          position += bytes.length;
          isTorn = false;
        },
        async commit() {
          try {
            if (isTorn || sizeBefore > position) await file.truncate(position);
            await file.datasync();
          } finally {
            await file.close();
          }
          if (!isTorn) sizes.set(id, position);
        },
      };
    },
    async truncate(id, length) {
      if ((await sizeOf(id)) <= length) return;
      sizes.delete(id);
      const file = await open(pathOf(id), 'r+');
      try {
        await file.truncate(length);
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    async read(id, { start, end }) {
      if (end < start) return Readable.from([]);
      return createReadStream(pathOf(id), { start, end, highWaterMark: 256 * 1024 });
    },
    async check() {
      const probe = join(folder, `.probe-${randomBytes(6).toString('hex')}`);
      await writeFile(probe, '', { flag: 'wx', mode: 0o600 });
      await rm(probe);
    },
    async remove(id) {
      known.delete(id);
      sizes.delete(id);
      await rm(pathOf(id), { force: true });
      await rm(factsOf(id), { force: true });
      await syncFolder(folder);
    },
  };
}

/** What is remembered of the recordings that were used last. */
function createKnown<T>() {
  const known = new Map<RecordingId, T>();
  return {
    get: (id: RecordingId): T | undefined => known.get(id),
    set(id: RecordingId, value: T): void {
      known.delete(id);
      known.set(id, value);
      const [oldest] = known.keys();
      if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    },
    delete: (id: RecordingId): void => void known.delete(id),
  };
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length)
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}

async function absentAs<T, A>(found: Promise<T>, absent: A): Promise<T | A> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return absent;
    throw error;
  }
}

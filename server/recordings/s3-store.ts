import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SallyportError } from '../../contract/errors.ts';
import { RecordingId } from '../../contract/ids.ts';
import type { ByteRange } from './byte-range.ts';
import type { Chunk } from './chunk-map.ts';
import { chunkName, coverOf, mergeable, parseChunkName } from './chunk-map.ts';
import type { RecordingAppender, RecordingStore } from './recording-store.ts';
import type { S3Settings } from './s3-settings.ts';
import { formatFacts, parseFacts } from './upload-facts.ts';

/** What one object holds at the most when it is written: it waits in memory until it is on its way. */
const MAX_CHUNK_BYTES = 8 * 1024 * 1024;
/** A session sends about a chunk a second: after this many small ones they become one. */
const MERGE_CHUNKS = 64;
const DELETES_AT_ONCE = 8;
const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Recordings in a bucket of S3 or what speaks its protocol: `PREFIX/ID/facts.json` and write-once objects `PREFIX/ID/bytes/START-END`, found
 * again by listing. An object is durable when S3 has answered. Throws `server-failed`, in words, where the bucket cannot be used.
 */
export async function openS3Store(settings: S3Settings): Promise<RecordingStore> {
  const bucket = createBucket(settings);
  await probe(bucket, settings);
  const folderOf = (id: RecordingId) => `${settings.prefix}${RecordingId.parse(id)}/`;
  const factsOf = (id: RecordingId) => `${folderOf(id)}facts.json`;
  const bytesOf = (id: RecordingId) => `${folderOf(id)}bytes/`;
  const keyOf = (id: RecordingId, chunk: Chunk) => bytesOf(id) + chunkName(chunk);
  const chunksOf = async (id: RecordingId): Promise<Chunk[]> =>
    (await bucket.list(bytesOf(id))).flatMap(key => parseChunkName(key.slice(bytesOf(id).length)) ?? []);
  const sizeOf = async (id: RecordingId) => coverOf(await chunksOf(id)).at(-1)?.end ?? 0;
  const removeChunks = (id: RecordingId, chunks: readonly Chunk[]) =>
    bucket.remove(chunks.map(chunk => keyOf(id, chunk)));

  /** The bytes `[start, end)`; chunks that are merged meanwhile are looked for once more. */
  async function* bytesIn(id: RecordingId, start: number, end: number): AsyncGenerator<Uint8Array> {
    let position = start;
    for (let attempt = 0; position < end; attempt += 1) {
      const cover = coverOf(await chunksOf(id));
      for (const chunk of cover) {
        if (chunk.end <= position || position >= end) continue;
        const range = { start: position - chunk.start, end: Math.min(end, chunk.end) - chunk.start - 1 };
        const part = await bucket.get(keyOf(id, chunk), range);
        if (part === null) break;
        for await (const bytes of part) {
          position += bytes.length;
          yield bytes;
        }
      }
      if (position < end && attempt > 0)
        throw new SallyportError(
          'server-failed',
          'A part of the stored recording is not in the bucket any more.',
        );
    }
  }

  const readWhole = (id: RecordingId, { start, end }: Chunk) => joined(bytesIn(id, start, end));

  const merge = async (id: RecordingId, cover: readonly Chunk[]): Promise<void> => {
    const small = mergeable(cover, { count: MERGE_CHUNKS, maxBytes: MAX_CHUNK_BYTES });
    const [first] = small;
    const last = small.at(-1);
    if (first === undefined || last === undefined) return;
    const whole = { start: first.start, end: last.end };
    await bucket.put(keyOf(id, whole), await readWhole(id, whole));
    await removeChunks(id, small);
  };

  const truncate = async (id: RecordingId, length: number): Promise<void> => {
    const chunks = await chunksOf(id);
    const cut = coverOf(chunks).find(chunk => chunk.start < length && chunk.end > length);
    if (cut !== undefined) {
      const kept = { start: cut.start, end: length };
      await bucket.put(keyOf(id, kept), await readWhole(id, kept));
    }
    await removeChunks(
      id,
      chunks.filter(chunk => chunk.end > length),
    );
  };

  return {
    async facts(id) {
      const parts = await bucket.get(factsOf(id), null);
      return parts === null ? null : parseFacts(Buffer.from(await joined(parts)).toString('utf8'));
    },
    setFacts: (id, facts) => bucket.put(factsOf(id), Buffer.from(formatFacts(facts))),
    size: sizeOf,
    async append(id, offset) {
      const before = coverOf(await chunksOf(id));
      if ((before.at(-1)?.end ?? 0) > offset) await truncate(id, offset);
      else await merge(id, before);
      return createAppender(offset, (chunk, bytes) => bucket.put(keyOf(id, chunk), bytes));
    },
    truncate,
    read: (id, { start, end }) => Promise.resolve(Readable.from(bytesIn(id, start, end + 1))),
    async check() {
      await bucket.list(`${settings.prefix}probe`);
    },
    async remove(id) {
      await bucket.remove(await bucket.list(folderOf(id)));
    },
  };
}

async function joined(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

function createAppender(
  offset: number,
  put: (chunk: Chunk, bytes: Uint8Array) => Promise<void>,
): RecordingAppender {
  let start = offset;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    const bytes = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    await put({ start, end: start + bytes.length }, bytes);
    start += bytes.length;
  };
  return {
    async write(bytes) {
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= MAX_CHUNK_BYTES) await flush();
    },
    commit: flush,
  };
}

/** The few requests that the store needs. */
interface Bucket {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** null where there is no such object */
  get(key: string, range: ByteRange | null): Promise<AsyncIterable<Uint8Array> | null>;
  list(prefix: string): Promise<readonly string[]>;
  remove(keys: readonly string[]): Promise<void>;
}

function createBucket({ bucket, endpoint, region, credentials }: S3Settings): Bucket {
  const client = new S3Client({
    region,
    // Not every server that speaks S3 knows the newer checksums; the chain notices what was altered on the way.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === null ? {} : { credentials }),
  });
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    async put(key, bytes) {
      await client.send(new PutObjectCommand({ ...at(key), Body: bytes }));
    },
    async get(key, range) {
      try {
        const wanted = range === null ? {} : { Range: `bytes=${range.start}-${range.end}` };
        const { Body: body } = await client.send(new GetObjectCommand({ ...at(key), ...wanted }));
        return (body ?? Readable.from([])) as AsyncIterable<Uint8Array>;
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
    async list(prefix) {
      const keys: string[] = [];
      let token: string | undefined;
      do {
        const found = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
        );
        keys.push(...(found.Contents ?? []).flatMap(({ Key: key }) => key ?? []));
        token = found.NextContinuationToken;
      } while (token !== undefined);
      return keys;
    },
    async remove(keys) {
      for (let first = 0; first < keys.length; first += DELETES_AT_ONCE)
        await Promise.all(
          keys
            .slice(first, first + DELETES_AT_ONCE)
            .map(key => client.send(new DeleteObjectCommand(at(key)))),
        );
    },
  };
}

/** Writes and removes an object, so that a wrong setting is told at the start and not by the first recording. */
async function probe(bucket: Bucket, settings: S3Settings): Promise<void> {
  const key = `${settings.prefix}probe`;
  try {
    await bucket.put(key, Buffer.from('sallyport'));
    await bucket.list(key);
    await bucket.remove([key]);
  } catch (error) {
    const where = settings.endpoint ?? `region ${settings.region}`;
    throw new SallyportError(
      'server-failed',
      `The bucket "${settings.bucket}" (SALLYPORT_S3_BUCKET) at ${where} cannot be used: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  switch (statusOf(error)) {
    case 403:
      return `it refuses these credentials (${name}). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that they may read, write, list and delete.`;
    case 404:
      return `there is none of this name (${name}). Make it first.`;
    case 301:
      return 'it is in another region. Set SALLYPORT_S3_REGION.';
    case null:
      return 'no answer. Check SALLYPORT_S3_ENDPOINT and the network.';
    default:
      return `${name}.`;
  }
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const { httpStatusCode } = error.$metadata as { readonly httpStatusCode?: number };
  return httpStatusCode ?? null;
}

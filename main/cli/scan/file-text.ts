import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unreadable } from './file-problem.ts';

const CHUNK_BYTES = 256 * 1024;
/** As much as grep and git look at to tell text from other files. */
const SNIFFED_BYTES = 8192;

export interface TextSourceOptions {
  readonly open: () => Readable;
  /** for messages */
  readonly name: string;
  /** Bytes were taken from the file, before they were unpacked. */
  readonly onBytes: (bytes: number) => void;
}

export function openFile(path: string): Readable {
  return createReadStream(path, { highWaterMark: CHUNK_BYTES });
}

/**
 * The text of a file in pieces, in bounded memory: UTF-8, or UTF-16 with a byte order mark; what gzip packed is unpacked (RFC 1952, told
 * by its first bytes, also of several members). Null, once, for what is no text: a NUL byte at its beginning. Throws `bad-input` for what
 * cannot be read, or not to its end.
 */
export async function* textOf({ open, name, onBytes }: TextSourceOptions): AsyncGenerator<string | null> {
  const source = open();
  try {
    yield* decoded(unpacked(counted(source, onBytes)));
  } catch (cause) {
    throw unreadable(name, cause);
  } finally {
    source.destroy();
  }
}

async function* counted(source: Readable, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of source as AsyncIterable<Uint8Array | string>) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    onBytes(bytes.length);
    if (bytes.length > 0) yield bytes;
  }
}

async function* unpacked(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const first = await firstOf(chunks);
  if (first === null) return;
  const isGzip = first[0] === 0x1f && first[1] === 0x8b && first[2] === 8;
  if (isGzip) yield* gunzipped(first, chunks);
  else {
    yield first;
    yield* chunks;
  }
}

/** At least three bytes, where there are so many: a pipe may bring them one by one. */
async function firstOf(chunks: AsyncGenerator<Uint8Array>): Promise<Uint8Array | null> {
  let first: Uint8Array | null = null;
  while (first === null || first.length < 3) {
    const next = await chunks.next();
    if (next.done === true) return first;
    first = first === null ? next.value : Buffer.concat([first, next.value]);
  }
  return first;
}

async function* gunzipped(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const feed = async (): Promise<void> => {
    const write = (bytes: Uint8Array): Promise<void> =>
      new Promise((resolve, reject) => {
        gunzip.write(bytes, error => (error ? reject(error) : resolve()));
      });
    try {
      await write(first);
      for await (const chunk of rest) await write(chunk);
      gunzip.end();
    } catch (error) {
      gunzip.destroy(error instanceof Error ? error : new Error('reading failed'));
    }
  };
  const feeding = feed();
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
  } finally {
    gunzip.destroy();
    await feeding;
  }
}

async function* decoded(chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<string | null> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of chunks) {
    if (decoder === null) {
      const encoding = encodingOf(chunk);
      if (encoding === null) {
        yield null;
        return;
      }
      decoder = new TextDecoder(encoding, { ignoreBOM: true });
    }
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder !== null) yield decoder.decode();
}

function encodingOf(first: Uint8Array): string | null {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  return first.subarray(0, SNIFFED_BYTES).includes(0) ? null : 'utf-8';
}

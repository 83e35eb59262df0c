import type { Locker } from '@tus/server';
import type { FastifyRequest } from 'fastify';
import type { RecordingId } from '../../contract/ids.ts';
import type { CheckedStore } from './checked-store.ts';
import { UploadError } from './upload-error.ts';

export const TUS_VERSION = '1.0.0';
export const OFFSET_STREAM = 'application/offset+octet-stream';
/** Who holds an upload that another request waits for has so long to come to its end. */
const DRAIN_MS = 3_000;
const COUNT = /^\d{1,15}$/;

/**
 * `PATCH` of tus 1.0 (tus.io/protocols/resumable-upload, "PATCH"), with the length in it at the end ("Creation With Upload"). By hand beside the
 * library that serves the rest of the protocol: its requests and bodies go through three kinds of streams, which costs more than all else that an
 * append does. Answers the new offset; throws `UploadError`.
 */
export async function appendUpload(
  request: FastifyRequest,
  options: {
    readonly id: RecordingId;
    readonly store: CheckedStore;
    readonly locks: Locker;
    readonly maxBytes: number;
  },
): Promise<number> {
  const { id, store, locks, maxBytes } = options;
  const asked = parseAppend(request);
  const lock = locks.newLock(id);
  let drain: NodeJS.Timeout | undefined;
  await lock.lock(new AbortController().signal, () => {
    drain ??= setTimeout(() => request.raw.destroy(), DRAIN_MS);
  });
  try {
    const { offset, size } = await store.getUpload(id);
    if (offset !== asked.offset)
      throw new UploadError(409, `The upload is at ${offset}, not at ${asked.offset}. Go on from there.`);
    if (asked.size !== null) {
      if (size !== undefined || asked.size < offset)
        throw new UploadError(400, 'The length of the upload is known already, or less than what is here.');
      if (asked.size > maxBytes) throw tooLong(maxBytes);
      await store.declareUploadLength(id, asked.size);
    }
    const room = (asked.size ?? size ?? maxBytes) - offset;
    if (asked.bodyBytes > room) throw tooLong(offset + room);
    return await store.write(bodyOf(request, room), id, offset);
  } finally {
    clearTimeout(drain);
    await lock.unlock();
  }
}

interface Append {
  readonly offset: number;
  /** of the whole recording, where this request tells it */
  readonly size: number | null;
  /** 0 where the request does not say */
  readonly bodyBytes: number;
}

function parseAppend({ headers }: FastifyRequest): Append {
  if (headers['tus-resumable'] !== TUS_VERSION)
    throw new UploadError(412, `Send "Tus-Resumable: ${TUS_VERSION}".`);
  if (headers['content-type'] !== OFFSET_STREAM)
    throw new UploadError(415, `Send the bytes with "Content-Type: ${OFFSET_STREAM}".`);
  const offset = countIn(headers['upload-offset']);
  if (offset === null) throw new UploadError(400, 'Upload-Offset must say where the bytes belong.');
  const length = headers['upload-length'];
  const size = countIn(length);
  if (length !== undefined && size === null) throw new UploadError(400, 'Upload-Length must be a number.');
  return { offset, size, bodyBytes: countIn(headers['content-length']) ?? 0 };
}

function countIn(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && COUNT.test(header) ? Number(header) : null;
}

/** The bytes of the body. Stopping early leaves the connection open, so that there can be an answer. */
async function* bodyOf({ raw }: FastifyRequest, room: number): AsyncGenerator<Uint8Array> {
  let left = room;
  for await (const chunk of raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    left -= chunk.length;
    if (left < 0) throw tooLong(room);
    yield chunk;
  }
}

function tooLong(maxBytes: number): UploadError {
  return new UploadError(413, `The upload may have ${maxBytes} bytes and no more.`);
}

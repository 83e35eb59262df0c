import { Metadata, Server } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import { RecordingId } from '../../contract/ids.ts';
import type { Receipt } from '../../contract/receipt.ts';
import { makeProblem, sendProblem } from '../http/problem.ts';
import { appendUpload, OFFSET_STREAM, TUS_VERSION } from './append-upload.ts';
import { parseByteRange } from './byte-range.ts';
import type { ExpectedHeader, StoredRecording } from './checked-store.ts';
import { CheckedStore } from './checked-store.ts';
import type { RecordingStore } from './recording-store.ts';
import { UploadError } from './upload-error.ts';
import { createUploadLocks } from './upload-locks.ts';

export const UPLOAD_PATH = '/v1/recordings/upload';
/** Header with the server's signature over what it has stored. */
const RECEIPT_HEADER = 'sallyport-receipt';

export interface RecordingsOptions {
  readonly store: RecordingStore;
  /** one recording's limit */
  readonly maxRecordingBytes: number;
  /** Throws `SallyportError` unless the request comes from the device that the session belongs to. */
  readonly authorizeUpload: (request: FastifyRequest, recordingId: RecordingId) => Promise<void>;
  /** Throws `SallyportError` unless the one who asks may watch this recording. */
  readonly authorizeRead: (request: FastifyRequest, recordingId: RecordingId) => Promise<void>;
  /** What the header must say. Called after `authorizeUpload`. */
  readonly expectedHeader: (recordingId: RecordingId) => Promise<ExpectedHeader>;
  readonly signReceipt: (receipt: Receipt) => Promise<string>;
  readonly serverNowMs: () => number;
  /** After each acknowledged request, before its answer: what is durable. If it throws, the client asks again. */
  readonly onProgress: (recording: StoredRecording) => Promise<void>;
  /** Once the recording is whole; may be called again for the same one (after a lost answer). If it throws, the client asks again. */
  readonly onComplete: (recording: StoredRecording) => Promise<void>;
}

/**
 * Routes of recordings: tus 1.0 at `/v1/recordings/upload` (creation with deferred length, one upload per recording, named by the
 * recording's id in `Upload-Metadata: recordingId …`) and `GET /v1/recordings/:id/content` with ranges. Nothing here can decrypt.
 */
export async function registerRecordings(app: FastifyInstance, options: RecordingsOptions): Promise<void> {
  const store = new CheckedStore({ store: options.store, expectedHeader: options.expectedHeader });
  const locks = createUploadLocks();
  const tus = new Server({
    path: UPLOAD_PATH,
    datastore: store,
    locker: locks,
    relativeLocation: true,
    maxSize: options.maxRecordingBytes,
    // The desktop client is no web page: no other origin has anything to do here.
    allowedOrigins: () => false,
    namingFunction: (_request, metadata) => RecordingId.parse(metadata?.['recordingId']),
  });

  const running = createRunning();
  // Its connection may be gone by then: what has arrived is written, and noted in the tables, before they are closed.
  app.addHook('onClose', () => running.settled());

  await app.register(async scope => {
    scope.addContentTypeParser(OFFSET_STREAM, (_request, _payload, done) => done(null));
    scope.route({
      method: 'POST',
      url: UPLOAD_PATH,
      handler: async (request, reply) => {
        await options.authorizeUpload(request, idInMetadata(request));
        return answer(reply, await forward(tus, request));
      },
    });
    scope.head<{ Params: { id: string } }>(`${UPLOAD_PATH}/:id`, async (request, reply) => {
      const id = parseId(request.params.id);
      await options.authorizeUpload(request, id);
      return running.follow(async () => {
        const response = await forward(tus, request);
        if (response.ok) await acknowledge(id, reply);
        return answer(reply, response);
      });
    });
    scope.patch<{ Params: { id: string } }>(`${UPLOAD_PATH}/:id`, async (request, reply) => {
      const id = parseId(request.params.id);
      await options.authorizeUpload(request, id);
      return running.follow(async () => {
        void reply.header('tus-resumable', TUS_VERSION).header('cache-control', 'no-store');
        try {
          const offset = await appendUpload(request, {
            id,
            store,
            locks,
            maxBytes: options.maxRecordingBytes,
          });
          await acknowledge(id, reply);
          return await reply.code(204).header('upload-offset', offset).send();
        } catch (error) {
          if (error instanceof UploadError) return refuse(reply, error.status_code, error.body);
          if (request.raw.complete || !request.raw.destroyed) throw error;
          return refuse(reply, 400, 'The connection broke before all bytes were here. What came is kept.');
        }
      });
    });
    scope.get<{ Params: { id: string } }>('/v1/recordings/:id/content', async (request, reply) => {
      const id = parseId(request.params.id);
      await options.authorizeRead(request, id);
      return sendContent(request, reply, { store, id });
    });
  });

  /** The server's tables first, then the receipt: a client that has an answer needs to ask nothing again. */
  async function acknowledge(id: RecordingId, reply: FastifyReply): Promise<void> {
    const stored = await store.stored(id);
    if (stored === null) return;
    await (stored.isComplete ? options.onComplete(stored) : options.onProgress(stored));
    const { bytes, segments, hash } = stored;
    if (hash === null) return;
    const receipt = { recordingId: id, bytes, segments, hash, atMs: options.serverNowMs() };
    void reply.header(RECEIPT_HEADER, await options.signReceipt(receipt));
  }
}

/** What goes on even when nobody waits for its answer any more. */
function createRunning() {
  const all = new Set<Promise<unknown>>();
  return {
    async follow<T>(run: () => Promise<T>): Promise<T> {
      const promise = run();
      all.add(promise);
      try {
        return await promise;
      } finally {
        all.delete(promise);
      }
    },
    async settled(): Promise<void> {
      await Promise.allSettled(all);
    },
  };
}

function parseId(text: unknown): RecordingId {
  const id = RecordingId.safeParse(text);
  if (!id.success)
    throw new SallyportError('bad-input', 'The recording id must be 1 to 64 letters, digits, "-" or "_".');
  return id.data;
}

function idInMetadata(request: FastifyRequest): RecordingId {
  const header = request.headers['upload-metadata'];
  try {
    return parseId(Metadata.parse(typeof header === 'string' ? header : '')['recordingId']);
  } catch {
    throw new SallyportError(
      'bad-input',
      'Upload-Metadata must name the recording: "recordingId" and the id in base64.',
    );
  }
}

/** Hands a request without a body to the tus server as a web request, so that its answer goes back through Fastify with its hooks and headers. */
function forward(tus: Server, request: FastifyRequest): Promise<Response> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  return tus.handleWeb(
    new Request(new URL(request.url, 'http://server.invalid'), { method: request.method, headers }),
  );
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  void reply.code(response.status);
  response.headers.forEach((value, name) => {
    if (name !== 'content-length' && name !== 'content-type') void reply.header(name, value);
  });
  void reply.header('cache-control', 'no-store');
  const text = await response.text();
  if (response.ok) return reply.send(text === '' ? undefined : text);
  return refuse(reply, response.status, text);
}

function refuse(reply: FastifyReply, status: number, text: string): FastifyReply {
  const words = text.trim().slice(0, 2000);
  const detail = words === '' ? 'The upload was not taken. Ask for its offset, and go on from there.' : words;
  return sendProblem(reply, makeProblem(status, codeOf(status), detail));
}

function codeOf(status: number): ErrorCode {
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409 || status === 423) return 'conflict';
  if (status === 422) return 'recording-corrupt';
  return status >= 500 ? 'server-failed' : 'bad-input';
}

async function sendContent(
  request: FastifyRequest,
  reply: FastifyReply,
  { store, id }: { store: CheckedStore; id: RecordingId },
): Promise<FastifyReply> {
  const size = await store.readableBytes(id);
  if (size === null) throw new SallyportError('not-found', 'There is no such recording on this server.');
  void reply
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'no-store')
    .type('application/octet-stream');
  const range = parseByteRange(request.headers.range, size);
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${size}`).removeHeader('cache-control');
    const detail = `The recording has ${size} bytes here; the range begins after them.`;
    return sendProblem(reply, makeProblem(416, 'bad-input', detail));
  }
  const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range;
  if (range !== 'whole') void reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  void reply.header('content-length', end - start + 1);
  if (end < start) return reply.send(Buffer.alloc(0));
  return reply.send(await store.read(id, { start, end }));
}

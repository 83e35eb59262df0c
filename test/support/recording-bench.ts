import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { SallyportError } from '../../contract/errors.ts';
import { DeviceId, GrantId, SessionId } from '../../contract/ids.ts';
import { RedactionPolicy } from '../../contract/redaction.ts';
import type { RecordedEvent, VerificationReport } from '../../contract/recording.ts';
import { createChainVerifier } from '../../core/recording/chain-verifier.ts';
import { createRecordReader } from '../../core/recording/container.ts';
import { concatBytes } from '../../core/recording/encoding.ts';
import type { SegmentContent } from '../../core/recording/segment.ts';
import { decodeSegment } from '../../core/recording/segment.ts';
import { reportOf } from '../../core/recording/verify.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from '../../main/session-host/recorder/chain-crypto.ts';
import type { RecorderOptions } from '../../main/session-host/recorder/create-recorder.ts';
import { openOnDisk } from '../../main/session-host/recorder/spool-file.ts';
import type { UploadTarget } from '../../main/session-host/recorder/upload-target.ts';
import { systemTimers } from '../../main/timers.ts';
import type { StoredRecording } from '../../server/recordings/checked-store.ts';
import { openLocalStore } from '../../server/recordings/local-store.ts';
import type { RecordingsOptions } from '../../server/recordings/register-recordings.ts';
import { registerRecordings } from '../../server/recordings/register-recordings.ts';

/** Keys and options with which tests record: a throw-away device and a throw-away reviewer. */
export interface RecordingBench {
  readonly folder: string;
  readonly spoolFolder: string;
  readonly identity: string;
  readonly devicePrivateKeyPem: string;
  readonly devicePublicKey: string;
  recorderOptions(change?: Partial<RecorderOptions>): RecorderOptions;
  remove(): Promise<void>;
}

export const SESSION = SessionId.parse('session-1');
const GRANT = { grantId: GrantId.parse('grant-1'), grantHash: 'ab'.repeat(32) };
const DEVICE = DeviceId.parse('device-1');

export async function createBench(): Promise<RecordingBench> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-recording-'));
  const spoolFolder = join(folder, 'spool');
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const { privateKey } = generateKeyPairSync('ed25519');
  const devicePrivateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    folder,
    spoolFolder,
    identity,
    devicePrivateKeyPem,
    devicePublicKey: createDeviceSigner(devicePrivateKeyPem).publicKey,
    recorderOptions: change => ({
      header: { sessionId: SESSION, ...GRANT, deviceId: DEVICE, recipients: [recipient], cols: 80, rows: 24 },
      devicePrivateKeyPem,
      spoolFolder,
      spoolQuotaBytes: 1024 * 1024 * 1024,
      upload: null,
      keepUploaded: true,
      serverNowMs: () => Date.now(),
      timers: systemTimers,
      random: Math.random,
      openFile: openOnDisk,
      draftPolicy: RedactionPolicy.parse({}),
      ...change,
    }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Output events numbered from 1, in server time. */
export function outputs(...texts: readonly string[]): RecordedEvent[] {
  return texts.map((text, i) => ({
    kind: 'output',
    atMs: Date.now(),
    seq: i + 1,
    bytes: new TextEncoder().encode(text),
  }));
}

export function verify(bytes: Uint8Array): VerificationReport {
  const verifier = createChainVerifier(CHAIN_CRYPTO);
  verifier.push(bytes);
  return reportOf(verifier.finish());
}

/** Age files of a recording's segments. */
export function segmentsOf(recording: Uint8Array): Uint8Array[] {
  const segments: Uint8Array[] = [];
  let body: Uint8Array[] | null = null;
  for (const event of createRecordReader().push(recording)) {
    if (event.kind === 'head') body = event.head.kind === 'segment' ? [] : null;
    else if (event.kind === 'body') body?.push(event.bytes);
    else if (event.kind === 'complete' && body !== null) segments.push(concatBytes(body));
  }
  return segments;
}

export async function openSegments(recording: Uint8Array, identity: string): Promise<SegmentContent[]> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const contents: SegmentContent[] = [];
  for (const segment of segmentsOf(recording)) {
    const content = decodeSegment(await promisify(zstdDecompress)(await decrypter.decrypt(segment)));
    if (content === null) throw new Error('a segment does not decode');
    contents.push(content);
  }
  return contents;
}

/** All output of a recording as one text. */
export async function textOf(recording: Uint8Array, identity: string): Promise<string> {
  const contents = await openSegments(recording, identity);
  const parts = contents.flatMap(({ events }) => events.flatMap(e => (e.kind === 'output' ? [e.bytes] : [])));
  return new TextDecoder().decode(concatBytes(parts));
}

export interface RecordingServer {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly port: number;
  readonly progress: StoredRecording[];
  readonly complete: StoredRecording[];
  readonly requests: string[];
  close(): Promise<void>;
}

/** A real server on the loopback interface with nothing but the routes of recordings. */
export async function startRecordingServer(
  bench: Pick<RecordingBench, 'folder' | 'devicePublicKey'>,
  change: Partial<RecordingsOptions> & { port?: number } = {},
): Promise<RecordingServer> {
  const { port = 0, ...options } = change;
  const app = fastify({ forceCloseConnections: true });
  const progress: StoredRecording[] = [];
  const complete: StoredRecording[] = [];
  const requests: string[] = [];
  app.addHook('onResponse', async (request, reply) => {
    requests.push(`${request.method} ${reply.statusCode}`);
  });
  app.setErrorHandler(async (error, _request, reply) => {
    const status =
      error instanceof SallyportError ? { 'not-allowed': 403, 'not-found': 404 }[error.code as string] : 500;
    return reply.code(status ?? 400).send({ message: error instanceof Error ? error.message : 'failed' });
  });
  await registerRecordings(app, {
    store: await openLocalStore(join(bench.folder, 'server')),
    maxRecordingBytes: 1024 * 1024 * 1024,
    authorizeUpload: async request => {
      if (request.headers.authorization !== `test ${request.method} ${request.url}`)
        throw new SallyportError('not-allowed', 'wrong proof');
    },
    authorizeRead: async request => {
      if (request.headers.authorization !== 'reviewer')
        throw new SallyportError('not-allowed', 'reviewers only');
    },
    expectedHeader: async () => ({
      sessionId: SESSION,
      ...GRANT,
      deviceId: DEVICE,
      devicePublicKey: bench.devicePublicKey,
    }),
    signReceipt: async receipt => `signed:${receipt.recordingId}:${receipt.bytes}:${receipt.segments}`,
    serverNowMs: () => Date.now(),
    onProgress: async stored => void progress.push(stored),
    onComplete: async stored => void complete.push(stored),
    ...options,
  });
  await app.listen({ host: '127.0.0.1', port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    app,
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    progress,
    complete,
    requests,
    close: () => app.close(),
  };
}

export function uploadTo(serverUrl: string): UploadTarget {
  return { serverUrl, authorize: async (method, path) => `test ${method} ${path}`, fetch: globalThis.fetch };
}

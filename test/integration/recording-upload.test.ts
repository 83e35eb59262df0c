import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Upload } from 'tus-js-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordingHealth } from '../../contract/recording.ts';
import { startChain } from '../../core/recording/chain-writer.ts';
import { RecordingHeader } from '../../contract/recording.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from '../../main/session-host/recorder/chain-crypto.ts';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import type { Recorder } from '../../main/session-host/recorder/recorder.ts';
import { createTusClient } from '../../main/session-host/recorder/tus-client.ts';
import type { TusClient } from '../../main/session-host/recorder/tus-client.ts';
import type { RecordingBench, RecordingServer } from '../support/recording-bench.ts';
import {
  createBench,
  outputs,
  SESSION,
  startRecordingServer,
  textOf,
  uploadTo,
  verify,
} from '../support/recording-bench.ts';

const END = { cause: 'exited', processesLeft: 0, isChannelClosed: true } as const;

let bench: RecordingBench;
let server: RecordingServer;
const never = new AbortController().signal;

beforeEach(async () => {
  bench = await createBench();
  server = await startRecordingServer(bench);
});
afterEach(async () => {
  await server.close();
  await bench.remove();
});

const storedPath = () => join(bench.folder, 'server', SESSION);

/** Resolves with the first health that fits. */
function healthOf(recorder: Recorder, fits: (health: RecordingHealth) => boolean): Promise<RecordingHealth> {
  return new Promise(resolve => {
    recorder.onHealth = health => {
      if (fits(health)) resolve(health);
    };
  });
}

function client(): TusClient {
  return createTusClient({ ...uploadTo(server.url), recordingId: SESSION, signal: never });
}

/** A finished recording as bytes, made by a recorder without a server. */
async function recordingBytes(text: string): Promise<Uint8Array> {
  const recorder = await createRecorder(bench.recorderOptions());
  for (const event of outputs(text)) recorder.accept(event);
  const { path } = await recorder.seal(END);
  return readFile(path);
}

describe('the upload of a recording', () => {
  it('goes on while the session runs, and ends whole and verified', async () => {
    const recorder = await createRecorder(bench.recorderOptions({ upload: uploadTo(server.url) }));
    const isSafe = healthOf(recorder, health => health.safeUpToMs !== null);
    const [first, second] = outputs('first\r\n', 'second\r\n');
    if (first === undefined || second === undefined) throw new Error('no events');
    recorder.accept(first);
    const health = await isSafe;
    expect(health).toMatchObject({
      state: 'recording',
      segments: 1,
      safeUpToMs: expect.closeTo(first.atMs, -1),
    });
    expect(server.complete).toEqual([]);
    expect(server.progress.at(-1)).toMatchObject({ segments: 1, end: null, isComplete: false });

    recorder.accept(second);
    const sealed = await recorder.seal(END);
    await recorder.uploaded(never);

    const stored = await readFile(storedPath());
    expect(stored).toEqual(await readFile(sealed.path));
    expect(verify(stored)).toMatchObject({ isVerified: true, segments: sealed.segments, endCause: 'exited' });
    expect(await textOf(stored, bench.identity)).toBe('first\r\nsecond\r\n');
    expect(server.complete.at(-1)).toMatchObject({
      recordingId: SESSION,
      bytes: sealed.bytes,
      isComplete: true,
    });
    const receipt = await readFile(join(bench.spoolFolder, `${SESSION}.receipt`), 'utf8');
    expect(receipt.trim()).toBe(`signed:${SESSION}:${sealed.bytes}:${sealed.segments}`);
  });

  it('leaves nothing in the spool where uploaded recordings are not kept', async () => {
    const recorder = await createRecorder(
      bench.recorderOptions({ upload: uploadTo(server.url), keepUploaded: false }),
    );
    for (const event of outputs('x')) recorder.accept(event);
    const { path } = await recorder.seal(END);
    await recorder.uploaded(never);
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('resumes after the server was away for a while', async () => {
    const recorder = await createRecorder(bench.recorderOptions({ upload: uploadTo(server.url) }));
    const events = outputs('before\r\n', 'while away\r\n', 'after\r\n');
    const isSafe = healthOf(recorder, health => health.safeUpToMs !== null);
    recorder.accept(events[0] ?? fail());
    await isSafe;
    const { port } = server;
    await server.close();

    const isOffline = healthOf(recorder, health => health.state === 'offline' && health.segments === 2);
    recorder.accept(events[1] ?? fail());
    expect((await isOffline).spooledBytes).toBeGreaterThan((await isOffline).uploadedBytes);

    server = await startRecordingServer(bench, { port });
    const isBack = healthOf(recorder, health => health.state === 'recording' && health.segments === 3);
    recorder.accept(events[2] ?? fail());
    await isBack;
    await recorder.seal(END);
    await recorder.uploaded(never);
    const stored = await readFile(storedPath());
    expect(verify(stored).isVerified).toBe(true);
    expect(await textOf(stored, bench.identity)).toBe('before\r\nwhile away\r\nafter\r\n');
  });

  it('is left when the signal aborts, and the recording stays in the spool', async () => {
    await server.close();
    const recorder = await createRecorder(bench.recorderOptions({ upload: uploadTo(server.url) }));
    for (const event of outputs('x')) recorder.accept(event);
    const { path } = await recorder.seal(END);
    const stop = new AbortController();
    const uploaded = recorder.uploaded(stop.signal);
    stop.abort();
    await expect(uploaded).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(verify(await readFile(path)).isVerified).toBe(true);
  });

  it('locks the session when the server refuses the recording', async () => {
    await server.close();
    server = await startRecordingServer(bench, {
      expectedHeader: async () => ({
        sessionId: SESSION,
        grantId: 'another' as never,
        grantHash: '0'.repeat(64),
        deviceId: 'device-1' as never,
        devicePublicKey: bench.devicePublicKey,
      }),
    });
    const recorder = await createRecorder(bench.recorderOptions({ upload: uploadTo(server.url) }));
    const failed = new Promise<string>(resolve => {
      recorder.onFailed = (code, message) => resolve(`${code}: ${message}`);
    });
    expect(await failed).toMatch(/recorder-failed: .*not that of this session: grantId, grantHash differ/);
    expect(() => recorder.accept(outputs('x')[0] ?? fail())).toThrow(/server does not take/);
    await recorder.seal({ ...END, cause: 'recorder-failed' });
    await expect(recorder.uploaded(never)).rejects.toMatchObject({ code: 'recorder-failed' });
    expect((await stat(storedPath())).size).toBe(0);
  });

  it('is refused one that says of itself that it was imported', async () => {
    const { header } = bench.recorderOptions();
    const imported = { format: 'asciicast-v2' as const, atMs: 0 };
    const options = { upload: uploadTo(server.url), header: { ...header, imported } };
    const recorder = await createRecorder(bench.recorderOptions(options));
    const failed = new Promise<string>(resolve => {
      recorder.onFailed = (code, message) => resolve(`${code}: ${message}`);
    });
    expect(await failed).toMatch(/was imported on a client/);
    await recorder.seal({ ...END, cause: 'recorder-failed' });
  });
});

describe('the server', () => {
  it('speaks tus 1.0 as another client knows it, in pieces and with the length at the end', async () => {
    const whole = await recordingBytes('from elsewhere');
    const { port } = server;
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(Readable.from([whole.subarray(0, 300), whole.subarray(300)]), {
        endpoint: `http://127.0.0.1:${port}/v1/recordings/upload`,
        metadata: { recordingId: SESSION },
        uploadLengthDeferred: true,
        chunkSize: 500,
        retryDelays: null,
        onBeforeRequest(request) {
          const { pathname } = new URL(request.getURL());
          request.setHeader('authorization', `test ${request.getMethod()} ${pathname}`);
        },
        onError: reject,
        onSuccess: () => resolve(),
      });
      upload.start();
    });
    expect(await readFile(storedPath())).toEqual(Buffer.from(whole));
    expect(server.complete).toHaveLength(1);
  });

  it('refuses a fork, keeps what it has, and takes the right continuation afterwards', async () => {
    const whole = await recordingBytes('the real one');
    const tus = client();
    await tus.create();
    const cut = Math.floor(whole.length / 2);
    const headerBytes = (await tus.append(0, whole.subarray(0, cut), null)).bytes;
    expect(headerBytes).toBe(cut);

    // Larger than what is in flight when the server has seen enough: its answer must arrive all the same.
    const fork = new Uint8Array(4 * 1024 * 1024).fill(7);
    await expect(tus.append(cut, fork, null)).rejects.toMatchObject({ status: 422 });
    const at = await tus.offset();
    expect(at?.bytes).toBeLessThanOrEqual(cut);
    expect(await readFile(storedPath())).toEqual(Buffer.from(whole.subarray(0, at?.bytes)));

    const rest = await tus.append(at?.bytes ?? 0, whole.subarray(at?.bytes), whole.length);
    expect(rest.isComplete).toBe(true);
    expect(server.complete).toHaveLength(1);
  });

  it('refuses a well-made continuation of another recording with the same header', async () => {
    const signer = createDeviceSigner(bench.devicePrivateKeyPem);
    const options = bench.recorderOptions();
    const header = RecordingHeader.parse({
      ...options.header,
      version: 1,
      devicePublicKey: signer.publicKey,
      startedAtMs: 1000,
    });
    const chainOf = (text: string) => {
      const { writer, bytes } = startChain(header, { crypto: CHAIN_CRYPTO, sign: signer.sign });
      const segment = (n: number) =>
        writer.segment({ startMs: n, endMs: n, hasKeyframe: n === 0 }, new TextEncoder().encode(text));
      return [bytes, segment(0), segment(1)] as const;
    };
    const [start, first] = chainOf('one');
    const other = chainOf('other');
    const tus = client();
    await tus.create();
    await tus.append(0, start, null);
    const at = await tus.append(start.length, first, null);
    await expect(tus.append(at.bytes, other[2], null)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('does not link'),
    });
    expect(await tus.offset()).toMatchObject({ bytes: at.bytes });
  });

  it('answers only after the disk has the bytes', async () => {
    const whole = await recordingBytes('x');
    const tus = client();
    await tus.create();
    const probe = await open(join(bench.folder, 'probe'), 'w');
    const prototype: { datasync(): Promise<void> } = Object.getPrototypeOf(probe);
    await probe.close();
    const order: string[] = [];
    const original = prototype.datasync;
    const spy = vi.spyOn(prototype, 'datasync').mockImplementation(async function (this: typeof prototype) {
      await original.call(this);
      order.push('durable');
    });
    await tus.append(0, whole.subarray(0, 600), null);
    order.push('answered');
    spy.mockRestore();
    expect(order[0]).toBe('durable');
    expect(order.at(-1)).toBe('answered');
  });

  it('does not let a second upload of a recording begin', async () => {
    await client().create();
    await expect(client().create()).rejects.toMatchObject({ status: 409 });
  });

  it('does not call a recording whole that has no end', async () => {
    const whole = await recordingBytes('x');
    const tus = client();
    await tus.create();
    const cut = whole.length - 100;
    await expect(tus.append(0, whole.subarray(0, cut), cut)).rejects.toMatchObject({ status: 422 });
    const at = await tus.offset();
    expect((await tus.append(at?.bytes ?? 0, whole.subarray(at?.bytes), whole.length)).isComplete).toBe(true);
  });

  it('does not know what it had in mind after a restart, and refuses the fork all the same', async () => {
    const whole = await recordingBytes('x');
    const tus = client();
    await tus.create();
    const { bytes } = await tus.append(0, whole.subarray(0, 900), null);
    const { port } = server;
    await server.close();
    server = await startRecordingServer(bench, { port });
    const flipped = Uint8Array.from(whole.subarray(bytes));
    flipped[5] = (flipped[5] ?? 0) ^ 1;
    await expect(client().append(bytes, flipped, null)).rejects.toMatchObject({ status: 422 });
    const at = await client().offset();
    await client().append(at?.bytes ?? 0, whole.subarray(at?.bytes), whole.length);
    expect(verify(await readFile(storedPath())).isVerified).toBe(true);
  });

  it('refuses who is not allowed, on every route', async () => {
    const headers = { authorization: 'nobody', 'tus-resumable': '1.0.0' };
    const metadata = { 'upload-metadata': `recordingId ${btoa(SESSION)}`, 'upload-defer-length': '1' };
    const url = `${server.url}/v1/recordings/upload`;
    const statuses = await Promise.all([
      fetch(url, { method: 'POST', headers: { ...headers, ...metadata } }),
      fetch(`${url}/${SESSION}`, { method: 'HEAD', headers }),
      fetch(`${url}/${SESSION}`, { method: 'PATCH', headers }),
      fetch(`${server.url}/v1/recordings/${SESSION}/content`, { headers }),
    ]);
    expect(statuses.map(response => response.status)).toEqual([403, 403, 403, 403]);
  });

  it.each(['../../etc/passwd', '..%2fx', 'a.json', ''])('refuses the id %j', async id => {
    const path = `/v1/recordings/upload/${encodeURIComponent(id)}`;
    const response = await fetch(server.url + path, {
      method: 'HEAD',
      headers: { 'tus-resumable': '1.0.0', authorization: `test HEAD ${path}` },
    });
    expect([400, 404]).toContain(response.status);
    const creation = '/v1/recordings/upload';
    const made = await fetch(server.url + creation, {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-defer-length': '1',
        'upload-metadata': `recordingId ${btoa(id)}`,
        authorization: `test POST ${creation}`,
      },
    });
    expect(made.status).toBe(400);
  });

  it('serves ranges to reviewers, of a running recording only what was checked', async () => {
    const whole = await recordingBytes('hello');
    const tus = client();
    await tus.create();
    await tus.append(0, whole.subarray(0, whole.length - 10), null);
    const url = `${server.url}/v1/recordings/${SESSION}/content`;
    const get = async (range?: string) => {
      const headers = { authorization: 'reviewer', ...(range === undefined ? {} : { range }) };
      const response = await fetch(url, { headers });
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()), response };
    };
    const running = await get();
    expect(running.status).toBe(200);
    expect(running.bytes.length).toBeLessThan(whole.length - 10);
    // one of output, two of the search index
    expect(verify(running.bytes).segments).toBe(3);

    const at = await tus.offset();
    await tus.append(at?.bytes ?? 0, whole.subarray(at?.bytes), whole.length);
    expect((await get()).bytes).toEqual(Uint8Array.from(whole));
    const part = await get('bytes=5-9');
    expect(part.status).toBe(206);
    expect(part.bytes).toEqual(Uint8Array.from(whole.subarray(5, 10)));
    expect(part.response.headers.get('content-range')).toBe(`bytes 5-9/${whole.length}`);
    expect((await get('bytes=-8')).bytes).toEqual(Uint8Array.from(whole.subarray(-8)));
    expect((await get(`bytes=${whole.length}-`)).status).toBe(416);
  });
});

function fail(): never {
  throw new Error('no such event');
}

import { execFile } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import type { OpenSpoolFile } from '../../main/session-host/recorder/spool-file.ts';
import type { UploadTarget } from '../../main/session-host/recorder/upload-target.ts';
import type { RecordingBench, RecordingServer } from '../support/recording-bench.ts';
import {
  createBench,
  openSegments,
  outputs,
  SESSION,
  startRecordingServer,
  textOf,
  uploadTo,
  verify,
} from '../support/recording-bench.ts';

const run = promisify(execFile);
const END = { cause: 'exited', processesLeft: 0, isChannelClosed: true } as const;
const never = new AbortController().signal;

let bench: RecordingBench;
beforeEach(async () => {
  bench = await createBench();
});
afterEach(() => bench.remove());

const spooled = () => join(bench.spoolFolder, `${SESSION}.sprec`);

describe('a disk', () => {
  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  it.skipIf(!canMount)(
    'that is read-only lets no session begin, and says why (skipped where not root: needs a mount)',
    async () => {
      await mkdir(bench.spoolFolder);
      await run('mount', ['-t', 'tmpfs', '-o', 'ro,size=8m', 'tmpfs', bench.spoolFolder]);
      try {
        await expect(createRecorder(bench.recorderOptions())).rejects.toMatchObject({
          code: 'recorder-failed',
          message: expect.stringContaining('EROFS'),
        });
      } finally {
        await run('umount', [bench.spoolFolder]);
      }
    },
  );

  it('that becomes read-only locks the session, and the recording so far holds', async () => {
    let isReadOnly = false;
    const openFile: OpenSpoolFile = async (path, flags, mode) => {
      const file = await open(path, flags, mode);
      return {
        write: (...args) =>
          isReadOnly
            ? Promise.reject(Object.assign(new Error('read-only file system'), { code: 'EROFS' }))
            : file.write(...args),
        datasync: () => file.datasync(),
        truncate: length => file.truncate(length),
        close: () => file.close(),
      };
    };
    const recorder = await createRecorder(bench.recorderOptions({ openFile }));
    const failed = new Promise<string>(resolve => {
      recorder.onFailed = (code, message) => resolve(`${code}: ${message}`);
    });
    const [first, second, third] = outputs('kept', 'lost', 'refused');
    if (first === undefined || second === undefined || third === undefined) throw new Error('no events');
    const isSpooled = new Promise<void>(resolve => {
      recorder.onHealth = health => {
        if (health.segments === 1) resolve();
      };
    });
    recorder.accept(first);
    await isSpooled;
    isReadOnly = true;
    recorder.accept(second);
    expect(await failed).toMatch(/recorder-failed: .*EROFS/);
    expect(() => recorder.accept(third)).toThrow(/EROFS/);
    await expect(recorder.seal({ ...END, cause: 'recorder-failed' })).rejects.toMatchObject({
      code: 'recorder-failed',
    });
    const recording = await readFile(spooled());
    expect(verify(recording).problems.map(({ kind }) => kind)).toEqual(['cut']);
    expect(await textOf(recording, bench.identity)).toBe('kept');
  });

  it('that is slow delays what is called durable, and not what a killed process leaves behind', async () => {
    const release = Promise.withResolvers<void>();
    const secondWritten = Promise.withResolvers<void>();
    let isSlow = false;
    let writes = 0;
    const openFile: OpenSpoolFile = async (path, flags, mode) => {
      const file = await open(path, flags, mode);
      return {
        async write(...args) {
          const written = await file.write(...args);
          if (isSlow && (writes += 1) === 2) secondWritten.resolve();
          return written;
        },
        async datasync() {
          if (isSlow) await release.promise;
          await file.datasync();
        },
        truncate: length => file.truncate(length),
        close: () => file.close(),
      };
    };
    const recorder = await createRecorder(bench.recorderOptions({ openFile }));
    isSlow = true;
    const large = new Uint8Array(200 * 1024).fill(0x61);
    for (const seq of [1, 2, 3]) recorder.accept({ kind: 'output', atMs: Date.now(), seq, bytes: large });
    await secondWritten.promise;
    expect(recorder.queuedBytes).toBeGreaterThanOrEqual(3 * large.length);
    expect((await textOf(await readFile(spooled()), bench.identity)).length).toBe(2 * large.length);
    release.resolve();
    await recorder.seal(END);
    expect(recorder.queuedBytes).toBe(0);
    expect(verify(await readFile(spooled())).isVerified).toBe(true);
  });
});

describe('a clock', () => {
  it('that jumps back and forth leaves times that never go back, and a recording that verifies', async () => {
    const hour = 3_600_000;
    let nowMs = Date.now();
    const recorder = await createRecorder(bench.recorderOptions({ serverNowMs: () => nowMs }));
    const jumps = [0, -hour, 5, hour, -2 * hour, 7];
    for (const [index, text] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
      nowMs += jumps[index] ?? 0;
      recorder.accept({ kind: 'output', atMs: nowMs, seq: index + 1, bytes: Buffer.from(text) });
    }
    await recorder.seal(END);
    const recording = await readFile(spooled());
    expect(verify(recording)).toMatchObject({ isVerified: true, problems: [] });
    const events = (await openSegments(recording, bench.identity)).flatMap(content => content.events);
    const times = events.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(await textOf(recording, bench.identity)).toBe('abcdef');
  });
});

describe('an upload', () => {
  let server: RecordingServer;
  beforeEach(async () => {
    server = await startRecordingServer(bench);
  });
  afterEach(() => server.close());

  /** What a network does to a request: nothing; it never leaves; half of its body arrives; it arrives and its answer is lost. */
  type Cut = 'none' | 'before' | 'within' | 'after';
  function cutUpload(cuts: Iterator<Cut>): UploadTarget {
    const half = (body: Uint8Array): ReadableStream =>
      new ReadableStream({
        start(controller) {
          controller.enqueue(body.subarray(0, Math.ceil(body.length / 2)));
        },
        pull: () => Promise.reject(new Error('the line is cut')),
      });
    return {
      ...uploadTo(server.url),
      async fetch(input, init = {}) {
        const next = cuts.next();
        const cut = next.done === true ? 'none' : next.value;
        if (cut === 'before') throw new TypeError('the line is cut');
        const { body } = init;
        const isHalved = cut === 'within' && body instanceof Uint8Array;
        const sent = isHalved ? { ...init, body: half(body), duplex: 'half' } : init;
        const response = await globalThis.fetch(input, sent as RequestInit);
        if (cut === 'none') return response;
        await response.body?.cancel();
        throw new TypeError('the line is cut');
      },
    };
  }

  const KINDS: readonly Cut[] = ['before', 'within', 'after'];
  it.each(KINDS.flatMap(kind => [1, 2, 3, 4].map(request => [kind, request] as const)))(
    'that is cut %s its request %i goes on, and the server has the very bytes',
    async (kind, request) => {
      const cuts = [...Array.from({ length: request - 1 }, () => 'none' as Cut), kind];
      const upload = cutUpload(cuts.values());
      const recorder = await createRecorder(bench.recorderOptions({ upload, random: () => 0 }));
      const texts = Array.from({ length: 4 }, () =>
        Buffer.from(crypto.getRandomValues(new Uint8Array(48 * 1024))).toString('base64'),
      );
      for (const event of outputs(...texts)) recorder.accept(event);
      const { path } = await recorder.seal(END);
      await recorder.uploaded(never);
      const stored = await readFile(join(bench.folder, 'server', SESSION));
      expect(stored.equals(await readFile(path))).toBe(true);
      expect(verify(stored).isVerified).toBe(true);
    },
  );
});

import { execFile } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedEvent, RecordingHealth } from '../../contract/recording.ts';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import type { RecordingBench } from '../support/recording-bench.ts';
import { createBench, outputs, SESSION, textOf, verify } from '../support/recording-bench.ts';

const run = promisify(execFile);
const END = { cause: 'exited', processesLeft: 0, isChannelClosed: true } as const;

let bench: RecordingBench;
beforeEach(async () => {
  bench = await createBench();
});
afterEach(() => bench.remove());

const spooled = () => join(bench.spoolFolder, `${SESSION}.sprec`);

/** Feeds output, with the pauses that the recorder asks for, until it says that it cannot go on. */
async function fillUntilFailure(
  recorder: Awaited<ReturnType<typeof createRecorder>>,
): Promise<{ code: string; accepted: string }> {
  const failed = new Promise<string>(resolve => {
    recorder.onFailed = code => resolve(code);
  });
  let accepted = '';
  let seq = 0;
  try {
    for (;;) {
      seq += 1;
      // Hardly compressible, so that a small disk fills up soon.
      const text = Buffer.from(crypto.getRandomValues(new Uint8Array(24 * 1024))).toString('base64');
      const event: RecordedEvent = { kind: 'output', atMs: Date.now(), seq, bytes: Buffer.from(text) };
      recorder.accept(event);
      accepted += text;
      if (recorder.queuedBytes > 1024 * 1024) await Promise.race([failed, drained(recorder)]);
    }
  } catch (error) {
    expect(error).toMatchObject({ code: 'spool-full' });
  }
  return { code: await failed, accepted };
}

async function drained(recorder: Awaited<ReturnType<typeof createRecorder>>): Promise<void> {
  while (recorder.queuedBytes > 512 * 1024) await new Promise(resolve => setImmediate(resolve));
}

describe('a full spool', () => {
  it('stops the session at the quota, and everything that was accepted is there', async () => {
    const spoolQuotaBytes = 12 * 1024 * 1024;
    const recorder = await createRecorder(bench.recorderOptions({ spoolQuotaBytes }));
    const healths: RecordingHealth[] = [];
    recorder.onHealth = health => healths.push(health);
    const { code, accepted } = await fillUntilFailure(recorder);
    expect(code).toBe('spool-full');
    // amber comes before red, and not from the beginning
    const warned = healths.findIndex(({ spoolLeftBytes }) => spoolLeftBytes !== null);
    expect(healths[0]).toMatchObject({ spoolLeftBytes: null });
    const failedAt = healths.findIndex(({ state }) => state === 'failed');
    expect(warned).toBeLessThan(failedAt);
    expect(healths[warned]?.spoolLeftBytes).toBeLessThan(spoolQuotaBytes / 10);
    const { bytes } = await recorder.seal({ ...END, cause: 'recorder-failed' });
    expect(bytes).toBeLessThanOrEqual(spoolQuotaBytes);
    const recording = await readFile(spooled());
    expect(verify(recording)).toMatchObject({ isVerified: true, endCause: 'recorder-failed' });
    expect((await textOf(recording, bench.identity)) === accepted).toBe(true);
  });

  it('does not begin a recording that the quota leaves no room for', async () => {
    await expect(createRecorder(bench.recorderOptions({ spoolQuotaBytes: 1000 }))).rejects.toMatchObject({
      code: 'spool-full',
    });
  });

  const canMount = process.platform === 'linux' && process.getuid?.() === 0;
  it.skipIf(!canMount)(
    'stops the session when the disk is full, with what was accepted and a signed end on it (skipped where not root: needs a small tmpfs)',
    async () => {
      await mkdir(bench.spoolFolder);
      await run('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', bench.spoolFolder]);
      try {
        const recorder = await createRecorder(bench.recorderOptions());
        const { code, accepted } = await fillUntilFailure(recorder);
        expect(code).toBe('spool-full');
        await recorder.seal({ ...END, cause: 'recorder-failed' });
        const recording = await readFile(spooled());
        expect(verify(recording)).toMatchObject({ isVerified: true, endCause: 'recorder-failed' });
        expect((await textOf(recording, bench.identity)) === accepted).toBe(true);
      } finally {
        await run('umount', [bench.spoolFolder]);
      }
    },
  );

  it('states what is missing where the disk fails for good', async () => {
    let isBroken = false;
    const recorder = await createRecorder(
      bench.recorderOptions({
        async openFile(path, flags, mode) {
          const file = await open(path, flags, mode);
          return {
            write: (...args) =>
              isBroken
                ? Promise.reject(Object.assign(new Error('broken'), { code: 'EIO' }))
                : file.write(...args),
            datasync: () => file.datasync(),
            truncate: length => file.truncate(length),
            close: () => file.close(),
          };
        },
      }),
    );
    const failed = new Promise<string>(resolve => {
      recorder.onFailed = resolve;
    });
    isBroken = true;
    const [first] = outputs('lost');
    if (first === undefined) throw new Error('no event');
    recorder.accept(first);
    expect(await failed).toBe('recorder-failed');
    expect(() => recorder.accept({ ...first, seq: 2 } as RecordedEvent)).toThrow(/EIO/);
    isBroken = false;
    await recorder.seal({ ...END, cause: 'recorder-failed' });
    expect(verify(await readFile(spooled())).problems).toEqual([
      expect.objectContaining({ kind: 'gap', fromMs: 0, toMs: expect.any(Number) }),
    ]);
  });
});

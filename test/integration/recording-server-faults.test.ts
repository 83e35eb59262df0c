import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordingHealth } from '../../contract/recording.ts';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import { createTusClient } from '../../main/session-host/recorder/tus-client.ts';
import { createUploader } from '../../main/session-host/recorder/uploader.ts';
import { systemTimers } from '../../main/timers.ts';
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

const CHILD = join(import.meta.dirname, '../support/recording-server-child.ts');
const END = { cause: 'exited', processesLeft: 0, isChannelClosed: true } as const;
const never = new AbortController().signal;

let bench: RecordingBench;
let server: RecordingServer | null = null;
beforeEach(async () => {
  bench = await createBench();
});
afterEach(async () => {
  await server?.close();
  server = null;
  await bench.remove();
});
const storedPath = () => join(bench.folder, 'server', SESSION);

describe('a server that is killed', () => {
  it('has every byte that it acknowledged, and takes the rest when it is back', async () => {
    const child = spawn(process.execPath, [CHILD, bench.folder, bench.devicePublicKey], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [told] = (await once(child.stdout, 'data')) as [Buffer];
    const port = Number(told.toString());
    const recorder = await createRecorder(
      bench.recorderOptions({ upload: uploadTo(`http://127.0.0.1:${port}`) }),
    );
    // Enough for many requests; random, so that it stays large when packed.
    const texts = Array.from({ length: 60 }, () =>
      Buffer.from(crypto.getRandomValues(new Uint8Array(48 * 1024))).toString('base64'),
    );
    let acknowledgedBytes = 0;
    const killed = new Promise<void>(resolve => {
      recorder.onHealth = (health: RecordingHealth) => {
        acknowledgedBytes = Math.max(acknowledgedBytes, health.uploadedBytes);
        if (acknowledgedBytes < 500_000 || child.killed) return;
        child.kill('SIGKILL');
        void once(child, 'exit').then(() => resolve());
      };
    });
    for (const event of outputs(...texts)) {
      while (recorder.queuedBytes > 256 * 1024) await new Promise(resolve => setImmediate(resolve));
      recorder.accept(event);
    }
    await killed;
    expect((await stat(storedPath())).size).toBeGreaterThanOrEqual(acknowledgedBytes);

    server = await startRecordingServer(bench, { port });
    const { path } = await recorder.seal(END);
    await recorder.uploaded(never);
    const stored = await readFile(storedPath());
    expect(stored.equals(await readFile(path))).toBe(true);
    expect(verify(stored).isVerified).toBe(true);
    expect((await textOf(stored, bench.identity)) === texts.join('')).toBe(true);
  });

  it('takes the rest when the last request broke off after it had told the length', async () => {
    const recorder = await createRecorder(bench.recorderOptions());
    for (const event of outputs('x')) recorder.accept(event);
    const { path } = await recorder.seal(END);
    const whole = await readFile(path);
    server = await startRecordingServer(bench);
    const connect = (url: string) =>
      createTusClient({ ...uploadTo(url), recordingId: SESSION, signal: never });
    const broken = connect(server.url);
    await broken.create();
    await broken.append(0, whole.subarray(0, 700), whole.length);

    await new Promise<void>((resolve, reject) => {
      const uploader = createUploader({
        path,
        client: connect(server?.url ?? ''),
        timers: systemTimers,
        random: () => 0,
        onAcknowledged: () => undefined,
        onReachable: () => undefined,
        onComplete: () => resolve(),
        onRefused: message => reject(new Error(message)),
      });
      uploader.offer(whole.length, true);
    });
    expect((await readFile(storedPath())).equals(whole)).toBe(true);
  });

  it('cuts off what a power loss left of blocks that were never written', async () => {
    const recorder = await createRecorder(bench.recorderOptions());
    for (const event of outputs('x')) recorder.accept(event);
    const { path } = await recorder.seal(END);
    const whole = await readFile(path);
    server = await startRecordingServer(bench);
    const { port, url } = server;
    const client = createTusClient({ ...uploadTo(url), recordingId: SESSION, signal: never });
    await client.create();
    await client.append(0, whole.subarray(0, 700), null);
    await server.close();
    await appendFile(storedPath(), new Uint8Array(4096));
    server = await startRecordingServer(bench, { port });
    const at = await client.offset();
    expect(at?.bytes).toBeLessThanOrEqual(700);
    const end = await client.append(at?.bytes ?? 0, whole.subarray(at?.bytes), whole.length);
    expect(end.isComplete).toBe(true);
    expect(verify(await readFile(storedPath())).isVerified).toBe(true);
  });
});

describe('a server whose tables cannot be written', () => {
  it('does not acknowledge the end until they can, and is told again', async () => {
    let attempts = 0;
    server = await startRecordingServer(bench, {
      async onComplete() {
        attempts += 1;
        if (attempts < 3) throw new Error('the database is away');
      },
    });
    const recorder = await createRecorder(bench.recorderOptions({ upload: uploadTo(server.url) }));
    for (const event of outputs('x')) recorder.accept(event);
    await recorder.seal(END);
    await recorder.uploaded(never);
    expect(attempts).toBe(3);
    expect(verify(await readFile(storedPath())).isVerified).toBe(true);
  });
});

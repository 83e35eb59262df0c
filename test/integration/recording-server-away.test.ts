import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionId } from '../../contract/ids.ts';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import { recoverSpool } from '../../main/session-host/recorder/recover-spool.ts';
import { fakeTimers } from '../support/fake-timers.ts';
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

function fail(): never {
  throw new Error('there are five sessions');
}

describe('a client without a server for an hour', () => {
  const HOUR_MS = 3_600_000;
  const ids = ['ended-1', 'ended-2', 'killed-3', 'later-4', 'later-5'].map(id => SessionId.parse(id));

  it('keeps every session, over a restart in its middle, and all are on the server when it is back', async () => {
    const { port, url } = server;
    await server.close();
    const timers = fakeTimers();
    const options = (sessionId: SessionId, spoolFolder: string) => {
      const { header, ...rest } = bench.recorderOptions({ upload: uploadTo(url), timers, spoolFolder });
      return { ...rest, header: { ...header, sessionId }, keepUploaded: false };
    };
    const textFor = (id: string) => `all of ${id}\r\n`;
    /** Time goes on: a minute at once, as often as the event loop is free. */
    const clock = setInterval(() => timers.advance(60_000), 5);
    const passed = async (ms: number): Promise<void> => {
      const untilMs = timers.nowMs() + ms;
      while (timers.nowMs() < untilMs) await delay(5);
    };
    const stop = new AbortController();
    try {
      const record = async (id: SessionId, folder: string) => {
        const recorder = await createRecorder(options(id, folder));
        for (const event of outputs(textFor(id))) recorder.accept(event);
        return recorder;
      };
      const first = bench.spoolFolder;
      for (const id of ids.slice(0, 2)) {
        const recorder = await record(id, first);
        await recorder.seal(END);
        recorder.uploaded(stop.signal).catch(() => undefined);
      }
      const killed = await record(ids[2] ?? fail(), first);
      await passed(HOUR_MS / 2);
      await vi.waitFor(() => expect(killed.queuedBytes).toBe(0), 20_000);

      // the client ends here: the next one finds its spool
      stop.abort();
      const second = join(bench.folder, 'second');
      await cp(first, second, { recursive: true });
      for (const id of ids) await rm(join(second, `${id}.lock`), { force: true });
      const recovery = await recoverSpool({ ...options(SESSION, second), spoolFolder: second });
      expect(recovery.recovered).toEqual([ids[2]]);
      const uploads = recovery.upload(never);
      const later: Promise<void>[] = [];
      for (const id of ids.slice(3)) {
        const recorder = await record(id, second);
        await recorder.seal(END);
        later.push(recorder.uploaded(never));
      }
      await passed(HOUR_MS / 2);
      expect((await readdir(second)).filter(name => name.endsWith('.sprec'))).toHaveLength(ids.length);

      server = await startRecordingServer(bench, {
        port,
        expectedHeader: async id => ({
          sessionId: SessionId.parse(id),
          grantId: bench.recorderOptions().header.grantId,
          grantHash: bench.recorderOptions().header.grantHash,
          deviceId: bench.recorderOptions().header.deviceId,
          devicePublicKey: bench.devicePublicKey,
        }),
      });
      const { uploaded, failed } = await uploads;
      expect({ uploaded: [...uploaded].sort(), failed }).toEqual({ uploaded: ids.slice(0, 3), failed: [] });
      await Promise.all(later);
      for (const id of ids) {
        const stored = await readFile(join(bench.folder, 'server', id));
        expect(await textOf(stored, bench.identity)).toBe(textFor(id));
        expect(verify(stored).problems.map(({ code }) => code)).toEqual(id === ids[2] ? ['gap'] : []);
      }
      expect((await readdir(second)).filter(name => name.endsWith('.sprec'))).toEqual([]);
      await killed.seal(END);
    } finally {
      clearInterval(clock);
    }
  });
});

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { createTusClient } from '../../main/session-host/recorder/tus-client.ts';
import type { Uploader } from '../../main/session-host/recorder/uploader.ts';
import { createUploader } from '../../main/session-host/recorder/uploader.ts';
import { systemTimers } from '../../main/timers.ts';
import type { SealedText } from '../support/running-recording.ts';
import { sealText, writeRecording } from '../support/running-recording.ts';
import type { Bench } from './bench-definition.ts';
import type { ScaleDevice, ScaleServer } from './scale-server.ts';
import { createLightFetch } from './light-fetch.ts';
import { inTurns, percentile, startScaleServer } from './scale-server.ts';

const GOAL_MS = 250;
const RUNS = 2;
/** One run; every session has a new segment each second of it. */
const RUN_S = 10;
/** What the warm-up and all runs use up, and the first segment with the header. */
const SEGMENTS = (RUNS + 1) * RUN_S + 1;
const SESSIONS_PER_DEVICE = 20;
/** A busy shell's second: text before it is packed and sealed. */
const PLAIN_BYTES = 4_000;
/** After the last segment of a run was offered: how long an answer is waited for. */
const DRAIN_MS = 60_000;

/** A session of which the recording is made already, and uploaded as it would be while it runs. */
interface RunningSession {
  readonly uploader: Uploader;
  /** where the file may be cut: after each segment */
  readonly ends: readonly number[];
  offered: number;
  acknowledged: number;
}

interface Load {
  readonly server: ScaleServer;
  readonly http: ReturnType<typeof createLightFetch>;
  readonly sessions: readonly RunningSession[];
  /** how long each append took from the request to the answer, milliseconds; emptied before a run */
  readonly tookMs: number[];
  /** what is to be known of an upload that was given up */
  readonly refused: string[];
}

async function prepare(count: number): Promise<Load> {
  const server = await startScaleServer(Math.ceil(count / SESSIONS_PER_DEVICE));
  const text = await sealText(PLAIN_BYTES);
  const folder = join(server.folder, 'spool');
  await mkdir(folder);
  const load: Load = { server, http: createLightFetch(), sessions: [], tookMs: [], refused: [] };
  const sessions: RunningSession[] = [];
  await inTurns(count, async index => {
    const device = server.devices[index % server.devices.length];
    if (device === undefined) throw new Error('There is no device.');
    sessions.push(await startSession(load, { device, folder, text }));
  });
  return { ...load, sessions };
}

async function startSession(
  load: Load,
  options: {
    readonly device: ScaleDevice;
    readonly folder: string;
    readonly text: SealedText;
  },
): Promise<RunningSession> {
  const { device, folder, text } = options;
  const sessionId = await device.createSession();
  const path = join(folder, sessionId);
  const ends = await writeRecording(path, { ...device, sessionId, text, segments: SEGMENTS });
  const client = createTusClient({
    recordingId: sessionId,
    serverUrl: load.server.url,
    authorize: device.authorize,
    fetch: load.http.fetch,
    signal: new AbortController().signal,
  });
  const session = { ends, offered: 0, acknowledged: 0 };
  const uploader = createUploader({
    path,
    client: {
      ...client,
      async append(...args) {
        const sentMs = performance.now();
        const answer = await client.append(...args);
        load.tookMs.push(performance.now() - sentMs);
        return answer;
      },
    },
    timers: systemTimers,
    random: Math.random,
    onAcknowledged: ({ bytes }) => (running.acknowledged = bytes),
    onReachable: () => undefined,
    onComplete: () => undefined,
    onRefused: message => load.refused.push(message),
  });
  const running: RunningSession = Object.assign(session, { uploader });
  return running;
}

/** So many seconds of all sessions, each at a moment of the second of its own; resolves when the server has it all: how many it has not. */
async function run({ sessions, refused }: Load): Promise<number> {
  await Promise.all(
    sessions.map(async (session, index) => {
      const firstMs = performance.now() + (index / sessions.length) * 1000;
      for (let second = 0; second < RUN_S; second += 1) {
        await wait(Math.max(0, firstMs + second * 1000 - performance.now()));
        session.offered = session.ends[session.ends.indexOf(session.offered) + 1] ?? session.offered;
        session.uploader.offer(session.offered, false);
      }
    }),
  );
  const deadlineMs = performance.now() + DRAIN_MS;
  const behind = () => sessions.filter(session => session.acknowledged < session.offered).length;
  while (behind() > 0 && performance.now() < deadlineMs) {
    if (refused[0] !== undefined) throw new Error(`The server refused an upload: ${refused[0]}`);
    await wait(50);
  }
  return behind();
}

function benchOf(count: number): Bench {
  let prepared: Promise<Load> | null = null;
  let facts: Record<string, number> = {};
  return {
    name: `sessions-append-p99-${String(count)}`,
    unit: 'ms',
    goal: GOAL_MS,
    runs: RUNS,
    async measure() {
      prepared ??= prepare(count);
      const load = await prepared;
      load.tookMs.length = 0;
      const before = await load.server.use();
      const clientBefore = process.cpuUsage();
      const beganMs = performance.now();
      const behind = await run(load);
      const tookS = (performance.now() - beganMs) / 1000;
      const client = process.cpuUsage(clientBefore);
      const after = await load.server.use();
      const appends = load.tookMs.length;
      facts = {
        sessionsBehind: behind,
        p50Ms: percentile(load.tookMs, 0.5),
        appendsPerS: appends / tookS,
        serverCpuMsPerAppend: (after.cpuMs - before.cpuMs) / appends,
        databaseCpuMsPerAppend: (after.databaseCpuMs - before.databaseCpuMs) / appends,
        clientCpuMsPerAppend: (client.user + client.system) / 1000 / appends,
        serverRssMB: after.rssBytes / 1e6,
      };
      // What was not even answered in that time counts as no less.
      return Math.max(percentile(load.tookMs, 0.99), behind > 0 ? DRAIN_MS : 0);
    },
    facts: () => facts,
    async close() {
      const load = await prepared;
      for (const { uploader } of load?.sessions ?? []) uploader.stop();
      load?.http.close();
      await load?.server.close();
    },
  };
}

/**
 * Recorded sessions that have a segment each second, uploaded by the real client's uploader to a real server with PostgreSQL, client and
 * server on one machine and its cores: how long 99 of a hundred appends take from request to durable answer. A server that falls behind gets fewer
 * and larger pieces (`appendsPerS` below the number of sessions), as from real clients.
 */
export const sessionsAppendBenches: readonly Bench[] = [100, 300, 1_000].map(benchOf);

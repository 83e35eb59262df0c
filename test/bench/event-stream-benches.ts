import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { LEASE_RENEWAL_MS } from '../../contract/access.ts';
import { EVENTS_PATH } from '../../contract/server-routes.ts';
import { createSseParser } from '../../main/server-client/sse-parser.ts';
import type { Bench } from './bench-definition.ts';
import type { ScaleDevice, ScaleServer } from './scale-server.ts';
import { inTurns, percentile, startScaleServer } from './scale-server.ts';

/** A lease holds for 15 s and is renewed every 4 s: a second late is a quarter of what may be lost. */
const GOAL_MS = 1_000;
const RUNS = 2;
const RUN_MS = 12_000;
const STREAMS_PER_DEVICE = 100;

interface Streams {
  readonly server: ScaleServer;
  readonly open: readonly ClientRequest[];
  /** by how much each renewal came later than it was due, milliseconds; emptied before a run */
  readonly lateMs: number[];
  /** how many streams have ended by themselves */
  readonly ended: { count: number };
  readonly bytesPerStream: number;
}

async function connect(count: number): Promise<Streams> {
  const server = await startScaleServer(Math.ceil(count / STREAMS_PER_DEVICE));
  const before = await server.use();
  const lateMs: number[] = [];
  const ended = { count: 0 };
  const open: ClientRequest[] = [];
  await inTurns(count, async index => {
    const device = server.devices[index % server.devices.length];
    if (device === undefined) throw new Error('There is no device.');
    open.push(await openStream(server.url, device, { lateMs, ended }));
  });
  const after = await server.use();
  return { server, open, lateMs, ended, bytesPerStream: (after.rssBytes - before.rssBytes) / count };
}

/** Resolves with the first lease. */
async function openStream(
  url: string,
  device: ScaleDevice,
  { lateMs, ended }: Pick<Streams, 'lateMs' | 'ended'>,
): Promise<ClientRequest> {
  const authorization = await device.authorize('GET', EVENTS_PATH);
  return new Promise((resolve, reject) => {
    let lastMs: number | null = null;
    const stream = request(new URL(EVENTS_PATH, url), { agent: false, headers: { authorization } });
    stream.on('error', error => (lastMs === null ? reject(error) : (ended.count += 1)));
    stream.on('response', response => {
      if (response.statusCode !== 200) {
        reject(new Error(`The event stream was refused: ${String(response.statusCode)}`));
        return;
      }
      const take = createSseParser(() => {
        const nowMs = performance.now();
        if (lastMs !== null) lateMs.push(Math.max(0, nowMs - lastMs - LEASE_RENEWAL_MS));
        lastMs = nowMs;
        resolve(stream);
      });
      response.on('data', take);
      response.on('end', () => (ended.count += 1));
    });
    stream.end();
  });
}

function benchOf(count: number): Bench {
  let connected: Promise<Streams> | null = null;
  let facts: Record<string, number> = {};
  return {
    name: `event-streams-${String(count)}`,
    unit: 'ms',
    goal: GOAL_MS,
    runs: RUNS,
    async measure() {
      connected ??= connect(count);
      const { server, lateMs, ended, bytesPerStream } = await connected;
      lateMs.length = 0;
      const before = await server.use();
      await wait(RUN_MS);
      const after = await server.use();
      if (ended.count > 0) throw new Error(`${String(ended.count)} streams ended by themselves.`);
      facts = {
        p50LateMs: percentile(lateMs, 0.5),
        renewals: lateMs.length,
        serverBytesPerStream: bytesPerStream,
        serverCpuShare: (after.cpuMs - before.cpuMs) / RUN_MS,
        serverCpuMsPerRenewal: (after.cpuMs - before.cpuMs) / Math.max(1, lateMs.length),
      };
      return percentile(lateMs, 0.99);
    },
    facts: () => facts,
    async close() {
      const streams = await connected;
      for (const stream of streams?.open ?? []) stream.destroy();
      await streams?.server.close();
    },
  };
}

/** Idle event streams, each with its lease renewed every 4 s: by how much 99 of a hundred renewals come late. */
export const eventStreamBenches: readonly Bench[] = [1_000, 3_000, 10_000].map(benchOf);

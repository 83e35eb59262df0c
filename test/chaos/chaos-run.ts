import { setTimeout as delay } from 'node:timers/promises';
import process from 'node:process';
import type { VerificationReport } from '../../contract/recording.ts';
import { textOf, verify } from '../support/recording-bench.ts';
import type { ChaosClient, Shown, WatchedSession } from './chaos-client.ts';
import { isAlive, startChaosClient } from './chaos-client.ts';
import type { ChaosWorld } from './chaos-world.ts';
import { startChaosWorld } from './chaos-world.ts';

export const VICTIMS = ['host', 'main', 'server', 'all'] as const;
export type Victim = (typeof VICTIMS)[number];

/** What one kill did. */
export interface ChaosOutcome {
  readonly victim: Victim;
  /** after the first lines of the program were shown, or after the session was open, while its first command is typed, where `isEarly` */
  readonly afterMs: number;
  readonly isEarly: boolean;
  /** age, at the kill, of the oldest output that was shown and is not in the recording, what was typed included; 0 where nothing is missing */
  readonly lossMs: number;
  /** bytes that the server had acknowledged and did not have after the kill */
  readonly lostAcknowledged: number;
  /** why the recording does not hold, or states its gap wrongly; null where it does */
  readonly unverified: string | null;
}

/** What is promised of output that was shown (contract/recording.ts, SEGMENT_MAX_UNPERSISTED_MS). */
const MAX_LOSS_MS = 250;
const LONGEST_RUN_MS = 1_000;
/** of the kills: at whatever moment of a session that has just begun */
const EARLY_SHARE = 0.25;
const RECOVERY_DEADLINE_MS = 60_000;

export interface ChaosSummary {
  readonly runs: number;
  readonly maxLossMs: number;
  readonly lostAcknowledged: number;
  readonly unverified: number;
  readonly ok: boolean;
}

/** Kills with SIGKILL, `runs` times, at moments that follow from the seed; each time a session records. */
export async function chaos(options: {
  readonly runs: number;
  readonly seed: number;
  readonly onOutcome: (outcome: ChaosOutcome, run: number) => void;
}): Promise<ChaosSummary> {
  const random = seeded(options.seed);
  const world = await startChaosWorld();
  let client = await startChaosClient(world.profileFolder, world.operatorId);
  const outcomes: ChaosOutcome[] = [];
  try {
    for (let run = 0; run < options.runs; run += 1) {
      const victim = VICTIMS[run % VICTIMS.length] ?? 'all';
      const plan = {
        victim,
        afterMs: Math.floor(random() * LONGEST_RUN_MS),
        isEarly: random() < EARLY_SHARE,
      };
      const done = await once(world, client, plan);
      client = done.client;
      outcomes.push(done.outcome);
      options.onOutcome(done.outcome, run);
    }
  } finally {
    kill(client.pid);
    await client.gone;
    await world.close();
  }
  const maxLossMs = Math.max(0, ...outcomes.map(({ lossMs }) => lossMs));
  const lostAcknowledged = outcomes.reduce((sum, outcome) => sum + outcome.lostAcknowledged, 0);
  const unverified = outcomes.filter(outcome => outcome.unverified !== null).length;
  const ok = maxLossMs <= MAX_LOSS_MS && lostAcknowledged === 0 && unverified === 0;
  return { runs: outcomes.length, maxLossMs, lostAcknowledged, unverified, ok };
}

async function once(
  world: ChaosWorld,
  client: ChaosClient,
  { victim, afterMs, isEarly }: Pick<ChaosOutcome, 'victim' | 'afterMs' | 'isEarly'>,
): Promise<{ readonly outcome: ChaosOutcome; readonly client: ChaosClient }> {
  const session = await client.open(await world.grant());
  if (!isEarly) await until(() => Promise.resolve(firstLine(session) !== null));
  await delay(afterMs);
  const host = client.hostOf(session.id);
  const hosts = client.hosts();
  const killedAtMs = Date.now();
  if (victim === 'host' || victim === 'all') kill(host);
  if (victim === 'main' || victim === 'all') kill(client.pid);
  if (victim === 'server' || victim === 'all') kill(world.serverPid());
  let next = client;
  let lostAcknowledged = 0;
  if (victim === 'main' || victim === 'all') await client.gone;
  if (victim === 'server' || victim === 'all') {
    lostAcknowledged = Math.max(0, session.acknowledgedBytes - (await world.storedBytes(session.id)));
    await world.restartServer();
  }
  if (victim === 'main' || victim === 'all') {
    // Sessions whose client is gone end by themselves; what they still record belongs to them until then.
    await until(() => Promise.resolve(hosts.every(pid => !isAlive(pid))));
    next = await startChaosClient(world.profileFolder, world.operatorId);
  }
  if (victim === 'server') client.close();
  const recording = await whenWhole(world, session.id);
  const found = await compare(session, { world, recording, killedAtMs, victim });
  return { outcome: { victim, afterMs, isEarly, lostAcknowledged, ...found }, client: next };
}

async function compare(
  session: WatchedSession,
  at: {
    readonly world: ChaosWorld;
    readonly recording: Uint8Array;
    readonly killedAtMs: number;
    readonly victim: Victim;
  },
): Promise<Pick<ChaosOutcome, 'lossMs' | 'unverified'>> {
  const recorded = Buffer.from(await textOf(at.recording, at.world.identity));
  const shown = Buffer.concat(session.shown.map(({ bytes }) => bytes));
  const common = Math.min(recorded.length, shown.length);
  if (!recorded.subarray(0, common).equals(shown.subarray(0, common)))
    return { lossMs: 0, unverified: 'the recording is not what was shown' };
  let offset = 0;
  const missing = session.shown.find(({ bytes }) => (offset += bytes.length) > recorded.length);
  const lossMs = missing === undefined ? 0 : Math.max(0, at.killedAtMs - missing.atMs);
  return { lossMs, unverified: faultOf(verify(at.recording), at.victim) };
}

/** The first output of the program. */
function firstLine({ shown }: WatchedSession): Shown | null {
  const decoder = new TextDecoder();
  let text = '';
  return shown.find(({ bytes }) => /\d of the lines\r?\n/.test((text += decoder.decode(bytes)))) ?? null;
}

/** A recording whose host was killed has exactly one fault: its gap, from its last segment on. Any other has none. */
function faultOf(report: VerificationReport, victim: Victim): string | null {
  const wantsGap = victim === 'host' || victim === 'all';
  const others = wantsGap ? report.problems.slice(1) : report.problems;
  const gap = wantsGap ? report.problems[0] : undefined;
  if (others.length > 0) return others.map(({ message }) => message).join(' ');
  if (!wantsGap) return report.isVerified ? null : 'it does not verify';
  const isExact = gap?.kind === 'gap' && gap.fromMs === report.durationMs && gap.toMs === null;
  if (report.endCause !== 'recovered') return `it ends with ${report.endCause ?? 'nothing'}`;
  return isExact ? null : 'its gap is not stated exactly';
}

/** The recording, once the server has all of it. */
async function whenWhole({ reviewer }: ChaosWorld, id: string): Promise<Uint8Array> {
  await until(async () => {
    const { recordings } = await reviewer.call('listRecordings', {});
    return recordings.some(recording => recording.id === id && recording.state !== 'running');
  });
  const response = await reviewer.fetch(`/v1/recordings/${id}/content`, {});
  if (!response.ok) throw new Error(`the recording cannot be fetched: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** What answers with an error may be away just now. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + RECOVERY_DEADLINE_MS;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadlineMs) throw new Error('it did not recover in time');
    await delay(50);
  }
}

function kill(pid: number | null): void {
  if (pid === null || pid === 0) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

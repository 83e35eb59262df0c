import { performance } from 'node:perf_hooks';
import { SessionTerms } from '../../contract/grant.ts';
import { SessionId } from '../../contract/ids.ts';
import { step } from '../../core/access/machine.ts';
import { isGateOpen, startAccess } from '../../core/access/state.ts';
import type { Bench } from './bench-definition.ts';
import type { BenchClient, Crowd } from './revocation-crowd.ts';
import { BENCH_TARGET, gather } from './revocation-crowd.ts';

const GOAL_MS = 500;
/** Revocations of one run; the figure is the time that 99 of a hundred stay under. */
const REVOCATIONS = 100;

/** From the click to the moment when the client's machine has closed the gate, milliseconds; then the freeze is reported. */
async function revocationMs({ approver }: Crowd, client: BenchClient): Promise<number> {
  const { http } = client.connection;
  const { id } = await http.call('createRequest', {
    input: { targetId: BENCH_TARGET, account: 'user', reason: 'bench', durationS: 600 },
  });
  const { grantId } = await approver.call('decideRequest', {
    params: { id },
    input: { decision: 'approve' },
  });
  if (grantId === null) throw new Error('no grant');
  const nowMs = client.connection.time.nowMs();
  const requested = startAccess({
    sessionId: SessionId.parse('se_bench'),
    grantId,
    terms: SessionTerms.parse({}),
    startsAtMs: nowMs,
    expiresAtMs: nowMs + 600_000,
    leaseUntilMs: client.connection.lease?.untilMs ?? nowMs,
    nowMs,
  });
  const session = step(requested, { kind: 'opened' }, nowMs).state;
  if (!isGateOpen(session)) throw new Error('The client has no lease that holds.');
  const closed = Promise.withResolvers<number>();
  client.onRevoked = revoked => {
    if (revoked !== grantId) return;
    const { state } = step(session, { kind: 'revoked' }, client.connection.time.nowMs());
    if (!isGateOpen(state)) closed.resolve(performance.now());
  };
  const clickedMs = performance.now();
  const revoking = approver.call('revokeGrant', { params: { id: grantId }, input: { reason: 'bench' } });
  const closedMs = await closed.promise;
  await revoking;
  const frozenAtMs = client.connection.time.nowMs();
  const { revocationMs: measured } = await http.call('reportFrozen', {
    params: { id: grantId },
    input: { frozenAtMs },
  });
  if (measured === null) throw new Error('The server did not keep the measured time.');
  return closedMs - clickedMs;
}

function benchOf(count: number): Bench {
  let gathered: Promise<Crowd> | null = null;
  return {
    name: `revocation-p99-${String(count)}`,
    unit: 'ms',
    goal: GOAL_MS,
    runs: 1,
    async measure() {
      gathered ??= gather(count);
      const crowd = await gathered;
      const figures: number[] = [];
      for (let index = 0; index < REVOCATIONS; index += 1) {
        const client = crowd.clients[(index * 7919) % count];
        if (client !== undefined) figures.push(await revocationMs(crowd, client));
      }
      figures.sort((a, b) => a - b);
      return figures[Math.ceil(figures.length * 0.99) - 1] ?? Infinity;
    },
    async close() {
      await (await gathered)?.close();
    },
  };
}

/** Click to the decision to close the gate, with so many clients connected, each with its event stream (a session's own gate: revocation-session-benches.ts). */
export const revocationBenches: readonly Bench[] = [1, 100, 1_000].map(benchOf);

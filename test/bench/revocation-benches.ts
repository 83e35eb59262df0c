import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SessionTerms } from '../../contract/grant.ts';
import type { GrantId } from '../../contract/ids.ts';
import { SessionId, TargetId } from '../../contract/ids.ts';
import { step } from '../../core/access/machine.ts';
import { isGateOpen, startAccess } from '../../core/access/state.ts';
import { enrolDevice } from '../../main/server-client/enrol.ts';
import type { ServerConnection } from '../../main/server-client/server-connection.ts';
import { connectServer } from '../../main/server-client/server-connection.ts';
import type { ServerHttp } from '../../main/server-client/server-http.ts';
import { systemTimers } from '../../main/timers.ts';
import { httpOf } from '../support/client-world.ts';
import type { Bench } from './bench-definition.ts';

const GOAL_MS = 500;
/** Revocations of one run; the figure is the time that 99 of a hundred stay under. */
const REVOCATIONS = 100;
const AT_ONCE = 8;
const TARGET = TargetId.parse('tg_bench');

/** One enrolled device with its event stream: what a client is to the server. */
interface BenchClient {
  readonly connection: ServerConnection;
  /** Called with each revocation that arrives. */
  onRevoked: (grantId: GrantId) => void;
}

interface Crowd {
  readonly clients: readonly BenchClient[];
  readonly approver: ServerHttp;
  close(): Promise<void>;
}

/** A server in another process and so many connected clients, all with a lease. */
async function gather(count: number): Promise<Crowd> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const path = fileURLToPath(new URL('server-child.ts', import.meta.url));
  const child = spawn(process.execPath, [path, join(folder, 'server')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, enrolCode } = JSON.parse(line) as { url: string; enrolCode: string };
  const admin = httpOf(await enrolDevice({ serverUrl: url, code: enrolCode }));
  const enrol = async (name: string, role: 'operator' | 'approver' | 'reviewer') => {
    const made = await admin.call('createAccount', { input: { name, roles: [role] } });
    return enrolDevice({ serverUrl: url, code: made.enrolCode });
  };
  const approver = httpOf(await enrol('Approver', 'approver'));
  const reviewer = await enrol('Reviewer', 'reviewer');
  await admin.call('putRecipient', {
    input: { recipient: `age1${'q'.repeat(58)}`, accountId: reviewer.account.id },
  });
  await admin.call('putTarget', {
    input: {
      target: { id: TARGET, kind: 'local', name: 'bench' },
      accounts: ['user'],
      redaction: {},
      scope: {},
      session: {},
      maxMinutes: 60,
      secret: { kind: 'none' },
    },
  });
  const clients: BenchClient[] = [];
  await inTurns(count, async index => {
    const account = await enrol(`Operator ${String(index)}`, 'operator');
    const leased = Promise.withResolvers<undefined>();
    const client: BenchClient = {
      onRevoked: () => undefined,
      connection: connectServer({
        account,
        timers: systemTimers,
        wallNowMs: Date.now,
        random: Math.random,
        listeners: {
          onEvent(event) {
            if (event.kind === 'grant-revoked') client.onRevoked(event.grantId);
          },
          onLease: lease => (lease === null ? undefined : leased.resolve(undefined)),
          onState: () => undefined,
          onGap: () => Promise.resolve(),
        },
      }),
    };
    clients[index] = client;
    await leased.promise;
  });
  return {
    clients,
    approver,
    async close() {
      for (const { connection } of clients) connection.dispose();
      child.stdin.end();
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** From the click to the moment when the client's machine has closed the gate, milliseconds; then the freeze is reported. */
async function revocationMs({ approver }: Crowd, client: BenchClient): Promise<number> {
  const { http } = client.connection;
  const { id } = await http.call('createRequest', {
    input: { targetId: TARGET, account: 'user', reason: 'bench', durationS: 600 },
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

/** Click to closed gate with so many clients connected, each with its event stream. */
export const revocationBenches: readonly Bench[] = [1, 100, 1_000].map(benchOf);

async function inTurns(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../../main/app/app.ts';
import { createApp } from '../../main/app/app.ts';
import { createReviewService } from '../../main/review/create-review-service.ts';
import { createForkNodeHost } from '../../main/session-host-client/fork-node-host.ts';
import { openProfile } from '../../main/vault/profile-folder.ts';
import { fileSecretBox } from '../../main/vault/secret-box.ts';
import { WEB_SHELL_FACTS } from '../../main/web/web-shell-facts.ts';
import type { TestWindow } from '../support/client-world.ts';
import { openTestWindow } from '../support/client-world.ts';
import type { Bench } from './bench-definition.ts';
import type { Crowd } from './revocation-crowd.ts';
import { BENCH_TARGET, gather } from './revocation-crowd.ts';

const GOAL_MS = 500;
/** Each is a session of its own, with its process and its shell; the figure is the slowest. */
const REVOCATIONS = 20;
const LOOK_AGAIN_MS = 20;

/** A whole client in the crowd: its session host, its input gate and a shell behind it. */
interface RealClient {
  readonly crowd: Crowd;
  readonly window: TestWindow;
  close(): Promise<void>;
}

async function joinCrowd(crowd: Crowd): Promise<RealClient> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-client-'));
  const app: App = createApp({
    profile: openProfile(folder, {}),
    secretBox: fileSecretBox,
    shell: WEB_SHELL_FACTS,
    forkHost: createForkNodeHost(),
    createReviewService,
    environment: { PATH: '/usr/bin:/bin', HOME: folder, SHELL: '/bin/sh', LANG: 'C.UTF-8' },
  });
  const code = await crowd.enrolCode('Operator with a session', 'operator');
  const window = await openTestWindow(app, await app.enrol(crowd.url, code));
  return {
    crowd,
    window,
    async close() {
      await app.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** From the click to the moment at which the session host said that its gate is closed, milliseconds on one machine's clock. */
async function revocationMs({ crowd, window }: RealClient): Promise<number> {
  const { approver } = crowd;
  const request = await window.ask('requests.create', {
    targetId: BENCH_TARGET,
    account: 'user',
    reason: 'bench',
    durationS: 600,
  });
  const { grantId } = await approver.call('decideRequest', {
    params: { id: request.id },
    input: { decision: 'approve' },
  });
  if (grantId === null) throw new Error('no grant');
  const { sessionId } = await window.ask('session.open', { grantId, cols: 80, rows: 24 });
  await window.untilAccess(sessionId, access => access.isGateOpen);
  const clickedMs = Date.now();
  const { revokedAtMs } = await approver.call('revokeGrant', {
    params: { id: grantId },
    input: { reason: 'bench' },
  });
  for (;;) {
    const { revocationMs: tookMs } = await approver.call('getGrant', { params: { id: grantId } });
    if (tookMs !== null && revokedAtMs !== null) return revokedAtMs + tookMs - clickedMs;
    await wait(LOOK_AGAIN_MS);
  }
}

function benchOf(count: number): Bench {
  let client: Promise<RealClient> | null = null;
  return {
    name: `revocation-session-max-${String(count)}`,
    unit: 'ms',
    goal: GOAL_MS,
    runs: 1,
    async measure() {
      client ??= gather(count).then(joinCrowd);
      const joined = await client;
      let slowestMs = 0;
      for (let index = 0; index < REVOCATIONS; index += 1)
        slowestMs = Math.max(slowestMs, await revocationMs(joined));
      return slowestMs;
    },
    async close() {
      const joined = await client;
      await joined?.close();
      await joined?.crowd.close();
    },
  };
}

/** Click to frozen input of a session that runs, with so many other clients connected. */
export const revocationSessionBenches: readonly Bench[] = [1, 1_000].map(benchOf);

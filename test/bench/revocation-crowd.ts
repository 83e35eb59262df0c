import { generateIdentity, identityToRecipient } from 'age-encryption';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { GrantId } from '../../contract/ids.ts';
import { TargetId } from '../../contract/ids.ts';
import { enrolDevice } from '../../main/server-client/enrol.ts';
import type { ServerConnection } from '../../main/server-client/server-connection.ts';
import { connectServer } from '../../main/server-client/server-connection.ts';
import type { ServerHttp } from '../../main/server-client/server-http.ts';
import { systemTimers } from '../../main/timers.ts';
import { httpOf } from '../support/client-world.ts';
import { inTurns } from './scale-server.ts';

export const BENCH_TARGET = TargetId.parse('tg_bench');
type BenchRole = 'operator' | 'approver' | 'reviewer';

/** One enrolled device with its event stream: what a client is to the server. */
export interface BenchClient {
  readonly connection: ServerConnection;
  /** Called with each revocation that arrives. */
  onRevoked: (grantId: GrantId) => void;
}

export interface Crowd {
  /** of the server */
  readonly url: string;
  /** of a new account, for its first device */
  enrolCode(name: string, role: BenchRole): Promise<string>;
  readonly clients: readonly BenchClient[];
  readonly approver: ServerHttp;
  close(): Promise<void>;
}

/** A server in another process and so many connected clients, all with a lease. */
export async function gather(count: number): Promise<Crowd> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const path = fileURLToPath(new URL('server-child.ts', import.meta.url));
  const child = spawn(process.execPath, [path, join(folder, 'server')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, enrolCode: code } = JSON.parse(line) as { url: string; enrolCode: string };
  const admin = httpOf(await enrolDevice({ serverUrl: url, code }));
  const enrolCode = async (name: string, role: BenchRole) =>
    (await admin.call('createAccount', { input: { name, roles: [role] } })).enrolCode;
  const enrol = async (name: string, role: BenchRole) =>
    enrolDevice({ serverUrl: url, code: await enrolCode(name, role) });
  const approver = httpOf(await enrol('Approver', 'approver'));
  const reviewer = await enrol('Reviewer', 'reviewer');
  await admin.call('putRecipient', {
    input: { recipient: await identityToRecipient(await generateIdentity()), accountId: reviewer.account.id },
  });
  await admin.call('putTarget', {
    input: {
      target: { id: BENCH_TARGET, kind: 'local', name: 'bench' },
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
    url,
    enrolCode,
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

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { TargetId } from '../../contract/ids.ts';
import { createNodeClient } from '../../main/app/create-node-client.ts';
import { enrolDevice } from '../../main/server-client/enrol.ts';
import type { ServerHttp } from '../../main/server-client/server-http.ts';
import { initServer } from '../../server/start-server.ts';
import { httpOf } from '../support/client-world.ts';
import { freePort, stopChild, whenWritten } from '../support/server-process.ts';

/** A server in a process of its own, and people: all that outlives the runs. */
export interface ChaosWorld {
  readonly profileFolder: string;
  readonly operatorId: string;
  /** an age identity that opens what is recorded */
  readonly identity: string;
  readonly reviewer: ServerHttp;
  readonly serverPid: () => number;
  /** Resolves once a killed server is gone and a new one runs on its data. */
  restartServer(): Promise<void>;
  /** Bytes of a recording on the server's disk. */
  storedBytes(recordingId: string): Promise<number>;
  /** A new grant of the operator's, approved. */
  grant(): Promise<string>;
  close(): Promise<void>;
}

const PROGRAM = join(import.meta.dirname, '../../main/cli/sallyport.js');

export async function startChaosWorld(): Promise<ChaosWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-chaos-'));
  const dataFolder = join(folder, 'server');
  const profileFolder = join(folder, 'profile');
  const { enrolCode } = await initServer({ dataFolder, adminName: 'Adam' });
  const port = await freePort();
  const serverUrl = `http://127.0.0.1:${port}`;
  const startServer = async (): Promise<ChildProcess> => {
    const args = [
      PROGRAM,
      'server',
      '--data',
      dataFolder,
      '--port',
      String(port),
      '--json',
      '--log',
      'silent',
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    await whenWritten(child, /"kind":"ready"/);
    return child;
  };
  let server = await startServer();

  const admin = httpOf(await enrolDevice({ serverUrl, code: enrolCode }));
  const codeFor = async (name: string, role: 'operator' | 'approver' | 'reviewer') =>
    (await admin.call('createAccount', { input: { name, roles: [role] } })).enrolCode;
  const reviewerAccount = await enrolDevice({ serverUrl, code: await codeFor('Rita', 'reviewer') });
  const reviewer = httpOf(reviewerAccount);
  const identity = await generateX25519Identity();
  const input = { recipient: await identityToRecipient(identity), accountId: reviewerAccount.account.id };
  await admin.call('putRecipient', { input });
  const approver = httpOf(await enrolDevice({ serverUrl, code: await codeFor('Anna', 'approver') }));
  const client = createNodeClient({ profileFolder, environment: process.env });
  const operator = await client.enrol(serverUrl, await codeFor('Olga', 'operator'));
  const enrolled = client.accounts().find(each => each.enrolled.account.id === operator.id)?.enrolled;
  await client.dispose();
  if (enrolled === undefined) throw new Error('the operator is not enrolled');
  const asOperator = httpOf(enrolled);
  const target = { id: TargetId.parse('here'), kind: 'local' as const, name: 'This machine' };
  const terms = { redaction: {}, scope: {}, session: {}, maxMinutes: 60, secret: { kind: 'none' as const } };
  await admin.call('putTarget', { input: { target, accounts: ['user'], ...terms } });

  return {
    profileFolder,
    operatorId: operator.id,
    identity,
    reviewer,
    serverPid: () => server.pid ?? 0,
    async restartServer() {
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      server = await startServer();
    },
    storedBytes: id =>
      stat(join(dataFolder, 'recordings', id)).then(
        ({ size }) => size,
        () => 0,
      ),
    async grant() {
      const wish = { targetId: target.id, account: 'user', reason: 'chaos', durationS: 600 };
      const request = await asOperator.call('createRequest', { input: wish });
      const decision = { params: { id: request.id }, input: { decision: 'approve' as const } };
      const { grantId } = await approver.call('decideRequest', decision);
      if (grantId === null) throw new Error('there is no grant');
      return grantId;
    },
    async close() {
      await stopChild(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

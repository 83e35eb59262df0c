import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TargetId } from '../../contract/ids.ts';
import type { Role } from '../../contract/server-api.ts';
import { enrolDevice } from '../../main/server-client/enrol.ts';
import type { ServerConnection } from '../../main/server-client/server-connection.ts';
import { connectServer } from '../../main/server-client/server-connection.ts';
import type { ServerHttp } from '../../main/server-client/server-http.ts';
import { createTusClient } from '../../main/session-host/recorder/tus-client.ts';
import { createUploader } from '../../main/session-host/recorder/uploader.ts';
import { createProofSigner } from '../../main/server-client/proof.ts';
import { systemTimers } from '../../main/timers.ts';
import type { EnrolledAccount } from '../../main/vault/vault.ts';
import type { EmbeddedDatabase } from '../../server/embedded-database.ts';
import { startEmbeddedDatabase } from '../../server/embedded-database.ts';
import { initServer } from '../../server/start-server.ts';
import { httpOf } from '../support/client-world.ts';
import type { LoadBalancer } from '../support/load-balancer.ts';
import { startLoadBalancer } from '../support/load-balancer.ts';
import { sealText, writeRecording } from '../support/running-recording.ts';
import type { S3Server } from '../support/s3-server.ts';
import { missingS3Programs, startS3Server } from '../support/s3-server.ts';

const missing = missingS3Programs();
if (missing.length > 0)
  process.stdout.write(`skipped: a killed instance: not installed: ${missing.join(', ')}\n`);

const TARGET = TargetId.parse('shell');
const OPERATORS = 6;
const SEGMENTS = 24;
const SOON = { timeout: 60_000 };

/** A person's client: requests, events and lease over the load balancer. */
interface Client {
  readonly account: EnrolledAccount;
  readonly http: ServerHttp;
  readonly connection: ServerConnection;
  readonly events: string[];
  gaps: number;
}

describe.skipIf(missing.length > 0)('one of two instances, killed in the middle', () => {
  let folder: string;
  let database: EmbeddedDatabase;
  let s3: S3Server;
  let balancer: LoadBalancer;
  const instances: ChildProcess[] = [];
  const clients: Client[] = [];
  let admin: ServerHttp;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-killed-'));
    [database, s3] = await Promise.all([
      startEmbeddedDatabase({ folder: join(folder, 'postgres'), port: 0 }),
      startS3Server(),
    ]);
    const { host, port, superuser, password } = database;
    const databaseUrl = `postgresql://${superuser}:${password}@${host}:${port}/postgres`;
    const { enrolCode } = await initServer({
      dataFolder: join(folder, 'one'),
      adminName: 'Ada',
      databaseUrl,
    });
    await cp(join(folder, 'one'), join(folder, 'two'), { recursive: true });
    const path = fileURLToPath(new URL('../support/instance-child.ts', import.meta.url));
    const urls: string[] = [];
    for (const name of ['one', 'two']) {
      const child = spawn(
        process.execPath,
        [path, join(folder, name), databaseUrl, JSON.stringify(s3.settings)],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      instances.push(child);
      urls.push(((await once(createInterface({ input: child.stdout }), 'line')) as [string])[0]);
    }
    balancer = await startLoadBalancer(urls);
    admin = httpOf(await enrolDevice({ serverUrl: balancer.url, code: enrolCode }));
    await admin.call('putTarget', {
      input: {
        target: { id: TARGET, kind: 'local', name: 'Shell' },
        accounts: ['deploy'],
        redaction: {},
        scope: {},
        session: {},
        maxMinutes: 60,
        secret: { kind: 'none' },
      },
    });
  });
  afterAll(async () => {
    for (const { connection } of clients) connection.dispose();
    await balancer.close();
    for (const child of instances.filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    )) {
      child.stdin?.end();
      await once(child, 'exit');
    }
    await s3.close();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function person(name: string, role: Role): Promise<Client> {
    const { enrolCode } = await admin.call('createAccount', { input: { name, roles: [role] } });
    const account = await enrolDevice({ serverUrl: balancer.url, code: enrolCode });
    const leased = Promise.withResolvers<void>();
    const events: string[] = [];
    const connection = connectServer({
      account,
      timers: systemTimers,
      wallNowMs: Date.now,
      random: Math.random,
      listeners: {
        onEvent: event => {
          if (event.kind === 'request-changed') events.push(event.request.id);
        },
        onLease: lease => (lease === null ? undefined : leased.resolve()),
        onState: () => undefined,
        onGap: () => {
          client.gaps += 1;
          return Promise.resolve();
        },
      },
    });
    const client: Client = { account, http: connection.http, connection, events, gaps: 0 };
    clients.push(client);
    await leased.promise;
    return client;
  }

  const ask = (operator: Client) =>
    operator.http.call('createRequest', {
      input: { targetId: TARGET, account: 'deploy', reason: 'why', durationS: 600 },
    });

  async function record(operator: Client, approver: Client, text: Awaited<ReturnType<typeof sealText>>) {
    const { id } = await ask(operator);
    const { grantId } = await approver.http.call('decideRequest', {
      params: { id },
      input: { decision: 'approve' },
    });
    if (grantId === null) throw new Error('no grant');
    const { jws } = await operator.http.call('getGrant', { params: { id: grantId } });
    const { id: sessionId } = await operator.http.call('createSession', { input: { grantId } });
    const path = join(folder, sessionId);
    const grantHash = createHash('sha256')
      .update(jws ?? '')
      .digest('hex');
    const { account } = operator;
    const ends = await writeRecording(path, {
      account,
      sessionId,
      grantId,
      grantHash,
      text,
      segments: SEGMENTS,
    });
    const proof = createProofSigner({
      deviceId: account.deviceId,
      audience: account.audience,
      privateKeyPem: account.device.privateKeyPem,
    });
    const done = Promise.withResolvers<number>();
    const recording = { sessionId, path, ends, acknowledged: 0, done: done.promise };
    const uploader = createUploader({
      path,
      client: createTusClient({
        recordingId: sessionId,
        serverUrl: balancer.url,
        authorize: (method, requestPath) => proof.authorize(method, requestPath, Date.now()),
        fetch: globalThis.fetch,
        signal: new AbortController().signal,
      }),
      timers: systemTimers,
      random: Math.random,
      onAcknowledged: ({ bytes }) => {
        // What was acknowledged once is never taken back.
        if (bytes < recording.acknowledged)
          done.reject(new Error(`${bytes} after ${recording.acknowledged}`));
        recording.acknowledged = bytes;
      },
      onReachable: () => undefined,
      onComplete: ({ bytes }) => done.resolve(bytes),
      onRefused: message => done.reject(new Error(message)),
    });
    return Object.assign(recording, { uploader });
  }

  test('nothing that was acknowledged is lost, and clients only reconnect', async () => {
    const approver = await person('Anna', 'approver');
    const reviewer = await person('Rita', 'reviewer');
    const text = await sealText(4_000);
    await reviewer.http.call('putRecipient', {
      input: { recipient: text.recipient, accountId: reviewer.account.account.id },
    });
    const operators = [];
    for (let each = 0; each < OPERATORS; each += 1) operators.push(await person(`Olga ${each}`, 'operator'));
    const recordings = await Promise.all(operators.map(operator => record(operator, approver, text)));
    const gapsBefore = clients.map(({ gaps }) => gaps);

    const offer = (segments: number) => {
      for (const { uploader, ends } of recordings) uploader.offer(ends[segments - 1] ?? 0, false);
    };
    offer(8);
    await expect
      .poll(() => recordings.every(each => each.acknowledged >= (each.ends[7] ?? 0)), SOON)
      .toBe(true);
    // Requests and appends are under way while it is killed.
    const asked: string[] = [];
    const asking = operators.flatMap(operator =>
      [1, 2, 3].map(() =>
        ask(operator).then(
          ({ id }) => void asked.push(id),
          () => undefined,
        ),
      ),
    );
    offer(16);
    await Promise.race(asking);
    const [victim] = instances;
    const gone = victim === undefined ? null : once(victim, 'exit');
    victim?.kill('SIGKILL');
    const acknowledgedAtKill = recordings.map(({ acknowledged }) => acknowledged);
    await gone;
    await Promise.all(asking);
    for (const operator of operators) {
      // A connection that was open is broken: who clicks once more gets through.
      await expect
        .poll(() => ask(operator).then(({ id }) => asked.push(id), String), SOON)
        .toBeTypeOf('number');
    }

    for (const { uploader, ends } of recordings) uploader.offer(ends.at(-1) ?? 0, true);
    for (const [index, recording] of recordings.entries()) {
      const bytes = await readFile(recording.path);
      expect(await recording.done).toBe(bytes.length);
      expect(bytes.length).toBeGreaterThanOrEqual(acknowledgedAtKill[index] ?? Infinity);
      const response = await reviewer.http.fetch(`/v1/recordings/${recording.sessionId}/content`, {});
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    }
    const { requests } = await approver.http.call('listRequests', { query: { limit: 1000 } });
    const known = new Set<string>(requests.map(({ id }) => id));
    expect(asked.filter(id => !known.has(id))).toEqual([]);
    expect(asked.length).toBeGreaterThan(OPERATORS);
    // Each event once: the stream goes on by number.
    const heard = (id: string) => approver.events.filter(each => each === id).length;
    await expect.poll(() => asked.filter(id => heard(id) !== 1), SOON).toEqual([]);
    await expect
      .poll(() => clients.every(({ connection }) => connection.state.kind === 'online'), SOON)
      .toBe(true);
    // Those of the killed instance have looked once at what is so now; the others noticed nothing.
    const looks = clients.map(({ gaps }, index) => gaps - (gapsBefore[index] ?? 0));
    expect(new Set(looks)).toEqual(new Set([0, 1]));
    await expect
      .poll(
        () => clients.every(({ connection }) => (connection.lease?.untilMs ?? 0) > connection.time.nowMs()),
        SOON,
      )
      .toBe(true);
  });
});

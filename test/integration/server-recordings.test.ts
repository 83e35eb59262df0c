import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { calculateJwkThumbprint, compactVerify, createLocalJWKSet } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SessionId, TargetId } from '../../contract/ids.ts';
import type { Evidence } from '../../contract/evidence.ts';
import type { AuditEntry, SessionRecord } from '../../contract/server-api.ts';
import { auditHash } from '../../core/transparency/audit-chain.ts';
import { writeBundle } from '../../main/evidence/bundle.ts';
import { createMemorySource } from '../../main/review/recording-source.ts';
import type { TusClient } from '../../main/session-host/recorder/tus-client.ts';
import { TREE_HASH } from '../../server/transparency/log-tree.ts';
import type { RecordingBench } from '../support/recording-bench.ts';
import { createBench } from '../support/recording-bench.ts';
import { runSallyport } from '../support/run-sallyport.ts';
import type { TestDevice } from '../support/server-device.ts';
import { recordSession, uploadAs as connectUpload } from '../support/stored-recording.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

let server: TestServer;
let bench: RecordingBench;
let operator: TestDevice;
let approver: TestDevice;
let reviewer: TestDevice;
let session: SessionRecord;
let bytes: Uint8Array;
beforeAll(async () => {
  [server, bench] = await Promise.all([startTestServer(), createBench()]);
  operator = await server.person('Olga', 'operator', 'reviewer');
  approver = await server.person('Anna', 'approver');
  reviewer = await server.person('Rita', 'reviewer');
  await reviewer.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
  const target = await server.target({
    target: { id: TargetId.parse('shell'), kind: 'local', name: 'Shell' },
  });
  ({ session, bytes } = await recordSession({ server, bench, operator, approver }, target));
});
afterAll(async () => {
  await server.close();
  await bench.remove();
});

const uploadAs = (device: TestDevice, recordingId = session.id): TusClient =>
  connectUpload({ server }, device, recordingId);

async function contentAs(device: TestDevice, range?: string): Promise<Response> {
  const path = `/v1/recordings/${session.id}/content`;
  const authorization = `Sallyport ${await device.proof({ method: 'GET', path })}`;
  return fetch(`${server.url()}${path}`, {
    headers: { authorization, ...(range === undefined ? {} : { range }) },
  });
}

describe('recordings', () => {
  test('nobody uploads without a proof, for a foreign session, or for none', async () => {
    const path = '/v1/recordings/upload';
    const bare = await fetch(`${server.url()}${path}`, { method: 'POST' });
    expect(bare.status).toBe(401);
    await expect(uploadAs(reviewer).create()).rejects.toMatchObject({ status: 403 });
    await expect(uploadAs(operator, SessionId.parse('no-such-session')).create()).rejects.toMatchObject({
      status: 404,
    });
  });

  test('it is there for reviewers while it runs, and whole at its end, with a signed receipt', async () => {
    const events = await reviewer.events();
    const upload = uploadAs(operator);
    await upload.create();
    const half = Math.floor(bytes.length / 2);
    await upload.append(0, bytes.subarray(0, half), null);
    await events.find(({ event }) => event.kind === 'recording-changed');
    const [running] = (await reviewer.ok('listRecordings')).recordings;
    expect(running).toMatchObject({ id: session.id, state: 'running', review: { status: 'unreviewed' } });
    const { bytes: reached } = (await uploadAs(operator).offset()) ?? { bytes: 0 };
    const { receipt, isComplete } = await upload.append(reached, bytes.subarray(reached), bytes.length);
    expect(isComplete).toBe(true);
    const keys = createLocalJWKSet({ keys: operator.enrolment.jwks.keys as [] });
    const { payload } = await compactVerify(receipt ?? '', keys);
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      recordingId: session.id,
      bytes: bytes.length,
    });
    const changes = () => events.received.filter(({ event }) => event.kind === 'recording-changed');
    await events.find(() => changes().length === 2);
    events.close();
    const [whole] = (await reviewer.ok('listRecordings')).recordings;
    expect(whole).toMatchObject({ state: 'complete', bytes: bytes.length });
    expect((await reviewer.ok('listRecordings')).recordings).toHaveLength(1);
  });

  test('a reviewer reads it, whole and in part, and each reading is audited; others do not', async () => {
    expect(new Uint8Array(await (await contentAs(reviewer)).arrayBuffer())).toEqual(Uint8Array.from(bytes));
    const part = await contentAs(reviewer, 'bytes=0-4');
    expect({ status: part.status, text: await part.text() }).toEqual({ status: 206, text: 'SPREC' });
    // a player asks for range after range: that is one reading
    expect((await contentAs(reviewer, 'bytes=5-9')).status).toBe(206);
    for (const who of [approver, server.administrator]) expect((await contentAs(who)).status).toBe(403);
    const { entries } = await reviewer.ok('listAudit');
    expect(entries.filter(e => e.action === 'recording.read').map(e => [e.actor, e.detail['range']])).toEqual(
      [
        ['Rita', 'all'],
        ['Rita', 'bytes=0-4'],
      ],
    );
  });

  test('a review is kept, and nobody reviews an own session', async () => {
    const review = (who: TestDevice) =>
      who.call('reviewRecording', {
        params: { id: session.id },
        input: { decision: 'flagged', note: 'look at minute 3' },
      });
    expect((await review(operator)).status).toBe(403);
    expect((await review(reviewer)).status).toBe(200);
    const [recording] = (await reviewer.ok('listRecordings')).recordings;
    expect(recording?.review).toMatchObject({ status: 'flagged', raisedBy: [{ name: 'Rita' }] });
  });

  test('the stored bytes are no recording without their key, and nothing of what was shown', async () => {
    const folder = join(server.dataFolder, 'recordings');
    const stored = await readFile(join(folder, session.id));
    expect(stored.length).toBe(bytes.length);
    expect(stored.includes('SPREC')).toBe(false);
    const files = await Promise.all((await readdir(folder)).map(name => readFile(join(folder, name))));
    expect(Buffer.concat([...files, bytes]).includes('hello ')).toBe(false);
  });
});

describe('a bundle of evidence', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-evidence-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const written = async (change: (evidence: Evidence) => Evidence = same => same, recording = bytes) => {
    const path = join(folder, 'bundle.tar');
    const evidence = await reviewer.ok('recordingEvidence', { params: { id: session.id } });
    await writeBundle(path, {
      evidence: change(evidence),
      recording: createMemorySource(recording),
      shares: [],
    });
    return path;
  };
  const verify = async (...args: readonly string[]) => {
    const { code, stdout } = await runSallyport(['verify', '--json', ...args]);
    const { isVerified, evidence } = JSON.parse(stdout.toString()) as {
      isVerified: boolean;
      evidence: readonly { readonly check: string; readonly ok: boolean; readonly message: string }[];
    };
    return { code, isVerified, wrong: evidence.filter(({ ok }) => !ok).map(({ check }) => check), evidence };
  };

  test('proves grant, approval, storage and decisions without the server, and any tar opens it', async () => {
    const path = await written();
    const checked = await verify(path);
    expect(checked).toMatchObject({ code: 0, isVerified: true, wrong: [] });
    expect(checked.evidence.map(({ message }) => message).join('\n')).toMatch(/approved by .* for: a test/);
    const thumbprint = await calculateJwkThumbprint(operator.enrolment.jwks.keys[0] as JWK);
    expect(await verify('--server-key', thumbprint, path)).toMatchObject({ code: 0, wrong: [] });
    expect((await verify('--server-key', 'A'.repeat(43), path)).wrong).toContain('server-key');
    execFileSync('tar', ['-xf', path, '-C', folder]);
    expect(new Uint8Array(await readFile(join(folder, 'recording.sprec')))).toEqual(Uint8Array.from(bytes));
    const { entries } = JSON.parse(await readFile(join(folder, 'evidence.json'), 'utf8')) as Evidence;
    expect(entries.map(({ entry }) => entry.action)).toEqual(
      expect.arrayContaining([
        'request.create',
        'request.approve',
        'session.start',
        'recording.stored',
        'recording.review',
      ]),
    );
  });

  const altered: readonly [string, (evidence: Evidence) => Evidence, string][] = [
    ['an entry that was altered', e => withEntry(e, entry => ({ ...entry, actor: 'Somebody' })), 'entry'],
    [
      'an entry that was made anew with a right hash of its own',
      e => ({
        ...e,
        entries: e.entries.map(proven => {
          const entry = { ...proven.entry, actor: 'Somebody' };
          return { ...proven, entry: { ...entry, hash: auditHash(TREE_HASH, proven.previousHash, entry) } };
        }),
      }),
      'entry',
    ],
    ['no approval', e => without(e, 'request.approve'), 'grant'],
    ['no note of its storage', e => without(e, 'recording.stored'), 'recording'],
    [
      'a grant that is not the recorded one',
      e => ({ ...e, grants: e.grants.map(jws => `${jws}A`) }),
      'grant',
    ],
    [
      'a checkpoint that was altered',
      e => ({ ...e, checkpoint: `${e.checkpoint.slice(0, -8)}AAAAAAAA` }),
      'checkpoint',
    ],
  ];
  test.each(altered)('with %s does not hold', async (_what, change, check) => {
    const checked = await verify(await written(change));
    expect(checked).toMatchObject({ code: 1, isVerified: false });
    expect(checked.wrong).toContain(check);
  });

  test('with another recording in it does not hold', async () => {
    const cut = await verify(await written(undefined, bytes.subarray(0, bytes.length - 100)));
    expect(cut).toMatchObject({ code: 1, isVerified: false });
    expect(cut.wrong).toContain('recording');
  });

  test('is for reviewers, and is no bundle when something else is in the archive', async () => {
    expect((await approver.call('recordingEvidence', { params: { id: session.id } })).status).toBe(403);
    const other = join(folder, 'other.tar');
    execFileSync('tar', [
      '-cf',
      other,
      '-C',
      folder,
      'evidence.json',
      '--format=ustar',
      '--transform',
      's/^/x-/',
    ]);
    const refused = await runSallyport(['verify', other]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/not a bundle of evidence/);
  });
});

function withEntry(evidence: Evidence, change: (entry: AuditEntry) => AuditEntry): Evidence {
  const [first, ...rest] = evidence.entries;
  if (first === undefined) throw new Error('evidence without entries');
  return { ...evidence, entries: [{ ...first, entry: change(first.entry) }, ...rest] };
}

function without(evidence: Evidence, action: string): Evidence {
  return { ...evidence, entries: evidence.entries.filter(({ entry }) => entry.action !== action) };
}

describe('the end of a server', () => {
  /** An append whose bytes are written by hand. */
  async function beginAppend(id: string, length: number): Promise<ClientRequest> {
    const path = `/v1/recordings/upload/${id}`;
    return request(`${server.url()}${path}`, {
      method: 'PATCH',
      headers: {
        authorization: `Sallyport ${await operator.proof({ method: 'PATCH', path })}`,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': length,
      },
    });
  }

  test('an append that is under way is finished and acknowledged first', async () => {
    const target = await server.target({ target: { id: TargetId.parse('end'), kind: 'local', name: 'End' } });
    const recorded = await recordSession({ server, bench, operator, approver }, target);
    const { id } = recorded.session;
    await uploadAs(operator, id).create();
    const slow = await beginAppend(id, recorded.bytes.length);
    const answered = once(slow, 'response') as Promise<[IncomingMessage]>;
    const half = recorded.bytes.length >> 1;
    slow.write(recorded.bytes.subarray(0, half));
    // Its handler runs as soon as a part of the recording is durable.
    const stored = join(server.dataFolder, 'recordings', id);
    await expect
      .poll(() =>
        stat(stored).then(
          ({ size }) => size,
          () => 0,
        ),
      )
      .toBeGreaterThan(0);
    const closed = server.running().close();
    // a connection that is kept may carry one more answer
    const isReached = () =>
      fetch(`${server.url()}/readyz`).then(
        () => true,
        () => false,
      );
    await expect.poll(isReached).toBe(false);
    slow.end(recorded.bytes.subarray(half));
    const [response] = await answered;
    expect(response.statusCode).toBe(204);
    expect(Number(response.headers['upload-offset'])).toBe(recorded.bytes.length);
    expect(response.headers['sallyport-receipt']).toBeTruthy();
    response.resume();
    await closed;
    await server.restart();
    expect(await uploadAs(operator, id).offset()).toMatchObject({ bytes: recorded.bytes.length });
  });

  test('an append whose sender is too slow is cut, and what has arrived of it is kept', async () => {
    await server.restart({ closeTimeoutMs: 100 });
    const target = await server.target({ target: { id: TargetId.parse('cut'), kind: 'local', name: 'Cut' } });
    const recorded = await recordSession({ server, bench, operator, approver }, target);
    const { id } = recorded.session;
    await uploadAs(operator, id).create();
    const slow = await beginAppend(id, recorded.bytes.length);
    slow.on('error', () => undefined);
    const broken = new Promise(resolve => slow.once('close', resolve));
    slow.write(recorded.bytes.subarray(0, recorded.bytes.length - 1));
    const stored = join(server.dataFolder, 'recordings', id);
    await expect
      .poll(() =>
        stat(stored).then(
          ({ size }) => size,
          () => 0,
        ),
      )
      .toBeGreaterThan(0);
    await server.running().close();
    await broken;
    await server.restart();
    const at = await uploadAs(operator, id).offset();
    expect(at?.bytes).toBeGreaterThan(0);
    await uploadAs(operator, id).append(
      at?.bytes ?? 0,
      recorded.bytes.subarray(at?.bytes),
      recorded.bytes.length,
    );
  });
});

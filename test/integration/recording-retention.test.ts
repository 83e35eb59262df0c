import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ReviewerGroupId, TargetId } from '../../contract/ids.ts';
import type { RecordingSummary, TargetSummary } from '../../contract/server-api.ts';
import type { Tombstone } from '../../contract/tombstone.ts';
import { checkTombstone } from '../../main/evidence/check-tombstone.ts';
import { createMemorySource } from '../../main/review/recording-source.ts';
import type { RecordingBench } from '../support/recording-bench.ts';
import { createBench } from '../support/recording-bench.ts';
import { runSallyport } from '../support/run-sallyport.ts';
import type { TestDevice } from '../support/server-device.ts';
import type { RecordingCast } from '../support/stored-recording.ts';
import { recordSession, storeRecording, uploadAs } from '../support/stored-recording.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

const DAY_MS = 24 * 3_600_000;

let server: TestServer;
let bench: RecordingBench;
let cast: RecordingCast;
let reviewer: TestDevice;
let root: TestDevice;
let kept: TargetSummary;
let passing: TargetSummary;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-retention-'));
  [server, bench] = await Promise.all([startTestServer(), createBench()]);
  root = server.administrator;
  const operator = await server.person('Olga', 'operator');
  const approver = await server.person('Anna', 'approver');
  reviewer = await server.person('Rita', 'reviewer');
  await reviewer.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
  cast = { server, bench, operator, approver };
  const target = (id: string) => ({ id: TargetId.parse(id), kind: 'local' as const, name: id });
  kept = await server.target({ target: target('kept') });
  passing = await server.target({ target: target('passing'), retentionDays: 2 });
});
afterAll(async () => {
  await server.close();
  await bench.remove();
  await rm(folder, { recursive: true, force: true });
});

const summaryOf = async (id: string): Promise<RecordingSummary> => {
  const { recordings } = await reviewer.ok('listRecordings');
  const found = recordings.find(recording => recording.id === id);
  if (found === undefined) throw new Error('it is not in the list');
  return found;
};
const isStored = (id: string) =>
  stat(join(server.dataFolder, 'recordings', id)).then(
    () => true,
    () => false,
  );
const review = (id: string) =>
  reviewer.ok('reviewRecording', { params: { id }, input: { decision: 'reviewed', note: '' } });
const reasoned = (id: string, reason = 'case 12') => ({ params: { id }, input: { reason } });
const actionsOn = async (id: string) =>
  (await reviewer.ok('listAudit', { query: { limit: 1000 } })).entries
    .filter(({ subject }) => subject === id)
    .map(({ action }) => action);
const contentAs = async (device: TestDevice, id: string) => {
  const path = `/v1/recordings/${id}/content`;
  const authorization = `Sallyport ${await device.proof({ method: 'GET', path })}`;
  return fetch(`${server.url()}${path}`, { headers: { authorization } });
};

describe('the time of a recording', () => {
  test('is what its target says, signed with the grant, and none where it says nothing', async () => {
    const grant = { ...(await storeRecording(cast, passing)) };
    const { retainUntilMs } = await summaryOf(grant.session.id);
    expect(retainUntilMs).toBeGreaterThan(Date.now() + 2 * DAY_MS - 60_000);
    expect(retainUntilMs).toBeLessThanOrEqual(Date.now() + 2 * DAY_MS);
    const { session } = await storeRecording(cast, kept);
    expect((await summaryOf(session.id)).retainUntilMs).toBeNull();
  });

  test('is made longer by an administrator, never shorter', async () => {
    const { session } = await storeRecording(cast, passing);
    const retain = (device: TestDevice, untilMs: number) =>
      device.call('retainRecording', { params: { id: session.id }, input: { reason: 'audit', untilMs } });
    expect((await retain(reviewer, Date.now() + 9 * DAY_MS)).status).toBe(403);
    expect((await retain(root, Date.now() + DAY_MS)).status).toBe(409);
    expect((await retain(root, Date.now() + 9 * DAY_MS)).status).toBe(200);
    expect(await actionsOn(session.id)).toContain('recording.retain');
  });
});

describe('a hold', () => {
  test('is placed once and lifted by reviewers and administrators, with a reason, and keeps from deletion', async () => {
    const { session } = await storeRecording(cast, kept);
    await review(session.id);
    expect((await cast.operator.call('holdRecording', reasoned(session.id))).status).toBe(403);
    expect((await reviewer.call('holdRecording', reasoned(session.id, ' '))).status).toBe(400);
    expect((await reviewer.ok('holdRecording', reasoned(session.id))).hold).toMatchObject({
      by: 'Rita',
      reason: 'case 12',
    });
    expect((await root.call('holdRecording', reasoned(session.id))).status).toBe(409);
    const refused = await root.call('deleteRecording', reasoned(session.id));
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/Rita placed a hold .*case 12/) },
    });
    expect(await isStored(session.id)).toBe(true);
    expect((await root.ok('liftHold', reasoned(session.id, 'closed'))).hold).toBeNull();
    expect((await root.call('liftHold', reasoned(session.id))).status).toBe(409);
    expect((await root.ok('deleteRecording', reasoned(session.id))).deletion).not.toBeNull();
    expect(await actionsOn(session.id)).toEqual(
      expect.arrayContaining(['recording.hold', 'recording.hold-lift', 'recording.delete']),
    );
  });
});

describe('deletion by hand', () => {
  test('is for administrators, of what was reviewed, and leaves nothing that can be read', async () => {
    const { session, bytes } = await storeRecording(cast, kept);
    const unreviewed = await root.call('deleteRecording', reasoned(session.id));
    expect(unreviewed).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('not reviewed') },
    });
    await review(session.id);
    for (const device of [reviewer, cast.operator, cast.approver])
      expect((await device.call('deleteRecording', reasoned(session.id))).status).toBe(403);
    const comment = {
      params: { id: session.id },
      input: { sealed: Buffer.alloc(200, 7).toString('base64') },
    };
    await reviewer.ok('createComment', comment);
    const { deletion } = await root.ok('deleteRecording', reasoned(session.id, 'asked for by the customer'));
    expect(deletion).toMatchObject({ by: 'Root', reason: 'asked for by the customer' });
    expect(await isStored(session.id)).toBe(false);
    expect((await summaryOf(session.id)).deletion).toEqual(deletion);
    expect((await root.call('deleteRecording', reasoned(session.id))).status).toBe(409);

    expect((await reviewer.ok('recordingReview', { params: { id: session.id } })).comments).toEqual([]);
    expect((await reviewer.call('createComment', comment)).status).toBe(409);
    const content = await contentAs(reviewer, session.id);
    expect(content.status).toBe(410);
    expect(await content.text()).toContain('asked for by the customer');
    const upload = uploadAs(cast, cast.operator, session.id);
    await expect(upload.offset()).rejects.toMatchObject({ status: 410 });
    await expect(upload.create()).rejects.toMatchObject({ status: 410 });
    expect(bytes.length).toBeGreaterThan(0);
  });

  test('waits while the rest of a recording may still come', async () => {
    const { session, bytes } = await recordSession(cast, kept);
    const upload = uploadAs(cast, cast.operator, session.id);
    await upload.create();
    await upload.append(0, bytes.subarray(0, bytes.length - 100), null);
    expect(await root.call('deleteRecording', reasoned(session.id))).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('not whole yet') },
    });
  });
});

describe('a group of reviewers', () => {
  test('is deleted when no target, grant or recording is for it any more, and not before', async () => {
    const id = ReviewerGroupId.parse('payments');
    await root.ok('changeReviewerGroup', { input: { id, add: [reviewer.account.id] } });
    const target = (groups: (typeof id)[]) =>
      server.target({
        target: { id: TargetId.parse('paid'), kind: 'local', name: 'Paid' },
        review: { groups },
      });
    const remove = (who: TestDevice, group: string) =>
      who.call('deleteReviewerGroup', { params: { id: ReviewerGroupId.parse(group) } });
    expect((await remove(reviewer, id)).status).toBe(403);
    expect((await remove(root, 'nobodys')).status).toBe(404);
    const refusal = async (why: RegExp) =>
      expect(await remove(root, id)).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(why) as unknown },
      });
    const { session } = await storeRecording(cast, await target([id]));
    await refusal(/the targets paid name it; 1 open requests or grants are for it; 1 recordings are/);
    await target([]);
    await root.ok('revokeGrant', { params: { id: session.grantId }, input: { reason: 'done' } });
    await refusal(/: 1 recordings are for it/);
    await review(session.id);
    await root.ok('deleteRecording', reasoned(session.id));
    expect(await remove(root, id)).toMatchObject({ status: 200, body: { id, members: [{ name: 'Rita' }] } });
    expect((await reviewer.ok('listReviewerGroups')).groups).toEqual([]);
    expect(await actionsOn(id)).toContain('reviewer-group.delete');
  });
});

describe('a tombstone', () => {
  const written = async (name: string, change: (jws: string) => string = same => same) => {
    const { session } = await storeRecording(cast, kept);
    await review(session.id);
    const { deletion } = await root.ok('deleteRecording', reasoned(session.id));
    const path = join(folder, name);
    const { keys } = await root.ok('jwks');
    await writeFile(path, JSON.stringify({ tombstone: change(deletion?.tombstone ?? ''), jwks: { keys } }));
    return { path, session };
  };

  test('is verified offline and says what was deleted, why and by whom', async () => {
    const { path, session } = await written('good.json');
    const { code, stdout } = await runSallyport(['verify', '--json', path]);
    expect(code).toBe(0);
    const { tombstone, serverKeys } = JSON.parse(stdout.toString()) as {
      tombstone: Tombstone;
      serverKeys: string[];
    };
    expect(tombstone).toMatchObject({
      recordingId: session.id,
      cause: 'by-hand',
      by: 'Root',
      reason: 'case 12',
      isReviewed: true,
      isKeyDestroyed: true,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      headerHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const words = await runSallyport(['verify', '--server-key', serverKeys[0] ?? '', path]);
    expect(words.stdout.toString()).toMatch(/verified, a tombstone[^]*by Root: case 12[^]*cannot be read/);
    const source = createMemorySource(await readFile(path));
    expect((await checkTombstone(source, 'A'.repeat(43))).tombstone).toBeNull();
  });

  test('that was altered is none, and a file that is none is refused', async () => {
    const { path } = await written('altered.json', jws => `${jws.slice(0, -6)}AAAAAA`);
    expect(await runSallyport(['verify', path])).toMatchObject({ code: 1 });
    const other = createMemorySource(Buffer.from('{"hello": 1}'));
    await expect(checkTombstone(other, null)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('neither a recording nor a tombstone'),
    });
  });
});

describe('the stored bytes', () => {
  test('are read again: a flipped byte is found, named, and gone once the file is restored', async () => {
    const { session } = await storeRecording(cast, kept);
    const path = join(server.dataFolder, 'recordings', session.id);
    const stored = await readFile(path);
    const flipped = Uint8Array.from(stored);
    flipped[700] = (flipped[700] ?? 0) ^ 1;
    const scrub = async (fits: (damage: string | null) => boolean): Promise<string | null> => {
      expect((await root.ok('scrubRecordings', { input: { recordingId: session.id } })).queued).toBe(1);
      return vi.waitFor(
        async () => {
          const { damage } = await summaryOf(session.id);
          expect(fits(damage)).toBe(true);
          return damage;
        },
        { timeout: 20_000, interval: 100 },
      );
    };
    expect((await reviewer.call('scrubRecordings', { input: {} })).status).toBe(403);
    await writeFile(path, flipped);
    expect(await scrub(damage => damage !== null)).toMatch(/differs|altered|not what it was|link/);
    await writeFile(path, stored.subarray(0, 700));
    expect(await scrub(damage => damage?.includes('stops') === true)).toMatch(/stops/);
    await writeFile(path, stored);
    await scrub(damage => damage === null);
    expect(await actionsOn(session.id)).toEqual(
      expect.arrayContaining(['recording.scrub', 'recording.damaged', 'recording.repaired']),
    );
  });
});

describe('the commands', () => {
  test('list, hold, lift, keep longer, delete and check, as an administrator', async () => {
    const { session } = await storeRecording(cast, kept);
    await review(session.id);
    const { enrolCode } = await root.ok('createEnrolCode', { params: { id: root.account.id } });
    const profile = ['--profile', join(folder, 'profile')];
    await writeFile(join(folder, 'code'), enrolCode);
    const url = server.url();
    expect(
      (await runSallyport(['keys', 'enrol', url, '--code-file', join(folder, 'code'), ...profile])).code,
    ).toBe(0);
    const admin = (...args: string[]) => runSallyport(['admin', ...args, ...profile]);
    expect((await admin('hold', session.id, '--reason', 'case 7')).stdout.toString()).toContain(
      'held by Root: case 7',
    );
    expect((await admin('delete', session.id, '--reason', 'x')).stderr).toContain('case 7');
    expect((await admin('lift', session.id, '--reason', 'over')).stdout.toString()).not.toContain('held');
    const until = await admin('retention', session.id, '--until', '2199-01-01', '--reason', 'long');
    expect(until.stdout.toString()).toContain('kept until 2199-01-01');
    const tombstone = join(folder, 'tombstone.json');
    expect((await admin('delete', session.id, '--reason', 'done', '--output', tombstone)).code).toBe(0);
    expect((await admin('recordings')).stdout.toString()).toContain('deleted by Root: done');
  });

  test('check the data folder of a server that does not run', async () => {
    const { session } = await storeRecording(cast, kept);
    const data = ['--data', server.dataFolder, '--json'];
    await server.pause();
    const clean = await runSallyport(['server', 'scrub', ...data]);
    expect({ code: clean.code, stderr: clean.stderr }).toEqual({ code: 0, stderr: '' });
    const path = join(server.dataFolder, 'recordings', session.id);
    const stored = await readFile(path);
    await writeFile(path, Buffer.concat([stored, Buffer.of(0)]));
    const damaged = await runSallyport(['server', 'scrub', ...data]);
    expect(damaged.code).toBe(1);
    expect(JSON.parse(damaged.stdout.toString())).toMatchObject({
      damaged: [{ recordingId: session.id, damage: expect.any(String) }],
    });
    await writeFile(path, stored);
    await server.restart();
  });
});

describe('the sweep', () => {
  test('deletes what is due and neither held nor flagged nor open for a follow-up, and leaves a tombstone by the server', async () => {
    const [due, held, other, flagged, followed] = [
      await storeRecording(cast, passing),
      await storeRecording(cast, passing),
      await storeRecording(cast, kept),
      await storeRecording(cast, passing),
      await storeRecording(cast, passing),
    ];
    await reviewer.ok('holdRecording', reasoned(held.session.id));
    const decide = (id: string, decision: 'flagged' | 'follow-up' | 'reviewed', note = 'why?') =>
      reviewer.ok('reviewRecording', { params: { id }, input: { decision, note } });
    await decide(flagged.session.id, 'flagged');
    await decide(followed.session.id, 'follow-up');
    await decide(due.session.id, 'follow-up', 'settled by the next');
    await decide(due.session.id, 'reviewed', '');
    await server.restart({ nowMs: () => Date.now() + 3 * DAY_MS });
    await vi.waitFor(async () => expect(await isStored(due.session.id)).toBe(false), { timeout: 20_000 });
    await server.restart();
    for (const [{ session }, why] of [
      [flagged, /is flagged \(by Rita\)/],
      [followed, /follow-up \(by Rita\)/],
    ] as const)
      expect(await root.call('deleteRecording', reasoned(session.id))).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(why) as unknown },
      });
    // settled: the next round takes it
    const { decisions } = await reviewer.ok('recordingReview', { params: { id: followed.session.id } });
    await reviewer.ok('liftDecision', {
      params: { id: followed.session.id },
      input: { decisionId: decisions[0]?.id ?? '', reason: 'answered' },
    });
    await server.restart({ nowMs: () => Date.now() + 4 * DAY_MS });
    await vi.waitFor(async () => expect(await isStored(followed.session.id)).toBe(false), {
      timeout: 20_000,
    });
    await server.restart();
    expect((await summaryOf(due.session.id)).deletion).toMatchObject({ by: 'server' });
    for (const { session } of [held, other, flagged]) {
      expect((await summaryOf(session.id)).deletion).toBeNull();
      expect(await isStored(session.id)).toBe(true);
    }
  });
});

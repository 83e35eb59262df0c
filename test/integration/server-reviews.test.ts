import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeJwt } from 'jose';
import { RecordingId, ReviewerGroupId, TargetId } from '../../contract/ids.ts';
import type { RouteInput } from '../../contract/server-routes.ts';
import type { RecordingBench } from '../support/recording-bench.ts';
import { createBench } from '../support/recording-bench.ts';
import type { TestDevice } from '../support/server-device.ts';
import { recordSession, storeRecording, uploadAs } from '../support/stored-recording.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

const DAY_MS = 24 * 3600 * 1000;
let server: TestServer;
let bench: RecordingBench;
let operator: TestDevice;
let approver: TestDevice;
let rita: TestDevice;
let victor: TestDevice;
/** how much later the server thinks it is */
let laterMs = 0;

beforeAll(async () => {
  [server, bench] = await Promise.all([
    startTestServer({ nowMs: () => Date.now() + laterMs, sweepMs: 100 }),
    createBench(),
  ]);
  operator = await server.person('Olga', 'operator', 'reviewer');
  approver = await server.person('Anna', 'approver');
  rita = await server.person('Rita', 'reviewer');
  victor = await server.person('Victor', 'reviewer');
  await rita.ok('putRecipient', { input: { recipient: `age1${'q'.repeat(58)}` } });
});
afterAll(async () => {
  await server.close();
  await bench.remove();
});

type Terms = Parameters<TestServer['target']>[0]['review'];

const targetOf = (name: string, review: Terms) =>
  server.target({ target: { id: TargetId.parse(name), kind: 'local', name }, review });

/** How much of it the server gets is the test's. */
async function record(name: string, review: Terms = {}) {
  const cast = { server, bench, operator, approver };
  const recorded = await recordSession(cast, await targetOf(name, review));
  return { ...recorded, upload: uploadAs(cast, operator, recorded.session.id) };
}

async function stored(name: string, review: Terms = {}): Promise<RecordingId> {
  const cast = { server, bench, operator, approver };
  const { session } = await storeRecording(cast, await targetOf(name, review));
  return RecordingId.parse(session.id);
}

const decide = (who: TestDevice, id: RecordingId, input: RouteInput<'reviewRecording'>) =>
  who.call('reviewRecording', { params: { id }, input });
const stateOf = async (id: RecordingId) =>
  (await rita.ok('listRecordings')).recordings.find(each => each.id === id)?.review;
const auditOf = async (id: string, action: string) =>
  (await rita.ok('listAudit', { query: { limit: 1000 } })).entries.filter(
    entry => entry.subject === id && entry.action === action,
  );

describe('decisions on a recording', () => {
  test('four eyes: two reviewers who are not the operator, each counted once, as the target asked when access was asked for', async () => {
    const id = await stored('four-eyes', { reviewers: 2 });
    await server.target({ target: { id: TargetId.parse('four-eyes'), kind: 'local', name: 'four-eyes' } });
    expect(await stateOf(id)).toMatchObject({ status: 'unreviewed', required: 2, dueAtMs: null });
    expect((await decide(operator, id, { decision: 'reviewed' })).status).toBe(403);
    expect((await decide(approver, id, { decision: 'reviewed' })).status).toBe(403);
    expect((await decide(rita, id, { decision: 'reviewed' })).status).toBe(200);
    await decide(rita, id, { decision: 'reviewed', note: 'once more' });
    expect(await stateOf(id)).toMatchObject({ status: 'partly', reviewedBy: [{ name: 'Rita' }] });
    await decide(victor, id, { decision: 'reviewed' });
    expect(await stateOf(id)).toMatchObject({
      status: 'reviewed',
      reviewedBy: [{ name: 'Rita' }, { name: 'Victor' }],
    });
    expect((await auditOf(id, 'recording.review')).map(({ actor }) => actor)).toEqual([
      'Rita',
      'Rita',
      'Victor',
    ]);
  });

  test('a flag needs a reason, stands over reviews, and is lifted by another with a reason, once', async () => {
    const id = await stored('flagged');
    expect((await decide(rita, id, { decision: 'flagged', note: ' ' })).status).toBe(400);
    await rita.ok('reviewRecording', {
      params: { id },
      input: { decision: 'flagged', note: 'why this table?' },
    });
    await victor.ok('reviewRecording', { params: { id }, input: { decision: 'reviewed' } });
    expect(await stateOf(id)).toMatchObject({ status: 'flagged', raisedBy: [{ name: 'Rita' }] });
    const [flag] = (await rita.ok('recordingReview', { params: { id } })).decisions;
    expect(flag).toMatchObject({ decision: 'flagged', note: 'why this table?', isStanding: true });
    const lift = (who: TestDevice, decisionId = flag?.id ?? '', reason = 'asked Olga: it was the ticket') =>
      who.call('liftDecision', { params: { id }, input: { decisionId, reason } });
    expect((await lift(rita)).status).toBe(403);
    expect((await lift(operator)).status).toBe(403);
    expect((await lift(victor, flag?.id, '')).status).toBe(400);
    expect((await lift(victor, 'no-such')).status).toBe(404);
    expect((await lift(victor)).status).toBe(200);
    expect((await lift(victor)).status).toBe(409);
    expect(await stateOf(id)).toMatchObject({ status: 'reviewed', raisedBy: [] });
    const history = (await rita.ok('recordingReview', { params: { id } })).decisions;
    expect(history.map(({ decision, by, isStanding }) => [decision, by.name, isStanding])).toEqual([
      ['flagged', 'Rita', false],
      ['reviewed', 'Victor', false],
      ['lifted', 'Victor', false],
    ]);
    expect((await auditOf(id, 'recording.lift'))[0]?.detail).toMatchObject({ lifted: 'flagged' });
  });

  test('a recording that still grows can be flagged, but not reviewed', async () => {
    const made = await record('growing');
    const id = RecordingId.parse(made.session.id);
    expect((await decide(rita, id, { decision: 'flagged', note: 'now' })).status).toBe(404);
    await made.upload.create();
    await made.upload.append(0, made.bytes.subarray(0, made.bytes.length >> 1), null);
    expect((await decide(rita, id, { decision: 'reviewed' })).status).toBe(409);
    expect((await decide(rita, id, { decision: 'flagged', note: 'look now' })).status).toBe(200);
  });
});

describe('insights', () => {
  test('count how reviews stand as the list of recordings shows them', async () => {
    const { recordings } = await rita.ok('listRecordings');
    const whole = recordings.filter(({ state }) => state !== 'running');
    const withStatus = (...wanted: string[]) =>
      whole.filter(({ review }) => wanted.includes(review.status)).length;
    const { reviews } = await rita.ok('readInsights');
    expect(reviews).toEqual({
      waiting: withStatus('unreviewed', 'partly'),
      overdue: 0,
      raised: withStatus('flagged', 'follow-up'),
      reviewed: withStatus('reviewed'),
    });
  });

  test('count what was asked, decided, opened and masked, tell no name, and are no operator’s', async () => {
    const params = { id: (await record('insights')).session.id };
    await operator.ok('reportSession', {
      params,
      input: { masked: { email: 3, iban: 2 }, lockReasons: [], endCause: 'exited' },
    });
    const { requests } = await approver.ok('listRequests');
    const { sessions } = await approver.ok('listSessions');
    const insights = await approver.ok('readInsights', { query: { days: 7 } });
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
    const ofDays = (['asked', 'sessions', 'masked'] as const).map(key =>
      sum(insights.days.map(day => day[key])),
    );
    const masked = sum(sessions.flatMap(session => Object.values(session.masked)));
    expect(ofDays).toEqual([requests.length, sessions.length, masked]);
    expect(sum(insights.masked.map(({ count }) => count))).toBe(masked);
    const decided = requests.filter(({ decidedBy }) => decidedBy !== null).length;
    expect([insights.approval.decided, sum(insights.approval.waits)]).toEqual([decided, decided]);
    expect(sum(insights.targets.map(target => target.sessions))).toBe(sessions.length);
    expect(insights.targets).toContainEqual(expect.objectContaining({ id: 'insights', masked: 5 }));
    for (const secret of ['Olga', 'Anna', 'Rita']) expect(JSON.stringify(insights)).not.toContain(secret);
    expect((await (await server.person('Otto', 'operator')).call('readInsights')).status).toBe(403);
  });
});

describe('groups of reviewers', () => {
  const keyOf = (letter: string) => `age1${letter.repeat(58)}`;
  const change = (id: string, members: { add?: TestDevice[]; remove?: TestDevice[] }) =>
    server.administrator.call('changeReviewerGroup', {
      input: {
        id: ReviewerGroupId.parse(id),
        add: (members.add ?? []).map(({ account }) => account.id),
        remove: (members.remove ?? []).map(({ account }) => account.id),
      },
    });
  const listed = async (who: TestDevice, id: RecordingId) =>
    (await who.ok('listRecordings')).recordings.some(each => each.id === id);
  const download = async (who: TestDevice, id: RecordingId) => {
    const path = `/v1/recordings/${id}/content`;
    const authorization = `Sallyport ${await who.proof({ method: 'GET', path })}`;
    return (await fetch(`${server.url()}${path}`, { headers: { authorization, range: 'bytes=0-4' } })).status;
  };

  test('a recording is sealed to the members of its target’s groups and to the break-glass key, and is nobody else’s to list, read or decide on', async () => {
    const glass = await server.person('Glass', 'reviewer');
    const put = (who: TestDevice, input: RouteInput<'putRecipient'>) => who.call('putRecipient', { input });
    expect((await put(victor, { recipient: keyOf('p') })).status).toBe(200);
    expect((await put(rita, { recipient: keyOf('g'), isBreakGlass: true })).status).toBe(403);
    const { id: accountId } = glass.account;
    await put(server.administrator, { recipient: keyOf('g'), accountId, isBreakGlass: true });
    for (const who of [victor, glass]) {
      expect((await put(glass, { recipient: keyOf('g') })).status).toBe(403);
      const retire = { input: { recipient: keyOf('g') } };
      expect((await who.call('retireRecipient', retire)).status).toBe(403);
    }

    const review = { groups: ['payments'] };
    await expect(targetOf('paid', review as never)).rejects.toThrow(/no group of reviewers/);
    expect((await change('payments', { add: [operator, approver, rita] })).status).toBe(200);
    expect((await change('payments', { add: [server.administrator] })).status).toBe(400);
    expect((await rita.call('changeReviewerGroup', { input: { id: 'payments' as never } })).status).toBe(403);
    const cast = { server, bench, operator, approver };
    const target = await targetOf('paid', review as never);
    const made = await storeRecording(cast, target);
    const id = RecordingId.parse(made.session.id);
    const { jws } = await operator.ok('getGrant', { params: { id: made.session.grantId } });
    const { recording } = decodeJwt<{ recording: { recipients: string[] } }>(jws ?? '');
    expect(recording.recipients.sort()).toEqual([keyOf('g'), keyOf('q')]);

    expect([await listed(rita, id), await download(rita, id)]).toEqual([true, 206]);
    expect([await listed(victor, id), await download(victor, id)]).toEqual([false, 403]);
    expect([await listed(server.administrator, id), await download(server.administrator, id)]).toEqual([
      true,
      403,
    ]);
    const refused = await Promise.all([
      decide(victor, id, { decision: 'reviewed' }),
      victor.call('recordingReview', { params: { id } }),
      victor.call('recordingEvidence', { params: { id } }),
      victor.call('createComment', { params: { id }, input: { sealed: 'YQ==' } }),
      victor.call('reportWatched', { params: { id }, input: { spans: [[0, 1]] } }),
      victor.call('followRecording', { params: { id } }),
      victor.call('holdRecording', { params: { id }, input: { reason: 'mine' } }),
    ]);
    for (const answer of refused)
      expect(answer).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining('none of the groups') as unknown },
      });

    // the target moves on; the recording stays with those whom its access was granted for, as they are now
    await targetOf('paid', {});
    expect(await listed(victor, id)).toBe(false);
    await change('payments', { add: [victor], remove: [rita] });
    expect([await listed(victor, id), await download(victor, id)]).toEqual([true, 206]);
    expect([await listed(rita, id), await download(rita, id)]).toEqual([false, 403]);
    expect(
      (await auditOf('payments', 'reviewer-group.change')).map(({ detail }) => detail['members']),
    ).toEqual([
      ['Anna', 'Olga', 'Rita'],
      ['Anna', 'Olga', 'Victor'],
    ]);
    const { groups } = await rita.ok('listReviewerGroups');
    expect(groups).toMatchObject([{ id: 'payments', targetIds: [] }]);
    await server.administrator.ok('retireRecipient', { input: { recipient: keyOf('p') } });
    await server.administrator.ok('retireRecipient', { input: { recipient: keyOf('g') } });
  });

  test('a target whose groups have no key gets no grants, one with more keys than a grant names is refused', async () => {
    await change('empty', { add: [victor] });
    const target = await targetOf('unread', { groups: ['empty'] } as never);
    const request = await operator.ok('createRequest', {
      input: { targetId: target.id, account: 'deploy', reason: 'a test', durationS: 60 },
    });
    const answer = await approver.call('decideRequest', {
      params: { id: request.id },
      input: { decision: 'approve' },
    });
    expect(answer).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('no reviewer in empty') as unknown },
    });
    const many = [...'acdefghjklmnprstuvwxyz'].map(keyOf);
    const answers: number[] = [];
    for (const recipient of many)
      answers.push((await victor.call('putRecipient', { input: { recipient } })).status);
    expect(answers.filter(status => status === 200)).toHaveLength(19);
    expect(answers.at(-1)).toBe(409);
    for (const recipient of many) await victor.call('retireRecipient', { input: { recipient } });
  });
});

describe('comments and coverage', () => {
  test('a comment is kept as it was sealed, with its author, its time, and its hash in the audit log', async () => {
    const id = await stored('commented');
    const sealed = Buffer.from('an age file').toString('base64');
    for (const who of [approver, server.administrator])
      expect((await who.call('createComment', { params: { id }, input: { sealed } })).status).toBe(403);
    expect(
      (await rita.call('createComment', { params: { id }, input: { sealed: 'not base64!' } })).status,
    ).toBe(400);
    const made = await rita.ok('createComment', { params: { id }, input: { sealed } });
    const { comments } = await victor.ok('recordingReview', { params: { id } });
    expect(comments).toEqual([made]);
    expect(comments[0]).toMatchObject({ by: { name: 'Rita' }, sealed });
    expect((await auditOf(id, 'recording.comment'))[0]?.detail).toMatchObject({
      commentId: made.id,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
    expect((await approver.call('recordingReview', { params: { id } })).status).toBe(403);
  });

  test('what was watched is the union of all reports, each of which is in the audit log', async () => {
    const id = await stored('watched');
    const { durationMs } = (await rita.ok('recordingReview', { params: { id } })).summary;
    const report = (who: TestDevice, ...spans: [number, number][]) =>
      who.call('reportWatched', { params: { id }, input: { spans } });
    expect((await report(rita, [0, 10], [5, durationMs + 5_000])).status).toBe(200);
    expect((await report(rita, [0, 5])).status).toBe(200);
    expect((await report(rita, [9, 5])).status).toBe(400);
    expect((await report(approver, [0, 5])).status).toBe(403);
    const { coverage } = await victor.ok('recordingReview', { params: { id } });
    expect(coverage).toMatchObject([{ by: { name: 'Rita' }, spans: [[0, durationMs]] }]);
    expect((await auditOf(id, 'recording.watched')).map(({ detail }) => detail['spans'])).toEqual([
      [[0, durationMs]],
      [[0, 5]],
    ]);
  });
});

describe('following a running recording', () => {
  const follow = (who: TestDevice, id: RecordingId, after = -1) =>
    who.ok('followRecording', { params: { id }, query: { after } });

  test('waits for more, tells the end, and asking is watching: audited, and told to the operator', async () => {
    const made = await record('followed');
    const id = RecordingId.parse(made.session.id);
    const events = await operator.events();
    expect(await follow(approver, id)).toEqual({ state: 'running', bytes: 0, keyframeOffset: null });
    await events.find(({ event }) => event.kind === 'session-watched' && event.watchers[0] === 'Anna');
    const waiting = follow(rita, id, 0);
    await made.upload.create();
    const most = made.bytes.subarray(0, made.bytes.length - 10);
    await made.upload.append(0, most, null);
    const first = await waiting;
    expect(first).toMatchObject({ state: 'running', keyframeOffset: expect.any(Number) as unknown });
    expect(first.bytes).toBeGreaterThan(0);
    await events.find(({ event }) => event.kind === 'session-watched' && event.watchers.length === 2);
    const rest = follow(approver, id, first.bytes);
    await made.upload.append(most.length, made.bytes.subarray(most.length), made.bytes.length);
    expect(await rest).toMatchObject({ state: 'complete', bytes: made.bytes.length });
    await approver.ok('stopFollowing', { params: { id } });
    await events.find(({ event }) => event.kind === 'session-watched' && event.watchers.join() === 'Rita');
    events.close();
    expect((await operator.call('stopFollowing', { params: { id } })).status).toBe(200);
    expect((await auditOf(id, 'recording.watch')).map(({ actor }) => actor)).toEqual(['Anna', 'Rita']);
    expect((await auditOf(id, 'recording.watch-end'))[0]?.detail).toMatchObject({
      accountId: approver.account.id,
    });
  });

  test('an approver reads the bytes while it runs, and no longer when it is whole', async () => {
    const made = await record('read-live');
    const { id } = made.session;
    const path = `/v1/recordings/${id}/content`;
    const read = async () => {
      const authorization = `Sallyport ${await approver.proof({ method: 'GET', path })}`;
      return (await fetch(`${server.url()}${path}`, { headers: { authorization, range: 'bytes=0-4' } }))
        .status;
    };
    await made.upload.create();
    await made.upload.append(0, made.bytes.subarray(0, -1), null);
    expect(await read()).toBe(206);
    await made.upload.append(made.bytes.length - 1, made.bytes.subarray(-1), made.bytes.length);
    expect(await read()).toBe(403);
  });

  test('a target may keep watchers from the operator; who goes without a word is forgotten', async () => {
    const made = await record('unseen', { showWatchers: false });
    const id = RecordingId.parse(made.session.id);
    const events = await operator.events();
    await follow(approver, id);
    laterMs += 60_000;
    await expect.poll(() => auditOf(id, 'recording.watch-end')).toHaveLength(1);
    const told = events.received.filter(
      ({ event }) => event.kind === 'session-watched' && String(event.sessionId) === String(id),
    );
    expect(told).toEqual([]);
    events.close();
    expect((await server.administrator.call('followRecording', { params: { id } })).status).toBe(403);
  });
});

describe('reminders', () => {
  test('what is due within a day, or late, is told to reviewers once a day, and a late one is audited once', async () => {
    const events = await rita.events();
    const id = await stored('dated', { withinDays: 2 });
    const reviewedId = await stored('done', { withinDays: 2 });
    await decide(rita, reviewedId, { decision: 'reviewed' });
    expect((await stateOf(id))?.dueAtMs).toBeGreaterThan(Date.now() + DAY_MS);
    const reminders = () =>
      events.received.map(({ event }) => event).filter(event => event.kind === 'reviews-due');
    laterMs += 1.5 * DAY_MS;
    await events.find(() => reminders().length === 1);
    expect(reminders()).toEqual([{ kind: 'reviews-due', due: 1, overdue: 0 }]);
    laterMs += DAY_MS;
    await events.find(() => reminders().length === 2);
    expect(reminders()[1]).toEqual({ kind: 'reviews-due', due: 0, overdue: 1 });
    // two more looks of the sweep, a minute apart, change nothing
    for (let look = 0; look < 2; look += 1) {
      laterMs += 61_000;
      await stored(`between-${look}`);
    }
    expect(reminders()).toHaveLength(2);
    expect(await auditOf(id, 'recording.overdue')).toHaveLength(1);
    expect(await auditOf(reviewedId, 'recording.overdue')).toEqual([]);
    events.close();
  });
});

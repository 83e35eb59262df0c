import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityToRecipient } from 'age-encryption';
import { CompactSign, decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RecordingId, TargetId } from '../../contract/ids.ts';
import type { EventOf } from '../../contract/ipc.ts';
import { SHARE_TYP } from '../../contract/recording-share.ts';
import type { Role } from '../../contract/server-api.ts';
import { httpAs } from '../../main/cli/enrolled-account.ts';
import { createReviewService } from '../../main/review/create-review-service.ts';
import { createIdentityStore } from '../../main/review/identity-store.ts';
import type { ReviewService } from '../../main/review/review-service.ts';
import { enrolDevice } from '../../main/server-client/enrol.ts';
import { openProfile } from '../../main/vault/profile-folder.ts';
import { fileSecretBox } from '../../main/vault/secret-box.ts';
import { createVault } from '../../main/vault/vault.ts';
import { createBench, verify } from '../support/recording-bench.ts';
import { runSallyport } from '../support/run-sallyport.ts';
import type { TestDevice } from '../support/server-device.ts';
import { storeRecording } from '../support/stored-recording.ts';
import type { TestServer } from '../support/test-server.ts';
import { startTestServer } from '../support/test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-break-glass-'));
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function keys(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runSallyport(['keys', ...args]);
  if (code !== 0) throw new Error(`exit ${code ?? 'none'}: ${stderr}`);
  return stdout.toString().trim();
}

/** A profile of its own, enrolled, with an identity. */
async function profileOf(name: string, role: Role): Promise<{ profile: string; recipient: string }> {
  const profile = join(folder, name);
  const { enrolCode } = await server.administrator.ok('createAccount', { input: { name, roles: [role] } });
  writeFileSync(join(folder, `${name}.code`), enrolCode);
  await keys('enrol', server.url(), '--code-file', join(folder, `${name}.code`), '--profile', profile);
  return { profile, recipient: await keys('new', '--no-passphrase', '--profile', profile) };
}

describe('a break-glass key', () => {
  test('is opened by two custodians, and the audit log had it before', async () => {
    const admin = await profileOf('Ada', 'administrator');
    const anna = await profileOf('Anna', 'reviewer');
    const ben = await profileOf('Ben', 'reviewer');
    const made = await server.administrator.ok('createAccount', {
      input: { name: 'Glass', roles: ['reviewer'] },
    });
    const custodians = [anna, ben].flatMap(({ recipient }) => ['--custodian', recipient]);
    const output = join(folder, 'shares');
    const recipient = await keys(
      ...[
        'break-glass',
        'new',
        ...custodians,
        '--output',
        output,
        '--for',
        'glass',
        '--profile',
        admin.profile,
      ],
    );
    const { recipients } = await server.administrator.ok('listRecipients');
    expect(recipients).toContainEqual(
      expect.objectContaining({ recipient, accountId: made.account.id, isBreakGlass: true, unlocked: null }),
    );

    const [own = '', other = ''] = readdirSync(output)
      .sort()
      .map(name => join(output, name));
    const unlock = (...shares: readonly string[]) =>
      keys('break-glass', 'unlock', ...shares, '--reason', 'Rita is away', '--profile', anna.profile);
    await expect(unlock(own, other)).rejects.toThrow(/sealed to somebody else/);
    await expect(unlock(own, own)).rejects.toThrow(/two custodians/);

    const passed = join(folder, 'passed.age');
    await keys(
      ...['break-glass', 'pass', other, '--to', anna.recipient, '--output', passed, '--profile', ben.profile],
    );
    expect(await unlock(own, passed)).toContain(recipient);
    const after = (await server.administrator.ok('listRecipients')).recipients;
    expect(after.find(each => each.recipient === recipient)?.unlocked).toMatchObject({ by: 'Anna' });
    const { entries } = await server.administrator.ok('listAudit', { query: { limit: 50 } });
    const announced = entries.filter(({ action }) => action === 'break-glass.unlock');
    expect(announced).toEqual([
      expect.objectContaining({
        actor: 'Anna',
        subject: recipient,
        detail: expect.objectContaining({
          reason: 'Rita is away',
          custodians: [anna.recipient, ben.recipient],
        }),
      }),
    ]);
    await expect(keys('retire', recipient, '--profile', anna.profile)).rejects.toThrow(/exit 3/);
    const retired = await keys('retire', recipient, '--account', 'Ada', '--profile', admin.profile);
    expect(retired).toContain('of Glass is retired');
    const left = (await server.administrator.ok('listRecipients')).recipients;
    expect(left.map(each => each.recipient)).not.toContain(recipient);
  });

  test('is announced by those who may review or administrate, and by nobody else', async () => {
    const input = { recipient: 'age1x', custodians: ['age1a', 'age1b'], reason: 'a test' };
    const operator = await server.person('Olga', 'operator');
    const reviewer = await server.person('Rita', 'reviewer');
    expect((await operator.call('announceBreakGlass', { input })).status).toBe(403);
    expect((await reviewer.call('announceBreakGlass', { input })).status).toBe(200);
  });
});

/** The bundle of the one with whom it was shared opens for them, without a server, and verifies; the recording alone does not open. */
async function isExportedOffline(id: string, bytes: Uint8Array, profile: string): Promise<void> {
  const [bundle, alone] = [join(folder, 'shared.tar'), join(folder, 'alone.sprec')];
  writeFileSync(alone, bytes);
  expect((await runSallyport(['evidence', id, '--output', bundle, '--profile', profile])).code).toBe(0);
  const text = (path: string) => runSallyport(['export', path, '--format', 'text', '--profile', profile]);
  expect(String((await text(bundle)).stdout)).toContain('hello reviewer');
  const refused = await text(alone);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(`sallyport evidence ${id}`)]);
  expect((await runSallyport(['verify', bundle])).code).toBe(0);
}

describe('a recording that was sealed before somebody came', () => {
  /** A client as it is in the shells, without a window. */
  async function reviewer(name: string, identity: string | null) {
    const { enrolCode } = await server.administrator.ok('createAccount', {
      input: { name, roles: ['reviewer'] },
    });
    const enrolled = await enrolDevice({ serverUrl: server.url(), code: enrolCode });
    const profile = openProfile(join(folder, `client-${name}`), {});
    createVault(profile.accountsFolder, fileSecretBox).keep(enrolled);
    if (identity !== null) {
      mkdirSync(profile.identityFolder, { mode: 0o700 });
      writeFileSync(join(profile.identityFolder, 'identity.txt'), `${identity}\n`);
    }
    const identities = createIdentityStore(profile.identityFolder);
    if (identity === null) await identities.create(null);
    const [recipient = ''] = await identities.recipients();
    const http = httpAs(enrolled);
    await http.call('putRecipient', { input: { recipient } });
    const told: EventOf<'keys.reshared'>[] = [];
    const start = (): ReviewService =>
      createReviewService({
        http,
        account: enrolled,
        identities,
        importsFolder: profile.importsFolder,
        wallNowMs: () => Date.now(),
        serverNowMs: () => Date.now(),
        nowMs: () => performance.now(),
        onChecked: () => undefined,
        onSearched: () => undefined,
        onReshared: progress => told.push(progress),
      });
    return { profile: profile.folder, recipient, http, enrolled, review: start(), start, told };
  }

  test('is shared by who can read it: then it opens, with its comments, verifies as before, and forged shares are refused', async () => {
    const bench = await createBench();
    const operator = await server.person('Omar', 'operator');
    const approver = await server.person('Abel', 'approver');
    const rita = await reviewer('Ruth', bench.identity);
    expect(rita.recipient).toBe(await identityToRecipient(bench.identity));
    const target = await server.target({ target: { id: TargetId.parse('old'), kind: 'local', name: 'Old' } });
    const { session, bytes } = await storeRecording({ server, bench, operator, approver }, target);
    const recordingId = RecordingId.parse(session.id);
    await rita.review.comment({ recordingId, momentMs: 1, text: 'before she came' });

    const nora = await reviewer('Nora', null);
    await expect(nora.review.open({ recordingId })).rejects.toMatchObject({
      code: 'recording-unreadable',
      message: expect.stringContaining('keys reshare') as unknown,
    });
    const outsider = await keys('reshare', '--to', 'Ruth', session.id, '--profile', nora.profile);
    expect(outsider).toContain('opens for them already');
    expect(await keys('reshare', '--to', 'nora', '--all', '--profile', rita.profile)).toBe(
      `${session.id}  shared`,
    );

    const { check } = await nora.review.open({ recordingId });
    expect(check.verification).toMatchObject({ problems: [] });
    const { events } = await nora.review.read({ recordingId, fromMs: 0, toMs: 60_000, fromKeyframe: true });
    expect(events.map(event => (event.kind === 'output' ? event.text : '')).join('')).toContain(
      'hello reviewer',
    );
    await nora.review.comment({ recordingId, momentMs: 2, text: 'after she came' });
    for (const { review } of [rita, nora])
      expect((await review.readReview({ recordingId })).comments.map(({ text }) => text)).toEqual([
        'before she came',
        'after she came',
      ]);
    const content = await nora.http.fetch(`/v1/recordings/${session.id}/content`, {});
    const stored = new Uint8Array(await content.arrayBuffer());
    expect(stored).toEqual(Uint8Array.from(bytes));
    expect(verify(stored).problems).toEqual([]);
    await isExportedOffline(session.id, bytes, nora.profile);
    const audited = (await server.administrator.ok('listAudit', { query: { limit: 100 } })).entries.filter(
      ({ action }) => action === 'recording.share',
    );
    expect(audited).toMatchObject([
      expect.objectContaining({
        actor: 'Ruth',
        subject: session.id,
        detail: expect.objectContaining({ recipient: nora.recipient, readerId: nora.enrolled.account.id }),
      }),
    ]);

    const [share] = (await nora.http.call('listShares', { params: { id: recordingId } })).shares;
    const { sealed } = await nora.http.call('readShare', {
      params: { id: recordingId, shareId: share?.id ?? '' },
    });
    const vera = await server.person('Vera', 'reviewer');
    const claims = { ...decodeJwt(share?.statement ?? ''), deviceId: vera.deviceId };
    const signed = (change: Readonly<Record<string, unknown>>, typ = SHARE_TYP) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify({ ...claims, ...change })))
        .setProtectedHeader({ alg: 'EdDSA', typ })
        .sign(vera.privateKey);
    const put = async (who: TestDevice, statement: string, bytesText = sealed) =>
      (await who.call('createShare', { params: { id: session.id }, input: { statement, sealed: bytesText } }))
        .status;
    const other = Buffer.from('another age file');
    const otherHash = createHash('sha256').update(other).digest('hex');
    expect(await put(operator, await signed({}))).toBe(403);
    const refused = await Promise.all([
      put(vera, share?.statement ?? ''),
      put(vera, await signed({}), other.toString('base64')),
      put(vera, await signed({}, 'sallyport-proof+jwt')),
      put(vera, await signed({ headerHash: '0'.repeat(64) })),
      put(vera, await signed({ recordingId: 'another' })),
      put(vera, await signed({ parts: 3 })),
      put(vera, await signed({ part: 2 })),
      put(vera, await signed({ deviceId: operator.deviceId })),
      put(vera, await signed({ recipient: `age1${'p'.repeat(58)}` })),
    ]);
    expect(refused).toEqual(refused.map(() => 400));
    // whoever signs as they are is taken, and cannot take the place of another's share
    expect(await put(vera, await signed({ sha256: otherHash }), other.toString('base64'))).toBe(200);
    const olive = await reviewer('Olive', null);
    const over = { shared: 1, openAlready: 0, failures: [], isStopped: false };
    expect(await nora.review.reshare({ recipient: olive.recipient })).toEqual({ total: 1 });
    await expect
      .poll(() => nora.told.map(({ done, outcome }) => [done, outcome]))
      .toEqual([
        [1, null],
        [1, over],
      ]);
    expect((await olive.review.open({ recordingId })).check.verification).toMatchObject({ problems: [] });
    const late = await reviewer('Lou', null);
    await late.review.reshare({ recipient: late.recipient });
    await expect(late.review.reshare({ recipient: late.recipient })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect
      .poll(() => late.told.at(-1)?.outcome)
      .toMatchObject({
        shared: 0,
        failures: [{ recordings: 1, reason: expect.stringContaining('keys reshare') as unknown }],
      });
    const later = nora.start();
    expect((await later.open({ recordingId })).check.verification).toMatchObject({ problems: [] });

    await rita.http.call('reviewRecording', {
      params: { id: recordingId },
      input: { decision: 'reviewed', note: '' },
    });
    const input = { reason: 'its time was over' };
    await server.administrator.ok('deleteRecording', { params: { id: session.id }, input });
    expect((await nora.http.call('listShares', { params: { id: recordingId } })).shares).toEqual([]);
    await Promise.all(
      [rita.review, nora.review, olive.review, late.review, later].map(review => review.dispose()),
    );
    await bench.remove();
  });
});

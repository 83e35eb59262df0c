import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SessionId } from '../../contract/ids.ts';
import type { ReplayEvent, RequestOutputOf } from '../../contract/ipc.ts';
import { createApp } from '../../main/app/app.ts';
import { createReviewService } from '../../main/review/create-review-service.ts';
import { createIdentityStore } from '../../main/review/identity-store.ts';
import { createForkNodeHost } from '../../main/session-host-client/fork-node-host.ts';
import { openProfile } from '../../main/vault/profile-folder.ts';
import { fileSecretBox } from '../../main/vault/secret-box.ts';
import { WEB_SHELL_FACTS } from '../../main/web/web-shell-facts.ts';
import type { ClientWorld, TestWindow } from '../support/client-world.ts';
import { attachTerminal, grantAccess, openTestWindow, startClientWorld } from '../support/client-world.ts';
import { runSallyport } from '../support/run-sallyport.ts';

let world: ClientWorld;
const folder = mkdtempSync(join(tmpdir(), 'sallyport-live-'));
beforeAll(async () => {
  world = await startClientWorld();
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openSession() {
  const { grantId } = await grantAccess(world, 600);
  const { sessionId } = await world.operator.ask('session.open', { grantId, cols: 80, rows: 24 });
  return { sessionId, terminal: attachTerminal(world.operator, sessionId) };
}

type Piece = RequestOutputOf<'live.read'>;
const textOf = (events: readonly ReplayEvent[]): string =>
  events.map(event => (event.kind === 'output' ? event.text : '')).join('');

/** Follows a session from a window, piece by piece, until what came fits. */
function watch(window: TestWindow, recordingId: SessionId) {
  let next: number | null = null;
  let text = '';
  return {
    text: () => text,
    async until(fits: (text: string, piece: Piece) => boolean): Promise<Piece> {
      for (;;) {
        const piece: Piece = await window.ask('live.read', { recordingId, fromOffset: next });
        next = piece.nextOffset;
        text += textOf(piece.events);
        if (fits((piece.keyframe?.text ?? '') + text, piece)) return piece;
      }
    },
  };
}

/** A window on a profile of its own, as somebody's machine is. */
async function elsewhere(name: string, role: 'approver' | 'reviewer', hasIdentity: boolean) {
  const profile = openProfile(join(folder, name), {});
  if (hasIdentity) await createIdentityStore(profile.identityFolder).create(null);
  const app = createApp({
    profile,
    secretBox: fileSecretBox,
    shell: WEB_SHELL_FACTS,
    forkHost: createForkNodeHost(),
    createReviewService,
    environment: {},
  });
  const { enrolCode } = await world.admin.call('createAccount', { input: { name, roles: [role] } });
  const window = await openTestWindow(app, await app.enrol(world.network.url, enrolCode));
  return { window, app };
}

/** The evidence bundle that the player saves, piece by piece, is what `sallyport verify` takes. */
async function bundleIsVerified(recordingId: SessionId): Promise<void> {
  const { exportId, encoding, total, fileName } = await world.reviewer.ask('recordings.export', {
    recordingId,
    format: 'evidence',
  });
  expect(encoding).toBe('base64');
  const pieces: Buffer[] = [];
  let done = 0;
  for (;;) {
    const piece = await world.reviewer.ask('export.next', { exportId });
    if (piece.isOver) break;
    pieces.push(Buffer.from(piece.content, encoding));
    expect(piece.done).toBeGreaterThanOrEqual(done);
    ({ done } = piece);
  }
  expect(done).toBe(total);
  const file = join(folder, fileName);
  writeFileSync(file, Buffer.concat(pieces));
  const verified = await runSallyport(['verify', file, '--json']);
  expect(JSON.parse(String(verified.stdout))).toMatchObject({ isVerified: true, sessionId: recordingId });
  expect(verified.code).toBe(0);
}

async function isKeptThenDeleted(recordingId: SessionId): Promise<void> {
  const reason = 'asked for by the customer';
  const reasoned = { recordingId, reason };
  expect((await world.reviewer.ask('recordings.hold', reasoned)).hold).toMatchObject({ by: 'Rita', reason });
  expect((await world.reviewer.ask('recordings.lift-hold', reasoned)).hold).toBeNull();
  await expect(world.reviewer.ask('recordings.delete', reasoned)).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await world.reviewer.ask('recordings.review', {
    recordingId,
    review: { decision: 'reviewed', note: '' },
  });
  const { deletion } = await world.admin.call('deleteRecording', {
    params: { id: recordingId },
    input: { reason },
  });
  const tombstone = deletion?.tombstone ?? '';
  const checked = await world.reviewer.ask('tombstone.check', { tombstone });
  expect(checked.claims).toMatchObject({ recordingId, reason, cause: 'by-hand', isReviewed: true });
  expect(JSON.parse(checked.file)).toMatchObject({ tombstone });
  const forged = tombstone.replace(/[^.]+$/, 'A'.repeat(86));
  expect((await world.reviewer.ask('tombstone.check', { tombstone: forged })).claims).toBeNull();
}

describe('watching a running session', () => {
  test('shows its screen a little later, in order, to its end, and nothing that the operator did not see', async ({
    annotate,
  }) => {
    const { sessionId, terminal } = await openSession();
    terminal.type('echo "=$((6 * 7))="\r');
    await terminal.until(/=42=/);
    const live = watch(world.reviewer, sessionId);
    await live.until(text => text.includes('=42='));
    const delaysMs: number[] = [];
    for (const factor of [11, 12, 13]) {
      const shown = `=${factor * 100}=`;
      terminal.type(`echo "=$((${factor} * 100))="\r`);
      await terminal.until(new RegExp(shown));
      const shownMs = performance.now();
      const piece = await live.until(text => text.includes(shown));
      delaysMs.push(Math.round(performance.now() - shownMs));
      expect(piece.behindMs).toBeGreaterThan(0);
    }
    await annotate(`shown to the operator, then to the viewer: ${delaysMs.join(', ')} ms later`);
    // the view begins at a keyframe, its check at the first byte
    terminal.type('echo "=$((7 * 7))="\r');
    const { check } = await live.until((_text, piece) => (piece.check?.checkedBytes ?? 0) > 0);
    expect(check?.problem).toBeNull();
    expect(check?.segments).toBeGreaterThan(0);
    const at = [1100, 1200, 1300].map(product => live.text().indexOf(`=${product}=`));
    expect(at).toEqual(at.toSorted((a, b) => a - b));

    const approver = watch(world.approver, sessionId);
    await approver.until(text => text.includes('=1300='));
    terminal.type('exit\r');
    const last = await live.until((_text, { state }) => state !== 'running');
    expect(last.state).toBe('complete');
    expect((await approver.until((_text, { state }) => state !== 'running')).state).toBe('complete');
    await world.reviewer.ask('replay.open', { recordingId: sessionId });
    const replay = await world.reviewer.ask('replay.read', {
      recordingId: sessionId,
      fromMs: 0,
      toMs: 3_600_000,
      fromKeyframe: false,
    });
    expect(live.text().length).toBeGreaterThan(60);
    expect(textOf(replay.events).endsWith(live.text())).toBe(true);

    await bundleIsVerified(sessionId);
    await isKeptThenDeleted(sessionId);
  });

  test('the operator sees who watches, while they do', async () => {
    const { sessionId } = await openSession();
    const watchers = async () =>
      (await world.operator.ask('sessions.running', {})).find(each => each.sessionId === sessionId)?.watchers;
    expect(await watchers()).toEqual([]);
    await world.reviewer.ask('live.read', { recordingId: sessionId, fromOffset: null });
    await expect.poll(watchers).toEqual(['Rita']);
    await world.reviewer.ask('live.close', { recordingId: sessionId });
    await expect.poll(watchers).toEqual([]);
    await world.operator.ask('session.end', { sessionId });
  });

  test('is refused in words to who has no key, to another key, and to who may not; so are comments', async () => {
    const { sessionId: recordingId, terminal } = await openSession();
    terminal.type('echo "=$((2 * 8))="\r');
    await watch(world.reviewer, recordingId).until(text => text.includes('=16='));
    const text = 'This customer was not in the ticket';
    await world.reviewer.ask('review.comment', { recordingId, momentMs: 1_250, text });
    const { comments } = await world.reviewer.ask('review.read', { recordingId });
    expect(comments).toMatchObject([
      { by: { name: 'Rita' }, momentMs: 1_250, text, problem: null, authorship: 'signed' },
    ]);

    const [keyless, stranger] = await Promise.all([
      elsewhere('Abel', 'approver', false),
      elsewhere('Xenia', 'reviewer', true),
    ]);
    const input = { recordingId, fromOffset: null };
    await expect(keyless.window.ask('live.read', input)).rejects.toMatchObject({ code: 'identity-missing' });
    await expect(stranger.window.ask('live.read', input)).rejects.toMatchObject({
      code: 'recording-unreadable',
    });
    await expect(world.operator.ask('live.read', input)).rejects.toMatchObject({ code: 'not-allowed' });
    const [foreign] = (await stranger.window.ask('review.read', { recordingId })).comments;
    expect(foreign).toMatchObject({ text: null, by: { name: 'Rita' } });
    expect(foreign?.problem).toMatch(/other recipients/);
    await Promise.all([keyless.app.dispose(), stranger.app.dispose()]);
    await world.operator.ask('session.end', { sessionId: recordingId });
  });
});

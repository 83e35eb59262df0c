import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GrantRecord, RecordingSummary } from '../../../../contract/server-api.ts';
import type { Entity, MaskCounts } from '../../../../contract/redaction.ts';
import { SallyportError } from '../../../../contract/errors.ts';
import type { RecordingId, SessionId } from '../../../../contract/ids.ts';
import type { App } from '../../../app/app.ts';
import type { DemoInstallation } from '../install-demo.ts';
import { PEOPLE } from '../install-demo.ts';
import type { Actor } from './actor.ts';
import { seatActor } from './actor.ts';
import type { RowView } from './shown-rows.ts';
import { checkRows, CSV_ROWS, CUSTOMER_ROWS, LOG_ROWS } from './shown-rows.ts';
import { attachStoryTerminal } from './story-terminal.ts';

/** What one whole story showed; every figure is measured while it is played. */
export interface StorySummary {
  readonly ok: boolean;
  readonly sessions: number;
  /** values that were masked, by entity, over all sessions */
  readonly masked: MaskCounts;
  /** from the grant's end to the lock, in server time */
  readonly lockedAfterExpiryMs: number;
  /** from the approver's click, as the server took it, to frozen input, as the server has stored it */
  readonly revocationMs: number;
  readonly recording: {
    readonly path: string;
    readonly segments: number;
    readonly bytes: number;
    readonly verified: boolean;
  };
  readonly replay: { readonly events: number; readonly masked: number };
  /** values of which four or more hidden characters in a row could be read on a terminal or in a replay */
  readonly leaks: number;
}

export interface StoryOptions {
  readonly app: App;
  readonly installation: DemoInstallation;
  /** where the story's recording is kept */
  readonly folder: string;
  readonly tell: (step: string, facts: Readonly<Record<string, unknown>>) => void;
}

interface Played {
  readonly sessionId: SessionId;
  readonly leaks: number;
  readonly view: RowView;
}

const SIZE = { cols: 160, rows: 40 };
const GRANT_S = 10;
const STEP_MS = 15_000;

/** Plays one whole story: three sessions on real targets that end in three ways, then the review of the first. */
export async function playStory(options: StoryOptions): Promise<StorySummary> {
  const { app, installation, tell } = options;
  const [operator, approver, reviewer] = await Promise.all(PEOPLE.map(({ name }) => seatActor(app, name)));
  if (operator === undefined || approver === undefined || reviewer === undefined)
    throw new Error('the demo lacks a person');
  const cast = { operator, approver, installation };

  const first = installation.targets.find(({ target }) => target.kind === 'postgres')
    ? 'shop-db'
    : 'local-shell';
  const expiring = await grantFor(cast, first, GRANT_S);
  const expired = await playUntilExpiry(cast, expiring, first === 'shop-db' ? CUSTOMER_ROWS : CSV_ROWS);
  tell('expired', { target: first, lockedAfterExpiryMs: expired.lockedAfterExpiryMs, leaks: expired.leaks });

  const revoked = await playUntilRevoked(cast, await grantFor(cast, 'web-01', 300), LOG_ROWS);
  tell('revoked', { target: 'web-01', revocationMs: revoked.revocationMs, leaks: revoked.leaks });

  const closed = await playUntilClosed(cast, await grantFor(cast, 'local-shell', 300), CSV_ROWS);
  tell('closed', { target: 'local-shell', leaks: closed.leaks });

  const played = [expired, revoked, closed];
  const recordings = [];
  for (const each of played) recordings.push(await uploaded(reviewer, each.sessionId));
  tell('uploaded', { recordings: recordings.map(({ id, segments, bytes }) => ({ id, segments, bytes })) });

  const reviews = [];
  for (const each of played) reviews.push(await review(reviewer, each, installation));
  const [main] = reviews;
  if (main === undefined) throw new Error('nothing was reviewed');
  tell('reviewed', { isVerified: main.isVerified, events: main.events, masked: main.masked });

  const path = await keepRecording(options, expired.sessionId);
  const leaks = [...played, ...reviews].reduce((sum, each) => sum + each.leaks, 0);
  const isVerified = reviews.every(each => each.isVerified);
  const [summary] = recordings;
  return {
    ok: leaks === 0 && isVerified && reviews.every(each => each.rows > 0),
    sessions: played.length,
    masked: addCounts(reviews.map(each => each.counts)),
    lockedAfterExpiryMs: expired.lockedAfterExpiryMs,
    revocationMs: revoked.revocationMs,
    recording: {
      path,
      segments: summary?.segments ?? 0,
      bytes: summary?.bytes ?? 0,
      verified: main.isVerified,
    },
    replay: { events: main.events, masked: main.masked },
    leaks,
  };
}

interface Cast {
  readonly operator: Actor;
  readonly approver: Actor;
  readonly installation: DemoInstallation;
}

async function grantFor(
  { operator, approver, installation }: Cast,
  targetId: string,
  durationS: number,
): Promise<GrantRecord> {
  const input = installation.targets.find(({ target }) => target.id === targetId);
  if (input === undefined) throw new SallyportError('not-found', `The demo has no target "${targetId}".`);
  const [account = ''] = input.accounts;
  const request = await operator.ask('requests.create', {
    targetId,
    account,
    durationS,
    reason: 'Look into a customer report',
  });
  const decided = await approver.ask('requests.decide', {
    requestId: request.id,
    decision: { decision: 'approve', note: 'Go ahead' },
  });
  const grant = (await operator.ask('grants.list', {})).find(each => each.id === decided.grantId);
  if (grant === undefined) throw new SallyportError('not-found', 'The approval issued no grant.');
  return grant;
}

async function open({ operator, installation }: Cast, grant: GrantRecord, view: RowView) {
  const { sessionId } = await operator.ask('session.open', { grantId: grant.id, ...SIZE });
  const terminal = attachStoryTerminal(operator.window, sessionId);
  terminal.type(view.command);
  await terminal.until(view.done, 0, STEP_MS);
  const { rows, leaks } = checkRows(terminal.text, view, installation.people);
  if (rows === 0) throw new SallyportError('internal', `The terminal of ${grant.target.name} showed no row.`);
  return { sessionId, terminal, leaks, view };
}

async function playUntilExpiry(
  cast: Cast,
  grant: GrantRecord,
  view: RowView,
): Promise<Played & { lockedAfterExpiryMs: number }> {
  const { sessionId, terminal, leaks } = await open(cast, grant, view);
  const ended = cast.operator.next(
    'access.changed',
    each => each.sessionId === sessionId && each.phase === 'ended',
    60_000,
  );
  const locked = await cast.operator.next(
    'access.changed',
    each => each.sessionId === sessionId && each.phase === 'locked',
    (GRANT_S + 10) * 1000,
  );
  const shownBefore = terminal.text.length;
  terminal.type('SELECT 1;\n');
  await ended;
  if (terminal.text.length !== shownBefore)
    throw new SallyportError('internal', 'Input passed after the end of the grant.');
  return { sessionId, view, leaks, lockedAfterExpiryMs: Math.round(locked.nowMs - locked.expiresAtMs) };
}

async function playUntilRevoked(
  cast: Cast,
  grant: GrantRecord,
  view: RowView,
): Promise<Played & { revocationMs: number }> {
  const { sessionId, leaks } = await open(cast, grant, view);
  const ended = cast.operator.next(
    'access.changed',
    each => each.sessionId === sessionId && each.phase === 'ended',
    60_000,
  );
  await cast.approver.ask('grants.revoke', { grantId: grant.id, reason: 'The report was a mistake' });
  await ended;
  const revocationMs = await poll(async () => {
    const record = (await cast.approver.ask('grants.list', {})).find(each => each.id === grant.id);
    return record?.revocationMs ?? null;
  }, 'The revocation time was not stored.');
  return { sessionId, view, leaks, revocationMs };
}

async function playUntilClosed(cast: Cast, grant: GrantRecord, view: RowView): Promise<Played> {
  const { sessionId, leaks } = await open(cast, grant, view);
  const ended = cast.operator.next(
    'access.changed',
    each => each.sessionId === sessionId && each.phase === 'ended',
    60_000,
  );
  await cast.operator.ask('session.end', { sessionId });
  await ended;
  return { sessionId, view, leaks };
}

function uploaded(reviewer: Actor, sessionId: SessionId): Promise<RecordingSummary> {
  return poll(async () => {
    const found = (await reviewer.ask('recordings.list', {})).find(each => each.id === sessionId);
    return found?.state === 'complete' ? found : null;
  }, 'A recording did not arrive whole on the server.');
}

interface Review {
  readonly events: number;
  readonly masked: number;
  readonly counts: MaskCounts;
  readonly isVerified: boolean;
  readonly rows: number;
  readonly leaks: number;
}

/** Replays it whole and looks for the same rows again. */
async function review(reviewer: Actor, played: Played, { people }: DemoInstallation): Promise<Review> {
  const recordingId: RecordingId = played.sessionId;
  const opened = await reviewer.ask('replay.open', { recordingId });
  const { events } = await reviewer.ask('replay.read', {
    recordingId,
    fromMs: 0,
    toMs: opened.durationMs + 1,
    fromKeyframe: false,
  });
  const text = events.map(event => (event.kind === 'output' ? event.text : '')).join('');
  const marks = opened.check.marks.filter(mark => mark.kind === 'mask');
  await reviewer.ask('recordings.review', {
    recordingId,
    review: { decision: 'reviewed', note: 'As asked for' },
  });
  await reviewer.ask('replay.close', { recordingId });
  return {
    events: events.length,
    masked: marks.length,
    counts: opened.check.masked,
    isVerified: opened.check.verification?.isVerified === true,
    ...checkRows(text, played.view, people),
  };
}

/** The ciphertext as the server has it, for `sallyport verify` and `age` afterwards. */
async function keepRecording({ app, folder }: StoryOptions, sessionId: SessionId): Promise<string> {
  const reviewer = app.accounts().find(({ enrolled }) => enrolled.account.roles.includes('reviewer'));
  const response = await reviewer?.connection.http.fetch(`/v1/recordings/${sessionId}/content`);
  if (response?.ok !== true)
    throw new SallyportError('server-failed', 'The recording could not be fetched from the server.');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${sessionId}.sprec`);
  await writeFile(path, new Uint8Array(await response.arrayBuffer()));
  return path;
}

async function poll<T>(look: () => Promise<T | null>, complaint: string): Promise<T> {
  const giveUpMs = Date.now() + STEP_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > giveUpMs) throw new SallyportError('internal', complaint);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function addCounts(all: readonly MaskCounts[]): MaskCounts {
  const sum: MaskCounts = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) {
      // The keys of counts are entities: the schema says so.
      const entity = name as Entity;
      sum[entity] = (sum[entity] ?? 0) + count;
    }
  }
  return sum;
}

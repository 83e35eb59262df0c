import { z } from 'zod';
import { AccessSnapshot } from './access.ts';
import { AccountId, GrantId, RecordingId, RequestId, SessionId } from './ids.ts';
import { IMPORT_PIECE_BYTES, ImportedRecording, ImportOutcome } from './imports.ts';
import { ADMINISTRATION_REQUESTS } from './ipc-administration.ts';
import { ReshareProgress } from './keys.ts';
import { LinkView } from './link.ts';
import { MaskCounts, MaskReason } from './redaction.ts';
import { RecordingHealth, RecordingHeader, TimelineMark, VerificationReport } from './recording.ts';
import {
  COMMENT_MAX_CHARS,
  Coverage,
  LiftInput,
  OpenedComment,
  ReviewDecision,
  WatchedInput,
} from './recording-review.ts';
import {
  AccessRequest,
  Account,
  DecisionInput,
  GrantRecord,
  ReasonInput,
  RecordingSummary,
  RequestInput,
  ReviewInput,
  SessionRecord,
  TargetSummary,
} from './server-api.ts';
import { ShellFacts, ShellNotification } from './shell.ts';
import { SignInOffer } from './sign-in.ts';
import { Tombstone } from './tombstone.ts';

/**
 * The only place where a channel gets its name. Handlers are typed by mapping over `REQUESTS`, so that a missing or an extra one
 * does not compile; preload and the web bridge loop over the same keys. Every payload is `unknown` until its schema parsed it.
 */
const none = z.strictObject({});
const cols = z.int().min(2).max(1000);
const rows = z.int().min(1).max(500);

export const AppState = z.object({
  version: z.string(),
  /** server time when this was made, milliseconds since the epoch: countdowns never read this machine's wall clock */
  nowMs: z.number(),
  shell: ShellFacts,
  /** accounts that this client has enrolled; a window acts as one of them at a time */
  accounts: z.array(Account),
  current: Account.nullable(),
  server: z.object({
    url: z.string(),
    state: z.enum(['connecting', 'online', 'offline']),
    message: z.string().nullable(),
  }),
});
export type AppState = z.infer<typeof AppState>;

/** A sign-in that a person is busy with: the provider's page, and the code to compare where it is opened elsewhere. */
export const PendingSignInView = z.object({ id: z.string(), url: z.url(), userCode: z.string().nullable() });
export type PendingSignInView = z.infer<typeof PendingSignInView>;

export const OpenSessionAnswer = z.object({ sessionId: SessionId, access: AccessSnapshot });
export const SessionView = z.object({
  sessionId: SessionId,
  grant: GrantRecord,
  access: AccessSnapshot,
  masked: MaskCounts,
  /** why values were masked, the latest last */
  maskReasons: z.array(MaskReason).optional(),
  recording: RecordingHealth.nullable(),
  /** who watches live, by name, where the target's terms let the operator see it */
  watchers: z.array(z.string()).optional(),
});
export type SessionView = z.infer<typeof SessionView>;

/** One step of a replay: text is what the terminal writes; a keyframe is written after a reset. */
export const ReplayEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('output'), atMs: z.number(), text: z.string() }),
  z.object({ kind: z.literal('resize'), atMs: z.number(), cols, rows }),
  z.object({ kind: z.literal('mark'), atMs: z.number(), mark: TimelineMark }),
]);
export type ReplayEvent = z.infer<typeof ReplayEvent>;
export const Keyframe = z.object({ atMs: z.number(), cols, rows, text: z.string() });
export type Keyframe = z.infer<typeof Keyframe>;

/** How far a recording was checked, and what that found. `verification` is null until all of it was. */
export const ReplayCheck = z.object({
  checkedBytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative(),
  verification: VerificationReport.nullable(),
  /** why the check did not come to its end, for the person */
  failure: z.string().nullable(),
  marks: z.array(TimelineMark),
  masked: MaskCounts,
});
export type ReplayCheck = z.infer<typeof ReplayCheck>;

/** A line that came to stand on the screen at a moment and holds what was searched for, from character to character. */
export const SearchHit = z.object({
  atMs: z.number(),
  line: z.string(),
  match: z.object({ from: z.int().nonnegative(), to: z.int().nonnegative() }),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** How far the chain of a running recording is checked from its first byte on, and what that found. */
export const LiveCheck = z.object({
  checkedBytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative(),
  segments: z.int().nonnegative(),
  /** those that a signature of the device vouches for by now */
  signedSegments: z.int().nonnegative(),
  problem: z.string().nullable(),
});
export type LiveCheck = z.infer<typeof LiveCheck>;

/** What came of a running recording since the piece before. */
export const LivePiece = z.object({
  /** null while nothing of it is on the server */
  header: RecordingHeader.nullable(),
  /** of a first piece: the screen that the events begin with */
  keyframe: Keyframe.nullable(),
  events: z.array(ReplayEvent),
  /** where the next piece begins; null where the next one is a first one too */
  nextOffset: z.int().nonnegative().nullable(),
  /** how long ago the newest of this was recorded; null where nothing is new */
  behindMs: z.number().nonnegative().nullable(),
  /** null while nothing of it is on the server */
  check: LiveCheck.nullable(),
  state: RecordingSummary.shape.state,
});
export type LivePiece = z.infer<typeof LivePiece>;

export const REQUESTS = {
  'app.state': { input: none, output: AppState },
  /** The page follows links from now on; the answer is the one that came before, if any. */
  'links.follow': { input: none, output: z.object({ link: LinkView.nullable() }) },
  /** A notification of the system, where the shell shows them itself; a click on it follows the link. False: this shell shows none. */
  'shell.notify': { input: ShellNotification, output: z.object({ isShown: z.boolean() }) },
  'account.use': { input: z.strictObject({ accountId: AccountId }), output: AppState },
  'account.enrol': {
    input: z.strictObject({ serverUrl: z.url().max(500), code: z.string().min(8).max(200) }),
    output: AppState,
  },
  'account.signInOffer': { input: z.strictObject({ serverUrl: z.url().max(500) }), output: SignInOffer },
  /** renews the sign-in of the window's account where it is one of this server and not online; else enrols a new device */
  'account.startSignIn': {
    input: z.strictObject({ serverUrl: z.url().max(500), flow: z.enum(['browser', 'device']) }),
    output: PendingSignInView,
  },
  /** null after a moment: the person is not done, ask again */
  'account.waitForSignIn': {
    input: z.strictObject({ signInId: z.string().max(100) }),
    output: AppState.nullable(),
  },
  'account.cancelSignIn': { input: z.strictObject({ signInId: z.string().max(100) }), output: none },
  'targets.list': { input: none, output: z.array(TargetSummary) },
  'requests.create': { input: RequestInput, output: AccessRequest },
  'requests.list': { input: none, output: z.array(AccessRequest) },
  'requests.withdraw': { input: z.strictObject({ requestId: RequestId }), output: AccessRequest },
  'requests.decide': {
    input: z.strictObject({ requestId: RequestId, decision: DecisionInput }),
    output: AccessRequest,
  },
  'grants.list': { input: none, output: z.array(GrantRecord) },
  'grants.revoke': {
    input: z.strictObject({ grantId: GrantId, reason: z.string().max(1000) }),
    output: GrantRecord,
  },
  'sessions.list': { input: none, output: z.array(SessionRecord) },
  'sessions.running': { input: none, output: z.array(SessionView) },
  'sessions.suspend': {
    input: z.strictObject({ sessionId: SessionId, isSuspended: z.boolean() }),
    output: none,
  },
  'sessions.lift': { input: z.strictObject({ sessionId: SessionId }), output: none },
  'session.open': { input: z.strictObject({ grantId: GrantId, cols, rows }), output: OpenSessionAnswer },
  'session.lock': { input: z.strictObject({ sessionId: SessionId }), output: AccessSnapshot },
  'session.unlock': { input: z.strictObject({ sessionId: SessionId }), output: AccessSnapshot },
  'session.end': { input: z.strictObject({ sessionId: SessionId }), output: AccessSnapshot },
  'recordings.list': { input: none, output: z.array(RecordingSummary) },
  'recordings.review': {
    input: z.strictObject({ recordingId: RecordingId, review: ReviewInput }),
    output: RecordingSummary,
  },
  /** keeps it from being deleted, whatever its terms say */
  'recordings.hold': {
    input: ReasonInput.extend({ recordingId: RecordingId }),
    output: RecordingSummary,
  },
  'recordings.lift-hold': {
    input: ReasonInput.extend({ recordingId: RecordingId }),
    output: RecordingSummary,
  },
  /** for good: a signed tombstone is what stays */
  'recordings.delete': {
    input: ReasonInput.extend({ recordingId: RecordingId }),
    output: RecordingSummary,
  },
  /** what a tombstone says, once its signature was checked with the server's keys; and the file that "sallyport verify" reads */
  'tombstone.check': {
    input: z.strictObject({ tombstone: z.string().max(16_384) }),
    output: z.object({ claims: Tombstone.nullable(), file: z.string() }),
  },
  /** what reviewers decided, wrote and saw; comments are opened with the profile's identity */
  'review.read': {
    input: z.strictObject({ recordingId: RecordingId }),
    output: z.object({
      summary: RecordingSummary,
      decisions: z.array(ReviewDecision),
      comments: z.array(OpenedComment),
      coverage: z.array(Coverage),
    }),
  },
  'review.lift': {
    input: z.strictObject({ recordingId: RecordingId, lift: LiftInput }),
    output: RecordingSummary,
  },
  /** sealed to the recording's recipients before it leaves main */
  'review.comment': {
    input: z.strictObject({
      recordingId: RecordingId,
      momentMs: z.number().nonnegative(),
      text: z.string().trim().min(1).max(COMMENT_MAX_CHARS),
    }),
    output: OpenedComment,
  },
  /** parts that this window has shown since it told last */
  'review.watched': {
    input: z.strictObject({ recordingId: RecordingId, watched: WatchedInput }),
    output: none,
  },
  /** null: from the newest keyframe on. Waits some seconds for something new; asking is watching. */
  'live.read': {
    input: z.strictObject({ recordingId: RecordingId, fromOffset: z.int().nonnegative().nullable() }),
    output: LivePiece,
  },
  'live.close': { input: z.strictObject({ recordingId: RecordingId }), output: none },
  'replay.open': {
    input: z.strictObject({ recordingId: RecordingId }),
    output: z.object({
      header: RecordingHeader,
      durationMs: z.number(),
      /** everything that is known already; `replay.checked` tells when there is more to ask for */
      check: ReplayCheck,
      /** characters written, in equal slices of the time; null where nobody counted them */
      density: z.array(z.number()).nullable(),
    }),
  },
  /** events in [fromMs, upToMs), which is toMs or earlier where that was much; with `fromKeyframe`, preceded by the last keyframe at or before fromMs and what followed it */
  'replay.read': {
    input: z.strictObject({
      recordingId: RecordingId,
      fromMs: z.number().nonnegative(),
      toMs: z.number().nonnegative(),
      fromKeyframe: z.boolean(),
    }),
    output: z.object({ keyframe: Keyframe.nullable(), events: z.array(ReplayEvent), upToMs: z.number() }),
  },
  /** One at a time for a recording: a new one ends the one before. `replay.searched` tells hits as they are found. */
  'replay.search': {
    input: z.strictObject({
      recordingId: RecordingId,
      query: z.string().trim().min(1).max(200),
      /** any part of a word: this reads the whole recording */
      isAnywhere: z.boolean(),
      fromMs: z.number().nonnegative(),
    }),
    output: z.object({
      hits: z.array(SearchHit),
      /** where a search for more goes on; null where everything was searched */
      nextMs: z.number().nullable(),
      /** false where the recording was read through, for all or some of it */
      isByIndex: z.boolean(),
      unreadSegments: z.int().nonnegative(),
    }),
  },
  /** Ends the search, which then answers with what it has. */
  'replay.stop-search': { input: z.strictObject({ recordingId: RecordingId }), output: none },
  'replay.close': { input: z.strictObject({ recordingId: RecordingId }), output: none },
  /** Begins an export; its file is asked for piece by piece, so that it can be long, shows how far it is, and can be left. */
  'recordings.export': {
    input: z.strictObject({
      recordingId: RecordingId,
      format: z.enum(['asciicast-v2', 'asciicast-v3', 'text', 'evidence']),
    }),
    output: z.object({
      exportId: z.string(),
      fileName: z.string(),
      mediaType: z.string(),
      /** of each piece's `content` */
      encoding: z.enum(['utf8', 'base64']),
      /** what `done` comes to at the end: milliseconds of the recording, or bytes of a bundle */
      total: z.number().nonnegative(),
    }),
  },
  'export.next': {
    input: z.strictObject({ exportId: z.string().max(64) }),
    output: z.object({ content: z.string(), done: z.number().nonnegative(), isOver: z.boolean() }),
  },
  'export.stop': { input: z.strictObject({ exportId: z.string().max(64) }), output: none },
  /** recordings of other programs, imported on this machine; they are opened, searched and exported like any other */
  'imports.list': { input: none, output: z.array(ImportedRecording) },
  'imports.begin': { input: none, output: z.object({ importId: z.string() }) },
  /** the next bytes of the file, base64; a failure ends the import and leaves nothing of it */
  'imports.push': {
    input: z.strictObject({
      importId: z.string().max(64),
      content: z.base64().max(Math.ceil(IMPORT_PIECE_BYTES / 3) * 4),
    }),
    output: none,
  },
  'imports.finish': { input: z.strictObject({ importId: z.string().max(64) }), output: ImportOutcome },
  'imports.stop': { input: z.strictObject({ importId: z.string().max(64) }), output: none },
  'imports.remove': { input: z.strictObject({ recordingId: RecordingId }), output: none },
  ...ADMINISTRATION_REQUESTS,
} as const;
export type RequestName = keyof typeof REQUESTS;
export type RequestInputOf<N extends RequestName> = z.input<(typeof REQUESTS)[N]['input']>;
export type RequestParsedOf<N extends RequestName> = z.output<(typeof REQUESTS)[N]['input']>;
export type RequestOutputOf<N extends RequestName> = z.output<(typeof REQUESTS)[N]['output']>;

export const EVENTS = {
  'app.changed': AppState,
  'access.changed': AccessSnapshot,
  'session.masked': z.object({
    sessionId: SessionId,
    counts: MaskCounts,
    reasons: z.array(MaskReason).optional(),
  }),
  'session.recording': z.object({ sessionId: SessionId, health: RecordingHealth }),
  'requests.changed': AccessRequest,
  'grants.changed': GrantRecord,
  'sessions.changed': SessionRecord,
  'recordings.changed': z.object({ recordingId: RecordingId }),
  /** who watches a session of this account, by name */
  'session.watched': z.object({ sessionId: SessionId, watchers: z.array(z.string()) }),
  /** `isOver`: opening the recording again answers at once, with everything that its check found */
  'replay.checked': z.object({
    recordingId: RecordingId,
    checkedBytes: z.int().nonnegative(),
    totalBytes: z.int().nonnegative(),
    /** why it stands still for now; it goes on by itself */
    failure: z.string().nullable(),
    isOver: z.boolean(),
  }),
  /** what a search found since it told the last time, and how far it is */
  'replay.searched': z.object({
    recordingId: RecordingId,
    hits: z.array(SearchHit),
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
  }),
  'keys.reshared': ReshareProgress,
  notice: z.object({
    level: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    /** the session that it is about; without one it is about the client */
    sessionId: SessionId.optional(),
  }),
  'deep-link': LinkView,
} as const;
export type EventName = keyof typeof EVENTS;
export type EventOf<N extends EventName> = z.output<(typeof EVENTS)[N]>;

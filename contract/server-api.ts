import { z } from 'zod';
import { ExposureBudget, GrantScope, GrantTarget, RecordingTerms, SessionTerms } from './grant.ts';
import { AccountId, DeviceId, GrantId, RecordingId, RequestId, SessionId, TargetId } from './ids.ts';
import { EndCause } from './access.ts';
import { Alert, AlertRule, Exposure, MonitoringTerms } from './monitoring.ts';
import { PolicySource } from './policy-source.ts';
import { MaskCounts, RedactionPolicy } from './redaction.ts';
import { ReviewTerms } from './review-terms.ts';
import { TargetSecret } from './target-secret.ts';

/** Shapes of the server's HTTP interface. All times are milliseconds since the epoch in server time unless a name says otherwise. */

export const Role = z.enum(['operator', 'approver', 'reviewer', 'administrator']);
export type Role = z.infer<typeof Role>;

export const Account = z.object({
  id: AccountId,
  name: z.string().min(1).max(120),
  roles: z.array(Role).min(1),
});
export type Account = z.infer<typeof Account>;

/**
 * A device proves itself on each request: `Authorization: Sallyport <compact JWS>`, EdDSA by the device key,
 * `typ: sallyport-proof+jwt`, claims `{ sub: deviceId, aud, htm, htp, jti, iat }` (after DPoP, RFC 9449; `htp` is the path with query).
 * The server accepts an `iat` within PROOF_WINDOW_S of its own time and each `jti` once.
 */
export const PROOF_TYP = 'sallyport-proof+jwt';
export const PROOF_WINDOW_S = 30;
/** Signed server time (JWS by the grant key, `typ: sallyport-time+jwt`, claims `{ now }` in ms): the client's clock offset. */
export const TIME_TYP = 'sallyport-time+jwt';
/** A lease (JWS by the grant key), claims `{ sub: deviceId, now, until }` in ms. */
export const LEASE_TYP = 'sallyport-lease+jwt';

/** `POST /v1/enrol`: a one-time code makes a device of an account. */
export const EnrolInput = z.strictObject({
  code: z.string().min(8).max(200),
  deviceName: z.string().min(1).max(120),
  devicePublicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type EnrolInput = z.infer<typeof EnrolInput>;
export const EnrolAnswer = z.object({
  account: Account,
  deviceId: DeviceId,
  audience: z.string(),
  issuer: z.string(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
});
export type EnrolAnswer = z.infer<typeof EnrolAnswer>;

/** That nothing new begins on a target: since when, by whom and why. */
export const TargetDisabling = z.object({ by: z.string(), atMs: z.number(), reason: z.string() });
export type TargetDisabling = z.infer<typeof TargetDisabling>;

/** A target as operators see it when they choose: no credential, no trust anchors. */
export const TargetSummary = z.object({
  id: TargetId,
  name: z.string(),
  kind: z.string(),
  environment: z.string(),
  host: z.string(),
  accounts: z.array(z.string()),
  description: z.string(),
  redaction: RedactionPolicy,
  /** limits inside the target */
  scope: GrantScope.prefault({}),
  review: ReviewTerms.prefault({}),
  maxMinutes: z.number().positive(),
  /** the server makes a role or account of the database for each grant, with the rights of its scope: that holds around the client too */
  makesRoles: z.boolean().default(false),
  /** absent: it is not */
  disabled: TargetDisabling.optional(),
});
export type TargetSummary = z.infer<typeof TargetSummary>;

/** `POST /v1/targets` (administrator). */
export const TargetInput = z.strictObject({
  target: GrantTarget.omit({ account: true }),
  accounts: z.array(z.string().min(1)).min(1).max(50),
  description: z.string().max(500).default(''),
  /** a policy, or `{ "preset": … }` and what differs from it; stored whole */
  redaction: PolicySource,
  scope: GrantScope,
  /** how much personal data a session may show before it locks; without limits unless set */
  budget: ExposureBudget.prefault({}),
  monitoring: MonitoringTerms.prefault({}),
  session: SessionTerms,
  review: ReviewTerms.prefault({}),
  maxMinutes: z
    .number()
    .positive()
    .max(24 * 60),
  secret: TargetSecret,
  /** leaves the credentials of the target of this id as they are stored, where they go to the same place as before; `secret` is `none` then */
  keepsSecrets: z.boolean().default(false),
  /** credentials of jump hosts, in the order of `target.via` */
  viaSecrets: z.array(TargetSecret).max(4).default([]),
  /** how long recordings are kept; null: until they are deleted by hand */
  retentionDays: RecordingTerms.shape.retentionDays,
  allowSelfApproval: z.boolean().default(false),
});
export type TargetInput = z.infer<typeof TargetInput>;

export const RequestInput = z.strictObject({
  targetId: TargetId,
  account: z.string().min(1).max(128),
  reason: z.string().trim().min(1).max(1000),
  ticket: z.string().max(200).optional(),
  /** seconds asked for */
  durationS: z
    .int()
    .min(5)
    .max(24 * 3600),
  readOnly: z.boolean().default(false),
  /** the running grant that this one extends */
  supersedes: GrantId.optional(),
});
export type RequestInput = z.infer<typeof RequestInput>;

export const AccessRequest = z.object({
  id: RequestId,
  requester: Account,
  deviceId: DeviceId,
  target: TargetSummary,
  account: z.string(),
  reason: z.string(),
  ticket: z.string().nullable(),
  durationS: z.number(),
  readOnly: z.boolean(),
  supersedes: GrantId.nullable(),
  state: z.enum(['pending', 'approved', 'denied', 'withdrawn', 'expired']),
  createdAtMs: z.number(),
  decidedAtMs: z.number().nullable(),
  decidedBy: Account.nullable(),
  decisionNote: z.string().nullable(),
  grantId: GrantId.nullable(),
  /** distinct approvers that it takes, and who has approved so far */
  approvals: z
    .object({ required: z.int().positive(), by: z.array(Account) })
    .prefault({ required: 1, by: [] }),
  /** name of the policy's rule that it stands under; null without a policy */
  rule: z.string().nullable().default(null),
});
export type AccessRequest = z.infer<typeof AccessRequest>;

/** `POST /v1/requests/:id/decision`. Narrowing: a shorter duration, read-only; never more than was asked. */
export const DecisionInput = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  note: z.string().max(1000).optional(),
  durationS: z.int().min(5).optional(),
  readOnly: z.boolean().optional(),
});
export type DecisionInput = z.infer<typeof DecisionInput>;

export const GrantRecord = z.object({
  id: GrantId,
  requestId: RequestId,
  /** compact JWS; only for the holder's device, else null */
  jws: z.string().nullable(),
  holder: Account,
  target: TargetSummary,
  account: z.string(),
  reason: z.string(),
  approvedBy: z.array(Account),
  issuedAtMs: z.number(),
  expiresAtMs: z.number(),
  supersedes: GrantId.nullable(),
  /** the first grant of its chain of extensions; its own id where it extends none */
  rootId: GrantId,
  state: z.enum(['active', 'expired', 'revoked', 'superseded']),
  revokedAtMs: z.number().nullable(),
  /** click to frozen input as the client reported it, of the slowest session; null until it has */
  revocationMs: z.number().nullable(),
});
export type GrantRecord = z.infer<typeof GrantRecord>;

/** `POST /v1/grants/:id/credential`: for the session host of the grant's device, while the grant lasts. */
export const CredentialInput = z.strictObject({
  sshPublicKey: z.string().max(2000).optional(),
  hop: z.int().min(-1).max(3).default(-1),
});
export type CredentialInput = z.infer<typeof CredentialInput>;
export const Credential = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('ssh-certificate'), certificate: z.string(), validUntilMs: z.number() }),
  z.object({
    kind: z.literal('password'),
    username: z.string(),
    password: z.string(),
    validUntilMs: z.number().nullable(),
  }),
]);
export type Credential = z.infer<typeof Credential>;

/** `POST /v1/grants/:id/token-key`: the server's key for pseudonyms, base64url, where the grant's policy has `tokenScope: organisation`. */
export const TokenKeyAnswer = z.object({ tokenKey: z.string().min(43) });
export type TokenKeyAnswer = z.infer<typeof TokenKeyAnswer>;

/** Sessions as the server knows them: opened and reported by clients. */
export const SessionRecord = z.object({
  id: SessionId,
  grantId: GrantId,
  operator: Account,
  target: TargetSummary,
  account: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  endCause: EndCause.nullable(),
  masked: MaskCounts,
  lockReasons: z.array(z.string()),
  /** an approver, or a rule, keeps it locked */
  isSuspended: z.boolean(),
  /** when an approver last lifted a `budget` lock */
  budgetLiftedAtMs: z.number().nullable(),
  /** oldest first */
  alerts: z.array(Alert),
});
export type SessionRecord = z.infer<typeof SessionRecord>;
export const SessionReport = z.strictObject({
  masked: MaskCounts,
  lockReasons: z.array(z.string()).max(20),
  endCause: EndCause.nullable(),
  exposure: Exposure.optional(),
});
export type SessionReport = z.infer<typeof SessionReport>;

/** While it is held, a recording is not deleted. `by`: the name of whoever placed it. */
export const RecordingHold = z.object({ reason: z.string(), by: z.string(), atMs: z.number() });
export type RecordingHold = z.infer<typeof RecordingHold>;

/** A recording whose bytes are gone. `by`: a name, or `server` where its time was over; `tombstone`: compact JWS of `Tombstone`. */
export const RecordingDeletion = z.object({
  reason: z.string(),
  by: z.string(),
  atMs: z.number(),
  tombstone: z.string(),
});
export type RecordingDeletion = z.infer<typeof RecordingDeletion>;

/** What stands of a recording's review: follows from its decisions and its target's terms. */
export const ReviewState = z.object({
  /** `partly`: fewer reviewers than its terms ask for; a standing flag comes before a follow-up, and both before everything else */
  status: z.enum(['unreviewed', 'partly', 'reviewed', 'flagged', 'follow-up']),
  /** distinct reviewers that its terms ask for */
  required: z.int().positive(),
  reviewedBy: z.array(Account),
  /** whose flag or follow-up stands */
  raisedBy: z.array(Account),
  /** until when it should be reviewed; null without such terms, or while it is not whole */
  dueAtMs: z.number().nullable(),
});
export type ReviewState = z.infer<typeof ReviewState>;

export const RecordingSummary = z.object({
  id: RecordingId,
  session: SessionRecord,
  bytes: z.number(),
  segments: z.number(),
  durationMs: z.number(),
  state: z.enum(['running', 'complete', 'interrupted']),
  /** null: until it is deleted by hand */
  retainUntilMs: z.number().nullable(),
  hold: RecordingHold.nullable(),
  /** null while its bytes are there */
  deletion: RecordingDeletion.nullable(),
  /** what the server found when it last read the stored bytes again, in words; null where they are as they were */
  damage: z.string().nullable(),
  review: ReviewState,
});
export type RecordingSummary = z.infer<typeof RecordingSummary>;
export const ReviewInput = z
  .strictObject({
    decision: z.enum(['reviewed', 'flagged', 'follow-up']),
    note: z.string().trim().max(2000).default(''),
  })
  .refine(({ decision, note }) => decision === 'reviewed' || note !== '', {
    path: ['note'],
    message: 'must say what was seen: a flag or follow-up without a reason helps nobody',
  });
export type ReviewInput = z.infer<typeof ReviewInput>;
/** Why a recording is held, kept longer or deleted, for whoever asks later. */
export const ReasonInput = z.strictObject({ reason: z.string().trim().min(1).max(1000) });
/** `POST /v1/targets/:id/disable` (administrator). */
export const DisableTargetInput = ReasonInput.extend({
  isDisabled: z.boolean(),
  /** ends what runs there, too */
  revokesGrants: z.boolean().default(false),
});
export type DisableTargetInput = z.output<typeof DisableTargetInput>;
export const RetentionInput = ReasonInput.extend({ untilMs: z.number().int().positive() });

export const AuditEntry = z.object({
  sequence: z.int(),
  atMs: z.number(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/**
 * `GET /v1/events?after=N`: server-sent events of what concerns the device's account, numbered without gaps per account;
 * `id:` is the number. A client that sees a gap fetches its state anew before it goes on. `lease` events have no number.
 */
export const ServerEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lease'), lease: z.string() }),
  z.object({ kind: z.literal('request-changed'), request: AccessRequest }),
  z.object({ kind: z.literal('grant-issued'), grant: GrantRecord }),
  z.object({
    kind: z.literal('grant-revoked'),
    grantId: GrantId,
    /** the whole chain of extensions is over, whichever of its grants a client knows */
    rootId: GrantId,
    revokedAtMs: z.number(),
    by: z.string(),
    reason: z.string(),
  }),
  /** the holder's client has told when its input was frozen: `revocationMs` after the revocation */
  z.object({
    kind: z.literal('grant-frozen'),
    grantId: GrantId,
    revocationMs: z.number().nonnegative(),
  }),
  z.object({ kind: z.literal('session-changed'), session: SessionRecord }),
  z.object({
    kind: z.literal('session-suspended'),
    sessionId: SessionId,
    isSuspended: z.boolean(),
    by: z.string(),
  }),
  z.object({
    kind: z.literal('session-lifted'),
    sessionId: SessionId,
    liftedAtMs: z.number(),
    by: z.string(),
  }),
  z.object({
    kind: z.literal('session-alert'),
    sessionId: SessionId,
    rule: AlertRule,
    text: z.string(),
    /** who, on what */
    operator: z.string(),
    target: z.string(),
  }),
  z.object({ kind: z.literal('recording-changed'), recordingId: RecordingId }),
  /** to the operator, where the target's terms say so: who watches the running session now, by name */
  z.object({ kind: z.literal('session-watched'), sessionId: SessionId, watchers: z.array(z.string()) }),
  /** once a day to reviewers, while recordings wait longer than their terms allow, or nearly so */
  z.object({
    kind: z.literal('reviews-due'),
    due: z.int().nonnegative(),
    overdue: z.int().nonnegative(),
  }),
]);
export type ServerEvent = z.infer<typeof ServerEvent>;

/** Errors are `application/problem+json` (RFC 9457) with the permanent `code`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  /** names the trace of the request, to look for in the server's log; absent where there was no request that could be read */
  instance: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

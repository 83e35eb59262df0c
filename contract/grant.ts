import { z } from 'zod';
import { AccountId, DeviceId, GrantId, RequestId, TargetId } from './ids.ts';
import { RedactionPolicy } from './redaction.ts';

export const TargetKind = z.enum(['local', 'ssh', 'postgres', 'mysql', 'redis']);
export type TargetKind = z.infer<typeof TargetKind>;

const HostName = z.string().regex(/^(?!-)[A-Za-z0-9.:_-]{1,253}$/, 'must be a host name or address');
const Port = z.int().min(1).max(65535);
/** A login name that can never be read as an option by a program. */
const LoginName = z
  .string()
  .regex(/^(?!-)[^\s\0"'`$\\]{1,128}$/, 'must be a login name that does not begin with "-"');

/** How a host proves itself: OpenSSH public key lines (`ssh-ed25519 AAAA…`), pinned, or of a CA that signs host certificates. */
export const HostTrust = z.strictObject({
  pinnedKeys: z.array(z.string().max(2000)).max(20).default([]),
  hostCaKeys: z.array(z.string().max(2000)).max(20).default([]),
});
export type HostTrust = z.infer<typeof HostTrust>;

export const JumpHost = z.strictObject({
  host: HostName,
  port: Port,
  account: LoginName,
  trust: HostTrust,
  transport: z.enum(['openssh', 'ssh2']).default('openssh'),
});
export type JumpHost = z.infer<typeof JumpHost>;

/** Where a session goes. `account` is the login on the target; `via` is a tunnel to it, outermost first. */
export const GrantTarget = z.strictObject({
  id: TargetId,
  kind: TargetKind,
  name: z.string().min(1).max(120),
  environment: z.enum(['production', 'staging', 'development']).default('development'),
  host: HostName.default('localhost'),
  port: Port.default(22),
  account: LoginName.default('user'),
  database: z
    .string()
    .regex(/^(?!-)[^\s\0]{1,128}$/)
    .optional(),
  transport: z.enum(['openssh', 'ssh2']).default('openssh'),
  trust: HostTrust.default({ pinnedKeys: [], hostCaKeys: [] }),
  via: z.array(JumpHost).max(4).default([]),
  /** MySQL family: which client program is preferred. */
  client: z.enum(['mysql', 'mariadb']).optional(),
});
export type GrantTarget = z.infer<typeof GrantTarget>;

export const GrantScope = z.strictObject({
  readOnly: z.boolean().default(false),
  allowTables: z.array(z.string().max(128)).max(500).default([]),
  denyTables: z.array(z.string().max(128)).max(500).default([]),
  denyColumns: z.array(z.string().max(128)).max(500).default([]),
  denyCommands: z.array(z.string().max(200)).max(500).default([]),
});
export type GrantScope = z.infer<typeof GrantScope>;

/** Exposure limits in distinct masked values, and in rows of one statement (PostgreSQL only); null is no limit. */
export const ExposureBudget = z.strictObject({
  valuesPerMinute: z.int().positive().nullable().default(null),
  valuesPerSession: z.int().positive().nullable().default(null),
  rowsPerStatement: z.int().positive().nullable().default(null),
});
export type ExposureBudget = z.infer<typeof ExposureBudget>;

export const RecordingTerms = z.strictObject({
  /** age recipients (`age1…`) of the reviewers; at least one: nothing is recorded that nobody can review. */
  recipients: z
    .array(z.string().regex(/^age1[a-z0-9]{10,}$/))
    .min(1)
    .max(20),
  /** A recording that cannot be continued locks the session. It always does: a grant that says otherwise is refused. */
  strict: z.literal(true).default(true),
  /** The server deletes the recording so many days after its last bytes came; null: when somebody does it by hand. */
  retentionDays: z.int().min(1).max(36_500).nullable().default(null),
});
export type RecordingTerms = z.infer<typeof RecordingTerms>;

export const SessionTerms = z.strictObject({
  idleLockMs: z.int().positive().nullable().default(null),
  idleEndMs: z.int().positive().nullable().default(null),
  /** Milliseconds before the end at which to warn, longest first. */
  warningsMs: z.array(z.int().positive()).max(10).default([900_000, 300_000, 60_000, 10_000]),
  /** How long a locked session waits for an extension or a lift before it ends. */
  graceMs: z.int().nonnegative().max(3_600_000).default(60_000),
  maxExtensions: z.int().nonnegative().max(100).default(3),
});
export type SessionTerms = z.infer<typeof SessionTerms>;

/**
 * Claims of a grant: a compact JWS (EdDSA over Ed25519, RFC 7515, RFC 8037) with `typ: sallyport-grant+jwt`.
 * Times are seconds since the epoch (RFC 7519). A claim named in the header's `crit`, or any claim that this schema
 * does not know, means: refuse. `aud` is the server's audience; `device` is the only device that may use the grant.
 */
export const GrantClaims = z.strictObject({
  iss: z.string().min(1).max(200),
  aud: z.string().min(1).max(200),
  sub: AccountId,
  jti: GrantId,
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
  device: DeviceId,
  request: RequestId,
  target: GrantTarget,
  scope: GrantScope,
  redaction: RedactionPolicy,
  budget: ExposureBudget,
  recording: RecordingTerms,
  session: SessionTerms,
  reason: z.string().min(1).max(1000),
  ticket: z.string().max(200).optional(),
  approved_by: z.array(AccountId).min(1).max(10),
  supersedes: GrantId.optional(),
});
export type GrantClaims = z.infer<typeof GrantClaims>;
export const GRANT_TYP = 'sallyport-grant+jwt';

import type { ColumnType, Generated } from 'kysely';
import type { EndCause } from '../../contract/access.ts';
import type { GrantClaims } from '../../contract/grant.ts';
import type {
  AccountId,
  DeviceId,
  GrantId,
  RecordingId,
  RequestId,
  ReviewerGroupId,
  SessionId,
  TargetId,
} from '../../contract/ids.ts';
import type { AlertRule, Exposure } from '../../contract/monitoring.ts';
import type { Spans } from '../../contract/recording-review.ts';
import type { MaskCounts } from '../../contract/redaction.ts';
import type {
  AccessRequest,
  GrantRecord,
  RecordingDeletion,
  RecordingHold,
  RecordingSummary,
  ReviewInput,
  Role,
  ServerEvent,
  TargetDisabling,
  TargetInput,
  TargetSummary,
} from '../../contract/server-api.ts';
import type { AlertNotice } from '../monitoring/alert-sink.ts';

/** A jsonb column: read as a value, written as JSON text (pg would take an array for one of PostgreSQL's own). */
type Json<T> = ColumnType<T, string, string>;

/** Tables as Kysely sees them; made by the migrations. All times: milliseconds since the epoch. */
export interface Database {
  accounts: {
    id: AccountId;
    name: string;
    roles: Role[];
    created_at_ms: number;
    disabled_at_ms: Generated<number | null>;
    /** told by an identity provider at the last sign-in */
    groups: Generated<string[]>;
    /** issuer and subject at an identity provider; null for accounts that were made here */
    subject: Generated<string | null>;
  };
  enrol_codes: {
    code_hash: string;
    account_id: AccountId;
    expires_at_ms: number;
    used_at_ms: number | null;
  };
  devices: {
    id: DeviceId;
    account_id: AccountId;
    name: string;
    /** raw Ed25519 public key, base64url */
    public_key: string;
    created_at_ms: number;
    revoked_at_ms: number | null;
    /** until when the sign-in of its owner is good; null: enrolled by a code, for ever */
    signed_in_until_ms: Generated<number | null>;
    /** of its last request, to the minute; kept only where devices that are idle have to sign in again */
    seen_at_ms: Generated<number | null>;
  };
  /** sign-ins at an identity provider that are not finished; `SignInSecret` in a secret box, bound to the id */
  sign_ins: {
    id: string;
    device_name: string;
    public_key: string;
    sealed_secret: Uint8Array;
    /** between questions to the provider */
    interval_ms: number;
    next_ask_ms: number;
    expires_at_ms: number;
  };
  seen_proofs: { proof_hash: string; expires_at_ms: number };
  recipients: {
    recipient: string;
    account_id: AccountId;
    added_at_ms: number;
    retired_at_ms: number | null;
    is_break_glass: Generated<boolean>;
  };
  reviewer_groups: { id: ReviewerGroupId; made_at_ms: number };
  reviewer_group_members: { group_id: ReviewerGroupId; account_id: AccountId };
  targets: {
    id: TargetId;
    terms: Json<TargetTerms>;
    /** `TargetSecrets` in a secret box, bound to the id */
    sealed_secrets: Uint8Array;
    updated_at_ms: number;
  };
  requests: {
    id: RequestId;
    account_id: AccountId;
    device_id: DeviceId;
    target_id: TargetId;
    /** as it was when asked for */
    target: Json<TargetSummary>;
    login: string;
    reason: string;
    ticket: string | null;
    duration_s: number;
    read_only: boolean;
    supersedes: GrantId | null;
    state: AccessRequest['state'];
    created_at_ms: number;
    expires_at_ms: number;
    decided_at_ms: number | null;
    decided_by: AccountId | null;
    decision_note: string | null;
    grant_id: GrantId | null;
    /** how many approvers it takes */
    approvals_required: Generated<number>;
    /** name of the policy's rule that it stands under; null without a policy */
    policy_rule: Generated<string | null>;
  };
  /** approvals of a request that takes several; each with what it leaves of the request */
  request_approvals: {
    request_id: RequestId;
    account_id: AccountId;
    at_ms: number;
    duration_s: number;
    read_only: boolean;
    note: string | null;
  };
  /** every policy that was ever in force, by the SHA-256 of its text */
  policies: { digest: string; source: string; first_applied_at_ms: number };
  grants: {
    id: GrantId;
    request_id: RequestId;
    account_id: AccountId;
    device_id: DeviceId;
    target_id: TargetId;
    /** the first grant of a chain of extensions; its own id where it extends none */
    root_id: GrantId;
    supersedes: GrantId | null;
    claims: Json<GrantClaims>;
    jws: string;
    issued_at_ms: number;
    expires_at_ms: number;
    state: GrantRecord['state'];
    revoked_at_ms: number | null;
    revocation_ms: number | null;
  };
  /** logins that the server made on target databases and has to remove */
  database_roles: {
    root_grant_id: GrantId;
    target_id: TargetId;
    role_name: string;
    sealed_password: Uint8Array;
    /** until when it lets anybody in; 0 while closed */
    open_until_ms: number;
  };
  sessions: {
    id: SessionId;
    grant_id: GrantId;
    account_id: AccountId;
    device_id: DeviceId;
    started_at_ms: number;
    ended_at_ms: number | null;
    end_cause: EndCause | null;
    masked: Json<MaskCounts>;
    lock_reasons: Json<readonly string[]>;
    is_suspended: Generated<boolean>;
    /** as the client counted it last */
    exposure: Json<Exposure> | null;
    budget_lifted_at_ms: number | null;
  };
  /** each rule speaks once a session */
  alerts: { session_id: SessionId; rule: AlertRule; text: string; at_ms: number };
  /** what a sink has not taken yet */
  alert_deliveries: {
    alert_id: string;
    sink: string;
    notice: Json<AlertNotice>;
    attempts: number;
    due_at_ms: number;
  };
  /** one per session as soon as its first bytes have arrived; kept by the recordings part */
  recordings: {
    session_id: SessionId;
    bytes: number;
    segments: number;
    duration_ms: number;
    state: RecordingSummary['state'];
    updated_at_ms: number;
    /** of the last record and of the header (hex); null for what older versions stored */
    hash: string | null;
    header_hash: string | null;
    /** null: until it is deleted by hand */
    retain_until_ms: number | null;
    hold: Json<RecordingHold> | null;
    deletion: Json<RecordingDeletion> | null;
    bytes_removed: Generated<boolean>;
    scrubbed_at_ms: number | null;
    /** what the last scrub found, in words */
    damage: string | null;
    /** when it stopped growing */
    whole_at_ms: Generated<number | null>;
    /** of the newest segment with a keyframe, for those who follow it */
    keyframe_offset: Generated<number | null>;
    /** noticed to be unreviewed after its date */
    overdue_at_ms: Generated<number | null>;
  };
  /** keys that stored recordings are encrypted with, each in a secret box */
  recording_keys: { recording_id: RecordingId; sealed_key: Uint8Array };
  /** append-only: every decision, and what settled a flag */
  review_decisions: {
    id: string;
    /** the order in which they were made */
    sequence: Generated<number>;
    session_id: SessionId;
    decision: ReviewInput['decision'] | 'lifted';
    note: string;
    account_id: AccountId;
    at_ms: number;
    /** the decision that a `lifted` settles */
    settles: string | null;
  };
  /** age files for the recipients of their recording */
  comments: { id: string; session_id: SessionId; account_id: AccountId; at_ms: number; sealed: string };
  /** parts of shares: age files for one more recipient of a recording */
  recording_shares: {
    id: string;
    session_id: SessionId;
    recipient: string;
    device_id: DeviceId;
    account_id: AccountId;
    part: number;
    parts: number;
    at_ms: number;
    statement: string;
    sealed: Uint8Array;
  };
  /** which parts of a recording somebody's client has shown */
  coverage: { session_id: SessionId; account_id: AccountId; spans: Json<Spans>; updated_at_ms: number };
  /** who follows a running recording */
  watchers: {
    session_id: SessionId;
    device_id: DeviceId;
    account_id: AccountId;
    since_ms: number;
    seen_ms: number;
  };
  /** when something that happens once a day last happened, for all instances of the server */
  daily: { name: string; at_ms: number };
  event_counters: { account_id: AccountId; last: number };
  events: {
    account_id: AccountId;
    sequence: number;
    event: Json<ServerEvent>;
    /** the only device that gets the JWS of a `grant-issued` */
    device_id: DeviceId | null;
    at_ms: number;
  };
  audit: {
    sequence: number;
    at_ms: number;
    actor: string;
    action: string;
    subject: string;
    detail: Json<Record<string, unknown>>;
    hash: string;
  };
  /** full subtrees of the Merkle tree over the audit entries */
  audit_nodes: { level: number; index: number; hash: Buffer };
}

/** What is kept of a target in the open. */
export type TargetTerms = Omit<TargetInput, 'secret' | 'viaSecrets' | 'keepsSecrets'> & {
  /** whether the server makes a role or account of the database for each grant; absent in rows of earlier versions */
  readonly makesRoles?: boolean;
  readonly disabled?: TargetDisabling;
};
export type TargetSecrets = Pick<TargetInput, 'secret' | 'viaSecrets'>;

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { appendLeaf } from '../transparency/log-tree.ts';
import type { Database } from './schema.ts';

/** Forward only. Names sort in the order of their making; a migration that has shipped is never changed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-start': {
    async up(db) {
      for (const statement of START) await sql.raw(statement).execute(db);
    },
  },
  '0002-transparency-log': {
    async up(db: Kysely<Database>) {
      for (const statement of TRANSPARENCY_LOG) await sql.raw(statement).execute(db);
      const entries = await db.selectFrom('audit').select(['sequence', 'hash']).orderBy('sequence').execute();
      for (const { sequence, hash } of entries) await appendLeaf(db, sequence, hash);
    },
  },
  '0003-recording-storage': {
    async up(db) {
      for (const statement of RECORDING_STORAGE) await sql.raw(statement).execute(db);
    },
  },
  '0004-monitoring': {
    async up(db) {
      for (const statement of MONITORING) await sql.raw(statement).execute(db);
    },
  },
  '0005-review-decisions': {
    async up(db) {
      for (const statement of REVIEW_DECISIONS) await sql.raw(statement).execute(db);
    },
  },
  '0006-reviewer-groups': {
    async up(db) {
      for (const statement of REVIEWER_GROUPS) await sql.raw(statement).execute(db);
    },
  },
  '0007-access-policy': {
    async up(db) {
      for (const statement of ACCESS_POLICY) await sql.raw(statement).execute(db);
    },
  },
  '0008-recording-shares': {
    async up(db) {
      for (const statement of RECORDING_SHARES) await sql.raw(statement).execute(db);
    },
  },
  '0009-sign-in': {
    async up(db) {
      for (const statement of SIGN_IN) await sql.raw(statement).execute(db);
    },
  },
  '0010-request-scope': {
    async up(db) {
      await sql.raw(`UPDATE requests SET target = ${REQUEST_SCOPE} || target`).execute(db);
    },
  },
  '0011-request-roles': {
    async up(db) {
      // Requests of before did not say whether their target makes roles.
      await sql.raw(`UPDATE requests SET target = '{"makesRoles": false}'::jsonb || target`).execute(db);
    },
  },
  '0012-device-seen': {
    async up(db) {
      await sql.raw(`ALTER TABLE devices ADD COLUMN seen_at_ms bigint`).execute(db);
    },
  },
};

const RECORDING_SHARES: readonly string[] = [
  `CREATE TABLE recording_shares (
    id text NOT NULL UNIQUE, session_id text NOT NULL REFERENCES sessions, recipient text NOT NULL,
    device_id text NOT NULL REFERENCES devices, account_id text NOT NULL REFERENCES accounts, part integer NOT NULL,
    parts integer NOT NULL, at_ms bigint NOT NULL, statement text NOT NULL, sealed bytea NOT NULL,
    PRIMARY KEY (session_id, recipient, device_id, part))`,
];

/** Targets and requests of before have every reviewer. */
const REVIEWER_GROUPS: readonly string[] = [
  `CREATE TABLE reviewer_groups (id text PRIMARY KEY, made_at_ms bigint NOT NULL)`,
  `CREATE TABLE reviewer_group_members (
    group_id text NOT NULL REFERENCES reviewer_groups, account_id text NOT NULL REFERENCES accounts,
    PRIMARY KEY (group_id, account_id))`,
  `CREATE INDEX reviewer_group_members_account ON reviewer_group_members (account_id)`,
  `ALTER TABLE recipients ADD COLUMN is_break_glass boolean NOT NULL DEFAULT false`,
  `ALTER TABLE accounts ADD COLUMN disabled_at_ms bigint`,
  `UPDATE targets SET terms = jsonb_set(terms, '{review,groups}', '[]')`,
  `UPDATE requests SET target = jsonb_set(target, '{review,groups}', '[]')`,
];

/** Requests of before did not say their target's scope; their grants do. */
const REQUEST_SCOPE = `'{"scope": {"readOnly": false, "allowTables": [], "denyTables": [], "denyColumns": [], "denyCommands": []}}'::jsonb`;

const SIGN_IN: readonly string[] = [
  `ALTER TABLE accounts ADD COLUMN subject text UNIQUE`,
  `ALTER TABLE devices ADD COLUMN signed_in_until_ms bigint`,
  `CREATE TABLE sign_ins (
    id text PRIMARY KEY, device_name text NOT NULL, public_key text NOT NULL, sealed_secret bytea NOT NULL,
    interval_ms bigint NOT NULL, next_ask_ms bigint NOT NULL, expires_at_ms bigint NOT NULL)`,
];

const ACCESS_POLICY: readonly string[] = [
  `ALTER TABLE accounts ADD COLUMN groups text[] NOT NULL DEFAULT '{}'`,
  `ALTER TABLE requests ADD COLUMN approvals_required integer NOT NULL DEFAULT 1, ADD COLUMN policy_rule text`,
  `CREATE TABLE request_approvals (
    request_id text NOT NULL REFERENCES requests, account_id text NOT NULL REFERENCES accounts, at_ms bigint NOT NULL,
    duration_s integer NOT NULL, read_only boolean NOT NULL, note text, PRIMARY KEY (request_id, account_id))`,
  `CREATE TABLE policies (digest text PRIMARY KEY, source text NOT NULL, first_applied_at_ms bigint NOT NULL)`,
];

const MONITORING: readonly string[] = [
  `ALTER TABLE sessions ADD COLUMN exposure jsonb, ADD COLUMN budget_lifted_at_ms bigint`,
  `CREATE TABLE alerts (
    session_id text NOT NULL REFERENCES sessions, rule text NOT NULL, text text NOT NULL, at_ms bigint NOT NULL,
    PRIMARY KEY (session_id, rule))`,
  `CREATE TABLE alert_deliveries (
    alert_id text NOT NULL, sink text NOT NULL, notice jsonb NOT NULL, attempts integer NOT NULL, due_at_ms bigint NOT NULL,
    PRIMARY KEY (alert_id, sink))`,
  `CREATE INDEX alert_deliveries_due ON alert_deliveries (due_at_ms)`,
  // Targets of before have no limits and the quiet terms.
  `UPDATE targets SET terms = terms || '{
    "budget": {"valuesPerMinute": null, "valuesPerSession": null, "rowsPerStatement": null},
    "monitoring": {"bulkValues": 1000, "manyRows": 100000, "specialCategory": false, "workingHours": null,
      "newTarget": false, "suspendOn": []}}'::jsonb`,
];

/** `hold`, `deletion`: null, or who, when and why. Bytes of a deleted recording are gone once `bytes_removed`. */
const RECORDING_STORAGE: readonly string[] = [
  `CREATE TABLE recording_keys (recording_id text PRIMARY KEY REFERENCES sessions, sealed_key bytea NOT NULL)`,
  `ALTER TABLE recordings
    ADD COLUMN hash text, ADD COLUMN header_hash text, ADD COLUMN retain_until_ms bigint, ADD COLUMN hold jsonb,
    ADD COLUMN deletion jsonb, ADD COLUMN bytes_removed boolean NOT NULL DEFAULT false,
    ADD COLUMN scrubbed_at_ms bigint, ADD COLUMN damage text`,
  `CREATE INDEX recordings_retention ON recordings (retain_until_ms) WHERE deletion IS NULL`,
  `CREATE INDEX recordings_to_remove ON recordings (session_id) WHERE deletion IS NOT NULL AND NOT bytes_removed`,
  `CREATE INDEX recordings_scrub ON recordings (scrubbed_at_ms NULLS FIRST) WHERE deletion IS NULL`,
];

const REVIEW_TERMS = `'{"review": {"reviewers": 1, "withinDays": null, "showWatchers": true}}'::jsonb`;
const REVIEW_DECISIONS: readonly string[] = [
  `CREATE TABLE review_decisions (
    id text PRIMARY KEY, sequence bigserial UNIQUE, session_id text NOT NULL REFERENCES sessions,
    decision text NOT NULL CHECK (decision IN ('reviewed', 'flagged', 'follow-up', 'lifted')), note text NOT NULL,
    account_id text NOT NULL REFERENCES accounts, at_ms bigint NOT NULL,
    settles text UNIQUE REFERENCES review_decisions, CHECK ((decision = 'lifted') = (settles IS NOT NULL)))`,
  `CREATE INDEX review_decisions_session ON review_decisions (session_id, sequence)`,
  `INSERT INTO review_decisions (id, session_id, decision, note, account_id, at_ms)
    SELECT session_id, session_id, decision, note, account_id, at_ms FROM reviews ORDER BY at_ms`,
  `DROP TABLE reviews`,
  `CREATE TABLE comments (
    id text PRIMARY KEY, session_id text NOT NULL REFERENCES sessions, account_id text NOT NULL REFERENCES accounts,
    at_ms bigint NOT NULL, sealed text NOT NULL)`,
  `CREATE INDEX comments_session ON comments (session_id, at_ms)`,
  `CREATE TABLE coverage (
    session_id text NOT NULL REFERENCES sessions, account_id text NOT NULL REFERENCES accounts, spans jsonb NOT NULL,
    updated_at_ms bigint NOT NULL, PRIMARY KEY (session_id, account_id))`,
  `CREATE TABLE watchers (
    session_id text NOT NULL REFERENCES sessions, device_id text NOT NULL REFERENCES devices,
    account_id text NOT NULL REFERENCES accounts, since_ms bigint NOT NULL, seen_ms bigint NOT NULL,
    PRIMARY KEY (session_id, device_id))`,
  `CREATE TABLE daily (name text PRIMARY KEY, at_ms bigint NOT NULL)`,
  `ALTER TABLE recordings ADD COLUMN whole_at_ms bigint, ADD COLUMN keyframe_offset bigint, ADD COLUMN overdue_at_ms bigint`,
  `UPDATE recordings SET whole_at_ms = updated_at_ms WHERE state <> 'running'`,
  `UPDATE targets SET terms = ${REVIEW_TERMS} || terms`,
  `UPDATE requests SET target = ${REVIEW_TERMS} || target`,
];

const TRANSPARENCY_LOG: readonly string[] = [
  `CREATE TABLE audit_nodes (
    level smallint NOT NULL, index bigint NOT NULL, hash bytea NOT NULL, PRIMARY KEY (level, index))`,
  `CREATE TRIGGER audit_nodes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_nodes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
  `CREATE INDEX audit_subject ON audit (subject, sequence)`,
];

const START: readonly string[] = [
  `CREATE TABLE accounts (
    id text PRIMARY KEY, name text NOT NULL, roles text[] NOT NULL, created_at_ms bigint NOT NULL)`,
  `CREATE UNIQUE INDEX accounts_name ON accounts (lower(name))`,
  `CREATE TABLE enrol_codes (
    code_hash text PRIMARY KEY, account_id text NOT NULL REFERENCES accounts, expires_at_ms bigint NOT NULL,
    used_at_ms bigint)`,
  `CREATE TABLE devices (
    id text PRIMARY KEY, account_id text NOT NULL REFERENCES accounts, name text NOT NULL, public_key text NOT NULL UNIQUE,
    created_at_ms bigint NOT NULL, revoked_at_ms bigint)`,
  `CREATE INDEX devices_account ON devices (account_id)`,
  `CREATE TABLE seen_proofs (proof_hash text PRIMARY KEY, expires_at_ms bigint NOT NULL)`,
  `CREATE INDEX seen_proofs_expiry ON seen_proofs (expires_at_ms)`,
  `CREATE TABLE recipients (
    recipient text PRIMARY KEY, account_id text NOT NULL REFERENCES accounts, added_at_ms bigint NOT NULL,
    retired_at_ms bigint)`,
  `CREATE TABLE targets (
    id text PRIMARY KEY, terms jsonb NOT NULL, sealed_secrets bytea NOT NULL, updated_at_ms bigint NOT NULL)`,
  `CREATE TABLE requests (
    id text PRIMARY KEY, account_id text NOT NULL REFERENCES accounts, device_id text NOT NULL REFERENCES devices,
    target_id text NOT NULL REFERENCES targets, target jsonb NOT NULL, login text NOT NULL, reason text NOT NULL,
    ticket text, duration_s integer NOT NULL, read_only boolean NOT NULL, supersedes text,
    state text NOT NULL CHECK (state IN ('pending', 'approved', 'denied', 'withdrawn', 'expired')),
    created_at_ms bigint NOT NULL, expires_at_ms bigint NOT NULL, decided_at_ms bigint,
    decided_by text REFERENCES accounts, decision_note text, grant_id text)`,
  `CREATE INDEX requests_account ON requests (account_id, created_at_ms)`,
  `CREATE INDEX requests_created ON requests (created_at_ms)`,
  `CREATE INDEX requests_pending ON requests (expires_at_ms) WHERE state = 'pending'`,
  `CREATE TABLE grants (
    id text PRIMARY KEY, request_id text NOT NULL UNIQUE REFERENCES requests, account_id text NOT NULL REFERENCES accounts,
    device_id text NOT NULL REFERENCES devices, target_id text NOT NULL REFERENCES targets, root_id text NOT NULL,
    supersedes text UNIQUE REFERENCES grants, claims jsonb NOT NULL, jws text NOT NULL, issued_at_ms bigint NOT NULL,
    expires_at_ms bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'expired', 'revoked', 'superseded')),
    revoked_at_ms bigint, revocation_ms bigint)`,
  `CREATE INDEX grants_account ON grants (account_id, issued_at_ms)`,
  `CREATE INDEX grants_issued ON grants (issued_at_ms)`,
  `CREATE INDEX grants_root ON grants (root_id)`,
  `CREATE INDEX grants_active ON grants (expires_at_ms) WHERE state = 'active'`,
  `CREATE TABLE database_roles (
    root_grant_id text PRIMARY KEY REFERENCES grants, target_id text NOT NULL REFERENCES targets, role_name text NOT NULL,
    sealed_password bytea NOT NULL, open_until_ms bigint NOT NULL)`,
  `CREATE TABLE sessions (
    id text PRIMARY KEY, grant_id text NOT NULL REFERENCES grants, account_id text NOT NULL REFERENCES accounts,
    device_id text NOT NULL REFERENCES devices, started_at_ms bigint NOT NULL, ended_at_ms bigint, end_cause text,
    masked jsonb NOT NULL, lock_reasons jsonb NOT NULL, is_suspended boolean NOT NULL DEFAULT false)`,
  `CREATE INDEX sessions_account ON sessions (account_id, started_at_ms)`,
  `CREATE INDEX sessions_started ON sessions (started_at_ms)`,
  `CREATE INDEX sessions_running ON sessions (grant_id) WHERE ended_at_ms IS NULL`,
  `CREATE TABLE recordings (
    session_id text PRIMARY KEY REFERENCES sessions, bytes bigint NOT NULL, segments integer NOT NULL,
    duration_ms bigint NOT NULL, state text NOT NULL CHECK (state IN ('running', 'complete', 'interrupted')),
    updated_at_ms bigint NOT NULL)`,
  `CREATE TABLE reviews (
    session_id text PRIMARY KEY REFERENCES sessions, decision text NOT NULL, note text NOT NULL,
    account_id text NOT NULL REFERENCES accounts, at_ms bigint NOT NULL)`,
  `CREATE TABLE event_counters (account_id text PRIMARY KEY REFERENCES accounts, last bigint NOT NULL)`,
  `CREATE TABLE events (
    account_id text NOT NULL REFERENCES accounts, sequence bigint NOT NULL, event jsonb NOT NULL, device_id text,
    at_ms bigint NOT NULL, PRIMARY KEY (account_id, sequence))`,
  `CREATE INDEX events_age ON events (at_ms)`,
  `CREATE TABLE audit (
    sequence bigint PRIMARY KEY, at_ms bigint NOT NULL, actor text NOT NULL, action text NOT NULL, subject text NOT NULL,
    detail jsonb NOT NULL, hash text NOT NULL)`,
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`,
  `CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
];

import { z } from 'zod';
import { AccountId, DeviceId, GrantId, ReviewerGroupId, SessionId, TargetId } from './ids.ts';
import { Account, Role } from './server-api.ts';

/** Public SSH certificate authorities of a server, as OpenSSH public key lines: what targets put into `TrustedUserCAKeys`. */
export const SshAuthorities = z.object({ userCaKeys: z.array(z.string()), hostCaKeys: z.array(z.string()) });
export type SshAuthorities = z.infer<typeof SshAuthorities>;

export const AccountInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  roles: z.array(Role).min(1).max(4),
});
export type AccountInput = z.infer<typeof AccountInput>;
/** A one-time code that makes one device of the account; shown once, kept only as a hash. */
export const EnrolCode = z.object({ account: Account, enrolCode: z.string(), expiresAtMs: z.number() });
export type EnrolCode = z.infer<typeof EnrolCode>;

export const Device = z.object({
  id: DeviceId,
  accountId: AccountId,
  name: z.string(),
  createdAtMs: z.number(),
  revokedAtMs: z.number().nullable(),
});
export type Device = z.infer<typeof Device>;

/** An account as administrators see it. `disabledAtMs`: since when nothing can be done as it; null while it is in use. */
export const AccountRecord = Account.extend({
  disabledAtMs: z.number().nullable(),
  /** told by an identity provider at the last sign-in */
  groups: z.array(z.string()).default([]),
});
export type AccountRecord = z.infer<typeof AccountRecord>;

/** What ended with an account. */
export const DisabledAccount = z.object({
  account: AccountRecord,
  devices: z.int(),
  /** that were running */
  sessions: z.int(),
  /** age recipients that grants leave out from now on; break-glass keys that are registered for the account stay */
  retired: z.array(z.string()),
  leftGroups: z.array(ReviewerGroupId),
});
export type DisabledAccount = z.infer<typeof DisabledAccount>;

/** An age recipient (`age1…`, X25519): grants name the active ones of their target's reviewers, and every break-glass key. */
export const Recipient = z.object({
  recipient: z.string(),
  accountId: AccountId,
  accountName: z.string(),
  addedAtMs: z.number(),
  retiredAtMs: z.number().nullable(),
  isBreakGlass: z.boolean(),
  /** of a break-glass key: who last said that they put it together; null where nobody did */
  unlocked: z.object({ by: z.string(), atMs: z.number() }).nullable(),
});
export type Recipient = z.infer<typeof Recipient>;
export const RecipientInput = z.strictObject({
  recipient: z.string().regex(/^age1[a-z0-9]{10,200}$/, 'must be an age recipient that begins with "age1"'),
  /** whose; without it the caller's own account */
  accountId: AccountId.optional(),
  /** administrators only: every grant names it, whatever groups its target has */
  isBreakGlass: z.boolean().default(false),
});
export type RecipientInput = z.output<typeof RecipientInput>;

/** Reviewers (and approvers who watch) of some targets. */
export const ReviewerGroup = z.object({
  id: ReviewerGroupId,
  members: z.array(Account),
  /** targets whose recordings are sealed to it */
  targetIds: z.array(TargetId),
});
export type ReviewerGroup = z.infer<typeof ReviewerGroup>;
/** Makes the group where there is none of that name, then adds and removes members. */
export const ReviewerGroupInput = z.strictObject({
  id: ReviewerGroupId,
  add: z.array(AccountId).max(100).default([]),
  remove: z.array(AccountId).max(100).default([]),
});
export type ReviewerGroupInput = z.output<typeof ReviewerGroupInput>;

export const RevokeInput = z.strictObject({ reason: z.string().trim().min(1).max(1000) });
/** When the client's input was frozen, in server time as the client measures it. */
export const FrozenInput = z.strictObject({ frozenAtMs: z.number().positive() });
/** `sessionId` only where the client has made it already (then it must be new); else the server makes one. */
export const SessionInput = z.strictObject({ grantId: GrantId, sessionId: SessionId.optional() });
export const SuspendInput = z.strictObject({ isSuspended: z.boolean() });
export const HostCertificateInput = z.strictObject({
  publicKey: z.string().max(2000),
  /** host names and addresses that the certificate is for */
  names: z
    .array(z.string().regex(/^(?!-)[A-Za-z0-9.:_-]{1,253}$/))
    .min(1)
    .max(20),
  days: z.int().min(1).max(400).default(90),
});

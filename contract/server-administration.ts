import { z } from 'zod';
import { AccountId, DeviceId, GrantId, SessionId } from './ids.ts';
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

/** An age recipient (`age1…`, X25519) of a reviewer: every grant names all active ones. */
export const Recipient = z.object({
  recipient: z.string(),
  accountId: AccountId,
  addedAtMs: z.number(),
});
export type Recipient = z.infer<typeof Recipient>;
export const RecipientInput = z.strictObject({
  recipient: z.string().regex(/^age1[a-z0-9]{10,200}$/, 'must be an age recipient that begins with "age1"'),
  /** whose; without it the caller's own account */
  accountId: AccountId.optional(),
});
export type RecipientInput = z.infer<typeof RecipientInput>;

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

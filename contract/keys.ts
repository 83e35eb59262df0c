import { z } from 'zod';
import { Recipient, ReviewerGroup } from './server-administration.ts';

/** What guards a reviewer's identity on their machine: a passphrase, the system's keychain (desktop shell), or the file's mode alone. */
export const IdentityProtection = z.enum(['passphrase', 'keychain', 'file']);
export type IdentityProtection = z.infer<typeof IdentityProtection>;

/** Shorter passphrases are refused: the file can be tried offline by whoever gets it. */
export const PASSPHRASE_MIN_CHARS = 8;

/** The reviewer's key on this machine, as a window may know it: public halves only. */
export const IdentityState = z.object({
  /** the public half that recordings are sealed to; null while there is no identity */
  recipient: z.string().nullable(),
  /** of the recipient: short enough to read out and compare */
  fingerprint: z.string().nullable(),
  /** with those of older identities, the newest first; while it is locked only the newest is known */
  recipients: z.array(z.string()),
  isUnlocked: z.boolean(),
  needsPassphrase: z.boolean(),
  protection: IdentityProtection.nullable(),
  /** whether this shell guards an identity without a passphrase; else it makes none without one */
  hasKeychain: z.boolean(),
});
export type IdentityState = z.infer<typeof IdentityState>;

export const KeyRecipient = Recipient.extend({ fingerprint: z.string() });
export type KeyRecipient = z.infer<typeof KeyRecipient>;
export const KnownKeys = z.object({ recipients: z.array(KeyRecipient), groups: z.array(ReviewerGroup) });
export type KnownKeys = z.infer<typeof KnownKeys>;

/** What came of sharing recordings with somebody. */
export const ReshareSummary = z.object({
  shared: z.int(),
  openAlready: z.int(),
  /** why recordings were not shared, in words; each reason once */
  failures: z.array(z.object({ reason: z.string(), recordings: z.int() })),
  /** it was stopped before it was through */
  isStopped: z.boolean(),
});
export type ReshareSummary = z.infer<typeof ReshareSummary>;

export const ReshareProgress = z.object({
  recipient: z.string(),
  done: z.int(),
  total: z.int(),
  /** null until it is over */
  outcome: ReshareSummary.nullable(),
});

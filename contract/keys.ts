import { z } from 'zod';

/** What guards a reviewer's identity on their machine: a passphrase, the system's keychain (desktop shell), or the file's mode alone. */
export const IdentityProtection = z.enum(['passphrase', 'keychain', 'file']);
export type IdentityProtection = z.infer<typeof IdentityProtection>;

/** Shorter passphrases are refused: the file can be tried offline by whoever gets it. */
export const PASSPHRASE_MIN_CHARS = 8;

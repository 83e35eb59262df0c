import { SallyportError } from '../../contract/errors.ts';
import type { IdentityState } from '../../contract/keys.ts';
import { PASSPHRASE_MIN_CHARS } from '../../contract/keys.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { IdentityStore } from './identity-store.ts';

/** What a window may know of the identities of this machine. */
export async function stateOf(identities: IdentityStore): Promise<IdentityState> {
  const { recipient, isUnlocked, needsPassphrase, protection } = identities;
  return {
    recipient,
    fingerprint: recipient === null ? null : fingerprintOf(recipient),
    recipients: [...(await identities.recipients())],
    isUnlocked,
    needsPassphrase,
    protection,
    hasKeychain: identities.protectionWithoutPassphrase === 'keychain',
  };
}

/**
 * The passphrase for a new identity that is made from a window, where a command line would have asked whether it is meant to have none.
 * Throws `bad-input`.
 */
export function passphraseFor(identities: IdentityStore, passphrase: string | null): string | null {
  if (passphrase === null && identities.protectionWithoutPassphrase === 'keychain') return null;
  if (passphrase !== null && passphrase.length >= PASSPHRASE_MIN_CHARS) return passphrase;
  throw new SallyportError(
    'bad-input',
    passphrase === null
      ? 'This shell has no keychain that could guard the key. Give it a passphrase.'
      : `A passphrase has at least ${PASSPHRASE_MIN_CHARS} characters.`,
  );
}

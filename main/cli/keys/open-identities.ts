import type { IdentityStore } from '../../review/identity-store.ts';
import { createIdentityStore } from '../../review/identity-store.ts';
import type { Profile } from '../../vault/profile-folder.ts';
import type { CommandIo } from '../command.ts';
import { readSecret } from '../read-secret.ts';

/** The identities of a profile, unlocked: one a line. `passphrase`: null where their file has none. Throws `identity-missing`, `passphrase-wrong`. */
export async function openIdentities(
  profile: Profile,
  passphraseFile: string | undefined,
  io: CommandIo,
): Promise<{ readonly store: IdentityStore; readonly identity: string; readonly passphrase: string | null }> {
  const store = createIdentityStore(profile.identityFolder);
  const passphrase = store.needsPassphrase
    ? await readSecret('Passphrase of the identity: ', passphraseFile, io)
    : null;
  if (passphrase !== null) await store.unlock(passphrase);
  return { store, identity: store.identity(), passphrase };
}

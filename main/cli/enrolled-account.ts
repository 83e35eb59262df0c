import { suggestion } from '../../contract/nearest-word.ts';
import type { Role } from '../../contract/server-api.ts';
import { createProofSigner } from '../server-client/proof.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import { createServerHttp } from '../server-client/server-http.ts';
import type { Profile } from '../vault/profile-folder.ts';
import { fileSecretBox } from '../vault/secret-box.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { createVault } from '../vault/vault.ts';
import { UsageError } from './command.ts';

/** The enrolled account of that name, or the only one with the role. Throws `UsageError` where that names none or several. */
export function chooseAccount(
  profile: Profile,
  wanted: { readonly name: string | undefined; readonly role: Role },
): EnrolledAccount {
  const all = createVault(profile.accountsFolder, fileSecretBox).list();
  const fitting = all.filter(({ account }) =>
    wanted.name === undefined ? account.roles.includes(wanted.role) : account.name === wanted.name,
  );
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  if (all.length === 0)
    throw new UsageError('no account is enrolled here. See "sallyport keys enrol --help".');
  const { name, role } = wanted;
  const names = all.map(({ account }) => account.name);
  const choice = `Enrolled here: ${all.map(({ account }) => `${account.name} (${account.roles.join(', ')})`).join(', ')}.`;
  if (name !== undefined && fitting.length === 0)
    throw new UsageError(`no account "${name}" is enrolled here${suggestion(name, names) || '.'} ${choice}`);
  throw new UsageError(`say which ${role} with --account NAME. ${choice}`);
}

/** Requests as that account's device, for a command that makes a few and ends. */
export function httpAs({ serverUrl, deviceId, audience, device }: EnrolledAccount): ServerHttp {
  return createServerHttp({
    serverUrl,
    proof: createProofSigner({ deviceId, audience, privateKeyPem: device.privateKeyPem }),
    nowMs: () => Number.NaN,
    wallNowMs: () => Date.now(),
  });
}

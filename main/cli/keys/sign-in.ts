import { startSignIn } from '../../server-client/sign-in.ts';
import { generateDeviceKey } from '../../vault/device-key.ts';
import type { DeviceKey } from '../../vault/device-key.ts';
import type { Profile } from '../../vault/profile-folder.ts';
import { fileSecretBox } from '../../vault/secret-box.ts';
import { createVault } from '../../vault/vault.ts';
import type { CommandIo } from '../command.ts';
import { UsageError } from '../command.ts';
import { answer } from '../shared-options.ts';

/** `keys enrol URL --oidc`: enrols this client through the server's identity provider, or renews the sign-in of its device. */
export async function signIn(
  profile: Profile,
  given: {
    readonly url: string | undefined;
    readonly flow: 'browser' | 'device';
    readonly account: string | undefined;
    readonly isJson: boolean;
  },
  io: CommandIo,
): Promise<void> {
  if (given.url === undefined || !URL.canParse(given.url))
    throw new UsageError('give the address of the server, such as https://sallyport.example.');
  const vault = createVault(profile.accountsFolder, fileSecretBox);
  const serverUrl = given.url.replace(/\/+$/, '');
  const known = vault.list().filter(each => each.serverUrl === serverUrl);
  const pending = await startSignIn({ serverUrl, flow: given.flow, device: deviceFor(known, given.account) });
  const onAbort = () => pending.cancel();
  io.signal.addEventListener('abort', onAbort, { once: true });
  try {
    io.stderr.write(
      pending.userCode === null
        ? `Open this address in a browser on this machine, and sign in:\n`
        : `Open this address in a browser anywhere, sign in, and compare the code ${pending.userCode}:\n`,
    );
    const { url, userCode } = pending;
    answer(io, given.isJson, { url, userCode }, url);
    const enrolled = await pending.finished;
    vault.keep(enrolled);
    const { deviceId, account } = enrolled;
    answer(
      io,
      given.isJson,
      { deviceId, account, server: enrolled.serverUrl },
      `This client is device ${deviceId} of ${account.name} (${account.roles.join(', ')}) at ${enrolled.serverUrl}`,
    );
  } finally {
    io.signal.removeEventListener('abort', onAbort);
  }
}

/** The key of the account that is named, or of the only one at this server: so that its grants and sessions go on. Else a new one. */
function deviceFor(
  known: readonly { readonly account: { readonly name: string }; readonly device: DeviceKey }[],
  name: string | undefined,
): DeviceKey {
  const named = name === undefined ? known : known.filter(({ account }) => account.name === name);
  if (name !== undefined && named.length === 0)
    throw new UsageError(
      `there is no account "${name}" of that server here. Leave --account away to enrol it.`,
    );
  const [only] = named;
  return only !== undefined && named.length === 1 ? only.device : generateDeviceKey();
}

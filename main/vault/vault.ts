import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { SallyportError } from '../../contract/errors.ts';
import { DeviceId } from '../../contract/ids.ts';
import type { AccountId } from '../../contract/ids.ts';
import { Account } from '../../contract/server-api.ts';
import type { DeviceKey } from './device-key.ts';
import { parseDeviceKey } from './device-key.ts';
import type { SecretBox } from './secret-box.ts';

/** An account that this client has enrolled a device for, with what it pinned then. */
export interface EnrolledAccount {
  readonly serverUrl: string;
  readonly account: Account;
  readonly deviceId: DeviceId;
  readonly audience: string;
  readonly issuer: string;
  readonly jwks: JSONWebKeySet;
  readonly device: DeviceKey;
}

export interface Vault {
  /** Enrolled accounts, by name. Throws `internal` with the file's name where one cannot be read. */
  list(): readonly EnrolledAccount[];
  /** Keeps an account; one of the same id at the same server is replaced. Throws `conflict` for that id at another server. */
  keep(account: EnrolledAccount): void;
  remove(accountId: AccountId): void;
}

const AccountFile = z.strictObject({
  version: z.literal(1),
  serverUrl: z.url(),
  account: Account,
  deviceId: DeviceId,
  audience: z.string(),
  issuer: z.string(),
  jwks: z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }),
  privateKey: z.strictObject({ scheme: z.string(), sealed: z.string() }),
});

/** One file per account in `folder`, mode 0600, written by rename. */
export function createVault(folder: string, box: SecretBox): Vault {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (accountId: string) =>
    join(folder, `${createHash('sha256').update(accountId).digest('hex').slice(0, 24)}.json`);

  const list = (): EnrolledAccount[] =>
    readdirSync(folder)
      .filter(name => name.endsWith('.json'))
      .map(name => readAccount(join(folder, name), box))
      .sort((a, b) => a.account.name.localeCompare(b.account.name));

  return {
    list,
    keep(enrolled) {
      const other = list().find(each => each.account.id === enrolled.account.id);
      if (other !== undefined && other.serverUrl !== enrolled.serverUrl)
        throw new SallyportError(
          'conflict',
          `This profile knows an account "${enrolled.account.id}" at ${other.serverUrl} already. Use another profile (--profile) for ${enrolled.serverUrl}.`,
        );
      const { device, ...rest } = enrolled;
      const content: z.input<typeof AccountFile> = {
        version: 1,
        ...rest,
        jwks: { keys: rest.jwks.keys.map(key => ({ ...key, kty: String(key.kty) })) },
        privateKey: { scheme: box.scheme, sealed: box.seal(device.privateKeyPem) },
      };
      const file = fileOf(enrolled.account.id);
      const temporary = `${file}.${randomUUID()}.tmp`;
      writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
      renameSync(temporary, file);
    },
    remove(accountId) {
      rmSync(fileOf(accountId), { force: true });
    },
  };
}

function readAccount(file: string, box: SecretBox): EnrolledAccount {
  try {
    const content = AccountFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { privateKey, serverUrl, account, deviceId, audience, issuer, jwks } = content;
    if (privateKey.scheme !== box.scheme)
      throw new Error(`the key is sealed by "${privateKey.scheme}", this shell has "${box.scheme}"`);
    const device = parseDeviceKey(box.open(privateKey.sealed));
    return { serverUrl, account, deviceId, audience, issuer, jwks, device };
  } catch (cause) {
    throw new SallyportError(
      'internal',
      `The account file ${file} cannot be read (${cause instanceof z.ZodError ? 'it is not what Sallyport writes' : String(cause)}). Move it away and enrol again.`,
      { cause },
    );
  }
}

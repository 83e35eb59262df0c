import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { AccountId, DeviceId } from '../../contract/ids.ts';
import { generateDeviceKey } from './device-key.ts';
import { openProfile } from './profile-folder.ts';
import type { SecretBox } from './secret-box.ts';
import { fileSecretBox } from './secret-box.ts';
import type { EnrolledAccount } from './vault.ts';
import { createVault } from './vault.ts';
import { testFolder } from '../../test/support/test-folder.ts';

let folder = '';
beforeEach(() => {
  folder = testFolder('vault');
});

function enrolled(name: string): EnrolledAccount {
  return {
    serverUrl: 'http://127.0.0.1:8080',
    account: { id: AccountId.parse(name.toLowerCase()), name, roles: ['operator'] },
    deviceId: DeviceId.parse('device-1'),
    audience: 'test',
    issuer: 'issuer',
    jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }] },
    device: generateDeviceKey(),
  };
}

/** Stands for a keychain: the sealed text is not the secret. */
const reversing: SecretBox = {
  scheme: 'reversed',
  meaning: null,
  seal: secret => [...secret].reverse().join(''),
  open: sealed => [...sealed].reverse().join(''),
};

describe('vault', () => {
  test('keeps several accounts and gives them back with their keys, by name', () => {
    const olga = enrolled('Olga');
    const anna = enrolled('Anna');
    const vault = createVault(folder, fileSecretBox);
    vault.keep(olga);
    vault.keep(anna);
    expect(createVault(folder, fileSecretBox).list()).toEqual([anna, olga]);
  });

  test('writes files that only the user can read, and no half-written ones', () => {
    createVault(folder, fileSecretBox).keep(enrolled('Olga'));
    const names = readdirSync(folder);
    expect(names).toHaveLength(1);
    expect(statSync(join(folder, names[0] ?? '')).mode & 0o777).toBe(0o600);
  });

  test('a sealed key is not in the file, and another box refuses it', () => {
    createVault(folder, reversing).keep(enrolled('Olga'));
    const text = readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8');
    expect(text).not.toContain('PRIVATE KEY');
    expect(() => createVault(folder, fileSecretBox).list()).toThrow(/sealed by "reversed"/);
  });

  test('an account of the same name at another server is refused, enrolling again at the same one replaces it', () => {
    const vault = createVault(folder, fileSecretBox);
    vault.keep(enrolled('Olga'));
    expect(() => vault.keep({ ...enrolled('Olga'), serverUrl: 'http://127.0.0.1:9' })).toThrow(
      /another profile/,
    );
    const again = enrolled('Olga');
    vault.keep(again);
    expect(vault.list()).toEqual([again]);
    vault.remove(again.account.id);
    expect(vault.list()).toEqual([]);
  });

  test('a damaged file is named, not skipped', () => {
    writeFileSync(join(folder, 'x.json'), '{"version":1}');
    expect(() => createVault(folder, fileSecretBox).list()).toThrow(/x\.json cannot be read/);
  });

  test('a profile is where it is told to be, else in the data folder of the user, closed to others', () => {
    const profile = openProfile(undefined, { XDG_DATA_HOME: folder });
    expect(profile.folder).toBe(join(folder, 'sallyport'));
    expect(statSync(profile.spoolFolder).mode & 0o777).toBe(0o700);
    expect(openProfile(join(folder, 'p'), {}).folder).toBe(join(folder, 'p'));
  });
});

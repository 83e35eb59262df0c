import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateEphemeralSshKey } from './ephemeral-ssh-key.ts';
import { testFolder } from '../../test/support/test-folder.ts';

const sshKeygen = '/usr/bin/ssh-keygen';

test.skipIf(!existsSync(sshKeygen))('OpenSSH reads the private key and finds the public one in it', () => {
  const file = join(testFolder('key'), 'key');
  const key = generateEphemeralSshKey();
  writeFileSync(file, key.privateKeyPem, { mode: 0o600 });
  const found = execFileSync(sshKeygen, ['-y', '-f', file], { encoding: 'utf8' });
  expect(found.split(' ').slice(0, 2).join(' ').trim()).toBe(key.publicKeyLine);
});

test('every session has a key of its own', () => {
  expect(generateEphemeralSshKey().publicKeyLine).not.toBe(generateEphemeralSshKey().publicKeyLine);
});

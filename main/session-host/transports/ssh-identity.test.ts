import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, hostKeyRefusal, parseHostKey } from './host-keys.ts';
import { readSshIdentity } from './ssh-identity.ts';
import { readSshString } from './ssh-wire.ts';

const pair = generateKeyPairSync('ed25519');
const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('the key of a session', () => {
  it('signs in the wire format of SSH', () => {
    const signature = readSshIdentity(pem, null).sign(Buffer.from('challenge'));
    const algorithm = readSshString(signature, 0);
    const bytes = readSshString(signature, algorithm?.next ?? 0);
    expect(algorithm?.value.toString()).toBe('ssh-ed25519');
    expect(
      verify(
        null,
        Buffer.from('challenge'),
        createPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' })),
        bytes?.value ?? Buffer.alloc(0),
      ),
    ).toBe(true);
  });

  it('is the same key in the OpenSSH format, for another implementation and for itself', () => {
    const identity = readSshIdentity(pem, null);
    const parsed = ssh2.utils.parseKey(identity.toOpensshPem());
    const theirs = Array.isArray(parsed) ? parsed[0] : parsed;
    if (theirs === undefined || theirs instanceof Error) throw new Error('not readable by ssh2');
    expect(theirs.getPublicSSH().equals(identity.publicBlob)).toBe(true);
    const again = readSshIdentity(identity.toOpensshPem(), null);
    expect(again.publicBlob).toEqual(identity.publicBlob);
    expect(again.sign(Buffer.from('x'))).toEqual(identity.sign(Buffer.from('x')));
  });

  it('offers its certificate where there is one, and refuses what is none', () => {
    expect(() => readSshIdentity(pem, 'ssh-ed25519 AAAA')).toThrow(/certificate/);
    const identity = readSshIdentity(pem, null);
    expect(identity.offeredBlob).toEqual(identity.publicBlob);
  });

  it('refuses other keys without repeating them', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const text = rsa.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => readSshIdentity(text, null)).toThrow(/Ed25519/);
    expect(() =>
      readSshIdentity('-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----', null),
    ).toThrow(expect.objectContaining({ message: expect.not.stringContaining('c2VjcmV0') }));
  });
});

describe('host keys', () => {
  const line = `ssh-ed25519 ${readSshIdentity(pem, null).publicBlob.toString('base64')} a comment`;

  it('have the fingerprint that ssh-keygen prints', () => {
    const printed = execFileSync('ssh-keygen', ['-lf', '-'], { input: `${line}\n`, encoding: 'utf8' });
    expect(printed).toContain(`${fingerprintOf(parseHostKey(line).blob)} `);
  });

  it('are refused when type and key do not agree', () => {
    expect(() => parseHostKey(line.replace('ssh-ed25519', 'ssh-rsa'))).toThrow(/public key line/);
    expect(() => parseHostKey('ssh-ed25519')).toThrow(/public key line/);
    expect(() => parseHostKey('')).toThrow(/public key line/);
  });

  it('that are unknown or changed are told apart', () => {
    expect(hostKeyRefusal('h:22', { pinnedKeys: [], hostCaKeys: [] }, 'SHA256:x').code).toBe(
      'host-key-unknown',
    );
    const changed = hostKeyRefusal('h:22', { pinnedKeys: [line], hostCaKeys: [] }, 'SHA256:x');
    expect(changed.code).toBe('host-key-changed');
    expect(changed.message).toContain(fingerprintOf(parseHostKey(line).blob));
    expect(changed.message).toContain('SHA256:x');
  });
});

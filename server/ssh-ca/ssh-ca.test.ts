import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCertificate } from './certificate.ts';
import { parsePublicKeyLine, publicKeyLine } from './public-key.ts';
import { createWireWriter, readStrings } from './ssh-wire.ts';

const ca = generateKeyPairSync('ed25519').privateKey;
const line = publicKeyLine(generateKeyPairSync('ed25519').publicKey, 'someone');
const terms = {
  kind: 'user' as const,
  publicKey: line,
  keyId: 'grant g1 of Ada',
  principals: ['ada'],
  validAfterMs: 1_000,
  validBeforeMs: 61_000,
  criticalOptions: {},
  extensions: ['permit-pty'],
};

describe('SSH wire format', () => {
  test('strings come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), values => {
        const writer = createWireWriter();
        for (const value of values) writer.string(value);
        expect(readStrings(writer.bytes())?.map(part => [...part])).toEqual(values.map(part => [...part]));
      }),
    );
  });

  test('bytes that end inside a string are refused', () => {
    const whole = createWireWriter().string('abc').bytes();
    for (let length = 1; length < whole.length; length++) {
      expect(readStrings(whole.subarray(0, length))).toBeNull();
    }
  });
});

describe('public key lines', () => {
  test('a line that was written is read', () => {
    expect(parsePublicKeyLine(line)).toHaveLength(32);
    expect(parsePublicKeyLine(`${line}\n`)).toHaveLength(32);
  });

  test('other kinds, broken base64 and options before the key are refused', () => {
    const base64 = line.split(' ')[1] ?? '';
    const wrong = [
      '',
      'ssh-ed25519',
      `ssh-rsa ${base64}`,
      `ssh-ed25519 ${base64.slice(0, -8)}`,
      `ssh-ed25519 ${base64}AAAA`,
      `command="id" ${line}`,
      'ssh-ed25519 !!!!',
    ];
    for (const text of wrong) expect(() => parsePublicKeyLine(text)).toThrow('ssh-ed25519 AAAA');
  });
});

describe('certificates', () => {
  test('one that would be good for every login is not written', () => {
    expect(() => writeCertificate(ca, { ...terms, principals: [] })).toThrow('principals');
    expect(() => writeCertificate(ca, { ...terms, principals: [''] })).toThrow('principals');
  });

  test('one that ends before it begins is not written', () => {
    expect(() => writeCertificate(ca, { ...terms, validBeforeMs: 1_999 })).toThrow('ends after');
    expect(writeCertificate(ca, { ...terms, validBeforeMs: 2_000 })).toContain('ssh-ed25519-cert-v01');
  });

  test('each has a number and a nonce of its own', () => {
    expect(writeCertificate(ca, terms)).not.toBe(writeCertificate(ca, terms));
  });
});

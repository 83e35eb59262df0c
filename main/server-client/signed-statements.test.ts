import { generateKeyPairSync } from 'node:crypto';
import { CompactSign } from 'jose';
import { expect, test } from 'vitest';
import { LEASE_TYP, TIME_TYP } from '../../contract/server-api.ts';
import { verifyTime } from './signed-statements.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'EdDSA' }] };
const sign = (claims: object, typ = TIME_TYP) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: 'k1' })
    .sign(privateKey);

test('signed time is believed where it answers what was asked', async () => {
  expect(await verifyTime(await sign({ now: 5, nonce: 'mine' }), { jwks, nonce: 'mine' })).toBe(5);
});

test.each([
  ['an older answer', { now: 5, nonce: 'older' }, TIME_TYP],
  ['an answer to nobody', { now: 5 }, TIME_TYP],
  ['another statement', { now: 5, nonce: 'mine' }, LEASE_TYP],
])('%s is not', async (_, claims, typ) => {
  await expect(verifyTime(await sign(claims, typ), { jwks, nonce: 'mine' })).rejects.toMatchObject({
    code: 'not-allowed',
  });
});

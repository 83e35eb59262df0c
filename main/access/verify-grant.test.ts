import { createHash, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import { describe, expect, test } from 'vitest';
import { GRANT_TYP } from '../../contract/grant.ts';
import { verifyGrant } from './verify-grant.ts';

const NOW_S = 1_800_000_000;
const server = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const expected = {
  jwks: { keys: [{ ...server.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'EdDSA' }] },
  issuer: 'https://server.example',
  audience: 'sallyport-test',
  deviceId: 'device-1',
  accountId: 'olga',
  nowMs: NOW_S * 1000,
};
const good = {
  iss: expected.issuer,
  aud: expected.audience,
  sub: 'olga',
  jti: 'grant-1',
  iat: NOW_S - 10,
  nbf: NOW_S - 10,
  exp: NOW_S + 600,
  device: 'device-1',
  request: 'request-1',
  target: { id: 'shell', kind: 'local', name: 'Shell' },
  scope: {},
  redaction: {},
  budget: {},
  recording: { recipients: ['age1qqqqqqqqqqqqqqqqqqqq'] },
  session: {},
  reason: 'incident 7',
  approved_by: ['anna'],
};

interface Signing {
  readonly key?: KeyObject;
  readonly header?: Record<string, unknown>;
}

function sign(claims: unknown, { key = server.privateKey, header = {} }: Signing = {}): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', typ: GRANT_TYP, kid: 'k1', ...header })
    .sign(key, { crit: { strange: true } });
}

describe('a grant', () => {
  test('that the server signed for this device is accepted, with its hash', async () => {
    const jws = await sign(good);
    const { claims, hash } = await verifyGrant(jws, expected);
    expect(claims.jti).toBe('grant-1');
    expect(hash).toBe(createHash('sha256').update(jws).digest('hex'));
  });

  test('may hold a database to reading', async () => {
    const target = { id: 'shop', kind: 'postgres', name: 'Shop' };
    const { claims } = await verifyGrant(
      await sign({ ...good, target, scope: { readOnly: true } }),
      expected,
    );
    expect(claims.scope.readOnly).toBe(true);
  });

  test.each([
    ['postgres', { allowTables: ['a'], denyTables: ['b'], denyColumns: ['c'], denyCommands: ['DROP'] }],
    ['mysql', { denyTables: ['b'], denyColumns: ['c'], denyCommands: ['DROP'] }],
    ['redis', { denyCommands: ['FLUSHALL'] }],
  ])('with a scope that is enforced for %s is accepted', async (kind, scope) => {
    const jws = await sign({ ...good, target: { ...good.target, kind }, scope });
    expect((await verifyGrant(jws, expected)).claims.scope).toMatchObject(scope);
  });

  test.each<readonly [string, object, Signing, string, RegExp]>([
    ['for another audience', { aud: 'other' }, {}, 'grant-foreign', /another audience/],
    ['of another issuer', { iss: 'https://evil.example' }, {}, 'grant-foreign', /another server/],
    ['for another device', { device: 'device-2' }, {}, 'grant-foreign', /another device/],
    ['for another account', { sub: 'otto' }, {}, 'grant-foreign', /another account/],
    [
      'by an unknown key',
      {},
      { key: stranger.privateKey, header: { kid: 'k2' } },
      'grant-foreign',
      /does not know/,
    ],
    ['by a stranger under a known key id', {}, { key: stranger.privateKey }, 'grant-altered', /altered/],
    ['of another type', {}, { header: { typ: 'sallyport-lease+jwt' } }, 'grant-foreign', /not a grant/],
    [
      'with a critical header',
      {},
      { header: { crit: ['strange'], strange: 1 } },
      'grant-unsupported',
      /critical/,
    ],
    ['with an unknown claim', { watch_only: true }, {}, 'grant-unsupported', /watch_only/],
    ['with an unknown limit inside', { scope: { maxRows: 5 } }, {}, 'grant-unsupported', /maxRows/],
    ...(['local', 'ssh', 'redis'] as const).map(
      kind =>
        [
          `with denied tables for ${kind}`,
          { target: { ...good.target, kind }, scope: { denyTables: ['salaries'] } },
          {},
          'grant-unsupported',
          /denyTables for a target of kind/,
        ] as const satisfies readonly unknown[],
    ),
    [
      'with allowed tables for MariaDB',
      { target: { ...good.target, kind: 'mysql' }, scope: { allowTables: ['orders'] } },
      {},
      'grant-unsupported',
      /allowTables for a target of kind/,
    ],
    [
      'with denied columns for a shell',
      { scope: { denyColumns: ['iban'] } },
      {},
      'grant-unsupported',
      /denyColumns/,
    ],
    [
      'with denied commands for a shell',
      { scope: { denyCommands: ['rm'] } },
      {},
      'grant-unsupported',
      /denyCommands/,
    ],
    [
      'with a read-only shell',
      { scope: { readOnly: true } },
      {},
      'grant-unsupported',
      /readOnly for a shell/,
    ],
    [
      'with a limit of rows that nothing counts there',
      { budget: { rowsPerStatement: 10 } },
      {},
      'grant-unsupported',
      /rowsPerStatement for a target of kind/,
    ],
    [
      'with a recording that may stop while the session goes on',
      { recording: { ...good.recording, strict: false } },
      {},
      'grant-unsupported',
      /recording\.strict/,
    ],
    ['with a claim of the wrong kind', { exp: 'soon' }, {}, 'grant-unsupported', /exp/],
    ['that nobody approved', { approved_by: [] }, {}, 'grant-unsupported', /approved_by/],
    ['that has expired', { exp: NOW_S }, {}, 'grant-expired', /expired at 2027/],
    [
      'from tomorrow',
      { nbf: NOW_S + 86_400, exp: NOW_S + 90_000 },
      {},
      'grant-not-yet-valid',
      /not valid before/,
    ],
  ])('%s is refused in words', async (...row) => {
    const [, change, signing, code, words] = row;
    const jws = await sign({ ...good, ...change }, signing);
    await expect(verifyGrant(jws, expected)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words) as unknown,
    });
  });

  test('is refused after any change to it', async () => {
    const jws = await sign(good);
    const [header, payload, signature] = jws.split('.');
    const longer = Buffer.from(JSON.stringify({ ...good, exp: NOW_S + 99_999 })).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: GRANT_TYP })).toString('base64url');
    for (const altered of [
      `${header}.${longer}.${signature}`,
      `${unsigned}.${payload}.`,
      `${header}.${payload}.${'A'.repeat(86)}`,
      jws.slice(0, -4),
      'nonsense',
      '',
    ])
      await expect(verifyGrant(altered, expected)).rejects.toMatchObject({ code: 'grant-altered' });
  });

  test('may begin within the leeway, ends to the millisecond, and needs a known time', async () => {
    const soon = await sign({ ...good, nbf: NOW_S + 2 });
    await expect(verifyGrant(soon, expected)).resolves.toBeDefined();
    const jws = await sign(good);
    await expect(verifyGrant(jws, { ...expected, nowMs: (NOW_S + 600) * 1000 - 1 })).resolves.toBeDefined();
    await expect(verifyGrant(jws, { ...expected, nowMs: (NOW_S + 600) * 1000 })).rejects.toMatchObject({
      code: 'grant-expired',
    });
    await expect(verifyGrant(jws, { ...expected, nowMs: Number.NaN })).rejects.toMatchObject({
      code: 'server-unreachable',
    });
  });
});

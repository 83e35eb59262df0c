import { Buffer } from 'node:buffer';
import type { Random } from '../random.ts';
import { ALNUM, DIGITS, HEX, UPPER } from '../random.ts';
import type { ValueKind } from './kind.ts';
import { headOf, kind } from './kind.ts';

const BASE64URL = `${ALNUM}-_`;
/** Ends in a letter or digit, as a token at the end of a sentence would be read. */
const token = (random: Random, alphabet: string, length: number): string =>
  random.text(alphabet, length - 1) + random.text(ALNUM, 1);

function jwtOf(random: Random): string {
  const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const header = { alg: random.pick(['HS256', 'RS256', 'ES256']), typ: 'JWT' };
  const claims = {
    sub: random.text(DIGITS, 10),
    iat: random.int(1_700_000_000, 1_790_000_000),
    scope: 'read',
  };
  return `${part(header)}.${part(claims)}.${token(random, BASE64URL, 43)}`;
}

type Row = readonly [name: string, telling: number, make: (random: Random) => string];
/** Forms from the issuers' documentation; every character behind the prefix is random. */
const ROWS: readonly Row[] = [
  ['aws-access-key', 12, r => `${r.pick(['AKIA', 'ASIA'])}${r.text(`${UPPER}234567`, 16)}`],
  ['github-token', 16, r => `${r.pick(['ghp_', 'gho_', 'ghs_'])}${r.text(ALNUM, 36)}`],
  ['gitlab-token', 16, r => `glpat-${token(r, BASE64URL, 20)}`],
  ['stripe-key', 20, r => `${r.pick(['sk_live_', 'rk_live_', 'sk_test_'])}${r.text(ALNUM, 24)}`],
  ['slack-token', 24, r => `xoxb-${r.text(DIGITS, 12)}-${r.text(DIGITS, 12)}-${r.text(ALNUM, 24)}`],
  ['google-key', 20, r => `AIza${token(r, BASE64URL, 35)}`],
  ['npm-token', 20, r => `npm_${r.text(ALNUM, 36)}`],
  ['sendgrid-key', 24, r => `SG.${token(r, BASE64URL, 22)}.${token(r, BASE64URL, 43)}`],
  ['digitalocean-token', 24, r => `dop_v1_${r.text(HEX, 64)}`],
  ['jwt', 24, jwtOf],
];

export const SECRET_KINDS: readonly ValueKind[] = ROWS.map(([name, telling, make]) =>
  kind({ name, need: 'nothing', label: 'token', key: 'api_key', make, isTelling: headOf(telling) }),
);

import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy.ts';
import { createLineDetector } from './create-line-detector.ts';

const detector = createLineDetector(DEFAULT_POLICY);

/** The lines as they are shown, values in brackets; what is remembered of one counts for the next. */
function shown(lines: readonly string[]): string[] {
  const reader = detector.fork();
  return lines.map(line => {
    let text = '';
    let from = 0;
    for (const { start, end } of reader.findings(line, true)) {
      text += `${line.slice(from, start)}[${line.slice(start, end)}]`;
      from = end;
    }
    reader.commit(line);
    return text + line.slice(from);
  });
}

describe('values that a word before them names', () => {
  it.each([
    'auth_token [7c9a1f3e5b7d9024aacd]',
    'api_key   [9f8e7d6c5b4a39281706]',
    'password [hunter22secret]',
    ' password 7 [0822455D0A16]',
    'my card PIN [4821] is on the note',
    'your PIN is [4821]',
    'PIN: [4821]',
    'card [4012888888881881] exp [04/26] cvv [123]',
    "driver's license [D123-4567-8901]",
    'holder: [JANE Q DOE]',
    'Name on card: [JANE Q DOE]',
    'customer [Ngozi Okonjo] called',
    'Cookie: sid=[a8f5f167f44f4964]; theme=[dark]',
    'Set-Cookie: sid=[a8f5f167f44f4964]; Path=/; HttpOnly; Max-Age=3600',
    'curl -H "Cookie: session=[abcdef123456]; a=1" https://api.example.org',
    'PGPASSWORD=[hunter22] psql -h db -U app shop',
    'DB_PASSWORD=[correct horse battery staple]',
    'https;AccountName=shopfiles;AccountKey=[Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2U==];EndpointSuffix=x',
    '[6a616e652e646f65406b756e64652e74657374]0a',
    'INSERT INTO blobs VALUES (0x[6a616e652e646f65406b756e64652d312e74657374]);',
    '[〒100-0005 東京都千代田区丸の内1-9-1]',
    'お届け先 [大阪府大阪市北区梅田3-1-3]',
    '[北京市朝阳区建国路88号]',
    '[서울특별시 강남구 테헤란로 152]',
    '||  LastName       |  [Vonnaq]                      ||',
  ])('%s', line => {
    expect(shown([line.replaceAll(/[[\]]/g, '')])).toEqual([line]);
  });

  it('are post codes under a column that is called so, and addresses of networks under another', () => {
    const table = (name: string, value: string) => [` id | ${name} `, '----+----------', `  1 | ${value}`];
    for (const name of ['postcode', 'zip', 'PLZ', 'postal_code'])
      expect(shown(table(name.padEnd(8), '80202')).at(-1)).toBe('  1 | [80202]');
    expect(shown(table('address ', '80202')).at(-1)).toBe('  1 | 80202');
  });
});

describe('words that look as if they named something', () => {
  it.each([
    "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)",
    "      DB_PASSWORD:    <set to the key 'password' in secret 'shop-db'>  Optional: false",
    '      + private_key                  = (sensitive value) -> null',
    'reflector.go:147] Failed to watch *v1.Secret: failed to list *v1.Secret: secrets is forbidden',
    'license expires on 2026-12-31, 120 days left',
    'certificate serial 96f7466bfb296108626673cb87367f9f, expires 12/26',
    'pin 4821 of header J3 is floating, GPIO 17',
    'mutex holder: worker-12',
    'password hash algorithm sha512 rounds 656000',
    'access token lifetime 86400s, refresh token lifetime 864000s',
    'Jackson Databind, Jackson Dataformat, Luke Decompiler',
    '京都府に行きました',
    'checksum 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'customer Service Desk is closed',
  ])('do not in %s', line => {
    expect(shown([line])).toEqual([line]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { DEFAULT_POLICY } from '../policy.ts';
import { createStatementStream } from './statement-stream.ts';

const detector = createLineDetector(DEFAULT_POLICY);
const stream = (maxStatement?: number) =>
  createStatementStream({
    policy: DEFAULT_POLICY,
    detector,
    tokenOf: null,
    ...(maxStatement === undefined ? {} : { maxStatement }),
  });
function redact(...pieces: readonly string[]): string {
  const sql = stream();
  return pieces.map(piece => sql.feed(piece)).join('') + sql.end();
}

const DUMP = `-- dump for olga@corp.ru
CREATE TABLE users (id int, email text);
INSERT INTO users (id, email) VALUES (1, 'ol;ga'), (2, E'it\\'s;');
--
-- Data for users
--

COPY public.users (id, email, "last name") FROM stdin;
1\tolga\tIvanova
2\t\\N\tO;Brien
\\.
SELECT $x$; $$ ; 'a' $x$ FROM users WHERE email = 'olga';
DO $$ BEGIN PERFORM 1; END $$; SELECT 'no end' WHERE email = 'x`;

describe('a stream of statements', () => {
  it('masks dumps with rows behind COPY, and leaves everything else as it was', () => {
    expect(redact(DUMP)).toBe(`-- dump for ••••@••••.••
CREATE TABLE users (id int, email text);
INSERT INTO users (id, email) VALUES (1, '•••••'), (2, E'•••••');
--
-- Data for users
--

COPY public.users (id, email, "last name") FROM stdin;
1\t••••\t•••••••
2\t\\N\t•••••••
\\.
SELECT $x$; $$ ; 'a' $x$ FROM users WHERE email = '••••';
DO $$ BEGIN PERFORM 1; END $$; SELECT 'no end' WHERE email = '•`);
  });

  it('reads rows of COPY in CSV', () => {
    const rows = 'COPY t (id, email) FROM STDIN WITH (FORMAT csv);\n1,olga\n2,"iv,an"\n\\.\nSELECT 1;\n';
    expect(redact(rows)).toBe(
      'COPY t (id, email) FROM STDIN WITH (FORMAT csv);\n1,••••\n2,"••••••"\n\\.\nSELECT 1;\n'.replace(
        '••••••',
        '••,••',
      ),
    );
  });

  it('comes out the same however it is cut', () => {
    const whole = redact(DUMP);
    fc.assert(
      fc.property(fc.array(fc.nat(DUMP.length), { maxLength: 12 }), cuts => {
        const places = [0, ...cuts.sort((a, b) => a - b), DUMP.length];
        const pieces = places.slice(1).map((to, i) => DUMP.slice(places[i], to));
        expect(redact(...pieces)).toBe(whole);
      }),
    );
    expect(redact(...DUMP)).toBe(whole);
  });

  it('writes each statement when its semicolon has come', () => {
    const sql = stream();
    expect(sql.feed("SELECT 1 WHERE email = 'ol")).toBe('');
    expect(sql.feed("ga'; SELECT 2")).toBe("SELECT 1 WHERE email = '••••';");
    expect(sql.end()).toBe(' SELECT 2');
  });

  it('refuses a statement without end', () => {
    expect(() => stream(100).feed(`SELECT '${'x'.repeat(100)}`)).toThrow('never closed');
  });
});

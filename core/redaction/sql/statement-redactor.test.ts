import { describe, expect, it } from 'vitest';
import type { RedactionPolicy } from '../../../contract/redaction.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { DEFAULT_POLICY, parsePolicy } from '../policy.ts';
import { lexSql } from './lexer.ts';
import { createStatementRedactor } from './statement-redactor.ts';

const redact = (sql: string, policy: RedactionPolicy = DEFAULT_POLICY): string =>
  createStatementRedactor({ policy, detector: createLineDetector(policy), tokenOf: () => 'tok2abcd' })(sql);

describe('SQL statements', () => {
  it.each([
    // INSERT, by place
    [
      "INSERT INTO users (id, email, note, ssn) VALUES (7, 'olga', 'vip', 78051123), (8, 'ivan', NULL, $1);",
      "INSERT INTO users (id, email, note, ssn) VALUES (7, '••••', 'vip', '********'), (8, '••••', NULL, $1);",
    ],
    [
      "insert into \"Users\" (\"eMail\", u.phone) values (lower('olga'), concat('+7', '495'));",
      "insert into \"Users\" (\"eMail\", u.phone) values (lower('••••'), concat('+*', '***'));",
    ],
    [
      "INSERT INTO t SET email = 'olga', level = 'gold';",
      "INSERT INTO t SET email = '••••', level = 'gold';",
    ],
    ['REPLACE INTO `u` (`email`) VALUES ("olga")', 'REPLACE INTO `u` (`email`) VALUES ("••••")'],
    // WHERE, by comparison
    [
      "UPDATE users SET level = 'gold', email = 'olga' WHERE id = 7 AND last_name LIKE 'Iva' LIMIT 1;",
      "UPDATE users SET level = 'gold', email = '••••' WHERE id = 7 AND last_name LIKE '•••' LIMIT 1;",
    ],
    [
      "SELECT 1 WHERE email IN ('a1', 'b2') AND id IN (1, 2)",
      "SELECT 1 WHERE email IN ('•*', '•*') AND id IN (1, 2)",
    ],
    [
      "SELECT 1 WHERE date_of_birth BETWEEN '1990' AND '1991' AND n = 1990",
      "SELECT 1 WHERE date_of_birth BETWEEN '****' AND '****' AND n = 1990",
    ],
    ["SELECT 1 WHERE lower(u.email) = lower('olga')", "SELECT 1 WHERE lower(u.email) = lower('••••')"],
    ["SELECT 1 WHERE 'olga' = u.email", "SELECT 1 WHERE '••••' = u.email"],
    [
      "SELECT 1 WHERE (id, email) IN ((1, 'olga'), (2, 'ivan'))",
      "SELECT 1 WHERE (id, email) IN ((1, '••••'), (2, '••••'))",
    ],
    ["UPDATE u SET (level, email) = ('gold', 'olga')", "UPDATE u SET (level, email) = ('gold', '••••')"],
    ["SELECT 1 WHERE data->>'email' = 'olga'", "SELECT 1 WHERE data->>'email' = '••••'"],
    [
      "SELECT CASE WHEN email = 'olga' THEN 'vip' ELSE 'x' END",
      "SELECT CASE WHEN email = '••••' THEN 'vip' ELSE 'x' END",
    ],
    ['SELECT email FROM u WHERE id = 4 OFFSET 5', 'SELECT email FROM u WHERE id = 4 OFFSET 5'],
    ['SELECT * FROM u WHERE email = :email OR phone = ? OR ssn = %s OR iban = @iban', null],
    [
      "LOG: statement: SELECT 1 WHERE email = 'olga'\n2024-05-01 12:00:01 UTC [17] LOG: duration: 12.5 ms",
      "LOG: statement: SELECT 1 WHERE email = '••••'\n2024-05-01 12:00:01 UTC [17] LOG: duration: 12.5 ms",
    ],
    [
      "SELECT 1 WHERE email IN ($1, 'b') OR email LIKE '%olga%' ESCAPE '!' COLLATE \"C\" LIMIT 5",
      "SELECT 1 WHERE email IN ($1, '•') OR email LIKE '••••••' ESCAPE '!' COLLATE \"C\" LIMIT 5",
    ],
    ["SELECT 1 WHERE email = 'ol' || 'ga' AND n = 'x'", "SELECT 1 WHERE email = '••' || '••' AND n = 'x'"],
    // secrets in clauses
    [
      "CREATE ROLE app LOGIN PASSWORD 'hunter2' VALID UNTIL '2030-01-01';",
      "CREATE ROLE app LOGIN PASSWORD '••••••*' VALID UNTIL '2030-01-01';",
    ],
    ["ALTER USER 'app'@'%' IDENTIFIED BY 'hunter2'", "ALTER USER 'app'@'%' IDENTIFIED BY '••••••*'"],
    // by form, wherever
    ["SELECT f('olga@corp.ru', 4012888888881881)", "SELECT f('••••@••••.••', '****************')"],
    ["SELECT $$call olga@corp.ru$$, $q$it's$q$", "SELECT $$call ••••@••••.••$$, $q$it's$q$"],
    ['SELECT 1 -- asked by olga@corp.ru\n;', 'SELECT 1 -- asked by ••••@••••.••\n;'],
    ['/* olga@corp.ru /* nested */ */ SELECT 1', '/* ••••@••••.•• /* nested */ */ SELECT 1'],
    // spelling of literals
    [
      "INSERT INTO u (last_name, x) VALUES ('O''Brien', E'it\\'s'), (E'O\\'Brien', 'C:\\'), ('O\\'Brien', 'it\\'s')",
      "INSERT INTO u (last_name, x) VALUES ('•••••••', E'it\\'s'), (E'•••••••', 'C:\\'), ('•••••••', 'it\\'s')",
    ],
    [
      "SELECT 1 WHERE email = E'\\u006flga@corp.ru' AND a = N'b'",
      "SELECT 1 WHERE email = E'••••@••••.••' AND a = N'b'",
    ],
  ])('%s', (sql, expected) => {
    expect(redact(sql)).toBe(expected ?? sql);
  });

  it('are told apart: what was compared in one names nothing in the next', () => {
    const sql = "SELECT 1 WHERE email = $1; SELECT 'gold', (2);";
    expect(redact(sql)).toBe(sql);
  });

  it('are left as they are where the policy allows, and masked as it says', () => {
    const sql = "UPDATE u SET email = 'roman@example.com', first_name = 'Olga' WHERE phone = '555-010-0199'";
    expect(redact(sql, parsePolicy({ default: 'allow' }))).toBe(sql);
    expect(
      redact(sql, parsePolicy({ entities: { email: 'partial', person: 'token', phone: 'allow' } })),
    ).toBe("UPDATE u SET email = 'r••••@example.com', first_name = 'TOK2' WHERE phone = '555-010-0199'");
    expect(
      redact(
        sql,
        parsePolicy({ entities: { person: 'allow', phone: 'allow' }, allowEmailDomains: ['example.com'] }),
      ),
    ).toBe(sql);
    expect(redact("UPDATE u SET loyalty = 'abc'", parsePolicy({ columns: ['loyalty'] }))).toBe(
      "UPDATE u SET loyalty = '•••'",
    );
  });

  it('keep their tokens: what was a string, a name or a keyword is one afterwards', () => {
    const sql = `
      WITH x AS (SELECT 'olga@corp.ru'::text AS email, E'a\\nb' FROM "t" WHERE a ~ '^x' AND b @> '{"email":"a@b.co"}')
      INSERT INTO public.people AS p (email, last_name, "card number") VALUES ($1, 'O''Brien', '4012888888881881')
      ON CONFLICT (email) DO UPDATE SET email = excluded.email || '''x' RETURNING *; -- done`;
    const kinds = (text: string) => lexSql(text).map(token => token.kind);
    const out = redact(sql);
    expect(kinds(out)).toEqual(kinds(sql));
    expect(out).not.toMatch(/olga|Brien|4012|a@b/);
  });

  it('that break off are masked as far as they go', () => {
    expect(redact("SELECT 1 WHERE email = 'olga")).toBe("SELECT 1 WHERE email = '••••");
    expect(redact('SELECT 1 /* olga@corp.ru')).toBe('SELECT 1 /* ••••@••••.••');
    for (const sql of ["'", '"', '$$', '/*', "E'\\", ')', '((((', "''''", '--', '$1$'])
      expect(redact(sql)).toBe(sql);
  });
});

import { describe, expect, it } from 'vitest';
import { GrantScope } from '../../contract/grant.ts';
import { mysqlRefusal } from './mysql-scope.ts';

const judge = (scope: object) => (sql: string) => mysqlRefusal(sql, GrantScope.parse(scope));

describe('denied tables and columns of MySQL and MariaDB', () => {
  const gate = judge({ denyTables: ['salaries', 'hr.people'], denyColumns: ['customers.iban'] });
  it.each([
    'select id, name from customers where id = 5;',
    'SELECT COUNT(*) FROM `customers` c JOIN orders o ON o.customer = c.id',
    "insert into orders (id, note) values (1, 'salaries')",
    'select * from orders',
    'select 2 * 3',
    'set names utf8mb4',
    'set autocommit = 0',
    'show full columns from orders',
    'describe orders',
    'use shop',
    'begin',
    'select iban from orders',
    '',
  ])('lets pass: %s', sql => {
    expect(gate(sql)).toBeNull();
  });
  it.each([
    ['select * from salaries', 'the table "salaries"'],
    ['select * from `Salaries`', 'the table "Salaries"'],
    ['select * from "salaries"', 'the table "salaries"'],
    ['select 1 from x where id in (select id from hr . people)', 'the table "people"'],
    ['(select 1 from salaries)', 'the table "salaries"'],
    ['explain select 1 from salaries', 'the table "salaries"'],
    ['select iban from customers', 'the column "customers.iban"'],
    ['select * from customers', 'reads every column'],
    ['select c.* from customers c', 'reads every column'],
    ['select 2 * id from customers', 'reads every column'],
    ['select id from customers natural join orders', 'other names'],
    ['table customers', 'TABLE is not among'],
    ['with t as (table customers) select 1 from t', 'reads every column'],
    ['handler customers open', 'HANDLER'],
    ['call leak()', 'CALL'],
    ["prepare p from 'select 1'", 'PREPARE'],
    ['create table x as select 1', 'CREATE'],
    ['rename table customers to c', 'RENAME'],
    ['select leak()', 'the function "leak"'],
    ["select load_file('/etc/passwd')", 'the function "load_file"'],
    ['select hr.leak()', 'the function "leak"'],
    ['select histogram from information_schema.column_statistics', 'the table "column_statistics"'],
    ['select 1 from mysql.user', 'the table "mysql"'],
    ['show processlist', 'SHOW PROCESSLIST'],
    ['show full processlist', 'SHOW PROCESSLIST'],
    ["select 1 into outfile '/tmp/x'", 'OUTFILE'],
    ["set sql_mode = 'ANSI_QUOTES'", 'the setting "sql_mode"'],
    ['set names gbk', 'the setting "names"'],
    ['set autocommit = 1, sql_mode = 0', 'the setting "autocommit"'],
    ['select 1; select 1 from salaries', 'cannot be read'],
    ['select 1 /*! from salaries */', 'cannot be read'],
    ['select 1--(select 1 from salaries)', 'cannot be read'],
    ['select 1 # x', 'cannot be read'],
    ["select '\\' from salaries -- '", 'cannot be read'],
    ['select 1 from sálaries', 'cannot be read'],
    ["select 'open", 'cannot be read'],
  ])('refuses: %s', (sql, words) => {
    expect(gate(sql)).toContain(words);
  });
});

it('keeps a session out of a schema that is denied as a whole', () => {
  const gate = judge({ denyTables: ['hr.*'] });
  expect(gate('use hr')).toContain('"hr.*"');
  expect(gate('select 1 from hr.people')).toContain('"people"');
  expect(gate('use shop')).toBeNull();
});

describe('denied commands of MySQL and MariaDB', () => {
  const gate = judge({ denyCommands: ['DELETE', 'drop table'] });
  it.each([
    ['drop view x', null],
    ['truncate x', null],
    ['delete from x', 'does not allow "DELETE"'],
    ['explain delete from x', 'does not allow "DELETE"'],
    ['DROP  TABLE x', 'does not allow "drop table"'],
    ['drop /*!*/ table x', 'cannot be read'],
    ['create procedure p() delete from x', 'CREATE'],
    ['do sleep(1)', 'DO'],
  ])('%s', (sql, words) => {
    if (words === null) expect(gate(sql)).toBeNull();
    else expect(gate(sql)).toContain(words);
  });
});

describe('a read-only grant on MySQL and MariaDB', () => {
  const gate = judge({ readOnly: true });
  it.each([
    'set session transaction read write',
    'SET TRANSACTION READ/* x */WRITE',
    'start transaction read\nwrite',
    '/*!50000 set session transaction read write */',
    'set @@session.transaction_read_only = 0',
    'set session `tx_read_only` = off',
    "prepare p from 'set session transaction read ' 'write'",
    "execute immediate concat('set session transaction re', 'ad write')",
    'call sys.execute_prepared_stmt(concat(x))',
    'select 1; call p()',
    '/*!call p()*/',
  ])('refuses: %s', sql => {
    expect(gate(sql)).toContain('read-only');
  });
  it.each([
    'select * from salaries -- the call of today',
    'select `read`, `write` from counters',
    'start transaction read only',
    'begin',
    "select my_function('\\n') from x; select 2",
    "select 1 from notes where text like '%call%'",
    // The server refuses this itself, in its own words.
    'create table t (i int)',
  ])('lets pass: %s', sql => {
    expect(gate(sql)).toBeNull();
  });
  it('holds beside a scope too', () => {
    const both = judge({ readOnly: true, denyCommands: ['DROP'] });
    expect(both('start transaction read write')).toContain('read-only');
    expect(both('drop table x')).toContain('does not allow');
  });
});

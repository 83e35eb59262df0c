import { describe, expect, it } from 'vitest';
import { GrantScope } from '../../../contract/grant.ts';
import { createPostgresGate } from './postgres-gate.ts';

const gateOf = (scope: object) => createPostgresGate(GrantScope.parse(scope));

describe('denied tables and columns of PostgreSQL', async () => {
  const gate = await gateOf({ denyTables: ['salaries', 'hr.*'], denyColumns: ['customers.iban', 'pin'] });

  it.each([
    'select id, name from customers where id = 5',
    'SELECT count(*), max(total) FROM orders o JOIN customers c ON c.id = o.customer',
    'with s as (select id from orders) select s.id from s',
    'insert into orders (id, note) values (1, $$salaries$$)',
    "update orders set note = 'hr.salaries' where id = 1",
    'explain analyze select id from orders',
    'begin; select 1; commit',
    'declare c cursor for select id from orders; fetch 5 from c; close c',
    'copy orders (id) to stdout',
    "set timezone = 'UTC'; show search_path",
    'select oid, relname from pg_catalog.pg_class',
    'select iban from orders',
    '',
    ';',
  ])('lets pass: %s', sql => {
    expect(gate(sql)).toBeNull();
  });

  it.each([
    ['select * from salaries', 'the table "salaries"'],
    ['select * from "SALARIES"', 'the table "SALARIES"'],
    ['select 1 from only public . salaries', 'the table "public.salaries"'],
    ['select (select count(*) from hr.people)', 'the table "hr.people"'],
    ['select 1; select 2 from salaries', 'the table "salaries"'],
    ['with salaries as (select id from salaries) select id from salaries', 'the table "salaries"'],
    [
      'select 1 from (with salaries as (select 1) select 2 from salaries) a, salaries',
      'the table "salaries"',
    ],
    ['with salaries as (select 1) delete from salaries', 'the table "salaries"'],
    ['prepare p as select 1 from salaries', 'the table "salaries"'],
    ['explain select 1 from salaries', 'the table "salaries"'],
    ['copy (select 1 from salaries) to stdout', 'the table "salaries"'],
    ['copy salaries to stdout', 'the table "salaries"'],
    ['table salaries', 'the table "salaries"'],
    ['insert into orders select 1 from salaries', 'the table "salaries"'],
    ['merge into salaries using orders on true when matched then delete', 'the table "salaries"'],
    ['select iban from customers', 'the column "customers.iban"'],
    ['select "IBAN" from customers', 'the column "customers.iban"'],
    ['select id from customers order by iban', 'the column "customers.iban"'],
    ['select (c).iban from customers c', 'the column "customers.iban"'],
    ['select id from customers join orders using (iban)', 'the column "customers.iban"'],
    ['select * from customers', 'reads every column'],
    ['select o.*, 1 from orders o, customers c', 'reads every column'],
    ['select c from customers c', 'reads every column'],
    ['select customers from customers', 'reads every column'],
    ['select row_to_json(c) from customers c', 'reads every column'],
    ['select c.row_to_json from customers c', 'reads every column'],
    ['delete from customers returning *', 'reads every column'],
    ['copy customers to stdout', 'reads every column'],
    ['table customers', 'reads every column'],
    ['select b from customers as c(a, b)', 'other names'],
    ['select j.b from (customers c cross join orders o) as j(a, b)', 'other names'],
    ['select id from customers natural join orders', 'other names'],
    ['select * from orders', 'reads every column'], // of every table, "pin" is denied
    ['select pin from orders', 'the column "pin"'],
    ['select * into copied from orders', 'SELECT … INTO'],
    ['create table copied as select 1', 'CREATE TABLE AS'],
    ['create view v as select 1', 'VIEW'],
    ['alter table salaries rename to harmless', 'RENAME'],
    ['do $$ begin perform 1 from salaries; end $$', 'DO'],
    ['call leak()', 'CALL'],
    ["copy orders to program 'sh'", 'programs'],
    ["copy orders from '/etc/passwd'", 'files'],
    ["select query_to_xml('select 1 from salaries', true, true, '')", 'the function "query_to_xml"'],
    ["select ts_stat('select 1')", 'the function "ts_stat"'],
    ['select hr.all_salaries()', 'the function "hr.all_salaries"'],
    ['select x from leak() as x', 'the function "leak"'],
    ["select set_config('search_path', 'hr', false)", 'the function "set_config"'],
    ['set search_path = hr', 'the setting "search_path"'],
    ['set standard_conforming_strings = off', 'the setting "standard_conforming_strings"'],
    ["set client_encoding = 'SJIS'", 'the setting "client_encoding"'],
    ['set role admin', 'the setting "role"'],
    ['reset all', 'the setting'],
    ['select most_common_vals from pg_stats', 'the table "pg_stats"'],
    ['select 1 from pg_toast.pg_toast_1234', 'the table "pg_toast.pg_toast_1234"'],
    ['selec 1', 'cannot be read (syntax error at or near "selec")'],
    ['select 1 /* ', 'cannot be read'],
  ])('refuses: %s', (sql, words) => {
    expect(gate(sql)).toContain(words);
  });

  it('refuses what is too long to be read', () => {
    expect(gate(`select '${'x'.repeat(300_000)}'`)).toContain('too long');
  });
});

describe('allowed tables of PostgreSQL', async () => {
  const gate = await gateOf({ allowTables: ['orders', 'shop.items*'] });
  it.each([
    ['select * from orders', null],
    ['select * from public.orders', null],
    ['with x as (select 1) select * from x', null],
    ['select * from shop.items_2024', null],
    ['select * from items', 'the table "items"'],
    ['select * from other.orders', 'the table "other.orders"'],
    ['select * from orders, customers', 'the table "customers"'],
    ['with a as (select * from x), x as (select 1) select * from a', 'the table "x"'],
  ])('%s', (sql, words) => {
    if (words === null) expect(gate(sql)).toBeNull();
    else expect(gate(sql)).toContain(words);
  });
});

describe('denied commands of PostgreSQL', async () => {
  const gate = await gateOf({ denyCommands: ['DELETE', 'drop table'] });
  it.each([
    ['create table x (id int)', null],
    ['drop view x', null],
    ['select * from deletes', null],
    ['DROP /* quietly */ TABLE x', 'does not allow "drop table"'],
    ['select 1; drop\ntable x', 'does not allow "drop table"'],
    ['with d as (delete from x returning 1) select * from d', 'does not allow "DELETE"'],
    ['explain analyze delete from x', 'does not allow "DELETE"'],
    ['do $$ begin delete from x; end $$', 'DO'],
    ['create function f() returns int language sql as $$ delete from x $$', 'CREATE FUNCTION'],
    ['select f()', 'the function "f"'],
  ])('%s', (sql, words) => {
    if (words === null) expect(gate(sql)).toBeNull();
    else expect(gate(sql)).toContain(words);
  });
});

describe('a read-only grant with a scope', async () => {
  const gate = await gateOf({ readOnly: true, denyTables: ['salaries'] });
  it.each([
    ['update orders set id = 1'],
    ['with d as (delete from orders returning 1) select 1 from d'],
    ['copy orders (id) from stdin'],
    ['begin read write'],
    ['set transaction read write'],
    ['set session characteristics as transaction read write'],
  ])('refuses: %s', sql => {
    expect(gate(sql)).toContain('read-only');
  });
  it.each(['begin read only', 'start transaction isolation level repeatable read, read only'])(
    'lets pass: %s',
    sql => {
      expect(gate(sql)).toBeNull();
    },
  );
});

describe('a read-only grant without a scope', async () => {
  const gate = await gateOf({ readOnly: true });
  it.each([
    ['set default_transaction_read_only = off', 'read-only'],
    ['set local "default_transaction_read_only" to default', 'read-only'],
    ['reset default_transaction_read_only', 'read-only'],
    ['set transaction_read_only = 0', 'read-only'],
    ['begin read write; insert into orders values (1)', 'read-only'],
    ['start transaction read only, read write', 'read-only'],
    ['set session characteristics as transaction read write', 'read-only'],
    ["select set_config('default_transaction_' || 'read_only', 'off', false)", 'the function "set_config"'],
    ["select 1 from pg_catalog.set_config('x', 'off', false)", 'the function "pg_catalog.set_config"'],
    ["select query_to_xml('select 1', true, true, '')", 'the function "query_to_xml"'],
    ["do $$ begin perform set_config('x', 'off', false); end $$", 'DO is not'],
    ['call let_me_write()', 'CALL is not'],
    ["update pg_settings set setting = 'off' where name like 'default_transaction%'", 'read-only'],
    ["set standard_conforming_strings = off; select '\\'", 'the setting "standard_conforming_strings"'],
    ["set names 'sjis'", 'the setting "client_encoding"'],
  ])('refuses: %s', (sql, words) => {
    expect(gate(sql)).toContain(words);
  });
  it.each([
    'select * from salaries',
    'select my_schema.my_function(1), pg_sleep(1)',
    'set search_path = hr',
    'begin read only',
    'set transaction isolation level serializable, read only',
    'select * from pg_stat_activity',
    'show default_transaction_read_only',
    // The server refuses these itself, in its own words.
    'create table t (i int)',
  ])('lets pass: %s', sql => {
    expect(gate(sql)).toBeNull();
  });
});

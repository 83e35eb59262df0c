import { expect, it } from 'vitest';
import type { GrantScope } from '../../contract/grant.ts';
import type { CollectedTerminal } from '../support/terminal-of.ts';

/** Opens a terminal of the running server under a scope; resolves at its first prompt. */
type OpenScoped = (scope: Partial<GrantScope>) => Promise<CollectedTerminal>;

const DENIED = 'deny-' + 'me';

/** What a scope keeps from psql, whichever of its ways a statement takes. */
export function itHoldsPsqlToItsScope(open: OpenScoped, openFreely: () => Promise<CollectedTerminal>): void {
  it('sends no statement beyond the scope, whichever way it takes', async () => {
    const maker = await openFreely();
    maker.type(
      `create table salaries as select '${DENIED}' as amount;\ncreate table people (id int, iban text);\n` +
        `insert into people values (1, '${DENIED}');\nselect 'ma' || 'de';\n`,
    );
    await maker.until(/made/);
    const from = maker.text().length;
    expect(from).toBeGreaterThan(0);

    const terminal = await open({ denyTables: ['salaries'], denyColumns: ['people.iban'] });
    terminal.type('\\pset pager off\n\\d\n\\d people\n');
    await terminal.until(/Table "public\.people"/);
    for (const line of [
      'select * from salaries;',
      'select iban from people;',
      'select * from people;',
      '\\copy salaries to stdout',
      "select 'select * from sala' || 'ries' as x \\gexec",
      'create view v as select * from salaries;',
      'select query_to_xml($$select * from salaries$$, true, true, $$$$);',
    ]) {
      const before = refusals(terminal);
      terminal.type(`${line}\n`);
      await terminal.until(new RegExp(`(?:did not send this[\\s\\S]*){${String(before + 1)}}`));
    }
    // The connection and its transaction are as they were.
    terminal.type('begin;\nselect * from salaries;\n');
    await terminal.until(/shop=\*> [\s\S]*did not send this[\s\S]*shop=\*> /);
    terminal.type(
      "insert into people (id) values (7); commit;\nselect 'id ' || id from people where id = 7;\n",
    );
    await terminal.until(/id 7/);
    // What goes the way of prepared statements ends the connection instead of being answered in its place.
    terminal.type('select * from salaries \\gdesc\n');
    await terminal.until(/server closed the connection|connection to server was lost/);
    terminal.type("select 'aga' || 'in';\n");
    await terminal.until(/again/);
    expect(terminal.text()).not.toContain(DENIED);
  });
}

/** The same for the program mysql. */
export function itHoldsMysqlToItsScope(open: OpenScoped, query: (sql: string) => string): void {
  it('sends no statement beyond the scope', async () => {
    query(
      `create table shop.salaries as select '${DENIED}' as amount; create table shop.people (id int, iban text);
       insert into shop.people values (1, '${DENIED}');`,
    );
    const terminal = await open({
      denyTables: ['salaries'],
      denyColumns: ['people.iban'],
      denyCommands: ['DELETE'],
    });
    for (const line of [
      'select * from salaries;',
      'select * from `Salaries`;',
      'select iban from people;',
      'delete from people;',
      '\\u mysql',
    ]) {
      const before = refusals(terminal);
      terminal.type(`${line}\n`);
      await terminal.until(new RegExp(`(?:did not send this[\\s\\S]*){${String(before + 1)}}`));
    }
    terminal.type("select concat('id ', id) from people where id = 1;\n");
    await terminal.until(/id 1/);
    expect(terminal.text()).not.toContain(DENIED);
  });
}

function refusals(terminal: CollectedTerminal): number {
  return terminal.text().split('did not send this').length - 1;
}

import { expect, it } from 'vitest';
import { GrantScope } from '../../contract/grant.ts';
import { scopeWords } from './scope-words.ts';

it.each([
  [{}, null],
  [{ readOnly: true }, 'Read-only.'],
  [{ allowTables: ['orders', 'items'] }, 'Only the tables orders, items.'],
  [
    { denyTables: ['salaries'], denyColumns: ['customers.iban'], denyCommands: ['DELETE'] },
    'Without the tables salaries. Without the columns customers.iban. Without the commands DELETE.',
  ],
])('%j reads %j', (scope, words) => {
  expect(scopeWords(GrantScope.parse(scope))).toBe(words);
});

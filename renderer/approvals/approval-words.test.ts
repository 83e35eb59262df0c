import { expect, it } from 'vitest';
import { AccountId } from '../../contract/ids.ts';
import { approvalWords } from './approval-words.ts';

const anna = { id: AccountId.parse('a'), name: 'Anna', roles: ['approver' as const] };

it.each([
  [{ required: 1, by: [] }, null],
  [{ required: 2, by: [] }, '0 of 2 approvals'],
  [{ required: 2, by: [anna] }, '1 of 2 approvals: Anna'],
  [{ required: 3, by: [anna, { ...anna, name: 'Ada' }] }, '2 of 3 approvals: Anna, Ada'],
])('%j reads %j', (approvals, words) => {
  expect(approvalWords({ approvals })).toBe(words);
});

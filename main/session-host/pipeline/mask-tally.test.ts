import { expect, test } from 'vitest';
import type { MaskCounts, MaskMark, MaskReason } from '../../../contract/redaction.ts';
import { MAX_MASK_REASONS } from '../../../contract/redaction.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import { createMaskTally } from './mask-tally.ts';

const mark = (rule: string, score = 0.9): MaskMark => ({
  entity: 'email',
  rule,
  action: 'mask',
  score,
  cells: 12,
  evidence: [`by ${rule}`],
});

function tallied(marks: readonly MaskMark[]): { counts: MaskCounts; reasons: readonly MaskReason[] } {
  let last: { counts: MaskCounts; reasons: readonly MaskReason[] } = { counts: {}, reasons: [] };
  const tally = createMaskTally(fakeTimers(), (counts, reasons) => {
    last = { counts, reasons };
  });
  for (const each of marks) tally.add(each);
  tally.flush();
  return last;
}

test('masks of one reason are one entry with a count, evidence and score of the last, the latest reason last', () => {
  const { counts, reasons } = tallied([
    mark('email.column'),
    mark('email.address'),
    mark('email.column', 0.5),
  ]);
  expect(counts).toEqual({ email: 3 });
  expect(reasons.map(({ rule, count, score }) => [rule, count, score])).toEqual([
    ['email.address', 1, 0.9],
    ['email.column', 2, 0.5],
  ]);
  expect(reasons[1]?.evidence).toEqual(['by email.column']);
});

test('only so many reasons are kept, and all values are counted', () => {
  const marks = Array.from({ length: MAX_MASK_REASONS + 5 }, (_, i) => mark(`email.rule-${i}`));
  const { counts, reasons } = tallied(marks);
  expect(counts.email).toBe(MAX_MASK_REASONS + 5);
  expect(reasons).toHaveLength(MAX_MASK_REASONS);
  expect(reasons.at(-1)?.rule).toBe(`email.rule-${MAX_MASK_REASONS + 4}`);
});

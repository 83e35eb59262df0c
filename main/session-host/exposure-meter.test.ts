import { expect, test } from 'vitest';
import { ExposureBudget } from '../../contract/grant.ts';
import type { Exposure } from '../../contract/monitoring.ts';
import { fakeTimers } from '../../test/support/fake-timers.ts';
import { createExposureMeter } from './exposure-meter.ts';

function meterOf(budget: Partial<ExposureBudget> = {}) {
  const timers = fakeTimers();
  const over: string[] = [];
  const told: Exposure[] = [];
  const meter = createExposureMeter({
    budget: ExposureBudget.parse(budget),
    timers,
    onOver: message => over.push(message),
    onExposure: exposure => told.push(exposure),
  });
  return { timers, over, told, meter };
}

test('a value counts once, however often it is shown; the one beyond the limit is told of, once', () => {
  const { meter, over } = meterOf({ valuesPerSession: 2 });
  for (const key of ['a', 'b', 'a', 'b']) meter.value(key);
  expect(over).toEqual([]);
  meter.value('c');
  meter.value('d');
  expect(over).toHaveLength(1);
  expect(over[0]).toContain('3, and the grant allows 2');
});

test('the minute slides: what was seen a minute ago no longer counts', () => {
  const { meter, over, timers } = meterOf({ valuesPerMinute: 2 });
  meter.value('a');
  timers.advance(40_000);
  meter.value('b');
  timers.advance(20_000);
  meter.value('c');
  expect(over).toEqual([]);
  meter.value('d');
  expect(over).toHaveLength(1);
});

test('rows are counted for each statement', () => {
  const { meter, over } = meterOf({ rowsPerStatement: 100 });
  meter.rows(100);
  meter.rows(50);
  expect(over).toEqual([]);
  meter.rows(101);
  expect(over).toHaveLength(1);
});

test('after a lift another budget is there', () => {
  const { meter, over } = meterOf({ valuesPerSession: 1 });
  meter.value('a');
  meter.value('b');
  meter.lift();
  meter.value('c');
  expect(over).toHaveLength(1);
  meter.value('d');
  expect(over).toHaveLength(2);
});

test('without limits nothing is over, and the highest counts are told', () => {
  const { meter, over, told, timers } = meterOf();
  for (let n = 0; n < 500; n += 1) meter.value(`value ${String(n)}`);
  meter.rows(7);
  timers.advance(500);
  expect(over).toEqual([]);
  expect(told.at(-1)).toEqual({ distinctValues: 500, valuesPerMinute: 500, rowsPerStatement: 7 });
});

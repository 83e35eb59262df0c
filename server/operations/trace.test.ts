import { describe, expect, test } from 'vitest';
import { continueTrace, formatTrace } from './trace.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

describe('trace context', () => {
  test.each([
    [`00-${TRACE}-${PARENT}-01`, true],
    [`00-${TRACE}-${PARENT}-00`, false],
    [`00-${TRACE}-${PARENT}-03`, true],
    // of a later version, which may say more
    [`01-${TRACE}-${PARENT}-01-and-more`, true],
  ])('%s is continued with a span of its own', (header, isSampled) => {
    const trace = continueTrace(header);
    expect(trace).toMatchObject({ traceId: TRACE, isSampled });
    expect(trace.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(trace.spanId).not.toBe(PARENT);
    expect(continueTrace(formatTrace(trace)).traceId).toBe(TRACE);
  });

  test.each([
    undefined,
    '',
    'nonsense',
    ['00-a', '00-b'],
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `ff-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01-more`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${PARENT}`,
    `00-${TRACE}-${PARENT}-01\n`,
  ])('%j begins a new one', header => {
    const trace = continueTrace(header);
    expect(trace.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(trace.traceId).not.toBe(TRACE);
    expect(trace).not.toEqual(continueTrace(header));
  });
});

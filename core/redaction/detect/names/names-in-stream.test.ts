import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../policy.ts';
import { leaks, redact, render } from '../../stream/testing/terminal.ts';
import { createLineDetector } from '../create-line-detector.ts';

/** Values whose beginning says little: they wait, as long as a split chunk takes, for what makes them a name or a street. */
describe('a name or a street in a stream', () => {
  it.each([
    ['paid by ', 'Olga Ivanova', ' ok'],
    ['paid by ', 'Ludwig van der Berg', ' ok'],
    ['ship to ', '24 Oak Street', ' ok'],
    ['ship to ', 'Hauptstraße 51', ' ok'],
  ])('shows the same screen for %s%s cut at every position', async (before, value, after) => {
    const text = before + value + after;
    const whole = await render(redact([text], { detector: createLineDetector(DEFAULT_POLICY) }).bytes);
    for (let at = 0; at <= text.length; at++) {
      const chunks = [text.slice(0, at), text.slice(at)];
      const { bytes } = redact(chunks, { detector: createLineDetector(DEFAULT_POLICY) });
      expect(await leaks(value.replace(/\W+/gu, ''), bytes), String(at)).toEqual([]);
      expect(await render(bytes), String(at)).toEqual(whole);
    }
  });
});

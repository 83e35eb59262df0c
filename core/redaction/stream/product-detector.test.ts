import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { leaks, redact, render } from './testing/terminal.ts';

const policy = RedactionPolicy.parse({});
const EMAIL = 'olga.ivanova@corp.ru';
const CARD = '4012888888881881';
const VALUES = [EMAIL, CARD, 'DE89370400440532013000', '078-05-1123', 'AKIAQ3EGRZ7XW5T2MNBV'];

async function expectHidden(chunks: readonly string[], values: readonly string[]): Promise<void> {
  for (const flushes of [false, true]) {
    const { bytes } = redact(chunks, { detector: createLineDetector(policy), flushes });
    for (const value of values) expect(await leaks(value, bytes), `${value}, timer ${flushes}`).toEqual([]);
  }
}

/** The stream with the detectors of the product in it. */
describe('the stream with its real detector', () => {
  it.each(VALUES)('shows the same screen for %s cut at every position', async value => {
    const text = `mail ${value} ok`;
    const whole = await render(redact([text], { detector: createLineDetector(policy) }).bytes);
    for (let at = 0; at <= text.length; at++) {
      const { bytes } = redact([text.slice(0, at), text.slice(at)], { detector: createLineDetector(policy) });
      expect(await leaks(value, bytes)).toEqual([]);
      expect(await render(bytes)).toEqual(whole);
    }
  });

  it('hides halves that are put in place by address, in either order', async () => {
    const [left, right] = ['\x1b[5;4H40128888', '\x1b[5;12H88881881'];
    for (const halves of [
      [left, right],
      [right, left],
    ])
      await expectHidden([...halves, '\x1b[9;1H'], [CARD]);
  });

  it('hides the columns of a long table whose header is gone, in the stream and in a pager', async () => {
    const header = ` id |     name     |        email         |       card       \r\n----+--------------+----------------------+------------------\r\n`;
    const rows = Array.from(
      { length: 200 },
      (_, i) => `  ${i % 10} | Olga Ivanova | ${EMAIL} | ${CARD}\r\n`,
    ).join('');
    const table = header + rows;
    const chunks = [...table.matchAll(/[^]{1,409}/g)].map(([chunk]) => chunk);
    await expectHidden(chunks, [EMAIL, CARD, 'OlgaIvanova']);
    await expectHidden(['\x1b[?1049h\x1b[H', ...chunks, '\x1b[?1049l'], [EMAIL, CARD, 'OlgaIvanova']);
  });
});

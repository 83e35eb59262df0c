import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { createRedactor } from './create-redactor.ts';
import { dumpRowOf, isDumpBegun } from './hex-dump.ts';
import { bytesOf } from './testing/terminal.ts';

/** As `od -c` prints a text: sixteen bytes a row, each in four cells. */
function characterDump(text: string): string {
  const rows: string[] = [];
  for (let from = 0; from < text.length; from += 16)
    rows.push(
      from.toString(8).padStart(7, '0') +
        [...text.slice(from, from + 16)].map(each => (each === '\n' ? '  \\n' : `   ${each}`)).join(''),
    );
  return `${[...rows, text.length.toString(8).padStart(7, '0')].join('\r\n')}\r\n`;
}

function redacted(text: string, size: number): string {
  const policy = RedactionPolicy.parse({});
  const redactor = createRedactor({
    cols: 80,
    rows: 24,
    policy,
    detector: createLineDetector(policy),
    tokenOf: null,
    onMask: () => undefined,
    onBlock: () => undefined,
  });
  const decoder = new TextDecoder();
  let shown = '';
  for (let at = 0; at < text.length; at += size)
    shown += decoder.decode(redactor.write(bytesOf(text.slice(at, at + size))));
  return shown + decoder.decode(redactor.end());
}

describe('a dump of characters, as od -c prints it', () => {
  const dump = characterDump('irina@kunde.example wrote 4012 8888 8888 1881 ok\n');

  it.each([dump.length, 7, 1])('hides an address and a card over its rows, %i bytes a write', size => {
    const shown = redacted(dump, size).replaceAll(/ {2,}/g, '');
    expect(shown).not.toMatch(/irin|rina|kund|unde|4012|8888|1881/);
    expect(shown).toContain('wrote');
    expect(shown).toContain('ok');
  });

  it('is not touched where it holds no value', () => {
    const plain = characterDump('nothing in here, and 017 204 more of it\n');
    expect(redacted(plain, plain.length)).toBe(plain);
  });

  it('is told from other lines that begin with a number', () => {
    expect(dumpRowOf('0000000   a   b  \\n 017')?.text).toBe('ab  ');
    for (const line of ['0000000 files', '1234567   total', '0000000  a b c']) {
      expect(dumpRowOf(line)).toBeNull();
      expect(isDumpBegun(line)).toBe(false);
    }
  });
});

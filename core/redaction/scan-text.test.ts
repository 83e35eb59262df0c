import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineDetector } from './detect/create-line-detector.ts';
import { DEFAULT_POLICY } from './policy.ts';
import type { TextFinding } from './scan-text.ts';
import { createTextScanner } from './scan-text.ts';

const strict = createLineDetector(DEFAULT_POLICY);

function scan(pieces: readonly string[], maxLineLength?: number): readonly TextFinding[] {
  const scanner = createTextScanner({
    detector: strict.fork(),
    ...(maxLineLength === undefined ? {} : { maxLineLength }),
  });
  return [...pieces.flatMap(piece => scanner.feed(piece)), ...scanner.end()];
}

describe('scanning text', () => {
  it('counts lines, columns and offsets in code points', () => {
    expect(scan(['é😀 a@b.co\r\nssn 078-05-1123'])).toMatchObject([
      { line: 1, column: 4, start: 3, end: 9, entity: 'email' },
      { line: 2, column: 5, start: 15, end: 26, entity: 'ssn' },
    ]);
  });

  it('finds the same however the text is cut', () => {
    const text =
      'mail olga.ivanova@corp.ru 😀\ncard 4012 8888 8888 1881\n id | ssn \n----+-----\n 1  | abc \n';
    const whole = scan([text]);
    expect(whole).toHaveLength(3);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), cuts => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        expect(scan(at.slice(1).map((end, i) => text.slice(at[i], end)))).toEqual(whole);
      }),
    );
  });

  it('finds a value at every place of a line that is longer than it looks at once', () => {
    for (let before = 80; before < 140; before++) {
      const text = `${'x '.repeat(before)}olga.ivanova@corp.ru ${'y '.repeat(200)}`;
      const found = scan([text], 256).filter(each => each.entity === 'email');
      expect(found).toMatchObject([
        { start: before * 2, end: before * 2 + 20, line: 1, column: before * 2 + 1 },
      ]);
    }
  });

  it('takes a last line without a line feed and an empty text', () => {
    expect(scan(['a@b.co'])).toHaveLength(1);
    expect(scan([''])).toEqual([]);
  });
});

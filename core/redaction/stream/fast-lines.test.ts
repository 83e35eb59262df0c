import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineDetector } from '../line-detector.ts';
import { oracle, bytesOf, redact, render, testRedactor, textOf, concat } from './testing/terminal.ts';
import { terminalOutput } from './testing/random-output.ts';

const SIZE = [32, 5] as const;
const size = { cols: SIZE[0], rows: SIZE[1] };
const line = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.stringMatching(/^[ -~]{0,10}$/) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '\x1b[31m',
          '\x1b[m',
          '\x1b[1;38;5;9m',
          '\x1b[44m',
          '\x1b[49m',
          '\x1b[4:3m',
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '4012888888881881 ',
          'a.b@corp.example ',
          '世界',
          'é',
          '\t',
          '\x1b[K',
          '\b',
        ),
      },
    ),
    { maxLength: 5 },
  )
  .map(parts => parts.join(''));
const lines = fc
  .array(
    fc.tuple(line, fc.constantFrom('\r\n', '\r\n', '\r\n', '\n')).map(parts => parts.join('')),
    { minLength: 4, maxLength: 40 },
  )
  .map(parts => parts.join(''));

/** Finds nothing, and sees nothing coming. */
const blindDetector: LineDetector = {
  findings: () => [],
  openCandidate: () => null,
  commit: () => undefined,
  fork: () => blindDetector,
};

/** One byte at a time no line is whole: the long way. */
const byByte = (text: string) => Array.from(bytesOf(text), byte => Uint8Array.of(byte));

describe('whole lines', () => {
  it('are redacted as they are byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async text => {
        const [whole, bytes] = [redact([text], size), redact(byByte(text), size)];
        expect(await render(whole.bytes, SIZE)).toEqual(await render(bytes.bytes, SIZE));
        expect(whole.marks).toEqual(bytes.marks);
      }),
      { numRuns: 200 },
    );
  });

  it('are redacted as they are in pieces, wherever these are cut', async () => {
    const logged = fc
      .array(
        fc.constantFrom(
          ...[
            '2026-03-01T10:23:07Z ',
            'INFO ',
            '\x1b[32m',
            '\x1b[m',
            'job done, ',
            'id=',
            'password=',
            '10.0.0.7 ',
            '4012888888881881 ',
          ],
          ...[
            'a.b@corp.example ',
            '+49 30 901820 ',
            '{"k":1} ',
            '\t',
            '世界 ',
            '\r',
            'x | y ',
            '----+---',
            'email',
            'DE89370400440532013000 ',
          ],
        ),
        { maxLength: 7 },
      )
      .map(parts => `${parts.join('')}\r\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            logged,
            line.map(each => `${each}\r\n`),
          ),
          { minLength: 3, maxLength: 30 },
        ),
        fc.array(fc.nat(2000), { maxLength: 4 }),
        async (parts, cuts) => {
          const text = parts.join('');
          const bytes = bytesOf(text);
          const at = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
          const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
          const [whole, cut, single] = [
            redact([text], size),
            redact(pieces, size),
            redact(byByte(text), size),
          ];
          const expected = await render(single.bytes, SIZE);
          expect(await render(whole.bytes, SIZE)).toEqual(expected);
          expect(await render(cut.bytes, SIZE)).toEqual(expected);
          // what is printed over is counted or not, as far as it came before
          if (!/[\r\b](?!\n)/.test(text)) expect(whole.marks).toEqual(single.marks);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are there when they are painted over, scrolled back and flowed anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        lines,
        terminalOutput,
        fc.integer({ min: 3, max: 40 }),
        async (first, second, after, cols) => {
          const { redactor } = testRedactor({ ...size, detector: blindDetector });
          const terminal = await oracle(...SIZE);
          for (const text of [first, second, after]) {
            await terminal.write(redactor.write(bytesOf(text)));
            while (redactor.holdMs !== null) await terminal.write(redactor.flush());
          }
          const plain = await oracle(...SIZE);
          for (const text of [first, second, after]) await plain.write(bytesOf(text));
          await terminal.write(redactor.resize(cols, 9));
          for (const each of [terminal, plain]) each.resize(cols, 9);
          await terminal.write(concat([redactor.write(bytesOf('\x1b[Hend')), redactor.end()]));
          await plain.write(bytesOf('\x1b[Hend'));
          expect(terminal.screenshot()).toEqual(plain.screenshot());
        },
      ),
      { numRuns: 150 },
    );
  });

  it('with a value that goes on above them are painted over in place', async () => {
    const filler = Array.from({ length: 300 }, (_, i) => `line ${i}\r\n`).join('');
    const { redactor } = testRedactor({ cols: 40, rows: 6 });
    const parts = [redactor.write(bytesOf(filler))];
    // the cursor goes up over lines that were never put into a row
    parts.push(redactor.write(bytesOf('\x1b[3A\x1b[5Colga@')), redactor.flush(), redactor.flush());
    parts.push(
      redactor.write(bytesOf('corp.ru \x1b[6;1H')),
      redactor.flush(),
      redactor.flush(),
      redactor.end(),
    );
    const { rows } = await render(concat(parts), [40, 6]);
    expect(rows.slice(-6)).toEqual(['line 295', 'line 296', 'line ••••@••••.••', 'line 298', 'line 299', '']);
  });

  it('pass byte for byte', () => {
    const text = Array.from({ length: 500 }, (_, i) => `\x1b[3${i % 8}mline ${i}\x1b[0m of many\r\n`).join(
      '',
    );
    expect(textOf(redact([text], size).bytes)).toBe(text);
  });

  it('that a large chunk is cut in wait for their rest, no longer than a moment', async () => {
    const line80 = 'x'.repeat(30);
    const filler = `${line80}\r\n`.repeat(100);
    const values = [
      'plain text',
      'mail a.b@corp.example now',
      '\x1b[31mcard 4012888888881881\x1b[m',
      '世界 é',
    ];
    for (const value of values) {
      const text = `${filler}${value}\r\nend\r\n`;
      const bytes = bytesOf(text);
      const expected = await render(redact(byByte(text), size).bytes, SIZE);
      for (let cut = filler.length; cut < bytes.length; cut++) {
        const { redactor } = testRedactor(size);
        const parts = [redactor.write(bytes.subarray(0, cut))];
        if (cut % 2 === 0 && redactor.holdMs !== null) parts.push(redactor.flush());
        parts.push(redactor.write(bytes.subarray(cut)), redactor.end());
        expect(await render(concat(parts), SIZE), `${value} cut at ${cut}`).toEqual(expected);
      }
    }
  });

  it('that a large chunk ends with are there when the moment is over', () => {
    const { redactor } = testRedactor(size);
    redactor.write(bytesOf(`${'x'.repeat(30)}\r\n`.repeat(100) + '$ '));
    expect(redactor.holdMs).toBeLessThan(5);
    expect(textOf(redactor.flush())).toBe('$ ');
    expect(redactor.holdMs).toBe(null);
  });
});

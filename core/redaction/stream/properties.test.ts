import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import type { LineDetector } from '../line-detector.ts';
import { fakeDetector } from './testing/fake-detector.ts';
import { terminalOutput } from './testing/random-output.ts';
import { bytesOf, concat, leaks, redact, render, testRedactor, textOf } from './testing/terminal.ts';

const VALUES = ['olga.ivanova@corp.ru', '4012888888881881', 'DE89370400440532013000', 'AKIAQ3EGRZ7XW5T2MNBV'];

/** Ordinary output of programs that print lines, with values in it. */
const printedText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...VALUES).map(value => `${value}; `) },
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          'mail ',
          'ok ',
          'a-b ',
          'at noon ',
          '界 ',
          'id x7 ',
          '| ',
          ', ',
          `${'x'.repeat(40)} `,
        ),
      },
      { weight: 3, arbitrary: fc.constantFrom('\r\n', '\r\n', '\n', '\t') },
      {
        weight: 2,
        arbitrary: fc.constantFrom('\x1b[31m', '\x1b[0m', '\x1b[K', '\x1b[1;38;5;9m', '\x1b]0;t\x07'),
      },
    ),
    { maxLength: 30 },
  )
  .map(parts => parts.join(''));

const splitAt = (bytes: Uint8Array, cuts: readonly number[]) => {
  const places = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.slice(places[i], end));
};
const cuts = fc.array(fc.nat(4000), { maxLength: 12 });
/** Finds nothing, and sees nothing coming. */
const blindDetector: LineDetector = {
  findings: () => [],
  openCandidate: () => null,
  commit: () => undefined,
  fork: () => blindDetector,
};

describe('a redacted stream', () => {
  it('is the same bytes where nothing is masked and lines are printed', () => {
    fc.assert(
      fc.property(printedText, cuts, (text, places) => {
        const bytes = bytesOf(text);
        expect(textOf(redact(splitAt(bytes, places), { detector: blindDetector }).bytes)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('shows the same screen where nothing is masked, whatever the program paints and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(terminalOutput, cuts, fc.boolean(), async (text, places, flushes) => {
        const bytes = bytesOf(text);
        const run = redact(splitAt(bytes, places), { detector: blindDetector, cols: 30, rows: 8, flushes });
        const [plain, redacted] = [await render(bytes, [30, 8]), await render(run.bytes, [30, 8])];
        expect(redacted).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });

  it('shows the same masked screen however the printed text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(printedText, cuts, async (text, places) => {
        const bytes = bytesOf(text);
        const whole = redact([bytes]);
        const run = redact(splitAt(bytes, places));
        expect(await render(run.bytes)).toEqual(await render(whole.bytes));
        expect(run.marks.length).toBe(whole.marks.length);
      }),
      { numRuns: 300 },
    );
  });

  it('shows the same masked screen however a painted one is cut, whenever the frames end', async () => {
    const cell = fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 50 }));
    const painted = fc
      .array(fc.tuple(cell, fc.constantFrom(...VALUES, 'plain words', '│ x │', '世界 ', 'at noon')), {
        minLength: 1,
        maxLength: 12,
      })
      .map(parts => `${parts.map(([[y, x], text]) => `\x1b[${y};${x}H; ${text}; `).join('')}\x1b[20;1H`);
    await fc.assert(
      fc.asyncProperty(painted, cuts, fc.boolean(), async (text, places, flushes) => {
        const bytes = bytesOf(text);
        const whole = redact([bytes]);
        const run = redact(splitAt(bytes, places), { flushes });
        const [once, often] = [await render(whole.bytes), await render(run.bytes)];
        // what was a value in an earlier frame stays masked: more may be hidden than in one write, never less
        const isHidden = (c: string | undefined) => c === '•' || c === '*';
        once.rows.forEach((row, y) => {
          [...row].forEach((c, x) => {
            const other = often.rows[y]?.[x];
            expect(isHidden(c) ? isHidden(other) : isHidden(other) || other === c).toBe(true);
          });
        });
        expect(often.cursor).toEqual(once.cursor);
        if (!flushes) expect(often).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  it('holds no value in its bytes, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(printedText, cuts, async (text, places) => {
        const { bytes } = redact(splitAt(bytesOf(text), places));
        for (const value of VALUES) expect(await leaks(value, bytes)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves everything but the masked cells as it was: cursor, colours, wraps', async () => {
    await fc.assert(
      fc.asyncProperty(
        terminalOutput,
        terminalOutput,
        fc.constantFrom(...VALUES),
        async (before, after, value) => {
          const chunks = [before, value.slice(0, 9), value.slice(9), after];
          const size = [40, 8] as const;
          const { bytes } = redact(chunks, { cols: 40, rows: 8, flushes: true });
          const [plain, masked] = [await render(bytesOf(chunks.join('')), size), await render(bytes, size)];
          // accents take no column; a masked character has none
          const shape = (text: string) =>
            text
              .replaceAll(/[\p{M}\u200b]/gu, '')
              .replaceAll('＊', '界')
              .replaceAll(/[^ 界]/gu, 'x');
          expect(masked.cursor).toEqual(plain.cursor);
          expect(masked.wraps).toEqual(plain.wraps);
          expect(masked.rows.map(row => shape(row).length)).toEqual(plain.rows.map(row => shape(row).length));
        },
      ),
      { numRuns: 300, examples: [['', '0         \t\u200b', 'DE89370400440532013000']] },
    );
  });

  it('is valid UTF-8 and bounded for any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), chunks => {
        const { bytes } = redact(chunks, { flushes: true });
        expect(() => textOf(bytes)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('masks whole lines when the detector fails', async () => {
    const failing: LineDetector = {
      ...fakeDetector(),
      findings: () => {
        throw new Error('bug');
      },
      openCandidate: () => {
        throw new Error('bug');
      },
      fork: () => failing,
    };
    const { bytes } = redact(['some words 4012888888881881\r\n', '\x1b[5;5Hmore words'], {
      detector: failing,
    });
    expect(await leaks('some words', bytes)).toEqual([]);
    expect(await leaks('more words', bytes)).toEqual([]);
  });

  it.each([
    ['an endless title', '\x1b]0;', 'x'.repeat(70_000)],
    ['endless parameters', '\x1b[', '1;'.repeat(70_000)],
    ['an endless device string', '\x1bP1$r', 'y'.repeat(70_000)],
    ['an endless application string', '\x1b_G', 'z'.repeat(70_000)],
  ])('keeps nothing of %s and goes on after it', (_name, opening, body) => {
    const { redactor } = testRedactor();
    const parts = [redactor.write(bytesOf(opening))];
    for (let i = 0; i < 20; i++) parts.push(redactor.write(bytesOf(body)));
    expect(redactor.holdMs).toBeNull();
    parts.push(redactor.write(bytesOf('\x18after \r\n')));
    expect(textOf(concat(parts))).toBe('after \r\n');
  });

  it('writes a repetition out, and no more than a screen of it', async () => {
    const { bytes } = redact(['a\x1b[3bb\x1b[2147483647b\r\nend \r\n']);
    expect(bytes.length).toBeLessThan(2100);
    expect((await render(bytes)).rows.at(-2)).toBe('end');
    expect(await leaks('4444444444444448', redact(['4444 4444 444\x1b[3b 48 \r\n']).bytes)).toEqual([]);
  });

  it('drops what a remote host must not make the terminal do', () => {
    const requests =
      '\x05\x1b[21t\x1b[20t\x1b[8;50;90t\x1b[5i\x1b]52;c;?\x07\x1b]1337;File=a:aGk=\x07\x1bPtmux;x\x1b\\\x1b_Ga;b\x1b\\';
    const needed = '\x1b[c\x1b[>c\x1b[6n\x1b[5n\x1b[?2026$p\x1b]11;?\x07\x1bP$q q\x1b\\\x1b[18t';
    expect(textOf(redact([`a${requests}b \r\n`]).bytes)).toBe('ab \r\n');
    expect(textOf(redact([`${needed} \r\n`]).bytes)).toBe(`${needed} \r\n`);
  });

  it('does not hold the echo of a key, and masks the value that the keys become', async () => {
    const { redactor } = testRedactor();
    const parts: Uint8Array[] = [];
    for (const key of '4012888888881881') {
      redactor.noteInput(bytesOf(key));
      parts.push(redactor.write(bytesOf(key)));
      expect(redactor.holdMs).toBeNull();
    }
    parts.push(redactor.write(bytesOf('\r\n')), redactor.end());
    expect((await render(concat(parts))).rows[0]).toBe('****************');
  });

  it('calls for each value once, with what was done to it', () => {
    const policy = RedactionPolicy.parse({ entities: { email: 'partial', card: 'token', iban: 'block' } });
    const blocked: string[] = [];
    const { bytes, marks } = redact([`${VALUES.join(' ')} \r\n`], {
      policy,
      tokenOf: () => 'tok-1234',
      onBlock: mark => blocked.push(mark.entity),
    });
    expect(textOf(bytes)).toBe(
      'o•••.•••••••@corp.ru TOK-1234•••••••• ••******************** •••••*••••*••*•*•••• \r\n',
    );
    expect(marks.map(({ entity, action, cells, token }) => [entity, action, cells, token])).toEqual([
      ['email', 'partial', 20, undefined],
      ['card', 'token', 16, 'tok-1234'],
      ['iban', 'block', 22, undefined],
      ['api-key', 'mask', 20, undefined],
    ]);
    expect(blocked).toEqual(['iban']);
  });

  it('counts a value once though the screen is painted again', () => {
    const frame = `\x1b[H\x1b[3;3Hcard ${VALUES[1] ?? ''} \x1b[10;1H`;
    expect(redact([frame, frame, frame], { flushes: true }).marks).toHaveLength(1);
  });
});

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { compileKernel } from '../../../scripts/compile-kernel.ts';
import { clearKnowledgeOf } from '../detect/clear/clear-knowledge.ts';
import { createClearance } from '../detect/clear/clearance.ts';
import { KernelLines } from '../detect/clear/kernel-lines.ts';
import { PlainLines } from '../detect/clear/plain-lines.ts';
import { randomLine } from '../detect/clear/testing/random-line.ts';
import { emailDetector } from '../detect/contact/email.ts';
import { phoneDetector } from '../detect/contact/phone.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { createGate } from '../detect/gate/gate.ts';
import { ID_RULES } from '../detect/identifiers/identifiers.ts';
import { SECRET_RULES } from '../detect/secrets/secret-rules.ts';
import { createNameGazetteer } from '../gazetteer/name-gazetteer.ts';
import type { LineDetector } from '../line-detector.ts';
import { redact } from '../stream/testing/terminal.ts';
import { NO_TABLE } from '../structure/table.ts';
import { KERNEL_BASE64 } from './kernel-binary.ts';
import { createLineKernel } from './line-kernel.ts';

const COLUMNS = ['Internal Ref'];
const gate = createGate(
  SECRET_RULES.map(rule => rule.prefixes),
  COLUMNS,
);
const knowledgeFor = (hidesPrivateIps: boolean) =>
  clearKnowledgeOf(gate.literals, {
    detectors: [emailDetector, phoneDetector],
    identifiers: ID_RULES,
    secrets: SECRET_RULES,
    gazetteer: createNameGazetteer(),
    hidesPrivateIps,
  });

const codesOf = (line: string): Uint16Array => Uint16Array.from(line, char => char.charCodeAt(0));
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, char => char.charCodeAt(0));
const line = randomLine.filter(each => /^[\t -~]*$/.test(each));

afterEach(() => void vi.unstubAllGlobals());

/** The detector where WebAssembly is not allowed. */
function detectorWithoutKernel(): LineDetector {
  vi.stubGlobal('WebAssembly', undefined);
  const detector = createLineDetector(RedactionPolicy.parse({}));
  vi.unstubAllGlobals();
  return detector;
}

describe('the kernel', () => {
  it('is what its sources compile to', async () => {
    expect(Buffer.from(await compileKernel()).toString('base64')).toBe(KERNEL_BASE64);
  });

  it('takes the lines that the rules take wherever in a block of 64 characters something stands', () => {
    const clear = knowledgeFor(false);
    const kernel = createLineKernel(gate.tables, clear);
    if (kernel === null) throw new Error('there is no WebAssembly here');
    const pad = fc.tuple(
      fc.constantFrom('=', ' ', 'x', 'ab ', 'Q', 'Tom ', '7', '12 ', '-', '. ', 'a1B2'),
      fc.integer({ min: 0, max: 150 }),
    );
    fc.assert(
      fc.property(pad, line, pad, line, ([before, first], one, [between, second], other) => {
        const padding = before.repeat(first).slice(0, first);
        const each = `${padding}${one}${between.repeat(second).slice(0, second)}${other}`;
        const [rules, lent] = [new PlainLines(createClearance(clear), gate), new KernelLines(kernel)];
        for (const way of [rules, lent]) way.begin(NO_TABLE);
        expect(lent.take(codesOf(each), each.length), each).toBe(rules.take(codesOf(each), each.length));
        const { numbers, numberCount } = gate.scan(codesOf(each), each.length);
        expect([...kernel.numbers], each).toEqual([...numbers.subarray(0, 2 * numberCount)]);
        if (lent.isOpen) lent.takeMemory();
      }),
      { numRuns: 6000 },
    );
  });

  it.each([true, false])(
    'takes the lines that the rules take, and counts as they do (private addresses hidden: %s)',
    hides => {
      const clear = knowledgeFor(hides);
      const kernel = createLineKernel(gate.tables, clear);
      if (kernel === null) throw new Error('there is no WebAssembly here');
      fc.assert(
        fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), lines => {
          const [rules, lent] = [new PlainLines(createClearance(clear), gate), new KernelLines(kernel)];
          let table = NO_TABLE;
          for (const each of lines) {
            for (const way of [rules, lent])
              if (!way.isOpen) expect(way.begin(table)).toBe(rules.begin(table));
            const isTaken = rules.take(codesOf(each), each.length);
            expect(lent.take(codesOf(each), each.length), each).toBe(isTaken);
            if (isTaken && each.length % 3 !== 0) continue;
            if (!rules.isOpen) continue;
            const memory = rules.takeMemory();
            expect(lent.takeMemory()).toEqual(memory);
            ({ table } = memory);
          }
        }),
        { numRuns: 1500 },
      );
    },
  );

  it('gives back to each fork what it has read for it', () => {
    const detector = createLineDetector(RedactionPolicy.parse({}));
    const [one, other] = [detector.fork(), detector.fork()];
    for (let i = 0; i < 3; i++) {
      expect(one.takeLines?.(bytesOf(`queue ${i} drained\r\n`), 0, 80)?.end).toBeGreaterThan(0);
      expect(other.takeLines?.(bytesOf(`worker ${i} stopped\r\n`), 0, 80)?.end).toBeGreaterThan(0);
    }
    expect(one.previousLine?.()).toBe('queue 2 drained');
    expect(other.previousLine?.()).toBe('worker 2 stopped');
  });

  it('gives the bytes and the marks that the rules give without it', () => {
    const [lent, rules] = [createLineDetector(RedactionPolicy.parse({})), detectorWithoutKernel()];
    const piece = fc.oneof(
      { weight: 8, arbitrary: randomLine },
      { weight: 1, arbitrary: fc.constantFrom('\x1b[31m', '\x1b[m', '\x1b[1;38;5;9m', '\x1b[38;2;1;2;3;4m') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('\x1b[44m', '\x1b[49m', '\x1b[4:3m', '\x1b[0;100m', '\x1b[K', 'é'),
      },
    );
    const output = fc
      .array(fc.tuple(fc.array(piece, { maxLength: 3 }), fc.constantFrom('\r\n', '\r\n', '\r\n', '\n')), {
        minLength: 2,
        maxLength: 30,
      })
      .map(lines => lines.map(([pieces, end]) => pieces.join('') + end).join(''));
    fc.assert(
      fc.property(output, fc.integer({ min: 1, max: 400 }), (text, size) => {
        const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const [with_, without] = [lent, rules].map(detector => redact(chunks, { detector: detector.fork() }));
        expect(with_?.bytes).toEqual(without?.bytes);
        expect(with_?.marks).toEqual(without?.marks);
      }),
      { numRuns: 300 },
    );
  });

  it('reads more than its window holds', () => {
    const text = Array.from({ length: 3000 }, (_, i) => `line ${i} of many done\r\n`).join('');
    const detector = createLineDetector(RedactionPolicy.parse({}));
    const taken = detector.takeLines?.(bytesOf(`${text}\x1b[32mgreen\x1b[m\r\nhalf a li`), 0, 80);
    expect(taken).toMatchObject({ end: text.length + 15, rows: 3001, lastReset: text.length + 10 });
    expect(detector.previousLine?.()).toBe('green');
  });
});

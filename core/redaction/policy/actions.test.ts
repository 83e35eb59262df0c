import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MaskMark, RedactionAction, RedactionPolicy } from '../../../contract/redaction.ts';
import { ENTITIES } from '../../../contract/redaction.ts';
import { createLineDetector } from '../detect/create-line-detector.ts';
import { parsePolicy } from '../policy.ts';
import { createRedactor } from '../stream/create-redactor.ts';

const TABLE = [
  ' id |       email        |        card         |     ssn     |  full_name   ',
  '----+--------------------+---------------------+-------------+--------------',
  '  1 | roman@example.com  | 4012 8888 8888 1881 | 078-05-1123 | Roman Zelený ',
  '  2 | olga@corp.ru       | 4012 8888 8888 1881 | 078-05-1123 | 山田 太郎    ',
  '(2 rows)',
  '',
].join('\r\n');
const bytes = new TextEncoder().encode(TABLE);

function redact(policy: RedactionPolicy, chunks: readonly Uint8Array[]) {
  const marks: MaskMark[] = [];
  const blocked: MaskMark[] = [];
  const redactor = createRedactor({
    cols: 100,
    rows: 24,
    policy,
    detector: createLineDetector(policy),
    tokenOf: value => `t${value.length}k2x7q4m`,
    onMask: mark => marks.push(mark),
    onBlock: mark => blocked.push(mark),
  });
  const out = [...chunks.map(chunk => redactor.write(chunk)), redactor.end()];
  const text = new TextDecoder().decode(Uint8Array.from(out.flatMap(piece => [...piece])));
  return { text, marks, blocked };
}

const every = (action: RedactionAction): RedactionPolicy =>
  parsePolicy({ entities: Object.fromEntries(ENTITIES.map(entity => [entity, action])) });
/** Where the bars of each line stand, in cells: `＊` takes two, as what it stands for. */
const bars = (text: string): readonly string[] =>
  text.split('\r\n').map(line => line.replace(/[＊\u3000-\u9fff]/g, 'ww').replace(/[^|]/gu, '.'));

describe('what a policy does to a table in the stream', () => {
  it.each(['mask', 'partial', 'token', 'block'] as const)('%s keeps every column where it was', action => {
    const { text, marks } = redact(every(action), [bytes]);
    expect(bars(text)).toEqual(bars(TABLE));
    expect(marks.length).toBeGreaterThanOrEqual(8);
    expect(new Set(marks.map(mark => mark.action))).toEqual(new Set([action]));
    expect(text).not.toMatch(/4012 8|078-05|Zelen|太郎/);
    expect(marks.every(mark => (mark.evidence?.length ?? 0) > 0)).toBe(true);
  });

  it('partial leaves what people know a value by', () => {
    const { text } = redact(every('partial'), [bytes]);
    expect(text).toContain('r••••@example.com');
    expect(text).toContain('**** **** **** 1881');
    expect(text).toContain('***-**-1123');
  });

  it('token shows equal values as equal ones, and its mark has the pseudonym', () => {
    const { text, marks } = redact(every('token'), [bytes]);
    const shown = text
      .split('\r\n')
      .slice(2, 4)
      .map(line => line.split('|')[3]);
    expect(shown[0]).toMatch(/T\d+K2X7/);
    expect(shown[0]).toBe(shown[1]);
    expect(marks.find(mark => mark.entity === 'ssn')?.token).toMatch(/^t\d+k2x7q4m$/);
  });

  it('allow passes the bytes as they came', () => {
    const { text, marks } = redact(parsePolicy({ default: 'allow' }), [bytes]);
    expect([text, marks]).toEqual([TABLE, []]);
  });

  it('block asks for a lock with each such value, and for nothing else', () => {
    const policy = parsePolicy({ entities: { ssn: 'block' } });
    const { blocked } = redact(policy, [bytes]);
    expect(blocked.map(mark => mark.entity)).toEqual(['ssn', 'ssn']);
    expect(redact(every('mask'), [bytes]).blocked).toEqual([]);
  });

  it('does the same however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('partial', 'token', 'block') as fc.Arbitrary<RedactionAction>,
        fc.array(fc.nat(bytes.length), { maxLength: 8 }),
        (action, cuts) => {
          const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
          const chunks = places.slice(1).map((to, i) => bytes.subarray(places[i], to));
          const whole = redact(every(action), [bytes]);
          const cut = redact(every(action), chunks);
          expect(cut.text.replaceAll(/\u001b\[\d*[CDG]|\u0008/g, '')).toBe(whole.text);
          expect(cut.marks.map(mark => mark.entity)).toEqual(whole.marks.map(mark => mark.entity));
        },
      ),
      { numRuns: 30 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { EXCLUDED } from './excluded.ts';
import { makeCase } from './fuzz-case.ts';
import { OPEN_LEAKS } from './open-leaks.ts';
import { createCaseRunner } from './run-case.ts';

/** A sample of `npm run fuzz` that is the same each time. */
const SEED = 20_261;
const CASES = 2_000;

describe('the redactor under a sample of the fuzzer', () => {
  it(`hides every value of ${CASES} cases and changes nothing else`, { timeout: 120_000 }, () => {
    const runner = createCaseRunner();
    const failures: string[] = [];
    let looked = 0;
    for (let index = 0; index < CASES; index++) {
      const fuzzCase = makeCase(SEED, index);
      if (EXCLUDED.some(each => each.applies(fuzzCase))) continue;
      looked += 1;
      const failure = runner.run(fuzzCase);
      if (failure === null || OPEN_LEAKS.some(each => each.applies(fuzzCase, failure))) continue;
      failures.push(
        `${fuzzCase.layout}, ${failure.entity}: ${failure.kind}: npm run fuzz -- --seed ${SEED} --case ${index}`,
      );
    }
    expect(looked).toBeGreaterThan(CASES * 0.9);
    expect(failures).toEqual([]);
  });

  it('sees a value that is not hidden', () => {
    const some = makeCase(SEED, 0);
    const [value] = some.values;
    if (value === undefined) throw new Error('a case without a value');
    // nothing that any policy would hide
    const text = 'Zebrawood77 Quince';
    const clear = { ...value, text };
    const part = { value: clear, from: 0, to: text.length, isNamed: true, isBroken: false };
    const shown = {
      ...some,
      arrival: 'whole' as const,
      values: [clear],
      pieces: [{ text: `${text}\r\n`, part }],
      hollow: [{ text: '\r\n', part: null }],
      cuts: [{ end: text.length + 2, isPaused: false }],
    };
    expect(createCaseRunner().run(shown)).toMatchObject({
      kind: 'leak',
      where: expect.stringContaining('Zebr'),
    });
  });
});

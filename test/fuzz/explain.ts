import type { Layout } from './layouts/layout.ts';
import { makeCase } from './fuzz-case.ts';
import { fragmentsOf } from './leaks.ts';
import type { CaseRunner } from './run-case.ts';
import { shrink, writesOf } from './shrink.ts';
import type { FuzzValue } from './scene.ts';

/** One case in words: what fails, and the smallest stream found that fails the same way. */
export function explain(
  which: { readonly seed: number; readonly index: number; readonly only: Layout | null },
  runner: CaseRunner,
): { readonly text: string; readonly isFailure: boolean } {
  const fuzzCase = makeCase(which.seed, which.index, which.only);
  const failure = runner.run(fuzzCase);
  if (failure === null)
    return {
      text: [`${fuzzCase.layout}, ${fuzzCase.arrival}: nothing fails`, ...writesOf(fuzzCase)].join('\n'),
      isFailure: false,
    };
  const small = shrink(fuzzCase, failure, runner);
  const where = runner.run(small)?.where ?? failure.where;
  const { value } = failure;
  const lines = [
    `${small.layout}, ${small.arrival}, ${small.size.cols}x${small.size.rows}: ${failure.kind} (${originOf(value, small.cuts.length, runner)})`,
    ...(value === null ? [] : [`${value.kind.name}: ${JSON.stringify(value.text)}`]),
    where,
    ...writesOf(small),
  ];
  return { text: lines.join('\n'), isFailure: true };
}

/** Whose business it is: a value that is not found behind its own name, a layout that is not read, or a stream that is cut. */
function originOf(value: FuzzValue | null, writes: number, { detector }: CaseRunner): string {
  if (value !== null) {
    const line = `${value.kind.label}: ${value.text}`;
    const found = detector.fork().findings(line, true);
    const masked = found.reduce(
      (text, { start, end }) => text.slice(0, start) + '•'.repeat(end - start) + text.slice(end),
      line,
    );
    const left = masked.slice(value.kind.label.length);
    if (fragmentsOf(value.text).some(fragment => left.includes(fragment)))
      return 'detector: not found behind its name';
  }
  return writes > 1 ? 'stream: only when it is cut so' : 'structure: also in one write';
}

import type { Exclusion } from './excluded.ts';
import type { FuzzResult } from './fuzz-run.ts';

const SHOWN_GROUPS = 60;

/** The result for people. */
export function printSummary(result: FuzzResult, excluded: readonly Exclusion[]): string {
  const { seed, cases, seconds, failures } = result;
  const failed = failures.reduce((sum, group) => sum + group.count, 0);
  const lines = [
    ...table('layout', result.byLayout),
    '',
    ...table('entity', result.byEntity),
    '',
    ...(failures.length === 0 ? [] : ['failures, most frequent first:']),
    ...failures.slice(0, SHOWN_GROUPS).map(group => {
      const arrivals = Object.entries(group.arrivals).map(([name, count]) => `${name} ${count}`);
      return `  ${group.count} × ${group.layout}, ${group.entity}: ${group.kind} (${arrivals.join(', ')})\n      ${group.reproduce}`;
    }),
    ...(failures.length > SHOWN_GROUPS ? [`  … and ${failures.length - SHOWN_GROUPS} more kinds`] : []),
    ...excluded.map(({ name, reason }) => `excluded: ${name} (${result.excluded[name] ?? 0}): ${reason}`),
    `${cases} cases, seed ${seed}: ${failed} failed, in ${seconds} s (${Math.round(cases / Math.max(seconds, 0.001))} a second)`,
  ];
  return `${lines.join('\n')}\n`;
}

function table(title: string, tally: FuzzResult['byLayout']): string[] {
  const row = (name: string, cases: string, failures: string): string =>
    `${name.padEnd(26)}${cases.padStart(8)}${failures.padStart(10)}`;
  return [
    row(title, 'cases', 'failed'),
    ...Object.entries(tally).map(([name, { cases, failures }]) => row(name, String(cases), String(failures))),
  ];
}

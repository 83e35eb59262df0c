import type { Layout } from './layouts/layout.ts';
import { EXCLUDED } from './excluded.ts';
import type { Arrival } from './fuzz-case.ts';
import { makeCase } from './fuzz-case.ts';
import type { CaseRunner, Failure } from './run-case.ts';

/** One kind of failure, and the first case that showed it. */
export interface FailureGroup {
  readonly layout: string;
  readonly kind: Failure['kind'];
  readonly entity: string;
  readonly count: number;
  readonly arrivals: Readonly<Partial<Record<Arrival, number>>>;
  readonly firstCase: number;
  readonly where: string;
  readonly reproduce: string;
}

export interface FuzzResult {
  readonly seed: number;
  readonly cases: number;
  readonly excluded: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly byLayout: Readonly<Record<string, { readonly cases: number; readonly failures: number }>>;
  readonly byEntity: Readonly<Record<string, { readonly cases: number; readonly failures: number }>>;
  /** most frequent first */
  readonly failures: readonly FailureGroup[];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly cases: number;
  /** null: every layout in its turn */
  readonly only: Layout | null;
  readonly runner: CaseRunner;
}

type Tally = Record<string, { cases: number; failures: number }>;

export function fuzz({ seed, cases, only, runner }: FuzzOptions): FuzzResult {
  const groups = new Map<string, FailureGroup>();
  const byLayout: Tally = {};
  const byEntity: Tally = {};
  const excluded: Record<string, number> = {};
  const startedMs = performance.now();
  for (let index = 0; index < cases; index++) {
    const fuzzCase = makeCase(seed, index, only);
    const exclusion = EXCLUDED.find(each => each.applies(fuzzCase));
    if (exclusion !== undefined) {
      excluded[exclusion.name] = (excluded[exclusion.name] ?? 0) + 1;
      continue;
    }
    const failure = runner.run(fuzzCase);
    const { layout, arrival } = fuzzCase;
    count(byLayout, layout, failure !== null);
    for (const entity of new Set(fuzzCase.values.map(value => value.kind.name)))
      count(byEntity, entity, failure?.entity === entity);
    if (failure === null) continue;
    const { kind, entity, where } = failure;
    const key = [layout, kind, entity].join(' ');
    const group = groups.get(key);
    groups.set(key, {
      layout,
      kind,
      entity,
      count: (group?.count ?? 0) + 1,
      arrivals: { ...group?.arrivals, [arrival]: (group?.arrivals[arrival] ?? 0) + 1 },
      firstCase: group?.firstCase ?? index,
      where: group?.where ?? where,
      reproduce: group?.reproduce ?? reproduction({ seed, index, only }),
    });
  }
  const seconds = Number(((performance.now() - startedMs) / 1000).toFixed(1));
  const failures = [...groups.values()].sort((a, b) => b.count - a.count);
  return { seed, cases, excluded, seconds, byLayout, byEntity, failures };
}

function reproduction({ seed, index, only }: { seed: number; index: number; only: Layout | null }): string {
  return `npm run fuzz -- --seed ${seed} --case ${index}${only === null ? '' : ` --only ${only.name}`}`;
}

function count(tally: Tally, name: string, isFailure: boolean): void {
  const entry = (tally[name] ??= { cases: 0, failures: 0 });
  entry.cases += 1;
  if (isFailure) entry.failures += 1;
}

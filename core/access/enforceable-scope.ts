import type { ExposureBudget, GrantScope, TargetKind } from '../../contract/grant.ts';
import { canBeReadOnly } from './read-only.ts';

type Limit = Exclude<keyof GrantScope, 'readOnly'>;

/** Which lists of a scope a client can hold a session to, by the kind of its target (docs/scopes.md says how, and what stays unseen). */
const ENFORCED: Readonly<Record<TargetKind, readonly Limit[]>> = {
  postgres: ['allowTables', 'denyTables', 'denyColumns', 'denyCommands'],
  // Which tables a statement reads needs its grammar; that a name is not in it needs only its words.
  mysql: ['denyTables', 'denyColumns', 'denyCommands'],
  redis: ['denyCommands'],
  // A shell runs what it is told in too many ways to be held to a list of names.
  ssh: [],
  local: [],
};
const LIMITS: readonly Limit[] = ['allowTables', 'denyTables', 'denyColumns', 'denyCommands'];

/** The first limit that nothing here can hold a session to, in words; null where there is none. */
export function unenforceableLimit(
  kind: TargetKind,
  { scope, budget }: { readonly scope: GrantScope; readonly budget: ExposureBudget },
): string | null {
  const limit = LIMITS.find(name => scope[name].length > 0 && !ENFORCED[kind].includes(name));
  if (limit !== undefined) return `${limit} for a target of kind "${kind}"`;
  // Only the PostgreSQL proxy reads how many rows a statement returned.
  if (budget.rowsPerStatement !== null && kind !== 'postgres')
    return `rowsPerStatement for a target of kind "${kind}"`;
  return scope.readOnly && !canBeReadOnly(kind) ? 'readOnly for a shell' : null;
}

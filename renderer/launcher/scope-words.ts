import type { GrantScope } from '../../contract/grant.ts';

/** What a scope keeps out, in sentences; null where it keeps nothing out. */
export function scopeWords(scope: GrantScope): string | null {
  const sentence = (before: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${before} ${names.join(', ')}.`];
  const words = [
    ...(scope.readOnly ? ['Read-only.'] : []),
    ...sentence('Only the tables', scope.allowTables),
    ...sentence('Without the tables', scope.denyTables),
    ...sentence('Without the columns', scope.denyColumns),
    ...sentence('Without the commands', scope.denyCommands),
  ];
  return words.length === 0 ? null : words.join(' ');
}

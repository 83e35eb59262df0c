import type { GrantScope } from '../../contract/grant.ts';
import { t } from '../texts/t.ts';

/** What a scope keeps out, in sentences; null where it keeps nothing out. */
export function scopeWords(scope: GrantScope): string | null {
  const sentence = (say: (names: string) => string, names: readonly string[]) =>
    names.length === 0 ? [] : [say(names.join(', '))];
  const words = [
    ...(scope.readOnly ? [t.launcher.scopeReadOnly] : []),
    ...sentence(t.launcher.onlyTables, scope.allowTables),
    ...sentence(t.launcher.withoutTables, scope.denyTables),
    ...sentence(t.launcher.withoutColumns, scope.denyColumns),
    ...sentence(t.launcher.withoutCommands, scope.denyCommands),
  ];
  return words.length === 0 ? null : words.join(' ');
}

/** Databases refuse what writes; nothing can hold a shell to reading. `kind` is that of a target (`GrantTarget`). */
export function canBeReadOnly(kind: string): boolean {
  return kind !== 'local' && kind !== 'ssh';
}

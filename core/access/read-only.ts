/** Databases refuse what writes; nothing can hold a shell to reading. `kind` is that of a target (`GrantTarget`). */
export function canBeReadOnly(kind: string): boolean {
  return kind !== 'local' && kind !== 'ssh';
}

/** Who holds a session to reading, for whoever grants or asks for it. */
export function readOnlyWords({ makesRoles }: { readonly makesRoles: boolean }): string {
  return makesRoles
    ? 'Held by the database: the role of the grant may read and nothing else.'
    : 'Held by Sallyport: the session sends nothing that writes. What the login itself may do on the target stays as it is.';
}

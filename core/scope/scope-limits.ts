import type { GrantScope } from '../../contract/grant.ts';
import { matchesPattern } from '../name-pattern.ts';

/** Whether a scope holds a client to tables, columns or commands. */
export function hasNameLimits(scope: GrantScope): boolean {
  return hasTableLimits(scope) || scope.denyCommands.length > 0;
}

/** Whether statements have to be looked at before they are sent: for names, or for what would end a read-only session's being so. */
export function hasStatementLimits(scope: GrantScope): boolean {
  return hasNameLimits(scope) || scope.readOnly;
}

export function hasTableLimits({ allowTables, denyTables, denyColumns }: GrantScope): boolean {
  return allowTables.length > 0 || denyTables.length > 0 || denyColumns.length > 0;
}

/** A table as a statement names it; `schema` null where it names none. */
export interface TableName {
  readonly schema: string | null;
  readonly table: string;
}

/**
 * A pattern without a schema denies the table in every schema; one with a schema also a name that leaves it out, unless it denies the whole
 * schema (`hr.*`): where a search path leads is not seen.
 */
export function isDeniedTable({ denyTables }: Pick<GrantScope, 'denyTables'>, name: TableName): boolean {
  return denyTables.some(pattern => {
    const wanted = splitTable(pattern);
    return (
      fits(wanted.table, name.table) &&
      (wanted.schema === null ||
        (name.schema === null ? wanted.table !== '*' : fits(wanted.schema, name.schema)))
    );
  });
}

/** A pattern without a schema allows the table where no schema is named, or the usual one; nothing allowed by name allows everything. */
export function isAllowedTable(
  { allowTables }: Pick<GrantScope, 'allowTables'>,
  name: TableName,
  usualSchema: string,
): boolean {
  if (allowTables.length === 0) return true;
  return allowTables.some(pattern => {
    const wanted = splitTable(pattern);
    if (!fits(wanted.table, name.table)) return false;
    if (wanted.schema === null)
      return name.schema === null || name.schema.toLowerCase() === usualSchema.toLowerCase();
    return name.schema !== null && fits(wanted.schema, name.schema);
  });
}

/** `table` null: the column of every table. */
export interface DeniedColumn {
  readonly table: string | null;
  readonly column: string;
}

/** `iban`, `customers.iban` or `shop.customers.iban`, of which the schema is not looked at: the column is denied in every one. */
export function deniedColumns({ denyColumns }: Pick<GrantScope, 'denyColumns'>): DeniedColumn[] {
  return denyColumns.map(text => {
    const parts = text.split('.');
    return { table: parts.at(-2) ?? null, column: parts.at(-1) ?? '' };
  });
}

/** Whether a name is the one that a pattern says, in whatever case: stricter than databases, which may tell cases apart. */
export function fits(pattern: string, name: string): boolean {
  return matchesPattern(pattern.toLowerCase(), name.toLowerCase());
}

function splitTable(pattern: string): TableName {
  const dot = pattern.lastIndexOf('.');
  return dot < 0
    ? { schema: null, table: pattern }
    : { schema: pattern.slice(0, dot), table: pattern.slice(dot + 1) };
}

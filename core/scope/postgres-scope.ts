import type { GrantScope } from '../../contract/grant.ts';
import {
  CHECKED_FUNCTIONS,
  HARMLESS_SETTINGS,
  HIDDEN_CATALOGUE,
  LIFTING_FUNCTIONS,
  READING_SETTINGS,
  ROW_FUNCTIONS,
} from './postgres-functions.ts';
import { REFUSED } from './refusals.ts';
import type { DeniedColumn, TableName } from './scope-limits.ts';
import {
  deniedColumns,
  fits,
  hasNameLimits,
  hasTableLimits,
  isAllowedTable,
  isDeniedTable,
} from './scope-limits.ts';

/** A piece of the tree that PostgreSQL's own parser makes (libpg_query, JSON form): the node's type is the key of its object. */
type Tree = Readonly<Record<string, unknown>>;
/** Names of common table expressions that are known at a place. */
type Known = ReadonlySet<string>;

/** What can be checked wholly where tables or columns are limited. */
const CHECKED_STATEMENTS: ReadonlySet<string> = new Set(
  (
    'SelectStmt InsertStmt UpdateStmt DeleteStmt MergeStmt ExplainStmt DeclareCursorStmt FetchStmt ClosePortalStmt ' +
    'TransactionStmt VariableShowStmt VariableSetStmt CopyStmt PrepareStmt ExecuteStmt DeallocateStmt'
  ).split(' '),
);
/** What can run anything, and so hide a denied command. */
const HIDING_STATEMENTS: ReadonlySet<string> = new Set(
  (
    'DoStmt CallStmt CreateFunctionStmt AlterFunctionStmt CreateTrigStmt CreateEventTrigStmt RuleStmt LoadStmt ' +
    'CreateExtensionStmt CreatePLangStmt CreateFdwStmt ImportForeignSchemaStmt AlterSystemStmt ViewStmt'
  ).split(' '),
);
const WRITING_STATEMENTS: ReadonlySet<string> = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
]);

/**
 * Why statements must not be sent under a scope, or null where they may. `tree`: what libpg_query made of one message; `textOf`: a piece of that message's text; null reaches to its end. Whatever
 * cannot be judged from the text alone (functions that are not known, statements that run others) is refused. What the text does not show
 * stays unseen: a view or a partition is another name.
 */
export function postgresRefusal(
  tree: unknown,
  scope: GrantScope,
  textOf: (startByte: number, byteLength: number | null) => string,
): string | null {
  const statements = isTree(tree) && Array.isArray(tree['stmts']) ? (tree['stmts'] as unknown[]) : null;
  if (statements === null) return REFUSED.unreadable('the parser made nothing of it');
  for (const statement of statements) {
    if (!isTree(statement)) return REFUSED.unreadable('the parser made nothing of it');
    const { stmt_location: start, stmt_len: length } = statement;
    const text = textOf(typeof start === 'number' ? start : 0, typeof length === 'number' ? length : null);
    const refusal = new StatementCheck(scope).run(statement['stmt'], text);
    if (refusal !== null) return refusal;
  }
  return null;
}

class Refused extends Error {}

class StatementCheck {
  readonly #scope: GrantScope;
  readonly #columns: readonly DeniedColumn[];
  readonly #isFenced: boolean;
  /** else read-only is all that there is to hold it to */
  readonly #hasNames: boolean;
  /** of tables and their aliases: a column of that name may be the whole row */
  readonly #rowNames = new Set<string>();
  readonly #tables: TableName[] = [];
  readonly #names = new Set<string>();
  readonly #plainNames = new Set<string>();
  #readsEveryColumn = false;

  constructor(scope: GrantScope) {
    this.#scope = scope;
    this.#columns = deniedColumns(scope);
    this.#isFenced = hasTableLimits(scope);
    this.#hasNames = hasNameLimits(scope);
  }

  run(statement: unknown, text: string): string | null {
    try {
      this.#checkCommand(text);
      this.#walk(statement, new Set());
      this.#checkColumns();
      return null;
    } catch (error) {
      if (error instanceof Refused) return error.message;
      throw error;
    }
  }

  #walk(node: unknown, known: Known): void {
    if (Array.isArray(node)) {
      for (const each of node as unknown[]) this.#walk(each, known);
      return;
    }
    if (!isTree(node)) return;
    const within = isTree(node['withClause']) ? this.#commonTables(node['withClause'], known) : known;
    if (typeof node['relname'] === 'string') this.#table(node, node['relname'], within);
    for (const [key, value] of Object.entries(node)) {
      if (key === 'withClause' || key === 'A_Const' || key === 'TypeName') continue;
      // What is written to is a table, whatever a common table expression is called.
      const names = key === 'relation' ? NONE : within;
      if (!isTree(value)) this.#walk(value, within);
      else this.#typed(key, value, names);
    }
  }

  /** A node with its type, or a field that holds one node. */
  #typed(type: string, node: Tree, known: Known): void {
    // A type begins with a capital; a field that holds one (`selectStmt`) does not.
    if (/^[A-Z].*Stmt$/.test(type)) this.#statement(type, node);
    switch (type) {
      case 'FuncCall':
        this.#function(node);
        return this.#walk({ ...node, funcname: null }, known);
      case 'ColumnRef':
        this.#column(node);
        break;
      case 'A_Star':
        this.#readsEveryColumn = true;
        break;
      case 'String':
        if (typeof node['sval'] === 'string') this.#name(node['sval']);
        break;
      case 'ResTarget':
        if (typeof node['name'] === 'string') this.#names.add(node['name'].toLowerCase());
        break;
      case 'JoinExpr':
        if (this.#columns.length > 0 && (node['isNatural'] === true || hasColumnNames(node)))
          throw new Refused(REFUSED.renamedColumns);
        break;
      default:
    }
    this.#walk(node, known);
  }

  #statement(type: string, node: Tree): void {
    const { denyCommands, readOnly } = this.#scope;
    if (this.#isFenced ? !CHECKED_STATEMENTS.has(type) : HIDING_STATEMENTS.has(type))
      throw new Refused(REFUSED.statement(words(type)));
    const denied = denyCommands.find(command => command.trim().toUpperCase() === words(type));
    if (denied !== undefined) throw new Refused(REFUSED.command(denied));
    if (readOnly && WRITING_STATEMENTS.has(type)) throw new Refused(REFUSED.writes);
    if (this.#isFenced && node['intoClause'] !== undefined)
      throw new Refused(REFUSED.statement('SELECT … INTO'));
    if (type === 'VariableSetStmt') this.#setting(node);
    if (type === 'CopyStmt') this.#copy(node);
    if (type === 'TransactionStmt' && readOnly && asksToWrite(node)) throw new Refused(REFUSED.writes);
  }

  #setting(node: Tree): void {
    const name = typeof node['name'] === 'string' ? node['name'].toLowerCase() : '';
    const isTransaction = node['kind'] === 'VAR_SET_MULTI' && name.endsWith('transaction');
    if (this.#scope.readOnly && (name.endsWith('transaction_read_only') || asksToWrite(node)))
      throw new Refused(REFUSED.writes);
    const mayChange = this.#hasNames ? HARMLESS_SETTINGS.has(name) : !READING_SETTINGS.has(name);
    if (!isTransaction && !mayChange) throw new Refused(REFUSED.setting(name || 'ALL'));
  }

  #copy(node: Tree): void {
    if (node['is_program'] === true || node['filename'] !== undefined)
      throw new Refused(REFUSED.statement('COPY to or from the server’s files or programs'));
    if (node['is_from'] === true && this.#scope.readOnly) throw new Refused(REFUSED.writes);
    if (node['is_from'] !== true && node['query'] === undefined && node['attlist'] === undefined)
      this.#readsEveryColumn = true;
  }

  #function(node: Tree): void {
    const parts = strings(node['funcname']);
    const name = parts.at(-1) ?? '';
    if (!this.#hasNames) {
      if (LIFTING_FUNCTIONS.has(name)) throw new Refused(REFUSED.function(parts.join('.')));
      return;
    }
    const isBuiltIn = parts.length === 1 || (parts.length === 2 && parts[0] === 'pg_catalog');
    if (!isBuiltIn || !CHECKED_FUNCTIONS.has(name)) throw new Refused(REFUSED.function(parts.join('.')));
  }

  #column(node: Tree): void {
    const fields = Array.isArray(node['fields']) ? (node['fields'] as unknown[]) : [];
    const names = strings(fields);
    const [only] = names;
    if (fields.length === 1 && only !== undefined) this.#plainNames.add(only.toLowerCase());
  }

  #name(text: string): void {
    this.#names.add(text.toLowerCase());
    // Behind a dot it takes a row (A_Indirection); elsewhere the name of a column that is called like that.
    if (ROW_FUNCTIONS.has(text.toLowerCase()) && this.#columns.length > 0) this.#readsEveryColumn = true;
  }

  #table(node: Tree, table: string, known: Known): void {
    const schema = typeof node['schemaname'] === 'string' ? node['schemaname'] : null;
    const alias = isTree(node['alias']) ? node['alias'] : null;
    if (!this.#hasNames || (schema === null && known.has(table))) return;
    if (isCatalogue(schema, table)) {
      if (HIDDEN_CATALOGUE.has(table) || (schema !== null && !USUAL_CATALOGUES.has(schema)))
        throw new Refused(REFUSED.table(fullName({ schema, table })));
      return;
    }
    const name = { schema, table };
    if (isDeniedTable(this.#scope, name) || !isAllowedTable(this.#scope, name, 'public'))
      throw new Refused(REFUSED.table(fullName(name)));
    this.#tables.push(name);
    this.#rowNames.add(table.toLowerCase());
    if (typeof alias?.['aliasname'] === 'string') this.#rowNames.add(alias['aliasname'].toLowerCase());
    if (this.#columns.length > 0 && hasColumnNames(node)) throw new Refused(REFUSED.renamedColumns);
  }

  /** Reads the expressions in their order: without RECURSIVE, one knows those before it only. */
  #commonTables(clause: Tree, known: Known): Known {
    const expressions = (Array.isArray(clause['ctes']) ? (clause['ctes'] as unknown[]) : []).flatMap(each => {
      const cte = isTree(each) ? each['CommonTableExpr'] : undefined;
      return isTree(cte) ? [cte] : [];
    });
    const all = new Set(known);
    const nameOf = (cte: Tree) => (typeof cte['ctename'] === 'string' ? cte['ctename'] : '');
    if (clause['recursive'] === true) for (const cte of expressions) all.add(nameOf(cte));
    for (const cte of expressions) {
      this.#walk(cte, new Set(all));
      all.add(nameOf(cte));
    }
    return all;
  }

  #checkColumns(): void {
    const isWholeRow = this.#readsEveryColumn || [...this.#plainNames].some(name => this.#rowNames.has(name));
    for (const { table, column } of this.#columns) {
      const concerned =
        table === null ? this.#tables.length > 0 : this.#tables.some(each => fits(table, each.table));
      if (!concerned) continue;
      const shown = table === null ? column : `${table}.${column}`;
      if ([...this.#names].some(name => fits(column, name))) throw new Refused(REFUSED.column(shown));
      if (isWholeRow) throw new Refused(REFUSED.everyColumn(shown));
    }
  }

  #checkCommand(text: string): void {
    const denied = this.#scope.denyCommands.find(command => beginsWith(text, command));
    if (denied !== undefined) throw new Refused(REFUSED.command(denied));
  }
}

/** `READ WRITE` among the modes of a transaction; `READ ONLY` asks for what is so already. */
function asksToWrite(node: unknown): boolean {
  if (Array.isArray(node)) return (node as unknown[]).some(asksToWrite);
  if (!isTree(node)) return false;
  const { defname, arg } = node;
  if (defname === 'transaction_read_only') return !JSON.stringify(arg ?? null).includes('"ival":1');
  return Object.values(node).some(asksToWrite);
}

const NONE: Known = new Set();
const USUAL_CATALOGUES: ReadonlySet<string> = new Set(['pg_catalog', 'information_schema']);

/** PostgreSQL looks into pg_catalog first, and lets nobody else begin a schema's name with `pg_`. */
function isCatalogue(schema: string | null, table: string): boolean {
  return schema === null
    ? table.startsWith('pg_')
    : schema === 'information_schema' || schema.startsWith('pg_');
}

/** `DROP TABLE` of `drop  table x`: whole words, whatever comments and blanks come before and between. */
function beginsWith(text: string, command: string): boolean {
  const plain = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  const said = plain.trim().toUpperCase().split(/\s+/);
  const wanted = command.trim().toUpperCase().split(/\s+/);
  return wanted.every((word, index) => said[index]?.replace(/[;(].*$/, '') === word);
}

/** `AlterTableStmt` is `ALTER TABLE`. */
function words(type: string): string {
  return type
    .replace(/Stmt$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}

function hasColumnNames(node: Tree): boolean {
  return isTree(node['alias']) && Array.isArray(node['alias']['colnames']);
}

function strings(list: unknown): string[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap(each => {
    const inner = isTree(each) ? each['String'] : undefined;
    return isTree(inner) && typeof inner['sval'] === 'string' ? [inner['sval']] : [];
  });
}

function fullName({ schema, table }: TableName): string {
  return schema === null ? table : `${schema}.${table}`;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

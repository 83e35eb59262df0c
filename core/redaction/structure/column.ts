import type { Entity, Finding } from '../../../contract/redaction.ts';
import type { Hit } from '../detect/detector.ts';
import type { KeyNames } from '../detect/context/key-names.ts';
import { wordsOf } from '../detect/context/key-names.ts';
import { isNothing } from '../detect/context/named-value.ts';

/** A column of a table: what its header says, and how many of its cells verified as something. */
export interface Column {
  readonly name: string;
  readonly entity: Entity | null;
  readonly rows: number;
  readonly verified: number;
  readonly vote: Entity | null;
}

/** A piece of a line that is one cell of a column; `isOpen` while the line may go on inside it. */
export interface Cell {
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly isOpen: boolean;
}

/** A line read as a row of a table. */
export interface TableRow {
  readonly cells: readonly Cell[];
  readonly columns: readonly Column[];
}

const VOTING_ROWS = 5;
const VOTING_SHARE = 0.8;
/** With another personal column beside it, a plain `name` is a person's. */
const NOT_PERSONS = new Set(
  'user,host,file,table,db,database,schema,column,index,role,group,domain,product,company,service,app,application,bucket,display,type,event,job,task,node,pod,container,image,namespace,key,class,method,process,country,city,state,currency,plan,bank,department,team,project,server,cluster,policy,rule,metric,sys,login,nick,screen,code'.split(
    ',',
  ),
);
const PERSON_NAMES = new Set(
  'name,names,nom,nombre,nome,naam,namn,nimi,imię i nazwisko,customer,employee,owner,holder,contact,recipient,beneficiary'.split(
    ',',
  ),
);

/**
 * Stands for a column's name of which an edge of the screen has left too little: nobody knows what is in it. A character of the private
 * area, so that no table has it.
 */
export const CUT_NAME = '\ue000';

/** Stands for a name of which nothing is left at an edge: psql prints no empty one. Of its cells those are hidden that look like a value or its end. */
export const EMPTY_NAME = '\ue001';
const CUT_NAMES = new Set([CUT_NAME, EMPTY_NAME]);
/** Letters and digits mixed, or digits in groups; no amount, date, time or version. */
const PART_OF_VALUE =
  /^(?![\d.,:]*$|\d{4}-\d\d-\d\d)(?=[^A-Za-z]*[A-Za-z]|\d{1,5}[ -]\d)(?=(?:\D*\d){2})(?=(?:[^A-Za-z\d]*[A-Za-z\d]){4})[\w @.+/=-]+$/;

/** Columns of which nobody needs to see the whole cell to know that nothing personal is in it. */
const HARMLESS =
  /^(?:is|has)_\w+$|(?:^|_)(?:id|city|town|country|state|region|status|plan|tier|amount|price|total|balance|currency|quantity|qty|count|size|type|kind|category|version|level|priority|language|locale|timezone|active|enabled|at|on|date|time|year|month|duration|score|rating)$/i;

/**
 * Whether a cell of a header that an edge has cut off shows a whole name that is known to be harmless: blanks stand between it and the edge, as
 * between no two words.
 */
export function isToldHarmless(cell: string, edge: 'left' | 'right'): boolean {
  const isWhole = edge === 'left' ? /^ {2,}\S/.test(cell) : /\S {2,}$/.test(cell);
  return isWhole && HARMLESS.test(cell.trim());
}

/** Columns from header cells. */
export function columnsOf(headers: readonly string[], names: KeyNames): readonly Column[] {
  const entities = headers.map(header => (CUT_NAMES.has(header) ? 'named-column' : names.entityOf(header)));
  const isPersonal =
    entities.some((entity, i) => entity !== null && headers[i] !== EMPTY_NAME) || isOfPeople(headers);
  return headers.map((name, i) => ({
    name: name.slice(0, 64),
    entity: entities[i] ?? (isPersonal ? entityBesideOthers(name) : null),
    rows: 0,
    verified: 0,
    vote: null,
  }));
}

/** The column of a table of keys and values that holds the values; -1 where it is none: `Field | Value`, `Variable_name  Value`. */
export function valueColumn(columns: readonly Column[]): number {
  const first = columns[0]?.name ?? '';
  if (
    columns.length < 2 ||
    !/^(?:key|name|field|property|attribute|variable(?:_name)?|option|parameter)$/i.test(first)
  )
    return -1;
  return columns.findIndex(({ name }, i) => i > 0 && /^(?:values?|setting)$/i.test(name));
}

export const nameless = (count: number): readonly Column[] =>
  Array.from({ length: count }, () => ({ name: '', entity: null, rows: 0, verified: 0, vote: null }));

/** `name,address,card`: words that each have another meaning, and none together. */
function isOfPeople(headers: readonly string[]): boolean {
  const words = new Set(headers.map(header => wordsOf(header).join(' ')));
  return words.has('name') && words.has('address') && WITH_PEOPLE.some(word => words.has(word));
}

const WITH_PEOPLE = 'card,city,town,zip,postcode,post code,birthday,age,gender,sex,company,mobile'.split(',');

function entityBesideOthers(name: string): Entity | null {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (isAddressName(name)) return 'address';
  if (!PERSON_NAMES.has(last)) return null;
  return words.length > 1 && NOT_PERSONS.has(words[0] ?? '') ? null : 'person';
}

function isAddressName(name: string): boolean {
  return /^(?:address|addr|adresse)$/.test(wordsOf(name).join(' '));
}

/** What hides the cells of the column; null if nothing does. */
export function hiddenAs(column: Column | undefined): { entity: Entity; rule: string; why: string } | null {
  if (column === undefined) return null;
  if (column.entity !== null) {
    const why = CUT_NAMES.has(column.name) ? 'a name that the edge cut off' : `column "${column.name}"`;
    return { entity: column.entity, rule: `${column.entity}.column`, why };
  }
  // the name says it, and one cell is one: lines of such a value that psql prints below each other are no addresses by themselves
  const isSaid = column.vote === 'address' && column.verified > 0 && isAddressName(column.name);
  if (isSaid) return { entity: 'address', rule: 'address.column', why: `column "${column.name}"` };
  const isElected =
    column.vote !== null && column.rows >= VOTING_ROWS && column.verified >= column.rows * VOTING_SHARE;
  return isElected && column.vote !== null
    ? { entity: column.vote, rule: `${column.vote}.column-vote`, why: 'most cells above verify' }
    : null;
}

/** Claims for the cells of hidden columns; the padding around a value is not part of it. */
export function hitsOf(line: string, row: TableRow, isComplete: boolean): readonly Hit[] {
  const { cells, columns } = row;
  const hits: Hit[] = [];
  for (const cell of cells) {
    const hidden = hiddenAs(columns[cell.column]);
    if (hidden === null) continue;
    const span = trimmed(line, cell.start, cell.end);
    if (span === null || isSign(line, span)) continue;
    if ((isComplete || !cell.isOpen) && isNothing(line.slice(span.start, span.end))) continue;
    const isCut = columns[cell.column]?.name === EMPTY_NAME;
    if (isCut && !PART_OF_VALUE.test(line.slice(span.start, span.end))) continue;
    const isAddress = hidden.entity === 'address';
    if (isAddress && isOfNetwork(line.slice(span.start, span.end), columns[cell.column]?.name ?? ''))
      continue;
    hits.push({ entity: hidden.entity, ...span, score: 0.9, rule: hidden.rule, evidence: [hidden.why] });
  }
  return hits;
}

/** An address of a network or in memory under `address`; digits alone are a post code where the name is another one. */
function isOfNetwork(value: string, name: string): boolean {
  if (/^\d+$/.test(value)) return /^addr/.test(wordsOf(name).at(-1) ?? '');
  return /^(0x[0-9a-f]+|[\d.]+(:\d+)?|[0-9a-f:]*::?[0-9a-f:]*|localhost)(\/\d+)?$/i.test(value);
}

/** A pager's prompt where the first cell of a row would stand, a mark for a cell that is cut: nobody's value is so short and without letters. */
function isSign(line: string, { start, end }: { start: number; end: number }): boolean {
  return end - start < 4 && !/[\p{L}\p{N}]/u.test(line.slice(start, end));
}

export function trimmed(line: string, start: number, end: number): { start: number; end: number } | null {
  let from = start;
  let to = end;
  while (from < to && isBlank(line.charCodeAt(from))) from++;
  while (to > from && (isBlank(line.charCodeAt(to - 1)) || line.charCodeAt(to - 1) === 0x0d)) to--;
  return from < to ? { start: from, end: to } : null;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Whether `hitsOf` would claim a cell of any row. */
export function hidesAny(columns: readonly Column[]): boolean {
  return columns.some(
    column => column.entity !== null || (column.vote !== null && hiddenAs(column) !== null),
  );
}

/** Counts which cells of a complete row are one finding from end to end, so that a column without a name can be told by its contents. */
export function voted(
  columns: readonly Column[],
  row: { readonly line: string; readonly cells: readonly Cell[] },
  findings: readonly Finding[],
): readonly Column[] {
  const next = [...columns];
  for (const cell of row.cells) {
    const column = next[cell.column];
    const whole = trimmed(row.line, cell.start, cell.end);
    // psql's mark: the cell goes on in the line below
    const isMarked = whole !== null && row.line.startsWith(' +', whole.end - 2);
    const span = isMarked ? trimmed(row.line, whole.start, whole.end - 1) : whole;
    if (
      column === undefined ||
      column.entity !== null ||
      span === null ||
      isNothing(row.line.slice(span.start, span.end))
    )
      continue;
    const finding =
      findings.length === 0
        ? undefined
        : findings.find(
            each =>
              each.start <= span.start + 1 && each.end >= span.end - 1 && !each.rule.endsWith('.column-vote'),
          );
    const isElected = finding === undefined && column.vote !== null && hiddenAs(column) !== null;
    next[cell.column] = {
      name: column.name,
      entity: null,
      rows: column.rows + 1,
      // An elected column stays elected: its cells are masked now, and what is in them no longer counts against it.
      verified: column.verified + (finding !== undefined || isElected ? 1 : 0),
      vote: finding?.entity ?? column.vote,
    };
  }
  return next;
}

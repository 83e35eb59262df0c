import type { SyntheticPerson } from '../synthetic-people.ts';
import type { HiddenValue } from './count-leaks.ts';
import { countLeaks } from './count-leaks.ts';

/** How the story looks at many people on one terminal: what to type, and where each person's row is found again. */
export interface RowView {
  readonly command: string;
  /** shown when the last row has been */
  readonly done: RegExp;
  /** the row of a person: its first group holds the fields after what names the person */
  rowOf(person: SyntheticPerson): RegExp;
  /** between two fields */
  readonly separator: RegExp;
  /** the values of a row, in the order of its fields; null where a field hides nothing */
  hidden(person: SyntheticPerson): (HiddenValue | null)[];
}

const SHOWN = 60;

/** psql, aligned output, five hidden columns. */
export const CUSTOMER_ROWS: RowView = {
  command: [
    '\\pset pager off',
    `SELECT c.id, email, phone, national_id, card_number, iban FROM customers c JOIN payments p ON p.customer_id = c.id ORDER BY c.id LIMIT ${SHOWN};\n`,
  ].join('\n'),
  done: new RegExp(`\\(${SHOWN} rows\\)`),
  rowOf: person => new RegExp(`^\\s*${person.id} \\|(.*)$`, 'm'),
  separator: /\|/,
  hidden: person => [
    { value: person.email, kind: 'email' },
    { value: person.phone, kind: 'number' },
    { value: person.national_id, kind: 'whole' },
    { value: person.card_number, kind: 'number' },
    ibanOf(person),
  ],
};

/** An application's log: values after keys, in free lines. */
export const LOG_ROWS: RowView = {
  command: `head -n ${SHOWN} "$DEMO_FILES/app.log"; echo log is over\n`,
  done: /^log is over/m,
  rowOf: person => new RegExp(`order=${100_000 + person.id} (.*) took=`, 'm'),
  separator: / (?=phone=)/,
  hidden: person => [
    { value: person.email, kind: 'email' },
    { value: person.phone, kind: 'number' },
  ],
};

/** A CSV file with a header. */
export const CSV_ROWS: RowView = {
  command: `head -n ${SHOWN + 1} "$HOME/export.csv"; echo export is over\n`,
  done: /^export is over/m,
  rowOf: person => new RegExp(`^${person.id},(.*)$`, 'm'),
  separator: /,/,
  hidden: person => [
    { value: person.first_name, kind: 'whole' },
    { value: person.last_name, kind: 'whole' },
    { value: person.email, kind: 'email' },
    { value: person.card_number, kind: 'number' },
    ibanOf(person),
  ],
};

function ibanOf({ iban }: SyntheticPerson): HiddenValue | null {
  return iban === null ? null : { value: iban, kind: 'number' };
}

export interface RowCheck {
  /** rows that were found again; a story that finds none has shown nothing */
  readonly rows: number;
  readonly leaks: number;
}

/** Looks for every shown person's row in a text (a terminal's output, a replay, an export) and counts values that can be read there. */
export function checkRows(text: string, view: RowView, people: readonly SyntheticPerson[]): RowCheck {
  const plain = withoutEscapes(text);
  let rows = 0;
  let leaks = 0;
  for (const person of people.slice(0, SHOWN)) {
    const row = view.rowOf(person).exec(plain)?.[1];
    if (row === undefined) continue;
    rows += 1;
    const fields = row.split(view.separator);
    // Field by field: what one field may show (four last digits) can by chance be part of another field's value.
    view.hidden(person).forEach((value, index) => {
      if (value !== null) leaks += countLeaks(fields[index] ?? '', [value]);
    });
  }
  return { rows, leaks };
}

/** Text as it is read: control sequences gone, line ends alike. */
function withoutEscapes(text: string): string {
  return text
    .replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, '')
    .replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '')
    .replaceAll('\r', '');
}

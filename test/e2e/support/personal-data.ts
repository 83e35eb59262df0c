import { expect } from '@playwright/test';
import type { HiddenValue } from '../../../main/cli/demo/story/count-leaks.ts';
import type { RowView } from '../../../main/cli/demo/story/shown-rows.ts';
import { checkRows, CSV_ROWS, CUSTOMER_ROWS } from '../../../main/cli/demo/story/shown-rows.ts';
import { makePeople } from '../../../main/cli/demo/synthetic-people.ts';

/** The people of the demo's database and files; installing the demo makes the same ones. */
const PEOPLE = makePeople(4_500, 20_260_101);
const SHOWN = 20;

/** The first customers with five hidden columns, as few as fit on a screen. */
export const CUSTOMERS: RowView = {
  ...CUSTOMER_ROWS,
  command: `SELECT c.id, email, phone, national_id, card_number, iban FROM customers c JOIN payments p ON p.customer_id = c.id ORDER BY c.id LIMIT ${SHOWN};`,
  done: new RegExp(`\\(${SHOWN} rows\\)`),
};
export const EXPORTED: RowView = {
  ...CSV_ROWS,
  command: `head -n ${SHOWN + 1} "$DEMO_FILES/export.csv"; echo export is over`,
  done: /^export is over/m,
};

/**
 * The text shows all the rows, and no hidden value of them: field by field by the window of four characters that counts as a leak, and
 * every whole value anywhere in the text.
 */
export function expectMaskedRows(text: string, view: RowView): void {
  expect(checkRows(text, view, PEOPLE.slice(0, SHOWN))).toEqual({ rows: SHOWN, leaks: 0 });
  expectNoPersonalData(text);
}

/** No whole value of the shown people stands anywhere in the text. */
export function expectNoPersonalData(text: string): void {
  const found = PEOPLE.slice(0, SHOWN)
    .flatMap(person => [CUSTOMERS, EXPORTED].flatMap(view => view.hidden(person)))
    .filter((hidden): hidden is HiddenValue => hidden !== null && hidden.value.length >= 8)
    .filter(({ value }) => text.includes(value))
    .map(({ value }) => value);
  expect(found).toEqual([]);
}

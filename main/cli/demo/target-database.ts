import type { Client } from 'pg';
import type { SyntheticPerson } from './synthetic-people.ts';
import { createRandom } from './synthetic-values.ts';

/** The tables of the demo's production-like database `shop`. `support_staff` is the role that grants make members of. */
const SCHEMA = `
  CREATE TABLE customers (
    id integer PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text NOT NULL, phone text NOT NULL,
    country char(2) NOT NULL, street text NOT NULL, postcode text NOT NULL, city text NOT NULL, birth_date date NOT NULL, national_id text NOT NULL
  );
  CREATE TABLE payments (
    id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers(id), card_number text NOT NULL, iban text,
    amount numeric(10,2) NOT NULL, currency char(3) NOT NULL, paid_at timestamptz NOT NULL
  );
  CREATE TABLE support_tickets (
    id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers(id), opened_at timestamptz NOT NULL, body text NOT NULL
  );
  CREATE TABLE request_log (id integer PRIMARY KEY, at timestamptz NOT NULL, entry jsonb NOT NULL);
  CREATE ROLE support_staff NOLOGIN;
  GRANT USAGE ON SCHEMA public TO support_staff;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO support_staff;
`;

const START_MS = Date.UTC(2026, 0, 1);

/** Makes the schema and fills it: one customer and payment per person, a ticket and a log entry for every third. Returns the row count. */
export async function fillTargetDatabase(
  client: Client,
  people: readonly SyntheticPerson[],
): Promise<number> {
  await client.query(SCHEMA);
  const random = createRandom(99);
  const at = (id: number) => new Date(START_MS + id * 977_000).toISOString();
  const customers = people.map(p => [
    p.id,
    p.first_name,
    p.last_name,
    p.email,
    p.phone,
    p.country,
    p.street,
    p.postcode,
    p.city,
    p.birth_date,
    p.national_id,
  ]);
  const payments = people.map(p => {
    const currency = { US: 'USD', GB: 'GBP', PL: 'PLN', DE: 'EUR', FR: 'EUR', ES: 'EUR' }[p.country];
    return [p.id, p.id, p.card_number, p.iban, (500 + random(90_000)) / 100, currency, at(p.id)];
  });
  const third = people.filter(p => p.id % 3 === 0);
  const tickets = third.map(p => [p.id, p.id, at(p.id), ticketBody(p)]);
  const log = third.map(p => [
    p.id,
    at(p.id),
    JSON.stringify({
      path: '/checkout',
      status: 200,
      user: { email: p.email, phone: p.phone },
      ms: 20 + random(400),
    }),
  ]);
  const tables: readonly (readonly [string, readonly (readonly unknown[])[]])[] = [
    ['customers', customers],
    ['payments', payments],
    ['support_tickets', tickets],
    ['request_log', log],
  ];
  let rows = 0;
  for (const [table, values] of tables) {
    await insertAll(client, table, values);
    rows += values.length;
  }
  await client.query('ANALYZE');
  return rows;
}

/** Free text, the way that people write it to a help desk. */
function ticketBody(p: SyntheticPerson): string {
  const bodies = [
    `${p.first_name} ${p.last_name} called from ${p.phone} and asks to change the address to ${p.street}, ${p.postcode} ${p.city}.`,
    `Please refund to card ${p.card_number.replace(/(.{4})(?=.)/g, '$1 ')}, confirmation to ${p.email}.`,
    `Identity check passed with ${p.national_id}; born ${p.birth_date}.`,
    `Payout to ${p.iban ?? p.card_number} failed twice, mail ${p.email} when it works.`,
  ];
  return bodies[p.id % bodies.length] ?? '';
}

/** PostgreSQL takes at most 65,535 parameters a statement. */
async function insertAll(
  client: Client,
  table: string,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const width = rows[0]?.length ?? 1;
  const batch = Math.floor(60_000 / width);
  for (let from = 0; from < rows.length; from += batch) {
    const part = rows.slice(from, from + batch);
    const places = part.map(
      (_, r) => `(${Array.from({ length: width }, (__, c) => `$${r * width + c + 1}`).join(',')})`,
    );
    await client.query(`INSERT INTO ${table} VALUES ${places.join(',')}`, part.flat());
  }
}

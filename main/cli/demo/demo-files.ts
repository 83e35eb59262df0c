import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SyntheticPerson } from './synthetic-people.ts';

/** Writes the files that the demo's shells show: an application log, a CSV export and an environment file. Returns the folder. */
export function writeDemoFiles(folder: string, people: readonly SyntheticPerson[]): string {
  mkdirSync(folder, { recursive: true });
  const some = people.slice(0, 300);
  const stamp = (id: number) => new Date(Date.UTC(2026, 5, 1, 8, 0, id)).toISOString();
  const log = some.map(
    p =>
      `${stamp(p.id)} INFO  checkout order=${100_000 + p.id} customer=${p.email} phone="${p.phone}" took=${20 + (p.id % 70)}ms`,
  );
  writeFileSync(join(folder, 'app.log'), `${log.join('\n')}\n`);
  const csv = some.map(p =>
    [p.id, p.first_name, p.last_name, p.email, p.card_number, p.iban ?? ''].join(','),
  );
  writeFileSync(
    join(folder, 'export.csv'),
    `id,first_name,last_name,email,card_number,iban\n${csv.join('\n')}\n`,
  );
  const secret = some
    .map(p => p.card_number)
    .join('')
    .slice(0, 24);
  writeFileSync(
    join(folder, '.env'),
    `DATABASE_URL=postgres://shop:pw${secret}@db.internal:5432/shop\nAPI_TOKEN=tok${secret}x\nLOG_LEVEL=info\n`,
  );
  writeFileSync(
    join(folder, 'README'),
    'Synthetic data. Try: cat app.log · column -s, -t export.csv | less -S · cat .env · vim export.csv\n',
  );
  // Read by the login shell of the demo's host, whose home this folder is.
  writeFileSync(join(folder, '.profile'), `cd\nPS1='web-01:\\w\\$ '\n`);
  return folder;
}

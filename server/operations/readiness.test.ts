import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Database } from '../database/schema.ts';
import { createReadiness } from './readiness.ts';

const log = pino({ level: 'silent' });
/** A database that answers nothing to everything, or one that is not there. */
function database(isThere: boolean): Kysely<Database> {
  return new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => {
        const driver = new DummyDriver();
        if (!isThere) driver.acquireConnection = () => Promise.reject(new Error('ECONNREFUSED'));
        return driver;
      },
      createIntrospector: db => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

test('names what cannot be reached', async () => {
  const stored = { check: () => Promise.resolve() };
  const broken = { check: () => Promise.reject(new Error('EACCES')) };
  const nowMs = () => 0;
  await createReadiness({ db: database(true), log, nowMs }, stored).check();
  await expect(createReadiness({ db: database(false), log, nowMs }, stored).check()).rejects.toMatchObject({
    code: 'server-failed',
    message: expect.stringContaining('its database') as unknown,
  });
  await expect(createReadiness({ db: database(true), log, nowMs }, broken).check()).rejects.toThrow(
    'storage of recordings',
  );
});

test('looks once a second at most, and anew when the clock was set back', async () => {
  let looks = 0;
  let now = 5_000;
  const recordings = { check: () => Promise.resolve(void looks++) };
  const readiness = createReadiness({ db: database(true), log, nowMs: () => now }, recordings);
  await Promise.all([readiness.check(), readiness.check()]);
  now += 999;
  await readiness.check();
  expect(looks).toBe(1);
  now += 1;
  await readiness.check();
  expect(looks).toBe(2);
  now = 0;
  await readiness.check();
  expect(looks).toBe(3);
});

test('is not ready while it ends, whatever can be reached', async () => {
  const readiness = createReadiness(
    { db: database(true), log, nowMs: () => 0 },
    { check: () => Promise.resolve() },
  );
  await readiness.check();
  expect(readiness.isDraining).toBe(false);
  readiness.beginDrain();
  await expect(readiness.check()).rejects.toThrow('ending');
  expect(readiness.isDraining).toBe(true);
});

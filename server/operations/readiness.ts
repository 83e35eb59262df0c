import { sql } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { ServerContext } from '../server-context.ts';

/** Whether this server should be sent requests. */
export interface Readiness {
  /** Throws `server-failed` that names what is not there: the database, the storage of recordings, or the server itself when it ends. */
  check(): Promise<void>;
  /** From now on it is not. */
  beginDrain(): void;
  readonly isDraining: boolean;
}

/** A look is good for this long: asking often costs nothing more. */
const LOOK_MS = 1_000;
const LOOK_TIMEOUT_MS = 3_000;

export function createReadiness(
  { db, log, nowMs }: Pick<ServerContext, 'db' | 'log' | 'nowMs'>,
  recordings: Pick<RecordingStore, 'check'>,
): Readiness {
  let isDraining = false;
  let look: { readonly atMs: number; readonly result: Promise<void> } | null = null;

  async function lookNow(): Promise<void> {
    await reached('database', sql`SELECT 1`.execute(db));
    await reached('storage of recordings', recordings.check());
  }

  async function reached(what: string, answer: Promise<unknown>): Promise<void> {
    const timeout = AbortSignal.timeout(LOOK_TIMEOUT_MS);
    const late = new Promise<never>((_, reject) => {
      timeout.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
    });
    try {
      await Promise.race([answer, late]);
    } catch (error) {
      log.warn({ err: error }, `not ready: the ${what} cannot be reached`);
      throw new SallyportError(
        'server-failed',
        `The server cannot reach its ${what}. Try again in a moment.`,
        {
          cause: error,
        },
      );
    }
  }

  return {
    async check() {
      if (isDraining) throw new SallyportError('server-failed', 'The server is ending. Use another one.');
      if (look === null || nowMs() - look.atMs >= LOOK_MS || nowMs() < look.atMs) {
        look = { atMs: nowMs(), result: lookNow() };
      }
      await look.result;
    },
    beginDrain() {
      isDraining = true;
    },
    get isDraining() {
      return isDraining;
    },
  };
}

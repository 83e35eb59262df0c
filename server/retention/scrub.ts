import type { RecordingId } from '../../contract/ids.ts';
import { SallyportError } from '../../contract/errors.ts';
import { toHex } from '../../core/recording/encoding.ts';
import type { Caller } from '../authorization.ts';
import { authorize } from '../authorization.ts';
import { readChain } from '../recordings/checked-store.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { ServerContext } from '../server-context.ts';
import { lockRecordingRow, tellChanged } from './recording-row.ts';

/** Every stored recording is read again so often. */
export const SCRUB_EVERY_MS = 7 * 24 * 3_600_000;
const LOOK_EVERY_MS = 60_000;
/** Between two recordings it rests so many times as long as the one before took: requests come first. */
const REST_FACTOR = 4;

/** Reads stored recordings again, oldest check first, and says which are not what they were. */
export interface Scrub {
  /** Makes one recording, or all, due now. */
  queue(caller: Caller, id?: RecordingId): Promise<{ queued: number }>;
  stop(): Promise<void>;
}

export function startScrub(context: ServerContext, store: RecordingStore): Scrub {
  const stop = new AbortController();
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const id = await nextDue(context);
      if (id === null) return;
      const startedMs = performance.now();
      await scrubRecording(context, store, id);
      await rest((performance.now() - startedMs) * REST_FACTOR, stop.signal);
    }
  };
  const soon = (): void => {
    running ??= run()
      .catch((error: unknown) => {
        context.log.error({ err: error }, 'stored recordings could not be checked; it is tried again');
      })
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(soon, LOOK_EVERY_MS);
  return {
    async queue(caller, id) {
      authorize(caller, 'recording.scrub');
      const queued = await context.changes.run(async change => {
        let query = change.trx
          .updateTable('recordings')
          .set({ scrubbed_at_ms: null })
          .where('state', '!=', 'running')
          .where('deletion', 'is', null);
        if (id !== undefined) query = query.where('session_id', '=', id);
        const { numUpdatedRows } = await query.executeTakeFirstOrThrow();
        const count = Number(numUpdatedRows);
        change.audit({
          actor: caller,
          action: 'recording.scrub',
          subject: id ?? 'all',
          detail: { queued: count },
        });
        return count;
      });
      soon();
      return { queued };
    },
    async stop() {
      clearInterval(timer);
      stop.abort();
      await running;
    },
  };
}

async function nextDue({ db, nowMs }: ServerContext): Promise<RecordingId | null> {
  const row = await db
    .selectFrom('recordings')
    .select('session_id')
    .where('state', '!=', 'running')
    .where('deletion', 'is', null)
    .where(({ eb, or }) =>
      or([eb('scrubbed_at_ms', 'is', null), eb('scrubbed_at_ms', '<', nowMs() - SCRUB_EVERY_MS)]),
    )
    .orderBy('scrubbed_at_ms', sort => sort.asc().nullsFirst())
    .limit(1)
    .executeTakeFirst();
  return row?.session_id ?? null;
}

/** Checks one recording, and notes, audits and logs what is wrong, or that it is right again. Answers the damage in words, or null. */
export async function scrubRecording(
  context: ServerContext,
  store: RecordingStore,
  id: RecordingId,
): Promise<string | null> {
  const found = await readAgain(store, id);
  return context.changes.run(async change => {
    const row = await lockRecordingRow(change.trx, id);
    if (row.deletion !== null) return null;
    const damage = found.damage ?? differenceOf(row, found);
    await change.trx
      .updateTable('recordings')
      .set({ scrubbed_at_ms: context.nowMs(), damage })
      .where('session_id', '=', id)
      .execute();
    if (damage === row.damage) return damage;
    const action = damage === null ? 'recording.repaired' : 'recording.damaged';
    change.audit({ actor: 'server', action, subject: id, detail: { damage: damage ?? row.damage } });
    tellChanged(change, id);
    if (damage !== null)
      context.log.error(
        { recordingId: id, damage },
        'a stored recording is damaged: restore it from a backup',
      );
    return damage;
  });
}

interface Found {
  readonly bytes: number;
  /** of the last record, hex */
  readonly hash: string | null;
  readonly damage: string | null;
}

/** Throws where the store cannot be reached: that says nothing about the recording. */
async function readAgain(store: RecordingStore, id: RecordingId): Promise<Found> {
  try {
    const state = (await readChain(store, id)).finish();
    const hash = state.position === null ? null : toHex(state.position.previous);
    return { bytes: state.receivedBytes, hash, damage: state.problems[0]?.message ?? null };
  } catch (error) {
    const isOfTheDisk = error instanceof Error && 'code' in error && error.code === 'EIO';
    if (!(error instanceof SallyportError) && !isOfTheDisk) throw error;
    const damage = isOfTheDisk ? 'The disk cannot read it any more (EIO).' : error.message;
    return { bytes: 0, hash: null, damage };
  }
}

function differenceOf(
  row: { readonly bytes: number; readonly hash: string | null },
  found: Found,
): string | null {
  if (found.bytes !== row.bytes) return `${found.bytes} bytes are stored; they were ${row.bytes}.`;
  if (row.hash !== null && row.hash !== found.hash)
    return 'It is another recording than the one that was stored.';
  return null;
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return void resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    return undefined;
  });
}

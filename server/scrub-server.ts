import type { RecordingId } from '../contract/ids.ts';
import { openDataFolder } from './data-folder.ts';
import { openRecordings } from './recordings/open-recordings.ts';
import { scrubRecording } from './retention/scrub.ts';
import { createLog, openCore } from './server-core.ts';
import type { ServerConfig } from './start-server.ts';

/** What a check of all stored recordings found. */
export interface ScrubReport {
  readonly checked: number;
  readonly damaged: readonly { readonly recordingId: RecordingId; readonly damage: string }[];
}

/** Reads every whole recording again while no server runs on the data folder, and notes what is damaged as a running server does. */
export async function scrubServer(
  config: Pick<ServerConfig, 'dataFolder' | 'databaseUrl' | 's3'> & {
    readonly signal: AbortSignal;
    readonly onChecked?: (checked: number, total: number) => void;
  },
): Promise<ScrubReport> {
  const folder = await openDataFolder(config.dataFolder);
  const databaseUrl = config.databaseUrl ?? null;
  const core = await openCore({ folder, databaseUrl, log: createLog('silent'), nowMs: Date.now });
  try {
    const store = await openRecordings({ folder: folder.recordings, s3: config.s3 ?? null }, core.context);
    const rows = await core.context.db
      .selectFrom('recordings')
      .select('session_id')
      .where('state', '!=', 'running')
      .where('deletion', 'is', null)
      .orderBy('session_id')
      .execute();
    const damaged: { recordingId: RecordingId; damage: string }[] = [];
    for (const [index, { session_id: recordingId }] of rows.entries()) {
      config.signal.throwIfAborted();
      const damage = await scrubRecording(core.context, store, recordingId);
      if (damage !== null) damaged.push({ recordingId, damage });
      config.onChecked?.(index + 1, rows.length);
    }
    return { checked: rows.length, damaged };
  } finally {
    await core.close();
  }
}

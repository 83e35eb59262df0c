import type { ServerContext } from '../server-context.ts';
import { openLocalStore } from './local-store.ts';
import { createRecordingKeys } from './recording-keys.ts';
import type { RecordingStore } from './recording-store.ts';
import type { S3Settings } from './s3-settings.ts';
import { openS3Store } from './s3-store.ts';
import { createStoreAtRest } from './store-at-rest.ts';

/** Where the bytes of recordings are: a bucket, or else the folder. Throws `server-failed` where they cannot be kept there. */
export async function openRecordings(
  { folder, s3 }: { readonly folder: string; readonly s3: S3Settings | null },
  { db, secrets }: Pick<ServerContext, 'db' | 'secrets'>,
): Promise<RecordingStore> {
  const bytes = s3 === null ? await openLocalStore(folder) : await openS3Store(s3);
  return createStoreAtRest(bytes, createRecordingKeys(db, secrets));
}

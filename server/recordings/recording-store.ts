import type { Readable } from 'node:stream';
import type { RecordingId } from '../../contract/ids.ts';
import type { ByteRange } from './byte-range.ts';

/** What is kept of an upload beside its bytes. */
export interface UploadFacts {
  /** length of the whole recording, once the client has told it */
  readonly size: number | null;
  readonly metadata: Readonly<Record<string, string | null>>;
  /** ISO 8601 */
  readonly createdAt: string;
  /** whether the bytes are encrypted with a key of their own (store-at-rest.ts); false for what older versions stored */
  readonly isEncrypted: boolean;
}

/**
 * Where the ciphertext of recordings is kept. test/contract/recording-store.test.ts holds every implementation to this. One writer at a time
 * for each recording; readers at any time. What is not there is null, 0 or empty, never an error.
 */
export interface RecordingStore {
  facts(id: RecordingId): Promise<UploadFacts | null>;
  /** After a crash either the old or the new facts are there. */
  setFacts(id: RecordingId, facts: UploadFacts): Promise<void>;
  /** Bytes that are there. */
  size(id: RecordingId): Promise<number>;
  /** Goes on at `offset`, which must not be beyond the size; what lies behind it is replaced. */
  append(id: RecordingId, offset: number): Promise<RecordingAppender>;
  /** Durably shorter, or as it was where it is not longer. */
  truncate(id: RecordingId, length: number): Promise<void>;
  /** Bytes of a range that lies inside of what is there. */
  read(id: RecordingId, range: ByteRange): Promise<Readable>;
  /** Throws where nothing could be stored now; quick, and leaves nothing behind. */
  check(): Promise<void>;
  /** Bytes and facts; nothing of them can be read afterwards. */
  remove(id: RecordingId): Promise<void>;
}

export interface RecordingAppender {
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything written is durable, and ends the appending. Called also where `write` failed. */
  commit(): Promise<void>;
}

import { createCipheriv } from 'node:crypto';
import { Transform } from 'node:stream';
import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { RecordingKeys } from './recording-keys.ts';
import type { RecordingStore } from './recording-store.ts';

const BLOCK_BYTES = 16;

/**
 * A store whose bytes are encrypted with one key for each recording (AES-256 in counter mode, NIST SP 800-38A; the counter is the offset, so
 * that any range opens alone). The bytes are age files of the reviewers already: this is there so that destroying the key makes every
 * copy unreadable, also those in backups. Whether they are whole says the chain. What was stored without a key is read as it is.
 */
export function createStoreAtRest(store: RecordingStore, keys: RecordingKeys): RecordingStore {
  /** Null for bytes that are not encrypted. Throws where they are and the key is gone. */
  const keyOf = async (id: RecordingId): Promise<Uint8Array | null> => {
    const key = await keys.find(id);
    if (key === null && (await store.facts(id))?.isEncrypted === true)
      throw new SallyportError(
        'server-failed',
        'The key of this recording is not in the database any more, so its stored bytes cannot be read. A backup of the database that is as old as the recording has it.',
      );
    return key;
  };
  return {
    ...store,
    async setFacts(id, facts) {
      const known = await store.facts(id);
      if (known === null) await keys.make(id);
      await store.setFacts(id, { ...facts, isEncrypted: known?.isEncrypted ?? true });
    },
    async append(id, offset) {
      const key = await keyOf(id);
      const appender = await store.append(id, offset);
      if (key === null) return appender;
      const crypt = createRangeCipher(key, offset);
      return { write: bytes => appender.write(crypt(bytes)), commit: () => appender.commit() };
    },
    async read(id, range) {
      const key = await keyOf(id);
      const stored = await store.read(id, range);
      if (key === null) return stored;
      const crypt = createRangeCipher(key, range.start);
      const opened = new Transform({
        transform: (bytes: Uint8Array, _encoding, done) => done(null, crypt(bytes)),
      });
      stored.on('error', error => opened.destroy(error));
      opened.on('close', () => stored.destroy());
      return stored.pipe(opened);
    },
  };
}

/** Encrypts and decrypts (it is the same) bytes that follow each other from `offset` on. */
function createRangeCipher(key: Uint8Array, offset: number): (bytes: Uint8Array) => Uint8Array {
  const counter = Buffer.alloc(BLOCK_BYTES);
  counter.writeBigUInt64BE(BigInt(Math.floor(offset / BLOCK_BYTES)), BLOCK_BYTES / 2);
  const cipher = createCipheriv('aes-256-ctr', key, counter);
  cipher.update(Buffer.alloc(offset % BLOCK_BYTES));
  return bytes => cipher.update(bytes);
}

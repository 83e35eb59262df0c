import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import { RecordingId } from '../../contract/ids.ts';
import type { RecordingEnd, RecordingHeader } from '../../contract/recording.ts';
import type { ChainState, ChainVerifier } from '../../core/recording/chain-verifier.ts';
import { createChainVerifier } from '../../core/recording/chain-verifier.ts';
import { toHex } from '../../core/recording/encoding.ts';
import { durationOf } from '../../core/recording/verify.ts';
import type { ByteRange } from './byte-range.ts';
import { CHAIN_CRYPTO } from './chain-crypto.ts';
import type { RecordingAppender, RecordingStore, UploadFacts } from './recording-store.ts';
import { UploadError } from './upload-error.ts';

/** Running uploads whose chain is held in memory; one that was dropped is read again from its file. */
const MAX_HELD_CHAINS = 20_000;

/** What the header of a recording must say: the session, grant and device that the server knows. */
export type ExpectedHeader = Pick<
  RecordingHeader,
  'sessionId' | 'grantId' | 'grantHash' | 'deviceId' | 'devicePublicKey'
>;

/** How far a recording is here: whole records that were checked and are durable. */
export interface StoredRecording {
  readonly recordingId: string;
  readonly bytes: number;
  readonly segments: number;
  readonly durationMs: number;
  /** SHA-256 (hex) of the last record's public part, through which it stands for everything before; null before the header */
  readonly hash: string | null;
  /** SHA-256 (hex) of the header's record; null before the header */
  readonly headerHash: string | null;
  /** offset of the newest segment that begins with a keyframe */
  readonly keyframeOffset: number | null;
  /** the signed end, once it is here */
  readonly end: RecordingEnd | null;
  /** nothing more will come: the length was declared and is reached */
  readonly isComplete: boolean;
}

export interface CheckedStoreOptions {
  readonly store: RecordingStore;
  readonly expectedHeader: (recordingId: RecordingId) => Promise<ExpectedHeader>;
}

/**
 * What tus stores through: checks the chain of a recording as its bytes arrive. What breaks the chain is refused and not kept; an offset that
 * a client is told is durable. The caller holds tus' lock of the upload.
 */
export class CheckedStore extends DataStore {
  readonly #options: CheckedStoreOptions;
  readonly #store: RecordingStore;
  readonly #chains = new Map<string, ChainVerifier>();

  constructor(options: CheckedStoreOptions) {
    super();
    this.#options = options;
    this.#store = options.store;
    this.extensions = ['creation', 'creation-defer-length'];
  }

  /** Never takes bytes away that are there: a crash may have left them without facts. */
  override async create(upload: Upload): Promise<Upload> {
    const id = RecordingId.parse(upload.id);
    if ((await this.#store.facts(id)) !== null)
      throw new UploadError(
        409,
        'This recording has an upload already. Ask for its offset (HEAD) and go on from there.',
      );
    await this.#store.setFacts(id, {
      size: upload.size ?? null,
      metadata: upload.metadata ?? {},
      createdAt: upload.creation_date ?? new Date().toISOString(),
      isEncrypted: false,
    });
    return upload;
  }

  /** Its offset is durable and its bytes hold: bytes of an unfinished upload that do not (a crash tore them) are cut off first. */
  override async getUpload(uploadId: string): Promise<Upload> {
    const id = RecordingId.parse(uploadId);
    const { size, metadata, createdAt } = await this.#factsOf(id);
    const stored = await this.#store.size(id);
    const isWhole = size !== null && stored >= size;
    return new Upload({
      id,
      ...(size === null ? {} : { size }),
      metadata: { ...metadata },
      creation_date: createdAt,
      offset: isWhole ? stored : (await this.#chainAt(id, stored)).state.receivedBytes,
    });
  }

  override async declareUploadLength(uploadId: string, size: number): Promise<void> {
    const id = RecordingId.parse(uploadId);
    await this.#store.setFacts(id, { ...(await this.#factsOf(id)), size });
  }

  override async write(
    readable: AsyncIterable<Uint8Array>,
    uploadId: string,
    offset: number,
  ): Promise<number> {
    const id = RecordingId.parse(uploadId);
    const chain = await this.#chainAt(id, offset);
    let position = offset;
    try {
      const appender = await this.#store.append(id, offset);
      await durably(appender, async () => {
        for await (const chunk of readable) {
          chain.push(chunk);
          const problem = await this.#problemOf(id, chain.state);
          const kept =
            problem === null ? chunk : chunk.subarray(0, Math.max(0, problem.keepBytes - position));
          if (kept.length > 0) await appender.write(kept);
          position += kept.length;
          if (problem !== null) throw new Broken(problem.message, problem.keepBytes);
        }
      });
    } catch (error) {
      // What was checked and what was written may differ now: the next request reads the store again.
      this.#chains.delete(id);
      if (error instanceof Broken) {
        await this.#store.truncate(id, error.keepBytes);
        throw new UploadError(422, error.message);
      }
      throw isDiskFull(error)
        ? new UploadError(
            507,
            'The server has no room for recordings at the moment. The client keeps what it has and tries again.',
          )
        : error;
    }
    await this.#checkLength(id, chain.state);
    return position;
  }

  /** Null for an upload that does not exist. */
  async stored(id: RecordingId): Promise<StoredRecording | null> {
    const facts = await this.#store.facts(id);
    if (facts === null) return null;
    const { state } = await this.#chainAt(id, await this.#store.size(id));
    const isComplete = facts.size === state.acceptedBytes;
    if (isComplete) this.#chains.delete(id);
    return {
      recordingId: id,
      bytes: state.acceptedBytes,
      segments: state.position?.segments ?? 0,
      durationMs: durationOf(state),
      hash: state.position === null ? null : toHex(state.position.previous),
      headerHash: state.headerHash === null ? null : toHex(state.headerHash),
      keyframeOffset: state.position?.keyframes.at(-1)?.[1] ?? null,
      end: state.end,
      isComplete,
    };
  }

  /** Bytes that a reader may have: all of a complete recording, the checked records of a running one. Null where there is none. */
  async readableBytes(id: RecordingId): Promise<number | null> {
    const facts = await this.#store.facts(id);
    if (facts === null) return null;
    const stored = await this.#store.size(id);
    // A complete one is not read through for each range.
    if (facts.size === stored) return stored;
    const held = this.#chains.get(id);
    return (held ?? (await this.#chainAt(id, stored))).state.acceptedBytes;
  }

  read(id: RecordingId, range: ByteRange): Promise<Readable> {
    return this.#store.read(id, range);
  }

  async #factsOf(id: RecordingId): Promise<UploadFacts> {
    const facts = await this.#store.facts(id);
    if (facts === null) throw new UploadError(404, 'There is no upload of this recording.');
    return facts;
  }

  /** The chain of the first `offset` bytes: the one in memory, or rebuilt from the store. */
  async #chainAt(id: RecordingId, offset: number): Promise<ChainVerifier> {
    const held = this.#chains.get(id);
    if (held !== undefined && held.state.receivedBytes === offset) return held;
    let chain = await readChain(this.#store, id);
    const { acceptedBytes } = chain.state;
    if (chain.state.problems.length > 0) {
      const { size } = await this.#factsOf(id);
      if (size !== null && size <= offset)
        throw new UploadError(
          500,
          'The stored recording does not hold any more: the disk of the server may be damaged.',
        );
      await this.#store.truncate(id, acceptedBytes);
      chain = await readChain(this.#store, id);
    }
    for (const oldest of this.#chains.keys()) {
      if (this.#chains.size < MAX_HELD_CHAINS) break;
      this.#chains.delete(oldest);
    }
    this.#chains.set(id, chain);
    return chain;
  }

  /** Why the recording cannot be taken, and how much of it may stay; null where it can. */
  async #problemOf(
    id: RecordingId,
    state: ChainState,
  ): Promise<{ message: string; keepBytes: number } | null> {
    const { header, acceptedBytes } = state;
    if (header !== null && !this.#headersChecked.has(header)) {
      const expected = await this.#options.expectedHeader(id);
      const differing = HEADER_FACTS.filter(fact => header[fact] !== expected[fact]);
      if (header.imported !== undefined)
        return {
          message: 'It was imported on a client, and is not the recording of a session.',
          keepBytes: 0,
        };
      if (differing.length > 0)
        return { message: `It is not that of this session: ${differing.join(', ')} differ.`, keepBytes: 0 };
      this.#headersChecked.add(header);
    }
    const [problem] = state.problems;
    if (problem === undefined) return null;
    return { message: `It does not continue what is stored. ${problem.message}`, keepBytes: acceptedBytes };
  }
  readonly #headersChecked = new WeakSet<RecordingHeader>();

  /** The declared length may be reached only by a recording with an end; else the declaration is taken back. */
  async #checkLength(id: RecordingId, state: ChainState): Promise<void> {
    const facts = await this.#store.facts(id);
    if (facts === null || facts.size === null || state.receivedBytes < facts.size) return;
    if (state.end !== null && state.acceptedBytes === facts.size) return;
    await this.#store.setFacts(id, { ...facts, size: null });
    throw new UploadError(422, 'The recording was declared to be whole, but it has no signed end there.');
  }
}

const HEADER_FACTS = ['sessionId', 'grantId', 'grantHash', 'deviceId', 'devicePublicKey'] as const;

/** The bytes do not continue what is stored. */
class Broken extends Error {
  readonly keepBytes: number;
  constructor(message: string, keepBytes: number) {
    super(message);
    this.keepBytes = keepBytes;
  }
}

/** Reads all that is stored of a recording through the chain. */
export async function readChain(store: RecordingStore, id: RecordingId): Promise<ChainVerifier> {
  const chain = createChainVerifier(CHAIN_CRYPTO);
  const size = await store.size(id);
  for await (const chunk of await store.read(id, { start: 0, end: size - 1 }))
    chain.push(chunk as Uint8Array);
  return chain;
}

/** Also after a break: the next HEAD tells the client that what was written is safe. */
async function durably(appender: RecordingAppender, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } finally {
    await appender.commit();
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

import { open, rename, rm } from 'node:fs/promises';
import type { z } from 'zod';
import { SallyportError } from '../../contract/errors.ts';
import { Evidence } from '../../contract/evidence.ts';
import type { HeldShare } from '../../contract/recording-share.ts';
import { SharesFile } from '../../contract/recording-share.ts';
import type { RecordingSource } from '../review/recording-source.ts';

/**
 * A bundle of evidence is an uncompressed tar archive (POSIX ustar) of two or three files, in this order: `evidence.json` (contract/evidence.ts),
 * `recording.sprec`, and, where the recording was shared with the one who fetched it, `shares.json` (contract/recording-share.ts). Any tar program opens it.
 */
const BLOCK_BYTES = 512;
const READ_BYTES = 1024 * 1024;
/** Thousands of audit entries, or the shares of a recording of weeks; a longer file is none of ours. */
const MAX_JSON_BYTES = 32 * 1024 * 1024;
/** What is hashed is walked in depth. Ours goes six deep. */
const MAX_DEPTH = 64;
const EVIDENCE_NAME = 'evidence.json';
const RECORDING_NAME = 'recording.sprec';
const SHARES_NAME = 'shares.json';
const MAGIC_OFFSET = 257;

export interface OpenedBundle {
  readonly evidence: Evidence;
  /** the recording inside; closing it closes the bundle */
  readonly recording: RecordingSource;
  /** Those that are in it. Throws `bad-input` for a file that is none of shares. */
  shares(): Promise<readonly HeldShare[]>;
}

/** Whether a file that begins with these bytes is a tar archive, and so not a recording. */
export function isBundle(firstBytes: Uint8Array): boolean {
  return Buffer.from(firstBytes.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 5)).toString('latin1') === 'ustar';
}

export interface BundleContent {
  readonly evidence: Evidence;
  readonly recording: RecordingSource;
  readonly shares: readonly HeldShare[];
}

/** The bytes of a bundle in pieces, in order; `done` of `total` bytes of the recording are in them and those before. */
export interface BundlePiece {
  readonly bytes: Uint8Array;
  readonly done: number;
  readonly total: number;
}

/** Throws `server-failed` where the recording becomes shorter while it is read. */
export async function* bundlePieces({
  evidence,
  recording,
  shares,
}: BundleContent): AsyncGenerator<BundlePiece> {
  const json = Buffer.from(`${JSON.stringify(evidence, null, 1)}\n`);
  const { size: total } = await recording.read({ from: 0, to: 1 });
  const head = [
    tarHeader(EVIDENCE_NAME, json.length),
    json,
    padding(json.length),
    tarHeader(RECORDING_NAME, total),
  ];
  yield { bytes: Buffer.concat(head), done: 0, total };
  for (let from = 0; from < total; ) {
    const { bytes } = await recording.read({ from, to: Math.min(total, from + READ_BYTES) });
    if (bytes.length === 0)
      throw new SallyportError(
        'server-failed',
        'The recording became shorter while it was fetched. Try again.',
      );
    from += bytes.length;
    yield { bytes, done: from, total };
  }
  const held: SharesFile = { version: 1, shares: [...shares] };
  const sharesJson = Buffer.from(`${JSON.stringify(held, null, 1)}\n`);
  const third = [tarHeader(SHARES_NAME, sharesJson.length), sharesJson, padding(sharesJson.length)];
  const tail = [padding(total), ...(shares.length === 0 ? [] : third), new Uint8Array(2 * BLOCK_BYTES)];
  yield { bytes: Buffer.concat(tail), done: total, total };
}

/** Writes a bundle whole, or not at all. `onPiece`: how far it is; where it throws, nothing stays. */
export async function writeBundle(
  path: string,
  content: BundleContent,
  onPiece: (piece: BundlePiece) => void = () => undefined,
): Promise<void> {
  const partPath = `${path}.part`;
  const file = await open(partPath, 'w', 0o600);
  try {
    for await (const piece of bundlePieces(content)) {
      onPiece(piece);
      // all of it: `write` may take a part, on a disk that fills up
      await file.appendFile(piece.bytes);
    }
    await file.sync();
    await file.close();
    await rename(partPath, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partPath, { force: true });
    throw error;
  }
}

/** Throws `bad-input` where the archive is not such a bundle. */
export async function readBundle(archive: RecordingSource): Promise<OpenedBundle> {
  const first = await entryAt(archive, 0, EVIDENCE_NAME);
  const evidence = await readJson(archive, first, Evidence);
  const second = await entryAt(archive, endOf(first), RECORDING_NAME);
  return {
    evidence,
    recording: part(archive, second),
    async shares() {
      const { bytes } = await archive.read({ from: endOf(second), to: endOf(second) + 1 });
      if (bytes.length === 0 || bytes[0] === 0) return [];
      const third = await entryAt(archive, endOf(second), SHARES_NAME);
      return (await readJson(archive, third, SharesFile)).shares;
    },
  };
}

/** The content of a JSON file of the archive. Throws `bad-input`. */
async function readJson<T>(
  archive: RecordingSource,
  { name, offset, size }: Entry,
  schema: z.ZodType<T>,
): Promise<T> {
  if (size > MAX_JSON_BYTES) throw notABundle(`${name} is too long`);
  const { bytes } = await archive.read({ from: offset, to: offset + size });
  if (isNestedDeep(bytes)) throw notABundle(`${name} is nested too deep`);
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notABundle(`${name} has a wrong "${issue?.path.join('.') ?? ''}"`);
}

/** Where the header of the next file stands. */
function endOf({ offset, size }: Entry): number {
  return offset + size + padding(size).length;
}

interface Entry {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

async function entryAt(archive: RecordingSource, offset: number, name: string): Promise<Entry> {
  const { bytes } = await archive.read({ from: offset, to: offset + BLOCK_BYTES });
  const text = (from: number, length: number) =>
    Buffer.from(bytes.subarray(from, from + length))
      .toString('latin1')
      .replace(/[\0 ]+$/, '');
  if (bytes.length < BLOCK_BYTES || !isBundle(bytes) || text(0, 100) !== name)
    throw notABundle(`"${name}" is not where it has to be`);
  const size = Number.parseInt(text(124, 12), 8);
  if (!Number.isSafeInteger(size) || size < 0) throw notABundle(`"${name}" has no length`);
  return { name, offset: offset + BLOCK_BYTES, size };
}

/** A part of an archive as a recording of its own. A part that the archive cuts off is that much shorter. */
function part(archive: RecordingSource, { offset, size }: Entry): RecordingSource {
  return {
    async read(range) {
      const from = 'last' in range ? Math.max(0, size - range.last) : Math.min(range.from, size);
      const to = 'last' in range ? size : Math.min(range.to, size);
      const found = await archive.read({ from: offset + from, to: offset + Math.max(from, to) });
      return { from, bytes: found.bytes, size: Math.min(size, Math.max(0, found.size - offset)) };
    },
    close: () => archive.close(),
  };
}

/** POSIX.1-1988 ustar header: everything that has no meaning here is fixed, so that the same content gives the same file. */
function tarHeader(name: string, size: number): Uint8Array {
  const header = Buffer.alloc(BLOCK_BYTES);
  header.write(name, 0, 'latin1');
  header.write('0000600\0', 100, 'latin1');
  header.write('0000000\0', 108, 'latin1');
  header.write('0000000\0', 116, 'latin1');
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('00000000000\0', 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', MAGIC_OFFSET, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

function padding(size: number): Uint8Array {
  return new Uint8Array((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES);
}

/** Whether JSON text opens more brackets at once than it should; looked at before anything is built of it. */
function isNestedDeep(json: Uint8Array): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth -= 1;
  }
  return false;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function notABundle(why: string): SallyportError {
  return new SallyportError(
    'bad-input',
    `This archive is not a bundle of evidence: ${why}. "sallyport evidence" makes them.`,
  );
}

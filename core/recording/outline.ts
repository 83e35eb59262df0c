import type { RecordingEnd, RecordingHeader } from '../../contract/recording.ts';
import type { ChainCrypto } from './chain-crypto.ts';
import { sha256 } from './chain-crypto.ts';
import type { KeyframePlace } from './chain-writer.ts';
import type { RecordHead } from './container.ts';
import {
  createRecordReader,
  decodeTrailer,
  MAX_HEAD_JSON_BYTES,
  PREAMBLE_BYTES,
  RECORD_PREFIX_BYTES,
  TRAILER_BYTES,
} from './container.ts';
import { isSameBytes } from './encoding.ts';
import { isSignedByDevice } from './signature-check.ts';

/** So many bytes from the start hold every header that there can be. */
export const LARGEST_HEADER_BYTES = PREAMBLE_BYTES + RECORD_PREFIX_BYTES + MAX_HEAD_JSON_BYTES;
const LARGEST_END_BYTES = RECORD_PREFIX_BYTES + MAX_HEAD_JSON_BYTES;
const END_CODE = 4;

/** The header of a recording from its first bytes, and where the first record after it begins; null where there is none. */
export function readHeader(
  firstBytes: Uint8Array,
): { readonly header: RecordingHeader; readonly endOffset: number } | null {
  let header: RecordingHeader | null = null;
  for (const event of createRecordReader().push(firstBytes)) {
    if (event.kind === 'head')
      header = event.head.content?.kind === 'header' ? event.head.content.json : null;
    else if (event.kind === 'complete')
      return header === null ? null : { header, endOffset: event.endOffset };
    else if (event.kind === 'unreadable') return null;
  }
  return null;
}

/** Bytes from the end of a file that hold its index and end; null where its last eight bytes are not those of an index. */
export function tailBytes(lastBytes: Uint8Array): number | null {
  const indexBytes = decodeTrailer(lastBytes.subarray(-TRAILER_BYTES));
  return indexBytes === null ? null : indexBytes + LARGEST_END_BYTES;
}

export interface RecordingTail {
  readonly end: RecordingEnd;
  readonly keyframes: readonly KeyframePlace[];
}

/**
 * End and index from the last bytes of a file (`tailBytes` of them, or all of it), both signed by the header's device. Null where they are
 * not there, altered, or not of this recording: then only reading all of it says how it goes. That nothing between them and the header
 * was altered is not known from this.
 */
export function readTail(
  lastBytes: Uint8Array,
  header: RecordingHeader,
  crypto: ChainCrypto,
): RecordingTail | null {
  const indexBytes = decodeTrailer(lastBytes.subarray(-TRAILER_BYTES));
  if (indexBytes === null || indexBytes > lastBytes.length) return null;
  const indexAt = lastBytes.length - indexBytes;
  const index = headAt(lastBytes, indexAt);
  if (index?.content?.kind !== 'index' || !isSignedByDevice(index, header, crypto)) return null;
  const end = endBefore(lastBytes, { indexAt, hash: index.previous, crypto });
  if (end?.content?.kind !== 'end' || !isSignedByDevice(end, header, crypto)) return null;
  return { end: end.content.json, keyframes: index.content.json.keyframes };
}

/** The end record stands right before the index, which names its hash; how long it is only trying tells. */
function endBefore(
  bytes: Uint8Array,
  { indexAt, hash, crypto }: { indexAt: number; hash: Uint8Array; crypto: ChainCrypto },
): RecordHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = Math.max(0, indexAt - LARGEST_END_BYTES);
  for (let at = indexAt - RECORD_PREFIX_BYTES - 1; at >= first; at--) {
    const isRightLength = view.getUint32(at + 1) === indexAt - at - RECORD_PREFIX_BYTES;
    if (bytes[at] !== END_CODE || !isRightLength || view.getUint32(at + 5) !== 0) continue;
    if (isSameBytes(sha256(crypto, bytes.subarray(at, indexAt)), hash)) return headAt(bytes, at);
  }
  return null;
}

function headAt(bytes: Uint8Array, at: number): RecordHead | null {
  // any offset but 0 reads from the middle of a file
  for (const event of createRecordReader(1).push(bytes.subarray(at))) {
    if (event.kind === 'head') return event.head;
    if (event.kind === 'unreadable') return null;
  }
  return null;
}

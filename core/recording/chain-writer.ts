import type { RecordingEnd, RecordingHeader, SegmentHeader } from '../../contract/recording.ts';
import type { ChainCrypto } from './chain-crypto.ts';
import { sha256 } from './chain-crypto.ts';
import type { RecordContent } from './container.ts';
import { encodeRecord, encodeTrailer, PREAMBLE } from './container.ts';
import { canonicalJson, concatBytes, toBase64Url, toHex } from './encoding.ts';
import { signingInput } from './signing-input.ts';
import { utf8 } from './utf8.ts';

/** A keyframe's place: `[sequence, byte offset of its segment record, startMs]`. */
export type KeyframePlace = [sequence: number, offset: number, startMs: number];

/** Where a chain stands; enough to go on with it. A verifier of the bytes so far has the same (`ChainState.position`). */
export interface ChainPosition {
  readonly sessionId: string;
  /** bytes of the file so far */
  readonly offset: number;
  /** hash of the last record */
  readonly previous: Uint8Array;
  readonly segments: number;
  /** sum of the segments' age files */
  readonly cipherBytes: number;
  readonly keyframes: readonly KeyframePlace[];
}

export interface ChainWriterOptions {
  readonly crypto: ChainCrypto;
  /** Ed25519 by the device key that the header names; 64 bytes */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/**
 * Makes the bytes of a recording, record by record, in the order of the file: what each call returns is appended whole.
 * Nothing is checked twice here: a verifier says whether it was put together rightly.
 */
export interface ChainWriter {
  readonly position: ChainPosition;
  segment(
    segment: Omit<SegmentHeader, 'sequence' | 'cipherBytes' | 'cipherSha256'>,
    cipher: Uint8Array,
  ): Uint8Array;
  /** `atMs`: milliseconds since the recording's start */
  checkpoint(atMs: number): Uint8Array;
  end(end: Omit<RecordingEnd, 'segments' | 'cipherBytes' | 'signature'>): Uint8Array;
  /** Only after `end`. */
  index(): Uint8Array;
}

/** Begins a recording: the writer and the first bytes of the file. */
export function startChain(
  header: RecordingHeader,
  options: ChainWriterOptions,
): { readonly writer: ChainWriter; readonly bytes: Uint8Array } {
  const record = encodeRecord({ kind: 'header', json: header }, sha256(options.crypto, PREAMBLE));
  const bytes = concatBytes([PREAMBLE, record]);
  const position: ChainPosition = {
    sessionId: header.sessionId,
    offset: bytes.length,
    previous: sha256(options.crypto, record),
    segments: 0,
    cipherBytes: 0,
    keyframes: [],
  };
  return { writer: resumeChain(position, options), bytes };
}

/** Goes on with a recording whose bytes end at `from`. */
export function resumeChain(from: ChainPosition, options: ChainWriterOptions): ChainWriter {
  const { crypto } = options;
  const { sessionId } = from;
  const keyframes = [...from.keyframes];
  let { offset, previous, segments, cipherBytes } = from;

  const append = (content: RecordContent, body?: Uint8Array): Uint8Array => {
    const record = encodeRecord(content, previous, body);
    previous = sha256(crypto, record.subarray(0, record.length - (body?.length ?? 0)));
    offset += record.length;
    return record;
  };
  const sign = (kind: 'checkpoint' | 'end' | 'index', json: Record<string, unknown>): string =>
    toBase64Url(options.sign(signingInput({ kind, sessionId, previous, json })));

  return {
    get position() {
      return { sessionId, offset, previous, segments, cipherBytes, keyframes };
    },
    segment(segment, cipher) {
      if (segment.hasKeyframe) keyframes.push([segments, offset, segment.startMs]);
      const json: SegmentHeader = {
        ...segment,
        sequence: segments,
        cipherBytes: cipher.length,
        cipherSha256: toHex(sha256(crypto, cipher)),
      };
      segments += 1;
      cipherBytes += cipher.length;
      return append({ kind: 'segment', json }, cipher);
    },
    checkpoint(atMs) {
      const json = { segments, atMs };
      return append({ kind: 'checkpoint', json: { ...json, signature: sign('checkpoint', json) } });
    },
    end(end) {
      const json = { ...end, segments, cipherBytes };
      return append({ kind: 'end', json: { ...json, signature: sign('end', json) } });
    },
    index() {
      const unsigned = { keyframes, segments };
      const json = { ...unsigned, signature: sign('index', unsigned) };
      return append({ kind: 'index', json }, encodeTrailer(utf8(canonicalJson(json)).length));
    },
  };
}

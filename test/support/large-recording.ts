import { generateKeyPairSync } from 'node:crypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { DeviceId, GrantId, SessionId } from '../../contract/ids.ts';
import { startChain } from '../../core/recording/chain-writer.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from '../../main/session-host/recorder/chain-crypto.ts';
import { createSealer } from '../../main/session-host/recorder/sealer.ts';
import type { CutSegment } from '../../main/session-host/recorder/segment-cutter.ts';
import { createSegmentCutter } from '../../main/session-host/recorder/segment-cutter.ts';
import { createSegmentStore } from '../../main/session-host/recorder/segment-store.ts';
import { fakeTimers } from './fake-timers.ts';

export interface LargeRecordingOptions {
  /** bytes of terminal output */
  readonly outputBytes: number;
  readonly durationMs: number;
  readonly append: (bytes: Uint8Array) => Promise<void> | void;
  /** made beforehand, where only the recording is to be measured; else `recordedPieces` as it goes */
  readonly pieces?: Iterable<RecordedPiece>;
}

export interface RecordedPiece {
  readonly seq: number;
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

export interface LargeRecording {
  readonly identity: string;
  readonly segments: number;
  readonly bytes: number;
}

/** Pieces of output as a pty gives them; they come in bursts, as the output of commands does. */
const PIECE_BYTES = 4096;
const BURST_PIECES = 64;
const COLS = 120;
const ROWS = 40;

/**
 * Records made-up output through the product's own cutter, sealer and chain, as fast as that goes: the same bytes of text for the same
 * options, in bursts evenly over the time. Each piece ends with its number, so that a seek can be checked: see `lastPieceAt`.
 */
export async function writeLargeRecording(options: LargeRecordingOptions): Promise<LargeRecording> {
  const { durationMs, append } = options;
  const identity = await generateX25519Identity();
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = createDeviceSigner(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const chain = { crypto: CHAIN_CRYPTO, sign: signer.sign };
  const recipients = [await identityToRecipient(identity)];
  const header = {
    version: 1 as const,
    sessionId: SessionId.parse('large'),
    grantId: GrantId.parse('grant-1'),
    grantHash: 'ab'.repeat(32),
    deviceId: DeviceId.parse('device-1'),
    devicePublicKey: signer.publicKey,
    recipients,
    startedAtMs: 1_800_000_000_000,
    cols: COLS,
    rows: ROWS,
  };
  const { writer, bytes } = startChain(header, chain);
  let written = bytes.length;
  await append(bytes);
  const file = {
    append: async (more: Uint8Array) => {
      written += more.length;
      await append(more);
    },
    sync: () => Promise.resolve(),
  };
  const store = createSegmentStore({
    file,
    position: writer.position,
    chain,
    seal: createSealer(recipients),
    nowMs: () => performance.now(),
  });
  const timers = fakeTimers();
  const cut: CutSegment[] = [];
  const cutter = createSegmentCutter({
    cols: COLS,
    rows: ROWS,
    timers,
    marginMs: () => 50,
    onCut: segment => cut.push(segment),
    onFault(error) {
      throw error;
    },
  });
  const storeAll = async () => {
    for (let next = cut.shift(); next !== undefined; next = cut.shift()) {
      const place = await store.store(next);
      next.stored?.(place);
    }
  };
  for (const { seq, atMs, bytes: piece } of options.pieces ?? recordedPieces(options)) {
    timers.advance(atMs - timers.nowMs());
    cutter.add({ kind: 'output', atMs, seq, bytes: piece });
    if (seq % 8 === 0) cutter.add({ kind: 'marker', atMs, marker: { kind: 'alert', text: `piece ${seq}` } });
    await storeAll();
  }
  for (const rest of [cutter.cut, cutter.cutIndex, cutter.cutDirectory]) {
    rest();
    await storeAll();
  }
  await store.finish({
    cause: 'closed-by-operator',
    endedAtMs: header.startedAtMs + durationMs,
    gap: null,
    proof: { processesLeft: 0, isChannelClosed: true },
  });
  return { identity, segments: store.segments, bytes: written };
}

type Spread = Pick<LargeRecordingOptions, 'outputBytes' | 'durationMs'>;

/** What is recorded, piece by piece. */
export function* recordedPieces(spread: Spread): Generator<RecordedPiece> {
  const pieces = Math.ceil(spread.outputBytes / PIECE_BYTES);
  for (let seq = 1; seq <= pieces; seq++) yield { seq, atMs: startOf(seq, spread), bytes: pieceOf(seq) };
}

/** Milliseconds since the start, whole: the pieces of a burst are one apart. */
function startOf(seq: number, spread: Spread): number {
  const place = seq - 1;
  return Math.floor(Math.floor(place / BURST_PIECES) * burstEveryMs(spread)) + (place % BURST_PIECES);
}

function burstEveryMs({ outputBytes, durationMs }: Spread): number {
  return durationMs / Math.ceil(outputBytes / PIECE_BYTES / BURST_PIECES);
}

/** Number of the last piece at a moment, in whole milliseconds. */
export function lastPieceAt(atMs: number, spread: Spread): number {
  const pieces = Math.ceil(spread.outputBytes / PIECE_BYTES);
  const burst = Math.floor(atMs / burstEveryMs(spread));
  const inBurst = Math.min(BURST_PIECES, atMs - Math.floor(burst * burstEveryMs(spread)) + 1);
  return Math.min(pieces, burst * BURST_PIECES + inBurst);
}

/** Log-like lines with numbers that differ, so that they compress about as real output does. */
function pieceOf(seq: number): Uint8Array {
  const lines: string[] = [];
  let length = 0;
  let state = (seq * 2_654_435_761) >>> 0;
  for (let i = 0; length < PIECE_BYTES - 110; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const level = ['info', 'info', 'debug', 'warn'][state >>> 30] ?? 'info';
    const line = `\x1b[3${state % 8}m${level}\x1b[0m worker-${(state >>> 8) % 32} request ${state.toString(36)} took ${(state >>> 4) % 900} ms`;
    lines.push(line);
    length += line.length + 2;
  }
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\npiece ${seq} \r\n`);
}

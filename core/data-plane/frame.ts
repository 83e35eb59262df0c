import type { HostMessage, TerminalMessage } from '../../contract/data-plane.ts';
import { MAX_COLS, MAX_INPUT_BYTES, MAX_ROWS, MIN_COLS, MIN_ROWS } from '../../contract/data-plane.ts';
import { assertNever } from '../assert-never.ts';

/**
 * Binary frames of the data plane: one kind byte, then fixed big-endian fields, then the payload to the end of the frame.
 * `1 output: u32 seq, bytes` · `2 resized: u16 cols, u16 rows` · `3 ended` · `4 ack: u32 seq` · `5 input: bytes` · `6 resize: u16, u16`.
 * Decoders return null for anything else: a malformed frame is the sender's fault and is dropped with its connection.
 */
const OUTPUT = 1;
const RESIZED = 2;
const ENDED = 3;
const ACK = 4;
const INPUT = 5;
const RESIZE = 6;

export function encodeHostMessage(message: HostMessage): Uint8Array {
  switch (message.kind) {
    case 'output':
      return numbered(OUTPUT, message.seq, message.bytes);
    case 'resized':
      return sized(RESIZED, message.cols, message.rows);
    case 'ended':
      return Uint8Array.of(ENDED);
    default:
      return assertNever(message);
  }
}

/** Null where the frame is not one of a session host. */
export function decodeHostMessage(frame: Uint8Array): HostMessage | null {
  switch (frame[0]) {
    case OUTPUT:
      return frame.length < 5
        ? null
        : { kind: 'output', seq: viewOf(frame).getUint32(1), bytes: frame.subarray(5) };
    case RESIZED: {
      const size = readSize(frame);
      return size === null ? null : { kind: 'resized', ...size };
    }
    case ENDED:
      return frame.length === 1 ? { kind: 'ended' } : null;
    default:
      return null;
  }
}

export function encodeTerminalMessage(message: TerminalMessage): Uint8Array {
  switch (message.kind) {
    case 'ack':
      return numbered(ACK, message.seq, new Uint8Array(0));
    case 'input': {
      const frame = new Uint8Array(1 + message.bytes.length);
      frame[0] = INPUT;
      frame.set(message.bytes, 1);
      return frame;
    }
    case 'resize':
      return sized(RESIZE, message.cols, message.rows);
    default:
      return assertNever(message);
  }
}

/** Null where the frame is not one of a terminal, too long, or out of range. */
export function decodeTerminalMessage(frame: Uint8Array): TerminalMessage | null {
  switch (frame[0]) {
    case ACK:
      return frame.length === 5 ? { kind: 'ack', seq: viewOf(frame).getUint32(1) } : null;
    case INPUT:
      return frame.length > 1 + MAX_INPUT_BYTES ? null : { kind: 'input', bytes: frame.subarray(1) };
    case RESIZE: {
      const size = readSize(frame);
      return size === null ? null : { kind: 'resize', ...size };
    }
    default:
      return null;
  }
}

function numbered(kind: number, seq: number, bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(5 + bytes.length);
  frame[0] = kind;
  viewOf(frame).setUint32(1, seq);
  frame.set(bytes, 5);
  return frame;
}

function sized(kind: number, cols: number, rows: number): Uint8Array {
  const frame = new Uint8Array(5);
  frame[0] = kind;
  const view = viewOf(frame);
  view.setUint16(1, cols);
  view.setUint16(3, rows);
  return frame;
}

function readSize(frame: Uint8Array): { cols: number; rows: number } | null {
  if (frame.length !== 5) return null;
  const view = viewOf(frame);
  const cols = view.getUint16(1);
  const rows = view.getUint16(3);
  const isInRange = cols >= MIN_COLS && cols <= MAX_COLS && rows >= MIN_ROWS && rows <= MAX_ROWS;
  return isInRange ? { cols, rows } : null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

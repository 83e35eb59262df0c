import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_INPUT_BYTES } from '../../contract/data-plane.ts';
import {
  decodeHostMessage,
  decodeTerminalMessage,
  encodeHostMessage,
  encodeTerminalMessage,
} from './frame.ts';

describe('data plane frames', () => {
  it('bring every message back as it was', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    const seq = fc.nat(0xffffffff);
    fc.assert(
      fc.property(seq, bytes, (n, b) => {
        expect(decodeHostMessage(encodeHostMessage({ kind: 'output', seq: n, bytes: b }))).toEqual({
          kind: 'output',
          seq: n,
          bytes: b,
        });
        expect(decodeTerminalMessage(encodeTerminalMessage({ kind: 'input', bytes: b }))).toEqual({
          kind: 'input',
          bytes: b,
        });
        expect(decodeTerminalMessage(encodeTerminalMessage({ kind: 'ack', seq: n }))).toEqual({
          kind: 'ack',
          seq: n,
        });
      }),
    );
    expect(decodeHostMessage(encodeHostMessage({ kind: 'ended' }))).toEqual({ kind: 'ended' });
    expect(decodeTerminalMessage(encodeTerminalMessage({ kind: 'resize', cols: 80, rows: 24 }))).toEqual({
      kind: 'resize',
      cols: 80,
      rows: 24,
    });
  });

  it('take no message of the other side', () => {
    expect(decodeTerminalMessage(encodeHostMessage({ kind: 'ended' }))).toBeNull();
    expect(decodeHostMessage(encodeTerminalMessage({ kind: 'ack', seq: 1 }))).toBeNull();
  });

  it.each([
    ['nothing', []],
    ['an unknown kind', [9, 1, 2]],
    ['a short ack', [4, 0, 0]],
    ['a long ack', [4, 0, 0, 0, 0, 0]],
    ['a size of one column', [6, 0, 1, 0, 24]],
    ['a size of no rows', [6, 0, 80, 0, 0]],
    ['a size past the limit', [6, 255, 255, 0, 24]],
  ])('refuse %s', (_name, frame) => {
    expect(decodeTerminalMessage(Uint8Array.from(frame))).toBeNull();
  });

  it('refuse input over the limit and take it at the limit', () => {
    const frameOf = (n: number) => encodeTerminalMessage({ kind: 'input', bytes: new Uint8Array(n) });
    expect(decodeTerminalMessage(frameOf(MAX_INPUT_BYTES))).not.toBeNull();
    expect(decodeTerminalMessage(frameOf(MAX_INPUT_BYTES + 1))).toBeNull();
  });
});

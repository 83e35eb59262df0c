import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineEnds } from './line-ends.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (pieces: readonly Uint8Array[]): string =>
  pieces.map(piece => new TextDecoder().decode(piece)).join('');

describe('line ends of a pipe', () => {
  it('go in with returns and come out as they were, however they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a\n\r]{0,6}$/)), pieces => {
        const text = pieces.join('').replaceAll('\r\n', '\n').replaceAll('\r', '');
        const ends = createLineEnds();
        const entered = pieces.map(piece => ends.enter(bytesOf(piece.replaceAll('\r', ''))));
        expect(textOf(entered)).toBe(text.replaceAll('\n', '\r\n'));
        expect(textOf([...entered.map(piece => ends.leave(piece)), ends.end()])).toBe(text);
      }),
    );
  });

  it('of a terminal stream are left alone, also cut between return and line feed', () => {
    const ends = createLineEnds();
    const pieces = ['a\r', '\nb\n', 'c\r\n'].map(piece => ends.leave(ends.enter(bytesOf(piece))));
    expect(textOf([...pieces, ends.end()])).toBe('a\r\nb\nc\r\n');
  });

  it('keep returns that overwrite a line', () => {
    const ends = createLineEnds();
    const out = ['x\n10%\r', '20%\r'].map(piece => ends.leave(ends.enter(bytesOf(piece))));
    expect(textOf([...out, ends.end()])).toBe('x\n10%\r20%\r');
  });
});

import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { base64Decoded } from './base64-text.ts';

const encoded = (text: string): string => Buffer.from(text).toString('base64');

describe('base64 of text', () => {
  it.each([
    'olga.ivanova@corp.ru',
    'x=1\nPASSWORD=hunter22',
    'Jürgen Großmann, Köln',
    'a €20 note for 山田',
    'twelve bytes',
  ])('reads %j, with or without its padding, and says where it stands', text => {
    for (const run of [encoded(text), encoded(text).replace(/=+$/, '')]) {
      const line = `  key: ${run}  # end`;
      const read = base64Decoded(line);
      expect(read?.text).toBe(`  key: ${text}  # end`);
      const span = read?.spanOf(7, 7 + text.length);
      expect(span?.start).toBe(7);
      // the last character of four holds two bits or four of the byte behind it
      expect(line.slice(0, span?.end).length).toBeGreaterThanOrEqual(
        7 + Math.floor((Buffer.byteLength(text) * 4) / 3),
      );
    }
  });

  it('finds a part of it where its bytes are', () => {
    const run = encoded('postgres://u:p4ssWord9@db/x');
    const read = base64Decoded(run);
    const at = read?.text.indexOf('p4ssWord9') ?? -1;
    const { start, end } = read?.spanOf(at, at + 9) ?? { start: 0, end: 0 };
    expect(Buffer.from(run.slice(0, start), 'base64').toString()).toMatch(/^postgres:\/\/u:?$/);
    expect(Buffer.from(run.slice(0, end), 'base64').toString()).toMatch(/^postgres:\/\/u:p4ssWord9?$/);
  });

  it.each([
    '/usr/share/javascript/jquery/plugins/FooBar/x',
    '9fceb02d0ae598e95dc970b74767f19372d61af8',
    'TheQuickBrownFoxJumpsOverTheLazyDog1',
    `${encoded('short')} ${encoded('elevenbytes')}`,
    encoded('\u0000\u0001binary\u0002\u0003 of some kind'),
  ])('leaves alone %j', line => {
    expect(base64Decoded(line)).toBeNull();
  });
});

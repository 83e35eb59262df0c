import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../contract/recording.ts';
import { createLineMatcher } from './line-matcher.ts';
import { hitsInPlainOutput } from './plain-output.ts';
import { createScreenHits } from './screen-hits.ts';

const START = { cols: 40, rows: 6, text: '' };

function events(...texts: string[]): RecordedEvent[] {
  return texts.map((text, index) => ({
    kind: 'output',
    atMs: index * 100,
    seq: index + 1,
    bytes: new TextEncoder().encode(text),
  }));
}

function hitsOf(query: string, texts: string[], { isAnywhere = false, text = '' } = {}) {
  const screen = createScreenHits({ ...START, text }, createLineMatcher(query, isAnywhere));
  for (const event of events(...texts)) screen.play(event);
  const hits = screen.hits.map(({ atMs, line, match }) => ({
    atMs,
    line,
    found: line.slice(match.from, match.to),
  }));
  screen.dispose();
  return hits;
}

describe('a line that is searched for', () => {
  it('is told at the moment at which it stands, and as it came to be in the end', () => {
    expect(hitsOf('order', ['$ grep ', 'or', 'der', ' orders.csv', '\r\n7,Order\r\n'])).toEqual([
      { atMs: 200, line: '$ grep order orders.csv', found: 'order' },
      { atMs: 400, line: '7,Order', found: 'Order' },
    ]);
  });

  it('is found where the cursor put it together, and over the edge of the screen', () => {
    expect(hitsOf('password', ['\x1b[3;1Hpass', '\x1b[1;1Htop', '\x1b[3;5Hword'])).toEqual([
      { atMs: 200, line: 'password', found: 'password' },
    ]);
    const long = `${'x'.repeat(36)} password`;
    expect(hitsOf('password', [long])).toEqual([{ atMs: 0, line: long, found: 'password' }]);
  });

  it('is told once while a full-screen program moves it, and again when it is written again', () => {
    const paint = (row: number) => `\x1b[2J\x1b[${row};1Hfailed login`;
    expect(hitsOf('failed', ['\x1b[?1049h', paint(1), paint(2), paint(3)])).toHaveLength(1);
    expect(hitsOf('failed', ['failed\r\n', 'failed\r\n', '\x1b[H\x1b[2J', 'failed'])).toHaveLength(3);
  });

  it('is not told where it stood in the keyframe already', () => {
    expect(hitsOf('failed', ['ok\r\n'], { text: 'failed\r\n' })).toEqual([]);
  });

  it('begins where a word begins, and its last word goes on from four letters, unless any place will do', () => {
    expect(hitsOf('order', ['reorder\r\n', 'orders\r\n'])).toHaveLength(1);
    expect(hitsOf('ord', ['orders\r\n'])).toEqual([]);
    expect(hitsOf('rde', ['orders\r\n'], { isAnywhere: true })).toHaveLength(1);
    expect(hitsOf('a.b', ['axb\r\n', 'a.b\r\n'])).toHaveLength(1);
  });

  it('is found in much plain output as on a terminal, without one', () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => `\x1b[3${n % 8}mline ${n}\x1b[0m of a log\r\n`);
    const matcher = createLineMatcher('line 2999', false);
    const content = { startMs: 0, cols: 40, rows: 6, keyframe: null, index: [], events: events(...lines) };
    expect(hitsInPlainOutput([content], matcher)).toEqual([
      { atMs: 299_900, line: 'line 2999 of a log', match: { from: 0, to: 9 } },
    ]);
    const moving = { ...content, events: events(...lines, '\x1b[H') };
    expect(hitsInPlainOutput([moving], matcher)).toBeNull();
    const begun = {
      ...content,
      keyframe: { screen: '\x1b[1;1Hli', pending: '' },
      events: events('ne 2999\r\n', ...lines),
    };
    expect(hitsInPlainOutput([begun], matcher)).toBeNull();
  });
});

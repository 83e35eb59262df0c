import { describe, expect, it } from 'vitest';
import { findScrolledRun } from './scrolled-run.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const LINES = 'a line\r\n'.repeat(10);

describe('lines that scroll out', () => {
  it('begin behind the first line end and leave so many lines as are kept', () => {
    const run = findScrolledRun(bytesOf(LINES), 0, 3);
    expect(run).toEqual({ start: 8, end: 56, styles: '' });
  });

  it('are none where as many lines are kept as there are', () => {
    expect(findScrolledRun(bytesOf(LINES), 0, 9)).toBeNull();
    expect(findScrolledRun(bytesOf(LINES), 0, 8)?.end).toBe(16);
  });

  it('are none over anything but text, tabs, line ends and colours', () => {
    for (const other of ['\x1b[H', '\x1b]0;x\x07', '\b', '\n', '\r', '\x0e', '\x9b', '\x1b[?7l', '\x1b[>4m'])
      expect(findScrolledRun(bytesOf(`${'x\r\n'.repeat(3)}${other}${'x\r\n'.repeat(3)}`), 0, 3)).toBeNull();
    expect(
      findScrolledRun(bytesOf(`${'x\tÄ漢\r\n'.repeat(3)}\x1b[1;31m${'x\r\n'.repeat(3)}`), 0, 3),
    ).not.toBeNull();
  });

  it('leave the styles that are on behind them, from the last reset on', () => {
    const text = `a\r\n\x1b[31mb\r\n\x1b[0mc\x1b[1m\r\n\x1b[44md\r\ne\r\n\x1b[7mf\r\ng\r\n`;
    expect(findScrolledRun(bytesOf(text), 0, 2)?.styles).toBe('\x1b[0m\x1b[1m\x1b[44m');
  });

  it('are found behind what ends a run', () => {
    const text = `x\r\n\x1b[H${LINES}`;
    expect(findScrolledRun(bytesOf(text), 0, 3)).toEqual({ start: 14, end: 62, styles: '' });
  });
});

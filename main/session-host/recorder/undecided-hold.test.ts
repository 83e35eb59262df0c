import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../contract/recording.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import { createUndecidedHold, HOLD_MAX_MS, HOLD_QUIET_MS } from './undecided-hold.ts';

function setUp() {
  const timers = fakeTimers();
  const passed: string[] = [];
  let seq = 0;
  const hold = createUndecidedHold({
    timers,
    draft: null,
    onEvent: event =>
      passed.push(event.kind === 'output' ? new TextDecoder().decode(event.bytes) : event.kind),
  });
  const output = (text: string): RecordedEvent => ({
    kind: 'output',
    atMs: timers.nowMs(),
    seq: ++seq,
    bytes: new TextEncoder().encode(text),
  });
  return { timers, passed, hold, add: (text: string) => hold.add(output(text)) };
}

describe('what is not decided in a recording', () => {
  it('does not wait where all is decided', () => {
    const { hold, add, passed, timers } = setUp();
    add('one');
    hold.holdFrom(10);
    add('two');
    expect([passed, timers.pending]).toEqual([['one', 'two'], 0]);
  });

  it('waits from the offset on, with all that follows, in order', () => {
    const { hold, add, passed } = setUp();
    add('$ ');
    hold.holdFrom(2);
    add('4');
    hold.add({ kind: 'resize', atMs: 0, cols: 90, rows: 30 });
    add('0');
    expect(passed).toEqual(['$ ']);
    hold.holdFrom(3);
    expect(passed).toEqual(['$ ', '4', 'resize']);
    hold.holdFrom(null);
    expect(passed).toEqual(['$ ', '4', 'resize', '0']);
  });

  it('is masked where it was a value, also what has not come yet, and a character of several bytes as one', () => {
    const { hold, add, passed } = setUp();
    hold.holdFrom(0);
    add('a4');
    for (const offset of [1, 2, 5, 8]) hold.hide(offset);
    add('é3界@x');
    hold.holdFrom(null);
    expect(passed).toEqual(['a*', '•3＊@x']);
  });

  it('cannot be masked any more once it was let go', () => {
    const { hold, add, passed } = setUp();
    hold.holdFrom(0);
    add('40');
    hold.release();
    hold.hide(0);
    add('12');
    hold.release();
    expect(passed).toEqual(['40', '12']);
  });

  it('is let go when it is quiet, and after its time also when it is not', () => {
    const { hold, add, passed, timers } = setUp();
    hold.holdFrom(0);
    add('a');
    timers.advance(HOLD_QUIET_MS - 1);
    add('b');
    timers.advance(HOLD_QUIET_MS - 1);
    expect(passed).toEqual([]);
    timers.advance(1);
    expect(passed).toEqual(['a', 'b']);
    for (let ms = 0; ms <= HOLD_MAX_MS; ms += 1000) {
      add('c');
      timers.advance(1000);
    }
    expect(passed.length).toBeGreaterThan(HOLD_MAX_MS / 1000);
    hold.release();
    expect(timers.pending).toBe(0);
  });

  it('is bounded', () => {
    const { hold, add, passed } = setUp();
    hold.holdFrom(0);
    for (let i = 0; i < 70; i++) add('x'.repeat(1000));
    expect(passed.length).toBeGreaterThan(60);
  });
});

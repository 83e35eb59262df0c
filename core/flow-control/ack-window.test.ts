import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAckWindow } from './ack-window.ts';

describe('an ack window', () => {
  it('counts what was sent and not acknowledged', () => {
    const window = createAckWindow();
    window.sent(1, 10);
    window.sent(2, 20);
    window.sent(3, 30);
    expect(window.unackedBytes).toBe(60);
    expect(window.acked(2)).toBe(true);
    expect(window.unackedBytes).toBe(30);
    expect(window.acked(3)).toBe(true);
    expect(window.unackedBytes).toBe(0);
  });

  it('gives no credit for a number that was never sent, nor twice for one', () => {
    const window = createAckWindow();
    expect(window.acked(1)).toBe(false);
    window.sent(1, 10);
    window.sent(2, 10);
    expect(window.acked(3)).toBe(false);
    expect(window.acked(0)).toBe(false);
    expect(window.unackedBytes).toBe(20);
    expect(window.acked(1)).toBe(true);
    expect(window.acked(1)).toBe(false);
    expect(window.unackedBytes).toBe(10);
  });

  it('refuses a sequence number that does not rise', () => {
    const window = createAckWindow();
    window.sent(2, 1);
    expect(() => window.sent(2, 1)).toThrow(RangeError);
  });

  it('always equals the sum of the messages after the highest valid acknowledgement', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('send' as const), bytes: fc.nat(70_000) }),
      fc.record({ kind: fc.constant('ack' as const), seq: fc.nat(60) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), steps => {
        const window = createAckWindow();
        const sizes: number[] = [];
        let acked = 0;
        for (const s of steps) {
          if (s.kind === 'send') {
            sizes.push(s.bytes);
            window.sent(sizes.length, s.bytes);
          } else {
            window.acked(s.seq);
            if (s.seq <= sizes.length) acked = Math.max(acked, s.seq);
          }
          expect(window.unackedBytes).toBe(sizes.slice(acked).reduce((sum, n) => sum + n, 0));
        }
      }),
    );
  });
});

import type { Duplex } from 'node:stream';

/** Joins two byte streams with back-pressure in both directions; when one is over, so is the other. */
export function joinStreams(a: Duplex, b: Duplex): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      // What was read before the end still goes out.
      if (to.writable) to.end();
      else to.destroy();
    });
  }
}

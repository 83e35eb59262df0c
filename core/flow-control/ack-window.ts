/**
 * Which messages are on their way to a terminal: bytes per sequence number, until the terminal says that it has written them.
 * Acknowledgements are cumulative, as in TCP (RFC 9293, 3.4): one for `seq` covers every message up to it.
 */
export interface AckWindow {
  /** Bytes that were sent and not yet acknowledged. */
  readonly unackedBytes: number;
  /** A message left. Sequence numbers must rise; throws a RangeError otherwise. */
  sent(seq: number, bytes: number): void;
  /**
   * The terminal acknowledges everything up to `seq`. Returns false, and changes nothing, for a number that was acknowledged
   * already or never sent: a terminal cannot buy itself credit with numbers that it makes up.
   */
  acked(seq: number): boolean;
}

export function createAckWindow(): AckWindow {
  const underWay: { readonly seq: number; readonly bytes: number }[] = [];
  let unackedBytes = 0;
  let lastSent = 0;
  return {
    get unackedBytes() {
      return unackedBytes;
    },
    sent(seq, bytes) {
      if (seq <= lastSent) throw new RangeError(`sequence number ${seq} does not follow ${lastSent}`);
      lastSent = seq;
      underWay.push({ seq, bytes });
      unackedBytes += bytes;
    },
    acked(seq) {
      const first = underWay[0];
      if (first === undefined || seq < first.seq || seq > lastSent) return false;
      let count = 0;
      for (const message of underWay) {
        if (message.seq > seq) break;
        unackedBytes -= message.bytes;
        count += 1;
      }
      underWay.splice(0, count);
      return true;
    },
  };
}

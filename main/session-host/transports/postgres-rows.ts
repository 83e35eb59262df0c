/** Of a message: a type byte and a length that counts itself. */
const HEAD_BYTES = 5;
const DATA_ROW = 0x44;
/** CommandComplete, and ReadyForQuery after whatever else ended a statement. */
const ENDS_STATEMENT: readonly number[] = [0x43, 0x5a];

/**
 * Reads along with what a PostgreSQL server sends after the login (protocol 3) and tells how many rows of the running statement have
 * come, once for each piece that brings some. Looks at heads of messages only; keeps at most one head.
 */
export function createRowCounter(onRows: (rows: number) => void): (bytes: Uint8Array) => void {
  const head = Buffer.alloc(HEAD_BYTES);
  let headBytes = 0;
  let bodyLeft = 0;
  let rows = 0;
  return bytes => {
    const before = rows;
    let seen = 0;
    for (let at = 0; at < bytes.length; ) {
      if (bodyLeft > 0) {
        const part = Math.min(bodyLeft, bytes.length - at);
        bodyLeft -= part;
        at += part;
        continue;
      }
      head[headBytes] = bytes[at] ?? 0;
      headBytes += 1;
      at += 1;
      if (headBytes < HEAD_BYTES) continue;
      headBytes = 0;
      bodyLeft = Math.max(0, head.readInt32BE(1) - 4);
      const type = head[0] ?? 0;
      if (type === DATA_ROW) rows += 1;
      if (ENDS_STATEMENT.includes(type)) {
        seen = Math.max(seen, rows);
        rows = 0;
      }
    }
    seen = Math.max(seen, rows);
    if (seen > 0 && (seen !== before || rows === 0)) onRows(seen);
  };
}

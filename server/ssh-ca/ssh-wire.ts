/** Encoding of SSH's wire format (RFC 4251, section 5). */
export interface WireWriter {
  uint32(value: number): WireWriter;
  uint64(value: bigint): WireWriter;
  string(value: string | Uint8Array): WireWriter;
  bytes(): Uint8Array;
}

export function createWireWriter(): WireWriter {
  const parts: Uint8Array[] = [];
  const writer: WireWriter = {
    uint32(value) {
      const part = Buffer.alloc(4);
      part.writeUInt32BE(value);
      parts.push(part);
      return writer;
    },
    uint64(value) {
      const part = Buffer.alloc(8);
      part.writeBigUInt64BE(value);
      parts.push(part);
      return writer;
    },
    string(value) {
      const content = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
      writer.uint32(content.length);
      parts.push(content);
      return writer;
    },
    bytes: () => Buffer.concat(parts),
  };
  return writer;
}

/** The strings of a sequence of SSH strings; null unless they fill the bytes exactly. */
export function readStrings(bytes: Uint8Array): readonly Uint8Array[] | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const strings: Uint8Array[] = [];
  let at = 0;
  while (at < view.length) {
    if (at + 4 > view.length) return null;
    const end = at + 4 + view.readUInt32BE(at);
    if (end > view.length) return null;
    strings.push(view.subarray(at + 4, end));
    at = end;
  }
  return strings;
}

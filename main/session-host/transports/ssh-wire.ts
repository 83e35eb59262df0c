/** The few data types of the SSH wire format that are needed here (RFC 4251 section 5). */

/** `string`: 4 bytes of length, then the bytes. */
export function sshString(value: Uint8Array | string): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** `uint32`. */
export function sshUint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Reads a `string` at an offset; null when the bytes end before it does. */
export function readSshString(
  bytes: Buffer,
  offset: number,
): { readonly value: Buffer; readonly next: number } | null {
  if (offset + 4 > bytes.length) return null;
  const next = offset + 4 + bytes.readUInt32BE(offset);
  return next > bytes.length ? null : { value: bytes.subarray(offset + 4, next), next };
}

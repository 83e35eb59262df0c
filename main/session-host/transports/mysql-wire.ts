import type { ByteReader } from './byte-reader.ts';

/** Packets of the MySQL client/server protocol (MySQL internals documentation, "Connection Phase"; MariaDB documents its additions). */

export const CAPABILITY = {
  /** unset by MariaDB, which then puts further capabilities into reserved bytes */
  mysql: 1,
  connectWithDatabase: 0x8,
  compress: 0x20,
  localFiles: 0x80,
  protocol41: 0x200,
  tls: 0x800,
  secureConnection: 0x8000,
  multiStatements: 0x10000,
  pluginAuth: 0x80000,
  connectAttributes: 0x100000,
  lengthEncodedAuth: 0x200000,
  zstd: 0x4000000,
  queryAttributes: 0x8000000,
  multiFactor: 0x10000000,
} as const;

const MAX_LOGIN_PACKET_BYTES = 64 * 1024;

export interface MysqlPacket {
  readonly sequence: number;
  readonly payload: Buffer;
}

/** Server greeting, protocol version 10. */
export interface MysqlGreeting {
  readonly version: string;
  readonly threadId: number;
  readonly scramble: Buffer;
  readonly capabilities: number;
  readonly extendedCapabilities: number;
  readonly charset: number;
  readonly status: number;
  readonly plugin: string;
}

/** What a client answers to the greeting. */
export interface MysqlResponse {
  readonly capabilities: number;
  readonly extendedCapabilities: number;
  readonly maxPacketBytes: number;
  readonly charset: number;
  readonly username: string;
  readonly auth: Buffer;
  readonly database: string | null;
  readonly plugin: string;
}

/** Reads one packet of the login phase; null at the end of the stream or for something else. */
export async function readPacket(reader: ByteReader): Promise<MysqlPacket | null> {
  const head = await reader.read(4);
  if (head === null) return null;
  const length = head.readUIntLE(0, 3);
  const sequence = head.readUInt8(3);
  if (length === 0 || length > MAX_LOGIN_PACKET_BYTES) return null;
  const payload = await reader.read(length);
  return payload === null ? null : { sequence, payload: Buffer.from(payload) };
}

export function formatPacket(sequence: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head.writeUInt8(sequence & 0xff, 3);
  return Buffer.concat([head, payload]);
}

export function errorPacket(sequence: number, code: number, text: string): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt8(0xff, 0);
  head.writeUInt16LE(code, 1);
  return formatPacket(sequence, Buffer.concat([head, Buffer.from(`#HY000${text}`)]));
}

/** Code and text of an ERR packet. */
export function readError(payload: Buffer): { readonly code: number; readonly text: string } {
  const text = payload.toString('utf8', 3);
  return { code: payload.readUInt16LE(1), text: text.startsWith('#') ? text.slice(6) : text };
}

/** Null for another protocol version. */
export function readGreeting(payload: Buffer): MysqlGreeting | null {
  if (payload[0] !== 10) return null;
  const versionEnd = payload.indexOf(0, 1);
  let at = versionEnd + 1;
  if (versionEnd === -1 || at + 44 > payload.length) return null;
  const threadId = payload.readUInt32LE(at);
  const first = payload.subarray(at + 4, at + 12);
  at += 13;
  const capabilities = (payload.readUInt16LE(at) | (payload.readUInt16LE(at + 5) << 16)) >>> 0;
  const charset = payload.readUInt8(at + 2);
  const status = payload.readUInt16LE(at + 3);
  const authLength = payload.readUInt8(at + 7);
  const extendedCapabilities = (capabilities & CAPABILITY.mysql) === 0 ? payload.readUInt32LE(at + 14) : 0;
  at += 18;
  const secondLength = Math.max(13, authLength - 8);
  const second = payload.subarray(at, at + secondLength);
  at += secondLength;
  const plugin = textAt(payload, at).text;
  const scramble = Buffer.concat([first, second]).subarray(0, 20);
  return {
    version: payload.toString('latin1', 1, versionEnd),
    threadId,
    scramble: Buffer.from(scramble),
    capabilities,
    extendedCapabilities,
    charset,
    status,
    plugin,
  };
}

export function formatGreeting(greeting: MysqlGreeting): Buffer {
  const body = Buffer.alloc(31);
  body.writeUInt16LE(greeting.capabilities & 0xffff, 0);
  body.writeUInt8(greeting.charset, 2);
  body.writeUInt16LE(greeting.status, 3);
  body.writeUInt16LE(greeting.capabilities >>> 16, 5);
  body.writeUInt8(21, 7);
  body.writeUInt32LE(greeting.extendedCapabilities, 14);
  greeting.scramble.copy(body, 18, 8, 20);
  const threadId = Buffer.alloc(4);
  threadId.writeUInt32LE(greeting.threadId);
  return Buffer.concat([
    Buffer.from([10]),
    Buffer.from(`${greeting.version}\0`, 'latin1'),
    threadId,
    greeting.scramble.subarray(0, 8),
    Buffer.from([0]),
    body,
    Buffer.from(`${greeting.plugin}\0`),
  ]);
}

/** Null for what is no HandshakeResponse41. */
export function readResponse(payload: Buffer): MysqlResponse | null {
  if (payload.length < 33) return null;
  const capabilities = payload.readUInt32LE(0);
  if ((capabilities & CAPABILITY.protocol41) === 0) return null;
  const has = (flag: number): boolean => (capabilities & flag) !== 0;
  const username = textAt(payload, 32);
  const auth = has(CAPABILITY.secureConnection)
    ? bytesAt(payload, username.next)
    : nulTerminatedAt(payload, username.next);
  const database = has(CAPABILITY.connectWithDatabase)
    ? textAt(payload, auth.next)
    : { text: null, next: auth.next };
  const plugin = has(CAPABILITY.pluginAuth) ? textAt(payload, database.next).text : '';
  return {
    capabilities,
    extendedCapabilities: has(CAPABILITY.mysql) ? 0 : payload.readUInt32LE(28),
    maxPacketBytes: payload.readUInt32LE(4),
    charset: payload.readUInt8(8),
    username: username.text,
    auth: auth.bytes,
    database: database.text,
    plugin,
  };
}

/** The 32 bytes that begin a response and are all of a request for TLS. */
export function formatResponseHead(
  response: Pick<MysqlResponse, 'capabilities' | 'extendedCapabilities' | 'maxPacketBytes' | 'charset'>,
): Buffer {
  const head = Buffer.alloc(32);
  head.writeUInt32LE(response.capabilities >>> 0, 0);
  head.writeUInt32LE(response.maxPacketBytes, 4);
  head.writeUInt8(response.charset, 8);
  head.writeUInt32LE(response.extendedCapabilities, 28);
  return head;
}

export function formatResponse(response: MysqlResponse): Buffer {
  return Buffer.concat([
    formatResponseHead(response),
    Buffer.from(`${response.username}\0`),
    Buffer.from([response.auth.length]),
    response.auth,
    Buffer.from(response.database === null ? '' : `${response.database}\0`),
    Buffer.from(`${response.plugin}\0`),
  ]);
}

/** A text up to the next NUL, or the end. */
export function textAt(bytes: Buffer, offset: number): { readonly text: string; readonly next: number } {
  const found = nulTerminatedAt(bytes, offset);
  return { text: found.bytes.toString('utf8'), next: found.next };
}

interface Piece {
  readonly bytes: Buffer;
  readonly next: number;
}

function nulTerminatedAt(bytes: Buffer, offset: number): Piece {
  const nul = bytes.indexOf(0, offset);
  const end = nul === -1 ? bytes.length : nul;
  return { bytes: bytes.subarray(offset, end), next: end + 1 };
}

/** One byte of length: answers of clients are short in both encodings (a length below 251 is its own length encoding). */
function bytesAt(bytes: Buffer, offset: number): Piece {
  const length = bytes[offset] ?? 0;
  return { bytes: bytes.subarray(offset + 1, offset + 1 + length), next: offset + 1 + length };
}

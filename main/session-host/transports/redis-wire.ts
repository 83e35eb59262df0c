/** RESP, the protocol of Redis (redis.io, "Redis serialization protocol specification"): what a proxy has to see of it. */

/** A command of a client with its exact bytes. `words` holds its arguments. */
export interface RedisCommand {
  readonly words: readonly Buffer[];
  readonly raw: Buffer;
}

/** Redis' own limits: 64 KiB for an inline command; here a command is kept whole, so arguments are bounded as well. */
const MAX_INLINE_BYTES = 64 * 1024;
const MAX_COMMAND_BYTES = 64 * 1024 * 1024;
const MAX_WORDS = 1024 * 1024;

/** Cuts the first command off the bytes; null when it is not complete; throws for what is no command or too long. */
export function readCommand(bytes: Buffer): RedisCommand | null {
  const line = lineAt(bytes, 0);
  if (line === null) {
    if (bytes.length > MAX_INLINE_BYTES && bytes[0] !== 0x2a) throw new Error('too long');
    return null;
  }
  if (bytes[0] !== 0x2a) {
    const words = line.text.split(/\s+/).filter(word => word !== '');
    return { words: words.map(word => Buffer.from(word)), raw: bytes.subarray(0, line.next) };
  }
  const count = Number(line.text.slice(1));
  if (!Number.isInteger(count) || count > MAX_WORDS) throw new Error('not a command');
  const words: Buffer[] = [];
  let offset = line.next;
  for (let i = 0; i < count; i += 1) {
    const head = lineAt(bytes, offset);
    if (head === null) return tooLong(bytes);
    const length = Number(head.text.slice(1));
    if (!head.text.startsWith('$') || !Number.isInteger(length) || length < 0)
      throw new Error('not a command');
    if (head.next + length + 2 > bytes.length) return tooLong(bytes);
    words.push(bytes.subarray(head.next, head.next + length));
    offset = head.next + length + 2;
  }
  return { words, raw: bytes.subarray(0, offset) };
}

/** A command as an array of bulk strings. */
export function formatCommand(words: readonly string[]): Buffer {
  const parts = words.map(word => `$${String(Buffer.byteLength(word))}\r\n${word}\r\n`);
  return Buffer.from(`*${String(words.length)}\r\n${parts.join('')}`);
}

export type RedisReply = string | number | null | RedisError | readonly RedisReply[];
export class RedisError {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Reads one RESP2 reply at an offset; null when it is not complete. */
export function readReply(
  bytes: Buffer,
  offset = 0,
): { readonly reply: RedisReply; readonly next: number } | null {
  const line = lineAt(bytes, offset);
  if (line === null) return null;
  const kind = line.text.slice(0, 1);
  const rest = line.text.slice(1);
  if (kind === '-') return { reply: new RedisError(rest), next: line.next };
  if (kind === ':') return { reply: Number(rest), next: line.next };
  if (kind === '$') {
    const length = Number(rest);
    if (length < 0) return { reply: null, next: line.next };
    if (line.next + length + 2 > bytes.length) return null;
    return { reply: bytes.toString('utf8', line.next, line.next + length), next: line.next + length + 2 };
  }
  if (kind === '*') {
    const items: RedisReply[] = [];
    let next = line.next;
    for (let i = 0; i < Number(rest); i += 1) {
      const item = readReply(bytes, next);
      if (item === null) return null;
      items.push(item.reply);
      next = item.next;
    }
    return { reply: items, next };
  }
  return { reply: rest, next: line.next };
}

function tooLong(bytes: Buffer): null {
  if (bytes.length > MAX_COMMAND_BYTES) throw new Error('too long');
  return null;
}

function lineAt(bytes: Buffer, offset: number): { readonly text: string; readonly next: number } | null {
  const end = bytes.indexOf('\n', offset);
  if (end === -1) return null;
  return { text: bytes.toString('latin1', offset, end).replace(/\r$/, ''), next: end + 1 };
}

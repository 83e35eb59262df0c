import { constants, createHash, publicEncrypt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { SallyportError } from '../../../contract/errors.ts';
import type { ByteReader } from './byte-reader.ts';
import { readBytesOf } from './byte-reader.ts';
import type { DatabaseAccess } from './database-access.ts';
import { loginBroken, loginRefused, noPrivacy, wrapInTls } from './database-access.ts';
import type { MysqlGreeting, MysqlPacket, MysqlResponse } from './mysql-wire.ts';
import {
  CAPABILITY,
  formatPacket,
  formatResponse,
  formatResponseHead,
  readError,
  readGreeting,
  readPacket,
  textAt,
} from './mysql-wire.ts';

/** A connection on which the server has greeted and waits for the login. */
export interface MysqlDial {
  readonly stream: Duplex;
  readonly reader: ByteReader;
  readonly greeting: MysqlGreeting;
}

export interface MysqlConnection {
  readonly stream: Duplex;
  /** payload of the server's OK */
  readonly ok: Buffer;
}

/** What a client chooses that the server has to know; everything else is the grant's. */
export type MysqlClientChoice = Pick<
  MysqlResponse,
  'capabilities' | 'extendedCapabilities' | 'maxPacketBytes' | 'charset'
>;

/** What the proxy itself speaks when there is no client: 16 MiB packets, utf8mb4. */
export const OWN_CHOICE: MysqlClientChoice = {
  capabilities: CAPABILITY.mysql | CAPABILITY.protocol41,
  extendedCapabilities: 0,
  maxPacketBytes: 16 * 1024 * 1024,
  charset: 45,
};

/** Compression, TLS and a server that reads the client's files do not go through a proxy. */
export const NOT_PROXIED =
  CAPABILITY.compress |
  CAPABILITY.localFiles |
  CAPABILITY.tls |
  CAPABILITY.zstd |
  CAPABILITY.multiFactor |
  CAPABILITY.connectAttributes;

const COM_QUERY = 3;
const ACCESS_DENIED = [1044, 1045, 1698, 1820, 3118, 4151];
const UNKNOWN_DATABASE = 1049;

/** Opens a stream and reads the server's greeting. */
export async function dialMysql(access: DatabaseAccess): Promise<MysqlDial> {
  const stream = await access.route.connect();
  const reader = readBytesOf(stream);
  const packet = await readPacket(reader);
  const greeting = packet === null ? null : readGreeting(packet.payload);
  if (greeting !== null) return { stream, reader, greeting };
  stream.destroy();
  if (packet?.payload[0] === 0xff) throw loginBroken(access, readError(packet.payload).text);
  throw loginBroken(
    access,
    packet === null ? 'the connection was closed' : 'it does not speak the MySQL protocol',
  );
}

/**
 * Logs in as the grant says, with the capabilities of the client. Rejects with credential-refused, not-found or target-unreachable.
 */
export async function loginMysql(
  access: DatabaseAccess,
  dial: MysqlDial,
  choice: MysqlClientChoice,
): Promise<MysqlConnection> {
  let { stream, reader } = dial;
  try {
    const { greeting } = dial;
    const isTls = !access.route.isPrivate;
    if (isTls && (greeting.capabilities & CAPABILITY.tls) === 0) throw noPrivacy(access.host, access.port);
    const plugin = isKnown(greeting.plugin) ? greeting.plugin : 'mysql_native_password';
    const added =
      CAPABILITY.pluginAuth |
      CAPABILITY.secureConnection |
      CAPABILITY.protocol41 |
      (access.database === null ? 0 : CAPABILITY.connectWithDatabase) |
      (isTls ? CAPABILITY.tls : 0);
    const removed = NOT_PROXIED | CAPABILITY.lengthEncodedAuth | CAPABILITY.connectWithDatabase;
    const response: MysqlResponse = {
      ...choice,
      capabilities: ((choice.capabilities & greeting.capabilities & ~removed) | added) >>> 0,
      extendedCapabilities: choice.extendedCapabilities & greeting.extendedCapabilities,
      username: access.username,
      auth: answerTo(plugin, access.password ?? '', greeting.scramble),
      database: access.database,
      plugin,
    };
    let sequence = 1;
    if (isTls) {
      stream.write(formatPacket(sequence, formatResponseHead(response)));
      sequence += 1;
      reader.release();
      stream = await wrapInTls(stream, access.host, access.port);
      reader = readBytesOf(stream);
    }
    stream.write(formatPacket(sequence, formatResponse(response)));
    const ok = await converse({ access, stream, reader, isTls }, plugin, greeting.scramble);
    if (access.readOnly) await runStatement(access, stream, reader, 'SET SESSION TRANSACTION READ ONLY');
    reader.release();
    return { stream, ok };
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

/** Runs a statement without a result set on a fresh connection; rejects when the server refuses it. */
export async function runStatement(
  access: DatabaseAccess,
  stream: Duplex,
  reader: ByteReader,
  statement: string,
): Promise<void> {
  stream.write(formatPacket(0, Buffer.concat([Buffer.from([COM_QUERY]), Buffer.from(statement)])));
  const answer = await readPacket(reader);
  if (answer?.payload[0] === 0) return;
  throw loginBroken(
    access,
    answer === null
      ? 'the connection was closed'
      : `it refused "${statement}": ${readError(answer.payload).text}`,
  );
}

interface Conversation {
  readonly access: DatabaseAccess;
  readonly stream: Duplex;
  readonly reader: ByteReader;
  readonly isTls: boolean;
}

async function converse(talk: Conversation, firstPlugin: string, firstScramble: Buffer): Promise<Buffer> {
  const { access, stream } = talk;
  const password = access.password ?? '';
  let plugin = firstPlugin;
  let scramble = firstScramble;
  for (;;) {
    const packet = await nextPacket(talk);
    const kind = packet.payload[0];
    const reply = (payload: Uint8Array): void => {
      stream.write(formatPacket(packet.sequence + 1, payload));
    };
    if (kind === 0) return packet.payload;
    if (kind === 0xff) throw explainError(access, packet.payload);
    if (kind === 0xfe) {
      const name = textAt(packet.payload, 1);
      plugin = name.text;
      scramble = packet.payload.subarray(name.next, name.next + 20);
      if (plugin === 'mysql_clear_password' && talk.isTls) reply(Buffer.from(`${password}\0`));
      else if (isKnown(plugin)) reply(answerTo(plugin, password, scramble));
      else
        throw loginBroken(
          access,
          `the account asks for the login method "${plugin}", which is not known here`,
        );
    } else if (kind === 1 && plugin === 'caching_sha2_password') {
      if (packet.payload[1] === 4) await provePassword(talk, packet, scramble);
    } else {
      throw loginBroken(access, 'its login messages are out of order');
    }
  }
}

/** "Full authentication": the password itself, by TLS or under the server's RSA key (MySQL documentation, "Caching SHA-2"). */
async function provePassword(talk: Conversation, asked: MysqlPacket, scramble: Buffer): Promise<void> {
  const password = Buffer.from(`${talk.access.password ?? ''}\0`);
  if (talk.isTls) {
    talk.stream.write(formatPacket(asked.sequence + 1, password));
    return;
  }
  talk.stream.write(formatPacket(asked.sequence + 1, Buffer.from([2])));
  const answer = await nextPacket(talk);
  if (answer.payload[0] !== 1) throw loginBroken(talk.access, 'it did not send its public key');
  const masked = password.map((byte, i) => byte ^ (scramble[i % scramble.length] ?? 0));
  const encrypted = publicEncrypt(
    { key: answer.payload.toString('latin1', 1), padding: constants.RSA_PKCS1_OAEP_PADDING },
    masked,
  );
  talk.stream.write(formatPacket(answer.sequence + 1, encrypted));
}

async function nextPacket(talk: Conversation): Promise<MysqlPacket> {
  const packet = await readPacket(talk.reader);
  if (packet === null) throw loginBroken(talk.access, 'the connection was closed');
  return packet;
}

function isKnown(plugin: string): boolean {
  return plugin === 'mysql_native_password' || plugin === 'caching_sha2_password';
}

/** The answer to a challenge; an empty password is answered by nothing. */
export function answerTo(plugin: string, password: string, scramble: Buffer): Buffer {
  if (password === '') return Buffer.alloc(0);
  const hash = (...parts: readonly (Buffer | string)[]): Buffer => {
    const digest = createHash(plugin === 'caching_sha2_password' ? 'sha256' : 'sha1');
    for (const part of parts) digest.update(part);
    return digest.digest();
  };
  const once = hash(password);
  const twice = hash(once);
  const mask = plugin === 'caching_sha2_password' ? hash(twice, scramble) : hash(scramble, twice);
  return Buffer.from(once.map((byte, i) => byte ^ (mask[i] ?? 0)));
}

function explainError(access: DatabaseAccess, payload: Buffer): SallyportError {
  const { code, text } = readError(payload);
  if (ACCESS_DENIED.includes(code)) return loginRefused(access, text);
  if (code === UNKNOWN_DATABASE) {
    return new SallyportError(
      'not-found',
      `The database of this target is not there: ${text}. Ask an administrator to correct the target.`,
    );
  }
  return loginBroken(access, text);
}

import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { ByteReader } from './byte-reader.ts';
import { readBytesOf } from './byte-reader.ts';
import type { DatabaseAccess } from './database-access.ts';
import { loginBroken, loginRefused, noPrivacy, wrapInTls } from './database-access.ts';
import { SallyportError } from '../../../contract/errors.ts';
import type { BackendMessage } from './postgres-messages.ts';
import {
  passwordMessage,
  readErrorFields,
  requestMessage,
  SSL_REQUEST_CODE,
  startupMessage,
  typedMessage,
} from './postgres-messages.ts';
import type { ScramClient } from './scram.ts';
import { startScram } from './scram.ts';

/** A connection that the server has accepted; the messages until the first ReadyForQuery, that one included, are still for the client. */
export interface PostgresConnection {
  readonly stream: Duplex;
  readonly greeting: readonly BackendMessage[];
  /** body of BackendKeyData, by which statements are cancelled; null when the server gave none */
  readonly key: Buffer | null;
}

/** Before a login a server has little to say; a longer message is another protocol. */
const MAX_LOGIN_MESSAGE_BYTES = 1024 * 1024;

/** Opens a stream to the server: TLS where the way is not private already. */
export async function dialPostgres(access: DatabaseAccess): Promise<Duplex> {
  const stream = await access.route.connect();
  if (access.route.isPrivate) return stream;
  stream.write(requestMessage(SSL_REQUEST_CODE));
  const reader = readBytesOf(stream);
  const answer = await reader.read(1);
  reader.release();
  if (answer?.toString() !== 'S') {
    stream.destroy();
    throw answer === null
      ? loginBroken(access, 'the connection was closed')
      : noPrivacy(access.host, access.port);
  }
  return wrapInTls(stream, access.host, access.port);
}

/**
 * Logs in as the grant says (user, database, read-only), whatever the client asked for. `parameters` are those that a client may choose.
 * Rejects with credential-refused, not-found or target-unreachable.
 */
export async function loginPostgres(
  access: DatabaseAccess,
  protocol: number,
  parameters: Readonly<Record<string, string>>,
): Promise<PostgresConnection> {
  const stream = await dialPostgres(access);
  const reader = readBytesOf(stream);
  try {
    stream.write(
      startupMessage(protocol, {
        ...parameters,
        user: access.username,
        database: access.database ?? access.username,
        ...(access.readOnly ? { options: '-c default_transaction_read_only=on' } : {}),
      }),
    );
    const connection = await converse(access, stream, reader);
    reader.release();
    return connection;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

async function converse(
  access: DatabaseAccess,
  stream: Duplex,
  reader: ByteReader,
): Promise<PostgresConnection> {
  const greeting: BackendMessage[] = [];
  const authenticate = createAuthenticator(access, stream);
  let isAccepted = false;
  let key: Buffer | null = null;
  for (;;) {
    const message = await readMessage(reader);
    if (message === null) throw loginBroken(access, 'the connection was closed');
    if (message.type === 'E') throw explainError(access, message.body);
    if (message.type === 'R') {
      isAccepted = authenticate(message.body);
      if (!isAccepted) continue;
    }
    if (message.type === 'K') key = message.body;
    greeting.push(message);
    if (message.type === 'Z' && isAccepted) return { stream, greeting, key };
  }
}

/** Answers authentication requests; the result is true once the server is content. */
function createAuthenticator(access: DatabaseAccess, stream: Duplex): (body: Buffer) => boolean {
  let scram: ScramClient | null = null;
  let isServerProven = true;
  const password = (): string => {
    if (access.password !== null) return access.password;
    throw loginRefused(access, 'it asks for a password, and the grant has none');
  };
  return body => {
    const kind = body.readInt32BE(0);
    const rest = body.subarray(4);
    switch (kind) {
      case 0:
        if (!isServerProven) throw loginBroken(access, 'the server did not prove that it knows the password');
        return true;
      case 3:
        stream.write(passwordMessage(password()));
        return false;
      case 5:
        stream.write(passwordMessage(md5Answer(access.username, password(), rest)));
        return false;
      case 10: {
        if (!rest.toString().split('\0').includes('SCRAM-SHA-256')) {
          throw loginBroken(access, 'it offers no SCRAM-SHA-256');
        }
        scram = startScram(password());
        isServerProven = false;
        const first = Buffer.from(scram.first);
        const length = Buffer.alloc(4);
        length.writeInt32BE(first.length);
        stream.write(passwordMessage(Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), length, first])));
        return false;
      }
      case 11:
        if (scram === null) throw loginBroken(access, 'its login messages are out of order');
        stream.write(passwordMessage(Buffer.from(scram.answer(rest.toString()))));
        return false;
      case 12:
        isServerProven = scram?.isServerProven(rest.toString()) === true;
        return false;
      default:
        throw loginBroken(access, `it asks for a kind of login that is not known here (${String(kind)})`);
    }
  };
}

/** `md5` + md5(md5(password + user) + salt), documentation of the protocol, "AuthenticationMD5Password". */
function md5Answer(username: string, password: string, salt: Buffer): string {
  const inner = createHash('md5').update(`${password}${username}`).digest('hex');
  return `md5${createHash('md5').update(inner).update(salt).digest('hex')}`;
}

/** Reads one backend message; null at the end of the stream. */
async function readMessage(reader: ByteReader): Promise<BackendMessage | null> {
  const head = await reader.read(5);
  if (head === null) return null;
  const length = head.readInt32BE(1) - 4;
  if (length < 0 || length > MAX_LOGIN_MESSAGE_BYTES) return null;
  const body = await reader.read(length);
  return body === null ? null : { type: head.toString('latin1', 0, 1), body: Buffer.from(body) };
}

/** The bytes of a message as it came. */
export function formatMessage(message: BackendMessage): Buffer {
  return typedMessage(message.type, message.body);
}

function explainError(access: DatabaseAccess, body: Buffer): SallyportError {
  const fields = readErrorFields(body);
  const state = fields.get('C') ?? '';
  const text = fields.get('M') ?? 'no reason given';
  if (state.startsWith('28')) return loginRefused(access, text);
  if (state === '3D000') {
    return new SallyportError(
      'not-found',
      `The database of this target is not there: ${text}. Ask an administrator to correct the target.`,
    );
  }
  return loginBroken(access, text);
}

import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { SallyportError } from '../../../contract/errors.ts';
import type { ByteReader } from './byte-reader.ts';
import { readBytesOf } from './byte-reader.ts';
import type { DatabaseAccess, DatabaseProxy } from './database-access.ts';
import { CANCEL_TIMEOUT_MS } from './database-access.ts';
import { joinStreams } from './pipe.ts';
import { hasStatementLimits } from '../../../core/scope/scope-limits.ts';
import { createPostgresGate } from '../scope/postgres-gate.ts';
import { createPostgresFence } from './postgres-fence.ts';
import { createRowCounter } from './postgres-rows.ts';
import { dialPostgres, formatMessage, loginPostgres } from './postgres-login.ts';
import {
  CANCEL_REQUEST_CODE,
  errorMessage,
  GSS_REQUEST_CODE,
  MAX_STARTUP_BYTES,
  PROTOCOL_3_0,
  readParameters,
  requestMessage,
  SSL_REQUEST_CODE,
  typedMessage,
} from './postgres-messages.ts';

/** What a client may choose of its connection; user, database and options are the grant's. */
const CLIENT_PARAMETERS = [
  'application_name',
  'client_encoding',
  'DateStyle',
  'TimeZone',
  'extra_float_digits',
];

/** Under a scope a statement must read the same here and at the server, whatever the client or the role would have. */
const FENCED_PARAMETERS = { client_encoding: 'UTF8', standard_conforming_strings: 'on' };

/**
 * A proxy between psql (or any libpq client) and its server: the client connects without a password, the proxy logs in upstream as the
 * grant says. CancelRequest is passed on for connections of this session only. A read-only session has `default_transaction_read_only`, and what
 * would lift that is not sent; around this client the fence is what the role may do.
 */
export function createPostgresProxy(access: DatabaseAccess): DatabaseProxy {
  const running = new Map<Duplex, Buffer>();
  const isFenced = hasStatementLimits(access.scope);

  const cancel = async (key: Buffer): Promise<void> => {
    const stream = await dialPostgres(access);
    stream.resume();
    const over = once(stream, 'close', { signal: AbortSignal.timeout(CANCEL_TIMEOUT_MS) });
    // The server closes the connection when it has passed the signal on.
    stream.end(requestMessage(CANCEL_REQUEST_CODE, key));
    await over.catch(() => undefined);
    stream.destroy();
  };

  const serve = async (client: Socket): Promise<void> => {
    const reader = readBytesOf(client);
    const request = await readStartup(client, reader);
    if (request === null) {
      client.destroy();
      return;
    }
    if (request.code === CANCEL_REQUEST_CODE) {
      const isOurs = [...running.values()].some(key => key.equals(request.body));
      if (isOurs) await cancel(request.body).catch(() => undefined);
      client.end();
      return;
    }
    const wanted = readParameters(request.body);
    const refusal = refusalOf(access, request.code, wanted);
    if (refusal !== null) {
      client.end(refusal);
      return;
    }
    const parameters = Object.fromEntries(
      CLIENT_PARAMETERS.flatMap(name => {
        const value = wanted[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const gate = isFenced ? await createPostgresGate(access.scope) : null;
    const upstream = await loginPostgres(access, request.code, {
      ...parameters,
      ...(isFenced ? FENCED_PARAMETERS : {}),
    });
    reader.release();
    if (upstream.key !== null) running.set(upstream.stream, upstream.key);
    upstream.stream.on('close', () => running.delete(upstream.stream));
    for (const message of upstream.greeting) client.write(formatMessage(message));
    const countRows = createRowCounter(access.onRows);
    upstream.stream.on('data', (bytes: Buffer) => countRows(bytes));
    if (gate === null) {
      joinStreams(client, upstream.stream);
      return;
    }
    const { fromClient, fromServer } = createPostgresFence(gate, client);
    const close = (): void => {
      if (!client.writableEnded) client.destroy();
      upstream.stream.destroy();
    };
    pipeline(client, fromClient, upstream.stream, close);
    pipeline(upstream.stream, fromServer, client, close);
  };

  return {
    async probe() {
      const { stream } = await loginPostgres(access, PROTOCOL_3_0, { application_name: 'sallyport' });
      stream.resume().end(typedMessage('X', new Uint8Array()));
    },
    serve: client =>
      serve(client).catch((error: unknown) => {
        const text = error instanceof SallyportError ? error.message : 'The connection could not be made.';
        client.end(errorMessage('08006', text));
      }),
    async end() {
      const open = [...running];
      const cancelling = Promise.allSettled(open.map(([, key]) => cancel(key)));
      // A server that is gone answers nothing, and the end of the session does not wait for it.
      await Promise.race([cancelling, wait(CANCEL_TIMEOUT_MS, undefined, { ref: false })]);
      for (const [stream] of open) stream.destroy();
    },
  };
}

/** The first real request of a client; encryption is declined (`N`): the socket is private. Null for something else. */
async function readStartup(
  client: Socket,
  reader: ByteReader,
): Promise<{ readonly code: number; readonly body: Buffer } | null> {
  // libpq asks for GSS and TLS at most once each.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const head = await reader.read(8);
    if (head === null) return null;
    const length = head.readInt32BE(0) - 8;
    const code = head.readInt32BE(4);
    if (length < 0 || length > MAX_STARTUP_BYTES) return null;
    const body = await reader.read(length);
    if (body === null) return null;
    if (code !== SSL_REQUEST_CODE && code !== GSS_REQUEST_CODE) return { code, body: Buffer.from(body) };
    client.write('N');
  }
  return null;
}

/** A grant is for one user and one database: another one is refused rather than silently replaced. */
function refusalOf(
  access: DatabaseAccess,
  protocol: number,
  wanted: Readonly<Record<string, string>>,
): Buffer | null {
  if (protocol >> 16 !== 3)
    return errorMessage('0A000', 'Sallyport speaks version 3 of the PostgreSQL protocol only.');
  const database = access.database ?? access.username;
  if ((wanted['database'] ?? wanted['user']) !== database) {
    return errorMessage(
      '28000',
      `This grant is for the database "${database}" only. Request access to another one.`,
    );
  }
  if (wanted['user'] !== access.username) {
    return errorMessage(
      '28000',
      `This grant is for the role "${access.username}" only. Request access as another one.`,
    );
  }
  if ('replication' in wanted) return errorMessage('28000', 'This grant does not allow replication.');
  return null;
}

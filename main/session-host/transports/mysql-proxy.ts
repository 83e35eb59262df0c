import type { Socket } from 'node:net';
import type { Duplex, TransformCallback } from 'node:stream';
import { pipeline, Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { SallyportError } from '../../../contract/errors.ts';
import { readBytesOf } from './byte-reader.ts';
import type { DatabaseAccess, DatabaseProxy } from './database-access.ts';
import { CANCEL_TIMEOUT_MS } from './database-access.ts';
import { dialMysql, loginMysql, NOT_PROXIED, OWN_CHOICE, runStatement } from './mysql-login.ts';
import { errorPacket, formatGreeting, formatPacket, readPacket, readResponse } from './mysql-wire.ts';

const COM_QUIT = 1;
const COM_CHANGE_USER = 0x11;
const COM_RESET_CONNECTION = 0x1f;
const REFUSED = 1227;

/**
 * A proxy between the mysql or mariadb program and its server: the client is accepted without a password under the server's own
 * greeting, the proxy logs in upstream as the grant says. A read-only grant begins with SET SESSION TRANSACTION READ ONLY: a guard against
 * mistakes, which a statement can lift; the fence is what the account may do.
 */
export function createMysqlProxy(access: DatabaseAccess): DatabaseProxy {
  const running = new Map<Duplex, number>();

  const serve = async (client: Socket): Promise<void> => {
    const dial = await dialMysql(access);
    const capabilities = (dial.greeting.capabilities & ~NOT_PROXIED) >>> 0;
    client.write(formatPacket(0, formatGreeting({ ...dial.greeting, capabilities })));
    const reader = readBytesOf(client);
    const packet = await readPacket(reader);
    const response = packet === null ? null : readResponse(packet.payload);
    if (packet === null || response === null) {
      dial.stream.destroy();
      client.destroy();
      return;
    }
    try {
      const upstream = await loginMysql(access, dial, response);
      running.set(upstream.stream, dial.greeting.threadId);
      upstream.stream.on('close', () => running.delete(upstream.stream));
      reader.release();
      client.write(formatPacket(packet.sequence + 1, upstream.ok));
      const close = (): void => {
        client.destroy();
        upstream.stream.destroy();
      };
      pipeline(client, createCommandFilter(client, access.readOnly), upstream.stream, close);
      pipeline(upstream.stream, client, close);
    } catch (error) {
      client.end(errorPacket(packet.sequence + 1, REFUSED, textOf(error)));
    }
  };

  const stopRunning = async (threadIds: readonly number[]): Promise<void> => {
    const { stream } = await loginMysql({ ...access, readOnly: false }, await dialMysql(access), OWN_CHOICE);
    const reader = readBytesOf(stream);
    for (const id of threadIds)
      await runStatement(access, stream, reader, `KILL ${String(id)}`).catch(() => undefined);
    stream.end(formatPacket(0, Buffer.from([COM_QUIT])));
  };

  return {
    async probe() {
      const { stream } = await loginMysql(access, await dialMysql(access), OWN_CHOICE);
      stream.resume().end(formatPacket(0, Buffer.from([COM_QUIT])));
    },
    serve: client =>
      serve(client).catch((error: unknown) => {
        client.end(errorPacket(0, REFUSED, textOf(error)));
      }),
    async end() {
      const open = [...running];
      if (open.length > 0) {
        const stopping = stopRunning(open.map(([, id]) => id)).catch(() => undefined);
        await Promise.race([stopping, wait(CANCEL_TIMEOUT_MS, undefined, { ref: false })]);
      }
      for (const [stream] of open) stream.destroy();
    },
  };
}

/**
 * Lets packets through. A command that would log in as somebody else is answered with an error here, and in a read-only session also the one
 * that resets the session's settings.
 */
function createCommandFilter(client: Duplex, isReadOnly: boolean): Transform {
  const refused = isReadOnly ? [COM_CHANGE_USER, COM_RESET_CONNECTION] : [COM_CHANGE_USER];
  let head = Buffer.alloc(0);
  let restBytes = 0;
  let isSwallowed = false;
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      let bytes = Buffer.concat([head, chunk]);
      head = Buffer.alloc(0);
      while (bytes.length > 0) {
        if (restBytes === 0) {
          const length = bytes.length < 4 ? 0 : bytes.readUIntLE(0, 3);
          // The command byte belongs to the decision; an empty packet has none.
          if (bytes.length < 4 || (length > 0 && bytes.length < 5)) {
            head = bytes;
            break;
          }
          isSwallowed = length > 0 && bytes[3] === 0 && refused.includes(bytes[4] ?? 0);
          if (isSwallowed)
            client.write(errorPacket(1, REFUSED, 'Sallyport has logged this session in; it stays as it is'));
          restBytes = length + 4;
        }
        const part = bytes.subarray(0, restBytes);
        if (!isSwallowed) this.push(part);
        restBytes -= part.length;
        bytes = bytes.subarray(part.length);
      }
      done();
    },
  });
}

function textOf(error: unknown): string {
  return error instanceof SallyportError ? error.message : 'The connection could not be made.';
}

import type { Socket } from 'node:net';
import type { Duplex, TransformCallback } from 'node:stream';
import { pipeline, Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { SallyportError } from '../../../contract/errors.ts';
import { mysqlRefusal } from '../../../core/scope/mysql-scope.ts';
import { notSent, REFUSED as WORDS } from '../../../core/scope/refusals.ts';
import { hasNameLimits, hasStatementLimits } from '../../../core/scope/scope-limits.ts';
import { readBytesOf } from './byte-reader.ts';
import type { DatabaseAccess, DatabaseProxy } from './database-access.ts';
import { CANCEL_TIMEOUT_MS } from './database-access.ts';
import { dialMysql, loginMysql, NOT_PROXIED, OWN_CHOICE, runStatement } from './mysql-login.ts';
import {
  CAPABILITY,
  errorPacket,
  formatGreeting,
  formatPacket,
  readPacket,
  readResponse,
} from './mysql-wire.ts';

const COM_QUIT = 1;
const COM_CHANGE_USER = 0x11;
const COM_RESET_CONNECTION = 0x1f;
const COM_INIT_DB = 2;
const COM_QUERY = 3;
const COM_STMT_PREPARE = 0x16;
const REFUSED = 1227;
/** Under a scope, statements come one by one, as plain text, in an encoding that reads the same here and at the server. */
const NOT_CHECKED = CAPABILITY.queryAttributes | CAPABILITY.multiStatements;
const UTF8MB4 = 45;
/** Beside statements: COM_QUIT, COM_STATISTICS, COM_PING, and what belongs to statements that were prepared. */
const PASSED_WHEN_FENCED: readonly number[] = [1, 9, 0x0e, 0x17, 0x18, 0x19, 0x1a, 0x1c, 0xfa];
const MAX_STATEMENT_BYTES = 1024 * 1024;

/**
 * A proxy between the mysql or mariadb program and its server: the client is accepted without a password under the server's own
 * greeting, the proxy logs in upstream as the grant says. A read-only grant begins with SET SESSION TRANSACTION READ ONLY, and what would lift
 * that is not sent; around this client the fence is what the account may do.
 */
export function createMysqlProxy(access: DatabaseAccess): DatabaseProxy {
  const running = new Map<Duplex, number>();

  const serve = async (client: Socket): Promise<void> => {
    const dial = await dialMysql(access);
    const isFenced = hasNameLimits(access.scope);
    const withheld = NOT_PROXIED | (isFenced ? NOT_CHECKED : 0);
    const capabilities = (dial.greeting.capabilities & ~withheld) >>> 0;
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
      const upstream = await loginMysql(
        access,
        dial,
        isFenced ? { ...response, charset: UTF8MB4 } : response,
      );
      running.set(upstream.stream, dial.greeting.threadId);
      upstream.stream.on('close', () => running.delete(upstream.stream));
      reader.release();
      client.write(formatPacket(packet.sequence + 1, upstream.ok));
      const close = (): void => {
        client.destroy();
        upstream.stream.destroy();
      };
      pipeline(client, createCommandFilter(client, access), upstream.stream, close);
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
 * Lets packets through. A command that would log in as somebody else is answered with an error here, in a read-only session also the one
 * that resets the session's settings and a statement that would let it write, and under a scope every one that is not known to stay inside.
 */
function createCommandFilter(client: Duplex, { readOnly, scope }: DatabaseAccess): Transform {
  const isFenced = hasNameLimits(scope);
  /** statements are looked at */
  const isArmed = hasStatementLimits(scope);
  let head = Buffer.alloc(0);
  let restBytes = 0;
  let isSwallowed = false;

  /** Null: pass it. Armed, `packet` is whole where it is a statement. */
  const refusalOf = (command: number, packet: Buffer): string | null => {
    if (command === COM_CHANGE_USER || (command === COM_RESET_CONNECTION && (readOnly || isFenced)))
      return 'Sallyport has logged this session in; it stays as it is';
    if (!isArmed || PASSED_WHEN_FENCED.includes(command)) return null;
    if (!isFenced && ![COM_QUERY, COM_STMT_PREPARE].includes(command)) return null;
    const given = packet.toString('utf8', 5);
    const text = command === COM_INIT_DB ? `USE \`${given.replaceAll('`', '``')}\`` : given;
    if (![COM_QUERY, COM_STMT_PREPARE, COM_INIT_DB].includes(command))
      return notSent(WORDS.statement(`the command ${String(command)}`));
    if (packet.length > MAX_STATEMENT_BYTES) return notSent(WORDS.unreadable('it is too long'));
    const isForeign = isFenced && text.includes('\uFFFD');
    const refusal = isForeign ? WORDS.unreadable('it is not UTF-8') : mysqlRefusal(text, scope);
    return refusal === null ? null : notSent(refusal);
  };

  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      let bytes = Buffer.concat([head, chunk]);
      head = Buffer.alloc(0);
      while (bytes.length > 0) {
        if (restBytes === 0) {
          const length = bytes.length < 4 ? 0 : bytes.readUIntLE(0, 3);
          const isCommand = bytes[3] === 0;
          // The command byte belongs to the decision, and a statement that is judged; an empty packet has none.
          const neededBytes =
            isArmed && isCommand ? 4 + Math.min(length, MAX_STATEMENT_BYTES) : 4 + Math.min(length, 1);
          if (bytes.length < 4 || bytes.length < neededBytes) {
            head = bytes;
            break;
          }
          const refusal =
            isArmed && !isCommand
              ? notSent(WORDS.unreadable('it comes in pieces'))
              : length > 0 && isCommand
                ? refusalOf(bytes[4] ?? 0, bytes.subarray(0, length + 4))
                : null;
          isSwallowed = refusal !== null;
          if (refusal !== null) client.write(errorPacket(1, REFUSED, refusal));
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

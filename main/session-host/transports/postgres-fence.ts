import { Transform } from 'node:stream';
import type { Duplex, TransformCallback } from 'node:stream';
import { notSent } from '../../../core/scope/refusals.ts';
import type { StatementGate } from '../scope/postgres-gate.ts';
import { errorMessage, statementErrorMessage, typedMessage } from './postgres-messages.ts';

const HEAD_BYTES = 5;
/** Statements are kept until they are judged; a longer one is refused by its length. */
const MAX_STATEMENT_BYTES = 1024 * 1024;
const INSUFFICIENT_PRIVILEGE = '42501';
/** What a client may send after the login, with the answers that it waits for (protocol 3, "Message Formats"). */
const PASSED = 'BCDEHSXdcf';

/**
 * The fence of a scope between a client and a PostgreSQL server: both streams go through it. A simple query that the gate refuses is answered here
 * with an error, and the server never sees it. What cannot be answered in its place (a prepared statement, a query that does not wait for the one
 * before, a function call, a message that is not known) ends the connection, in words.
 */
export function createPostgresFence(
  gate: StatementGate,
  client: Duplex,
): { readonly fromClient: Transform; readonly fromServer: Transform } {
  let waiting = 0;
  /** of the last ReadyForQuery: idle, in a transaction, in a failed one */
  let status: Uint8Array = Buffer.from('I');
  let isAtBoundary = true;
  let answers: Buffer[] = [];

  const fromServer = createServerReader({
    onReady(newStatus) {
      waiting = Math.max(0, waiting - 1);
      status = newStatus;
    },
    onBoundary(atBoundary) {
      isAtBoundary = atBoundary;
      if (!atBoundary || answers.length === 0) return null;
      const now = Buffer.concat(answers);
      answers = [];
      return now;
    },
  });

  const answer = (bytes: Buffer): void => {
    if (isAtBoundary) client.write(bytes);
    else answers.push(bytes);
  };

  let buffered = Buffer.alloc(0);
  /** of a message that passes: how much of it is still to come */
  let passing = 0;
  const fromClient = new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      buffered = Buffer.concat([buffered, chunk]);
      for (;;) {
        if (passing > 0) {
          const part = buffered.subarray(0, passing);
          if (part.length > 0) this.push(part);
          passing -= part.length;
          buffered = buffered.subarray(part.length);
        }
        if (passing > 0 || buffered.length < HEAD_BYTES) return done();
        const type = String.fromCharCode(buffered[0] ?? 0);
        const length = buffered.readInt32BE(1) + 1;
        if (length < HEAD_BYTES) return end(this, 'a message that is no message', done);
        if (PASSED.includes(type)) {
          if (type === 'S') waiting += 1;
          passing = length;
          continue;
        }
        if (type !== 'Q' && type !== 'P')
          return end(this, `messages of type "${type}" cannot be checked.`, done);
        if (length > MAX_STATEMENT_BYTES) return end(this, 'the statement is too long to be checked.', done);
        if (buffered.length < length) return done();
        const message = buffered.subarray(0, length);
        buffered = buffered.subarray(length);
        const refusal = gate(statementOf(type, message));
        if (refusal === null) {
          if (type === 'Q') waiting += 1;
          this.push(message);
        } else if (type === 'P' || waiting > 0) {
          return end(this, refusal, done);
        } else {
          answer(
            Buffer.concat([
              statementErrorMessage(INSUFFICIENT_PRIVILEGE, notSent(refusal)),
              typedMessage('Z', status),
            ]),
          );
        }
      }
    },
  });

  function end(stream: Transform, why: string, done: TransformCallback): void {
    client.end(errorMessage(INSUFFICIENT_PRIVILEGE, notSent(why)));
    buffered = Buffer.alloc(0);
    stream.destroy();
    done();
  }

  return { fromClient, fromServer };
}

/** Of a Query the text; of a Parse what stands behind the statement's name. */
function statementOf(type: 'Q' | 'P', message: Buffer): string {
  const start = type === 'Q' ? HEAD_BYTES : message.indexOf(0, HEAD_BYTES) + 1;
  const end = message.indexOf(0, start);
  return message.toString('utf8', start, end < 0 ? message.length : end);
}

/** Passes everything on, and tells where messages end, and of each ReadyForQuery. `onBoundary` may answer with bytes to put in there. */
function createServerReader(options: {
  readonly onReady: (status: Uint8Array) => void;
  readonly onBoundary: (isAtBoundary: boolean) => Buffer | null;
}): Transform {
  const head = Buffer.alloc(HEAD_BYTES);
  let headBytes = 0;
  let bodyLeft = 0;
  let isReady = false;
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      let from = 0;
      for (let at = 0; at < chunk.length; ) {
        if (headBytes < HEAD_BYTES) {
          head[headBytes] = chunk[at] ?? 0;
          headBytes += 1;
          at += 1;
          if (headBytes < HEAD_BYTES) continue;
          bodyLeft = Math.max(0, head.readInt32BE(1) - 4);
          isReady = head[0] === 0x5a;
        } else {
          const part = Math.min(bodyLeft, chunk.length - at);
          if (isReady && part > 0) options.onReady(Buffer.from(chunk.subarray(at, at + 1)));
          at += part;
          bodyLeft -= part;
        }
        if (bodyLeft > 0) continue;
        headBytes = 0;
        const added = options.onBoundary(true);
        if (added === null) continue;
        this.push(chunk.subarray(from, at));
        this.push(added);
        from = at;
      }
      if (from < chunk.length) this.push(chunk.subarray(from));
      options.onBoundary(headBytes === 0 && bodyLeft === 0);
      done();
    },
  });
}

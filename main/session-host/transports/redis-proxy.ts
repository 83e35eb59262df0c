import type { Socket } from 'node:net';
import type { Duplex, TransformCallback } from 'node:stream';
import { pipeline, Transform } from 'node:stream';
import { once } from 'node:events';
import { SallyportError } from '../../../contract/errors.ts';
import type { DatabaseAccess, DatabaseProxy } from './database-access.ts';
import { loginBroken, loginRefused, wrapInTls } from './database-access.ts';
import type { RedisReply } from './redis-wire.ts';
import { formatCommand, readCommand, readReply, RedisError } from './redis-wire.ts';

/** A server that has not answered by then is not there. */
const REPLY_TIMEOUT_MS = 10_000;
/** Allowed in a read-only session beside what the server itself marks as `readonly`: none of them changes data. */
const HARMLESS = (
  'ping echo select quit info hello command client time lastsave multi exec discard watch unwatch ' +
  'subscribe psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe readonly'
).split(' ');
const RUNS_COMMANDS = ['EVAL', 'EVALSHA', 'EVAL_RO', 'EVALSHA_RO', 'FCALL', 'FCALL_RO', 'FUNCTION', 'SCRIPT'];
/** Parameters of the server that hold credentials. */
const SECRET_PARAMETERS = [
  'requirepass',
  'masterauth',
  'masteruser',
  'tls-key-file-pass',
  'tls-client-key-file-pass',
];

/**
 * A proxy between redis-cli and its server: AUTH (and SELECT) upstream, then all bytes pass, but for commands that would log in anew
 * or show the server's credentials, and for writing ones in a read-only session (by the server's own marks).
 */
export function createRedisProxy(access: DatabaseAccess): DatabaseProxy {
  const open = new Set<Duplex>();

  const login = async (): Promise<Duplex> => {
    const raw = await access.route.connect();
    const stream = access.route.isPrivate ? raw : await wrapInTls(raw, access.host, access.port);
    try {
      if (access.password !== null) {
        const names = ['', 'default'].includes(access.username) ? [] : [access.username];
        const reply = await ask(access, stream, ['AUTH', ...names, access.password]);
        if (reply instanceof RedisError) throw loginRefused(access, reply.text.slice(0, 200));
      }
      const reply = await ask(
        access,
        stream,
        access.database === null ? ['PING'] : ['SELECT', access.database],
      );
      if (reply instanceof RedisError) {
        throw reply.text.startsWith('NOAUTH') || reply.text.startsWith('NOPERM')
          ? loginRefused(access, reply.text.slice(0, 200))
          : loginBroken(access, reply.text.slice(0, 200));
      }
      return stream;
    } catch (error) {
      stream.destroy();
      throw error;
    }
  };

  const serve = async (client: Socket): Promise<void> => {
    const stream = await login();
    const allowed = access.readOnly ? await readOnlyCommands(access, stream) : null;
    open.add(stream);
    stream.on('close', () => open.delete(stream));
    const close = (): void => {
      client.destroy();
      stream.destroy();
    };
    pipeline(client, createCommandFilter(allowed, access.scope.denyCommands), stream, close);
    pipeline(stream, client, close);
  };

  return {
    async probe() {
      (await login()).end();
    },
    serve: client =>
      serve(client).catch((error: unknown) => {
        const text = error instanceof SallyportError ? error.message : 'The connection could not be made.';
        client.end(`-ERR ${text.replace(/[\r\n]/g, ' ')}\r\n`);
      }),
    end() {
      for (const stream of open) stream.destroy();
      return Promise.resolve();
    },
  };
}

/**
 * Lets commands through. A refused one is replaced by a command that no server knows and whose name is the reason: so the error
 * comes from the server, in its place among the replies to pipelined commands.
 */
export function createCommandFilter(
  allowed: ReadonlySet<string> | null,
  denied: readonly string[] = [],
): Transform {
  let buffered = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      buffered = Buffer.concat([buffered, chunk]);
      try {
        for (let command = readCommand(buffered); command !== null; command = readCommand(buffered)) {
          buffered = buffered.subarray(command.raw.length);
          const refusal = refusalOf(command.words, allowed) ?? denialOf(command.words, denied);
          this.push(refusal === null ? command.raw : formatCommand([refusal]));
        }
        done();
      } catch {
        done(new Error('not the Redis protocol'));
      }
    },
  });
}

function refusalOf(words: readonly Buffer[], allowed: ReadonlySet<string> | null): string | null {
  const [name = '', second = '', ...rest] = words.map(word => word.toString('latin1').toLowerCase());
  if (name === 'auth' || (name === 'hello' && rest.includes('auth'))) {
    return `${name.toUpperCase()} was refused: Sallyport has logged this session in`;
  }
  if (name === 'acl' && (second === 'getuser' || second === 'list')) {
    return 'ACL was refused: it would show credentials';
  }
  if (name === 'config' && second === 'get' && rest.some(showsSecret)) {
    return 'CONFIG GET was refused: it would show credentials; ask for other parameters';
  }
  if (allowed !== null && name !== '' && !allowed.has(name)) {
    return `${name.toUpperCase().replace(/[^A-Z0-9._-]/g, '')} was refused: this grant is read-only`;
  }
  return null;
}

/** `FLUSHALL`, or `CONFIG SET` with its second word. Whatever commands are denied, scripts are too: they could run them. */
function denialOf(words: readonly Buffer[], denied: readonly string[]): string | null {
  const said = words.map(word => word.toString('latin1').toUpperCase());
  const name = (said[0] ?? '').replace(/[^A-Z0-9._-]/g, '');
  const isDenied = denied.some(command =>
    command
      .trim()
      .toUpperCase()
      .split(/\s+/)
      .every((word, at) => said[at] === word),
  );
  const isScript = denied.length > 0 && RUNS_COMMANDS.includes(said[0] ?? '');
  return isDenied || isScript ? `${name} was refused: this grant does not allow it` : null;
}

/** Whether a glob of CONFIG GET may match a secret parameter; judged generously: by the plain text before the first wildcard. */
function showsSecret(pattern: string): boolean {
  const plain = pattern.split(/[*?[\\]/, 1)[0] ?? '';
  return SECRET_PARAMETERS.some(name => (plain === pattern ? name === plain : name.startsWith(plain)));
}

async function readOnlyCommands(access: DatabaseAccess, stream: Duplex): Promise<ReadonlySet<string>> {
  const reply = await ask(access, stream, ['COMMAND']);
  if (!Array.isArray(reply)) throw loginBroken(access, 'it does not tell which commands only read');
  const allowed = new Set(HARMLESS);
  for (const entry of reply as readonly RedisReply[]) {
    if (!Array.isArray(entry)) continue;
    const [name, , flags] = entry as readonly RedisReply[];
    if (typeof name === 'string' && Array.isArray(flags) && flags.includes('readonly')) {
      allowed.add(name.toLowerCase());
    }
  }
  return allowed;
}

async function ask(access: DatabaseAccess, stream: Duplex, words: readonly string[]): Promise<RedisReply> {
  stream.write(formatCommand(words));
  const signal = AbortSignal.timeout(REPLY_TIMEOUT_MS);
  let received = Buffer.alloc(0);
  for (;;) {
    const chunk: unknown = stream.read();
    if (Buffer.isBuffer(chunk)) {
      received = Buffer.concat([received, chunk]);
      const found = readReply(received);
      if (found !== null) return found.reply;
      continue;
    }
    if (stream.destroyed || stream.readableEnded) throw loginBroken(access, 'the connection was closed');
    const over = new AbortController();
    await Promise.race([
      once(stream, 'readable', { signal: AbortSignal.any([signal, over.signal]) }),
      once(stream, 'close', { signal: over.signal }),
    ]).catch(() => undefined);
    over.abort();
    if (signal.aborted) throw loginBroken(access, 'there was no answer in time');
  }
}

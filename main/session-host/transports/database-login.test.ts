import { constants, createHash, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { GrantScope } from '../../../contract/grant.ts';
import { readBytesOf } from './byte-reader.ts';
import type { DatabaseAccess } from './database-access.ts';
import { createMysqlProxy } from './mysql-proxy.ts';
import { answerTo } from './mysql-login.ts';
import {
  CAPABILITY,
  errorPacket,
  formatGreeting,
  formatPacket,
  readPacket,
  readResponse,
} from './mysql-wire.ts';
import { createPostgresProxy } from './postgres-proxy.ts';
import { createRedisProxy } from './redis-proxy.ts';

const PASSWORD = 'correct horse';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server of a test's own making, and the access to it; `received` is all that came in. */
async function serve(
  isPrivate: boolean,
  talk: (socket: Socket) => void,
): Promise<{ readonly access: DatabaseAccess; readonly received: () => string }> {
  const chunks: Buffer[] = [];
  const server = createServer(socket => {
    socket.on('error', () => undefined);
    socket.prependListener('data', chunk => chunks.push(chunk));
    talk(socket);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    received: () => Buffer.concat(chunks).toString('latin1'),
    access: {
      route: {
        isPrivate,
        connect: async () => {
          const socket = connect(port, '127.0.0.1');
          await once(socket, 'connect');
          socket.on('error', () => undefined);
          return socket;
        },
        serveOnce: () => Promise.reject(new Error('not used')),
      },
      host: 'db.example',
      port,
      username: 'operator',
      password: PASSWORD,
      database: null,
      readOnly: false,
      scope: GrantScope.parse({}),
      onRows: () => undefined,
    },
  };
}

const SCRAMBLE = Buffer.from('01234567890123456789');
function greeting(plugin: string, capabilities: number): Buffer {
  return formatPacket(
    0,
    formatGreeting({
      version: '8.4.0',
      threadId: 7,
      scramble: SCRAMBLE,
      capabilities:
        (capabilities |
          CAPABILITY.mysql |
          CAPABILITY.protocol41 |
          CAPABILITY.pluginAuth |
          CAPABILITY.secureConnection) >>>
        0,
      extendedCapabilities: 0,
      charset: 45,
      status: 2,
      plugin,
    }),
  );
}
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

describe('a credential on a way that others can read', () => {
  it('is not sent to a PostgreSQL server without TLS', async () => {
    const { access, received } = await serve(false, socket => socket.on('data', () => socket.write('N')));
    await expect(createPostgresProxy(access).probe()).rejects.toMatchObject({ code: 'target-unreachable' });
    expect(received()).not.toContain('operator');
  });

  it('is not sent to a MySQL server without TLS', async () => {
    const { access, received } = await serve(false, socket =>
      socket.write(greeting('mysql_native_password', 0)),
    );
    await expect(createMysqlProxy(access).probe()).rejects.toMatchObject({ code: 'target-unreachable' });
    expect(received()).toBe('');
  });

  it('is not sent to a Redis server without TLS', async () => {
    const { access, received } = await serve(false, socket => {
      socket.once('data', () => socket.end('-ERR\r\n'));
    });
    await expect(createRedisProxy(access).probe()).rejects.toMatchObject({ code: 'target-unreachable' });
    expect(received()).not.toContain(PASSWORD);
  });
});

describe('caching_sha2_password', () => {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

  /** A server after MySQL's documentation: it knows the hash and wants the password itself once, under its RSA key. */
  const fullLogin = async (socket: Socket, expected: string): Promise<void> => {
    const reader = readBytesOf(socket);
    socket.write(greeting('caching_sha2_password', 0));
    const response = readResponse((await readPacket(reader))?.payload ?? Buffer.alloc(0));
    if (response?.username !== 'operator' || response.plugin !== 'caching_sha2_password') return;
    socket.write(formatPacket(2, Buffer.from([1, 4])));
    const asked = await readPacket(reader);
    if (asked?.sequence !== 3 || asked.payload[0] !== 2) return;
    socket.write(formatPacket(4, Buffer.concat([Buffer.from([1]), Buffer.from(keys.publicKey)])));
    const sent = await readPacket(reader);
    if (sent?.sequence !== 5) return;
    const masked = privateDecrypt(
      { key: keys.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING },
      sent.payload,
    );
    const password = Buffer.from(masked.map((byte, i) => byte ^ (SCRAMBLE[i % 20] ?? 0))).toString();
    socket.write(password === `${expected}\0` ? formatPacket(6, OK) : errorPacket(6, 1045, 'Access denied'));
  };

  it('proves the password under the key of the server where that asks for it', async () => {
    const { access, received } = await serve(true, socket => void fullLogin(socket, PASSWORD));
    await createMysqlProxy(access).probe();
    expect(received()).not.toContain(PASSWORD);
  });

  it('says that the server refused another password', async () => {
    const { access } = await serve(true, socket => void fullLogin(socket, 'another'));
    await expect(createMysqlProxy(access).probe()).rejects.toMatchObject({ code: 'credential-refused' });
  });

  it('answers a challenge as the documentation says: SHA256(p) xor SHA256(SHA256(SHA256(p)) + challenge)', () => {
    const challenge = randomBytes(20);
    const sha = (...parts: readonly (Buffer | string)[]): Buffer =>
      parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
    const answer = answerTo('caching_sha2_password', PASSWORD, challenge);
    const unmasked = answer.map((byte, i) => byte ^ (sha(sha(sha(PASSWORD)), challenge)[i] ?? 0));
    expect(Buffer.from(unmasked)).toEqual(sha(PASSWORD));
    expect(answerTo('caching_sha2_password', '', challenge)).toHaveLength(0);
  });

  it('follows a server that switches the method', async () => {
    const { access } = await serve(true, socket => {
      void (async () => {
        const reader = readBytesOf(socket);
        socket.write(greeting('caching_sha2_password', 0));
        await readPacket(reader);
        const challenge = Buffer.from('abcdefghijklmnopqrst');
        socket.write(
          formatPacket(
            2,
            Buffer.concat([Buffer.from('\xfemysql_native_password\0', 'latin1'), challenge, Buffer.alloc(1)]),
          ),
        );
        const answer = await readPacket(reader);
        const isRight =
          answer?.payload.equals(answerTo('mysql_native_password', PASSWORD, challenge)) === true;
        socket.write(isRight ? formatPacket(4, OK) : errorPacket(4, 1045, 'Access denied'));
      })();
    });
    await createMysqlProxy(access).probe();
  });
});

describe('servers that are something else', () => {
  it.each([
    ['closes at once', (socket: Socket): unknown => socket.end()],
    ['speaks SMTP', (socket: Socket): unknown => socket.end('220 mail.example ready\r\n')],
    ['sends an absurd length', (socket: Socket): unknown => socket.end(Buffer.alloc(64, 0xff))],
  ])('are told apart from refused logins when one %s', async (_name, talk) => {
    const { access } = await serve(true, talk);
    for (const createProxy of [createPostgresProxy, createMysqlProxy, createRedisProxy]) {
      await expect(createProxy(access).probe()).rejects.toMatchObject({ code: 'target-unreachable' });
    }
  });
});

describe('the end of a session on a server that stopped answering', () => {
  it('does not wait for what PostgreSQL would say to a cancel request', async () => {
    let connections = 0;
    const { access } = await serve(true, socket => {
      connections += 1;
      if (connections > 1) return;
      socket.once('data', () => socket.write(POSTGRES_HELLO));
    });
    // Its second connection, for the cancel request, is never made.
    const first = access.route.connect.bind(access.route);
    let isDown = false;
    const route = {
      ...access.route,
      connect: () => (isDown ? new Promise<never>(() => undefined) : first()),
    };
    const proxy = createPostgresProxy({ ...access, route });
    const [client, close] = await pair(socket => proxy.serve(socket));
    client.write(startup({ user: 'operator', database: 'operator' }));
    await once(client, 'data');
    isDown = true;
    const ended = once(client, 'close');
    await proxy.end();
    await ended;
    close();
  });
});

/** AuthenticationOk, BackendKeyData, ReadyForQuery (protocol 3, "Message Formats"). */
const POSTGRES_HELLO = Buffer.concat([
  Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]),
  Buffer.from([0x4b, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 2]),
  Buffer.from([0x5a, 0, 0, 0, 5, 0x49]),
]);

function startup(parameters: Readonly<Record<string, string>>): Buffer {
  const text = Object.entries(parameters).flatMap(([name, value]) => [name, value]);
  const body = Buffer.from(`${text.join('\0')}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(196608, 4);
  return Buffer.concat([head, body]);
}

/** A client's end of a connection whose other end is served. */
async function pair(serveSocket: (socket: Socket) => unknown): Promise<[Socket, () => void]> {
  const server = createServer(socket => void serveSocket(socket)).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const client = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  client.on('error', () => undefined);
  await once(client, 'connect');
  return [client, () => client.destroy()];
}

import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { TargetKind } from '../../contract/grant.ts';
import { probeTarget } from './probe-target.ts';

const OPTIONS = { timeoutMs: 20_000, nowMs: () => 0 };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server that speaks first, or answers what it is told. */
async function speaking(first: string | null, answer: (said: Buffer) => string = () => ''): Promise<number> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    if (first !== null) socket.write(Buffer.from(first, 'latin1'));
    socket.on('data', said => socket.write(answer(said)));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const probe = (kind: TargetKind, port: number, via: readonly { host: string; port: number }[] = []) =>
  probeTarget({ kind, host: '127.0.0.1', port, via: via as never }, OPTIONS);

test.each<[TargetKind, string | null, (said: Buffer) => string, string]>([
  ['ssh', 'SSH-2.0-OpenSSH_9.9 Debian\r\n', () => '', 'SSH, OpenSSH_9.9'],
  ['mysql', '\x4a\0\0\0\n11.8.3-MariaDB\0rest', () => '', 'MySQL protocol, 11.8.3-MariaDB'],
  ['postgres', null, said => (said.readInt32BE(4) === 80_877_103 ? 'S' : 'E'), 'PostgreSQL, with TLS'],
  ['postgres', null, () => 'N', 'PostgreSQL, without TLS'],
  ['redis', null, () => '-NOAUTH Authentication required.\r\n', 'Redis'],
  ['redis', null, said => (String(said) === 'PING\r\n' ? '+PONG\r\n' : ''), 'Redis, without a password'],
])('%s is known by its first words: %j', async (kind, first, answer, words) => {
  const found = await probe(kind, await speaking(first, answer));
  expect(found.isReachable).toBe(true);
  expect(found.said).toMatch(new RegExp(`answers: ${words.replaceAll('.', '\\.')}\\.$`));
});

test('something else at the address is told as that', async () => {
  const found = await probe('ssh', await speaking('220 mail.example.org ESMTP\r\n'));
  expect(found).toMatchObject({ isReachable: false, said: expect.stringContaining('but not as ssh') });
});

test('an address where nothing listens is told as that', async () => {
  const port = await speaking(null);
  servers.splice(0).forEach(server => server.close());
  const found = await probe('postgres', port);
  expect(found).toMatchObject({ isReachable: false, said: expect.stringContaining('nothing listens there') });
});

test('behind jump hosts, the first of them is tried', async () => {
  const port = await speaking('SSH-2.0-jump\r\n');
  const found = await probe('postgres', 1, [{ host: '127.0.0.1', port }]);
  expect(found).toMatchObject({ isReachable: true, said: expect.stringContaining('first jump host') });
});

test('a local shell needs nothing', async () => {
  expect((await probe('local', 1)).isReachable).toBe(true);
});

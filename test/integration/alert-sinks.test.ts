import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GrantId, SessionId } from '../../contract/ids.ts';
import type { AlertNotice } from '../../server/monitoring/alert-sink.ts';
import { readAlertSinks } from '../../server/monitoring/sink-settings.ts';

const notice: AlertNotice = {
  id: 'alert-1',
  sessionId: SessionId.parse('se_1'),
  grantId: GrantId.parse('gr_1'),
  operator: 'Olga "O" ]Ops',
  target: 'shop',
  account: 'support',
  rule: 'many-rows',
  text: 'One statement returned 120000 rows.',
  atMs: Date.UTC(2026, 0, 2, 3, 4, 5),
};
const SYSLOG =
  /^<84>1 2026-01-02T03:04:05\.000Z \S+ sallyport - alert \[sallyport@32473 id="alert-1" rule="many-rows" session="se_1" grant="gr_1" operator="Olga \\"O\\" \\\]Ops" target="shop" account="support"\] \uFEFFOne statement returned 120000 rows\.$/;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-sinks-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sinkOf(settings: object) {
  const path = join(folder, 'alerts.json');
  writeFileSync(path, JSON.stringify([{ name: 'one', ...settings }]));
  const [sink] = await readAlertSinks(path, Date.now);
  if (sink === undefined) throw new Error('no sink');
  return sink;
}
const deliver = async (settings: object) =>
  (await sinkOf(settings)).deliver(notice, AbortSignal.timeout(5_000));

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
/** Takes one connection and answers with everything that came over it. */
function takeOne(serverOf: (take: (socket: Socket) => void) => Server) {
  const got = Promise.withResolvers<string>();
  const server = serverOf(socket => {
    let text = '';
    socket.on('data', part => (text += part.toString()));
    socket.on('end', () => {
      socket.end();
      got.resolve(text);
    });
  });
  return { server, got: got.promise };
}

test('syslog over UDP: one message a datagram', async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const got = once(socket, 'message');
  await deliver({ kind: 'syslog', protocol: 'udp', host: '127.0.0.1', port: socket.address().port });
  const [message] = (await got) as [Buffer];
  expect(message.toString()).toMatch(SYSLOG);
  socket.close();
});

test('syslog over TCP: framed by its length in bytes', async () => {
  const { server, got } = takeOne(take => createServer({ allowHalfOpen: true }, take));
  await deliver({ kind: 'syslog', protocol: 'tcp', host: '127.0.0.1', port: await listen(server) });
  const [, length = '', message = ''] = /^(\d+) (.*)$/su.exec(await got) ?? [];
  expect(message).toMatch(SYSLOG);
  expect(Buffer.byteLength(message)).toBe(Number(length));
  server.close();
});

test('syslog over TLS: taken by a receiver with the right certificate, refused by one that nobody knows', async () => {
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
      '-keyout',
      key,
      '-out',
      cert,
    ],
    { stdio: 'ignore' },
  );
  const { server, got } = takeOne(take =>
    createTlsServer({ key: readFileSync(key), cert: readFileSync(cert), allowHalfOpen: true }, take),
  );
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  const settings = { kind: 'syslog', protocol: 'tls', host: 'localhost', port };
  await expect(deliver(settings)).rejects.toThrow(/self-signed/);
  await deliver({ ...settings, caFile: cert });
  expect((await got).replace(/^\d+ /, '')).toMatch(SYSLOG);
  server.close();
});

test('e-mail over SMTP: to everybody who is named, with counts and no value', async () => {
  const got = Promise.withResolvers<{ to: string[]; text: string }>();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (part: Buffer) => (text += part.toString()));
      stream.on('end', () => {
        got.resolve({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  const { port } = smtp.server.address() as AddressInfo;
  const settings = {
    kind: 'mail',
    host: '127.0.0.1',
    port,
    from: 'sallyport@example.org',
    to: ['a@example.org', 'b@example.org'],
  };
  await deliver(settings);
  const mail = await got.promise;
  expect(mail.to).toEqual(['a@example.org', 'b@example.org']);
  expect(mail.text).toContain('One statement returned 120000 rows.');
  expect(mail.text).toMatch(/^Subject: .*many-rows/m);
  await new Promise<void>(resolve => smtp.close(() => resolve()));
  await expect(deliver(settings)).rejects.toThrow(/ECONNREFUSED/);
});

test('a wrong setting is refused with the name of its key', async () => {
  await expect(sinkOf({ kind: 'syslog', protocol: 'tcp', host: '127.0.0.1', port: 0 })).rejects.toThrow(
    '0.port',
  );
  await expect(sinkOf({ kind: 'webhook', url: 'https://example.org', secret: 'short' })).rejects.toThrow(
    '0.secret',
  );
  await expect(readAlertSinks(join(folder, 'none.json'), Date.now)).rejects.toThrow('cannot be read');
});

import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { connect as connectTls, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { initServer } from '../../server/start-server.ts';
import type { EventReader } from '../support/event-reader.ts';
import type { TestDevice } from '../support/server-device.ts';
import { enrolDevice, send } from '../support/server-device.ts';

const PROGRAM = join(import.meta.dirname, '../../main/cli/sallyport.js');
const TOKEN = 'a-token-for-scrapers';

let folder: string;
let child: ChildProcessWithoutNullStreams;
let admin: TestDevice;
let stream: EventReader;
let url = '';
let metricsUrl = '';
let log = '';
const at = (name: string) => join(folder, name);

/** A certificate for this machine, signed by itself. */
function makeCertificate(name: string): void {
  const args = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  execFileSync('openssl', [...args, '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`), ...subject], {
    stdio: 'ignore',
  });
}

async function use(name: string): Promise<void> {
  await copyFile(at(`${name}.pem`), at('server.pem'));
  await copyFile(at(`${name}.key`), at('server.key'));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-operations-'));
  for (const name of ['first', 'second']) makeCertificate(name);
  await use('first');
  await writeFile(at('token'), `${TOKEN}\n`, { mode: 0o600 });
  await writeFile(
    at('server.yaml'),
    `version: 1
data: data
listen: { port: 0, tls: { cert: server.pem, key: server.key } }
log: info
metrics: { port: 0, tokenFile: token }
shutdown: { drainSeconds: 2 }
`,
  );
  const { enrolCode } = await initServer({ dataFolder: at('data'), adminName: 'Ada Lovelace' });
  child = spawn(process.execPath, [PROGRAM, 'server', '--config', at('server.yaml'), '--json']);
  child.stderr.on('data', chunk => (log += String(chunk)));
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the server ended: ${log}`))),
  ])) as [Buffer];
  ({ url, metricsUrl } = JSON.parse(String(line)) as { url: string; metricsUrl: string });
  setDefaultCACertificates([
    ...getCACertificates('default'),
    ...['first', 'second'].map(name => readFileSync(at(`${name}.pem`), 'utf8')),
  ]);
  admin = await enrolDevice(() => url, enrolCode);
  log += `(the code was ${'*'.repeat(enrolCode.length)})\n`;
  secrets.push(enrolCode);
  stream = await admin.events();
});
afterAll(async () => {
  child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** What must never be in a log or among metrics. */
const secrets: string[] = [];
const logLines = () =>
  log
    .split('\n')
    .flatMap(line => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));

interface Handshake {
  readonly subject: string;
  readonly protocol: string | null;
}
function shakeHands(
  options: { readonly maxVersion?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3' } = {},
): Promise<Handshake> {
  const { port } = new URL(url);
  const socket = connectTls({
    host: '127.0.0.1',
    port: Number(port),
    minVersion: 'TLSv1',
    // Else this side refuses old versions by itself, and nothing is seen of the server.
    ciphers: 'DEFAULT@SECLEVEL=0',
    ...options,
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve({
        subject: String(socket.getPeerCertificate().subject.CN),
        protocol: socket.getProtocol(),
      });
      socket.destroy();
    });
  });
}

describe('a server with a certificate', () => {
  test('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await shakeHands()).toEqual({ subject: 'first', protocol: 'TLSv1.3' });
    expect(await shakeHands({ maxVersion: 'TLSv1.2' })).toMatchObject({ protocol: 'TLSv1.2' });
    await expect(shakeHands({ maxVersion: 'TLSv1.1' })).rejects.toThrow(/protocol version/i);
  });

  test('gives nothing over plain HTTP', async () => {
    await expect(fetch(url.replace('https:', 'http:'))).rejects.toThrow('fetch failed');
  });

  test('is trusted by a client that knows its authority, and refused in words by one that does not', async () => {
    const enrol = async (environment: Readonly<Record<string, string>>) => {
      const { enrolCode } = await admin.ok('createEnrolCode', { params: { id: admin.account.id } });
      secrets.push(enrolCode);
      await writeFile(at('code'), enrolCode);
      const args = ['keys', 'enrol', url, '--code-file', at('code'), '--profile', at('profile')];
      const client = spawn(process.execPath, [PROGRAM, ...args], { env: { ...process.env, ...environment } });
      let stderr = '';
      client.stderr.on('data', chunk => (stderr += String(chunk)));
      const [code] = (await once(client, 'close')) as [number];
      return { code, stderr };
    };
    const refused = await enrol({});
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('shows a certificate that this machine does not trust');
    expect(refused.stderr).toContain('NODE_EXTRA_CA_CERTS');
    expect(await enrol({ NODE_EXTRA_CA_CERTS: at('first.pem') })).toMatchObject({ code: 0 });
  });

  test('takes a new one up on SIGHUP; connections go on', async () => {
    await use('second');
    child.kill('SIGHUP');
    await expect.poll(() => log).toContain('the certificate was read again');
    expect(await shakeHands()).toMatchObject({ subject: 'second' });
    await admin.ok('createAccount', { input: { name: 'Grace Hopper', roles: ['approver'] } });
    const before = stream.received.length;
    await stream.find(({ event }) => event.kind === 'lease' && stream.received.length > before);
  });

  test('keeps the one that it has where the files do not fit', async () => {
    await copyFile(at('first.key'), at('server.key'));
    child.kill('SIGHUP');
    await expect.poll(() => log).toContain('the certificate of before stays: The key in');
    expect(await shakeHands()).toMatchObject({ subject: 'second' });
    await use('second');
  });
});

describe('health', () => {
  test('is ready, says what is missing, and is ready again', async () => {
    expect(await send(`${url}/readyz`, 'GET')).toMatchObject({ status: 200, body: { ok: true } });
    await rename(at('data/recordings'), at('data/elsewhere'));
    await expect
      .poll(async () => (await send(`${url}/readyz`, 'GET')).body)
      .toMatchObject({
        status: 503,
        code: 'server-failed',
        detail: expect.stringContaining('storage of recordings'),
      });
    expect(await send(`${url}/healthz`, 'GET')).toMatchObject({ status: 200 });
    await rename(at('data/elsewhere'), at('data/recordings'));
    await expect.poll(async () => (await send(`${url}/readyz`, 'GET')).status).toBe(200);
  });
});

describe('metrics', () => {
  const scrape = (token: string | null, path = metricsUrl) =>
    fetch(path, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });

  test('are for who has the token, on a port of their own', async () => {
    expect((await scrape(null)).status).toBe(401);
    expect((await scrape(`${TOKEN}x`)).status).toBe(401);
    expect((await scrape(TOKEN, metricsUrl.replace('/metrics', '/other'))).status).toBe(404);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    const answer = await scrape(TOKEN);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain');
  });

  test('count requests by route, streams, and what is in the database, and name nobody', async () => {
    await send(`${url}/v1/requests/some-id-that-was-tried`, 'GET');
    const text = await (await scrape(TOKEN)).text();
    expect(text).toMatch(
      /sallyport_http_request_duration_seconds_count\{method="POST",route="\/v1\/accounts",status="200"\} 1/,
    );
    expect(text).toMatch(/_count\{method="GET",route="\/v1\/requests\/:id",status="401"\} 1/);
    expect(text).toMatch(/^sallyport_event_streams 1$/m);
    expect(text).toMatch(/^sallyport_state\{what="running_sessions"\} 0$/m);
    expect(Number(/^sallyport_state\{what="audit_entries"\} (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(3);
    expect(Number(/^sallyport_tls_certificate_expiry_seconds (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(
      Date.now() / 1000,
    );
    expect(text).toContain('process_resident_memory_bytes');
    const people = ['Ada', 'Grace', admin.account.id, admin.deviceId, 'some-id-that-was-tried', '127.0.0.1'];
    for (const word of people) expect(text).not.toContain(word);
  });
});

describe('the log', () => {
  test('has a line for each request, with its trace, and nothing of what was said', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const path = '/v1/requests?limit=7';
    const proof = await admin.proof({ method: 'GET', path });
    secrets.push(proof);
    const answer = await fetch(`${url}${path}`, {
      headers: { authorization: `Sallyport ${proof}`, traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    });
    expect(answer.headers.get('traceresponse')).toContain(`00-${traceId}-`);
    await expect
      .poll(() => logLines().find(({ trace }) => trace === traceId))
      .toMatchObject({
        msg: 'request',
        method: 'GET',
        route: '/v1/requests',
        status: 200,
        device: admin.deviceId,
        ms: expect.any(Number) as unknown,
      });
    const refused = await fetch(`${url}/v1/audit`, {
      headers: { traceparent: `00-${'c'.repeat(32)}-b7ad6b7169203331-00` },
    });
    expect(await refused.json()).toMatchObject({ instance: `urn:sallyport:trace:${'c'.repeat(32)}` });
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).not.toContain('limit=7');
    expect(log).not.toContain('Grace');
  });
});

describe('the end', () => {
  test('says first that it is not ready, then ends streams and itself, in order', async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await expect
      .poll(async () => (await send(`${url}/readyz`, 'GET')).body, { interval: 20 })
      .toMatchObject({ status: 503, detail: expect.stringContaining('ending') });
    // Whoever is still sent here is still answered, but gets no stream that would end at once.
    await admin.ok('whoAmI');
    expect((await admin.events()).status).toBe(503);
    await stream.ended;
    expect(await exited).toEqual([0, null]);
  });
});

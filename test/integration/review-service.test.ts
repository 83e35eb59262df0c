import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AccountId, DeviceId, RecordingId } from '../../contract/ids.ts';
import { createReviewService } from '../../main/review/create-review-service.ts';
import { createIdentityStore } from '../../main/review/identity-store.ts';
import { generateDeviceKey } from '../../main/vault/device-key.ts';
import { segmentsOf } from '../support/recording-bench.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/recordings');
const whole = readFileSync(join(FIXTURES, 'whole.sprec'));
/** the same recording while it runs: up to its last segment, without an end */
const running = whole.subarray(0, endOfSegments());
const recordingId = RecordingId.parse('recording-1');

let current: Buffer = running;
/** answers wait for it */
let gate: Promise<void> = Promise.resolve();

const server = createServer((request, response) => {
  void gate.then(() => {
    const bytes = current;
    const wanted = /^bytes=(\d*)-(\d*)$/.exec(String(request.headers.range));
    const last = Number(wanted?.[2]);
    const from = wanted?.[1] === '' ? Math.max(0, bytes.length - last) : Number(wanted?.[1]);
    const to = wanted?.[1] === '' ? bytes.length : Math.min(bytes.length, last + 1);
    response.writeHead(206, { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` });
    response.end(bytes.subarray(from, to));
  });
});
let serverUrl = '';
beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

function endOfSegments(): number {
  const last = segmentsOf(whole).at(-1) ?? new Uint8Array();
  return whole.indexOf(Buffer.from(last)) + last.length;
}

it('a recording that comes to its end while it is shown can be read all the time', async () => {
  const review = createReviewService({
    http: {
      serverUrl,
      call: () => Promise.reject(new Error('no route is called')),
      fetch: (path, init) => fetch(`${serverUrl}${path}`, { headers: { ...init?.headers } }),
    },
    account: {
      serverUrl,
      account: { id: AccountId.parse('account-1'), name: 'Rita', roles: ['reviewer'] },
      deviceId: DeviceId.parse('device-1'),
      audience: serverUrl,
      issuer: serverUrl,
      jwks: { keys: [] },
      device: generateDeviceKey(),
    },
    identities: createIdentityStore(FIXTURES),
    importsFolder: join(FIXTURES, 'none'),
    wallNowMs: () => Date.now(),
    serverNowMs: () => Number.NaN,
    nowMs: () => performance.now(),
    onChecked: () => undefined,
    onSearched: () => undefined,
    onReshared: () => undefined,
  });
  const first = await review.open({ recordingId });
  expect(first.check.verification?.endCause ?? null).toBeNull();

  current = whole;
  let openGate = (): void => undefined;
  gate = new Promise(resolve => {
    openGate = resolve;
  });
  const openings = [review.open({ recordingId }), review.open({ recordingId })];
  const window = { recordingId, fromMs: 0, toMs: 1_000, fromKeyframe: true };
  const read = review.read(window);
  openGate();
  await expect(read).resolves.toMatchObject({ upToMs: expect.any(Number) });
  for (const opening of openings) {
    expect((await opening).check.verification?.endCause).not.toBeNull();
  }
  await expect(review.read(window)).resolves.toMatchObject({ upToMs: expect.any(Number) });
  await review.dispose();
});

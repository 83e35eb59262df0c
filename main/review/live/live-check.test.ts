import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RecordingId } from '../../../contract/ids.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import { createMemorySource } from '../recording-source.ts';
import { createLiveBytes } from './live-bytes.ts';
import { createLiveChecks } from './live-check.ts';

const whole = new Uint8Array(
  readFileSync(join(import.meta.dirname, '../../../test/fixtures/recordings/whole.sprec')),
);
const id = RecordingId.parse('recording-1');
const checksOf = (bytes: Uint8Array) =>
  createLiveChecks({ crypto: CHAIN_CRYPTO, bytesOf: () => createLiveBytes(createMemorySource(bytes)) });

test('a running recording is checked from its first byte on, as far as it has come', async () => {
  const checks = checksOf(whole);
  const half = whole.length >> 1;
  expect(checks.upTo(id, half)).toMatchObject({ checkedBytes: 0, totalBytes: half, problem: null });
  await expect.poll(() => checks.upTo(id, half).checkedBytes).toBe(half);
  const { segments } = checks.upTo(id, half);
  await expect.poll(() => checks.upTo(id, whole.length).checkedBytes).toBe(whole.length);
  const last = checks.upTo(id, whole.length);
  expect(last.problem).toBeNull();
  expect(last.segments).toBeGreaterThan(segments);
  expect(last.signedSegments).toBe(last.segments);
  checks.forget(id);
  expect(checks.upTo(id, half).checkedBytes).toBe(0);
});

test('a byte that was changed before what is watched is told', async () => {
  const altered = whole.slice();
  const at = whole.length >> 2;
  altered[at] = (altered[at] ?? 0) ^ 1;
  const checks = checksOf(altered);
  await expect.poll(() => checks.upTo(id, whole.length).problem).not.toBeNull();
});

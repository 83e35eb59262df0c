import { expect, test } from 'vitest';
import { DeviceId } from '../../contract/ids.ts';
import type { AuditNote } from '../audit/audit-log.ts';
import type { Change } from '../changes/changes.ts';
import { createRefusedProofs } from './refused-proofs.ts';

const MINUTE_MS = 60_000;

function noteInto(notes: AuditNote[], nowMs: () => number) {
  return createRefusedProofs({
    nowMs,
    log: { error: () => undefined },
    changes: {
      run: work => work({ audit: (note: AuditNote) => void notes.push(note) } as unknown as Change),
    },
  });
}

test('a refused device is noted once in ten minutes for each reason, with how many more there were', async () => {
  let nowMs = 0;
  const notes: AuditNote[] = [];
  const refuse = noteInto(notes, () => nowMs);
  const deviceId = DeviceId.parse('lost');
  for (let i = 0; i < 5; i += 1) await refuse({ deviceId, reason: 'revoked', address: `10.0.0.${i}` });
  await refuse({ deviceId, reason: 'used before', address: '10.0.0.1' });
  await refuse({ deviceId: null, reason: 'not valid', address: '10.0.0.1' });
  nowMs = 10 * MINUTE_MS;
  await refuse({ deviceId, reason: 'revoked', address: '10.0.0.1' });
  expect(notes.map(({ subject, detail }) => [subject, detail])).toEqual([
    ['lost', { reason: 'revoked', address: '10.0.0.0', furtherSinceLast: 0 }],
    ['lost', { reason: 'used before', address: '10.0.0.1', furtherSinceLast: 4 }],
    ['unknown device', { reason: 'not valid', address: '10.0.0.1', furtherSinceLast: 0 }],
    ['lost', { reason: 'revoked', address: '10.0.0.1', furtherSinceLast: 0 }],
  ]);
});

test('a thousand addresses are no more than sixty entries', async () => {
  const notes: AuditNote[] = [];
  const refuse = noteInto(notes, () => 0);
  for (let i = 0; i < 1000; i += 1) await refuse({ deviceId: null, reason: 'x', address: `10.0.${i}.1` });
  expect(notes).toHaveLength(60);
});

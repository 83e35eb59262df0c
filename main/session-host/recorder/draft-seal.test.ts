import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DraftEntry } from '../../../contract/recording-draft.ts';
import { draftKey, draftPreamble, readDraft, sealBatch } from './draft-seal.ts';

const pemOf = () =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const from = { devicePrivateKeyPem: pemOf(), sessionId: 'session-1' };
const salt = randomBytes(32);
const key = draftKey(from, salt);
const held = (number: number, text: string): DraftEntry => ({
  kind: 'held',
  number,
  offset: number,
  event: { kind: 'output', atMs: number, seq: number, base64: Buffer.from(text).toString('base64') },
});
const batches = [[held(1, 'secret one')], [held(2, 'secret two'), { kind: 'hide', offset: 3 } as const]];
const file = Buffer.concat([draftPreamble(salt), ...batches.map((batch, i) => sealBatch(key, i, batch))]);

describe('the bytes of a draft', () => {
  it('open under the device key and the session that they were made for, and hold nothing readable', () => {
    expect(readDraft(file, from)).toMatchObject({ entries: batches.flat(), length: file.length });
    for (const text of ['secret', Buffer.from('secret one').toString('base64'), 'held'])
      expect(file.includes(text)).toBe(false);
    expect(readDraft(file, { ...from, devicePrivateKeyPem: pemOf() })?.entries).toEqual([]);
    expect(readDraft(file, { ...from, sessionId: 'session-2' })?.entries).toEqual([]);
  });

  it('go on where they were left', () => {
    const read = readDraft(file, from);
    const more = Buffer.concat([
      file,
      read?.next([{ kind: 'stored', segments: 4, number: 2 }]) ?? new Uint8Array(),
    ]);
    expect(readDraft(more, from)?.entries.at(-1)).toEqual({ kind: 'stored', segments: 4, number: 2 });
  });

  it('end where they are cut or altered, at every byte, without an error', () => {
    const first = draftPreamble(salt).length + sealBatch(key, 0, batches[0] ?? []).length;
    for (let at = 0; at < file.length; at++) {
      const cut = readDraft(file.subarray(0, at), from);
      expect(cut?.entries.length ?? 0).toBe(at < first ? 0 : 1);
      const altered = Buffer.from(file);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(readDraft(altered, from)?.entries.length ?? 0).toBe(at < first ? 0 : 1);
    }
  });

  it('do not take batches out of their order', () => {
    const swapped = Buffer.concat([
      draftPreamble(salt),
      ...[1, 0].map(i => sealBatch(key, i, batches[i] ?? [])),
    ]);
    expect(readDraft(swapped, from)?.entries).toEqual([]);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../contract/recording.ts';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import { createDraft, DRAFT_HELD_AFTER_MS, DRAFT_LATE_AFTER_MS } from './draft.ts';
import { readDraft } from './draft-seal.ts';
import type { SpoolHandle } from './spool-file.ts';

const from = {
  devicePrivateKeyPem: generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  sessionId: 'session-1',
};
const event = (text: string): RecordedEvent => ({
  kind: 'output',
  atMs: 0,
  seq: 1,
  bytes: Buffer.from(text),
});

function setUp() {
  const timers = fakeTimers();
  let bytes = Buffer.alloc(0);
  const faults: unknown[] = [];
  let isDiskSlow = false;
  const handle: SpoolHandle = {
    write(from, offset, length, position) {
      if (bytes.length < position + length)
        bytes = Buffer.concat([bytes, Buffer.alloc(position + length - bytes.length)]);
      bytes.set(from.subarray(offset, offset + length), position);
      return Promise.resolve({ bytesWritten: length });
    },
    datasync: () => (isDiskSlow ? new Promise(() => undefined) : Promise.resolve()),
    truncate: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const draft = createDraft({
    ...from,
    path: '/none',
    handle,
    policy: RedactionPolicy.parse({}),
    timers,
    cut: () => ({ screen: { cols: 80, rows: 24, text: '' }, written: () => Promise.resolve() }),
    onFault: error => faults.push(error),
  });
  const pass = async (ms: number): Promise<void> => {
    timers.advance(ms);
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const entries = () => readDraft(bytes, from)?.entries ?? [];
  const held = () => entries().flatMap(entry => (entry.kind === 'held' ? [entry.number] : []));
  return {
    draft,
    pass,
    entries,
    held,
    faults,
    slow: () => {
      isDiskSlow = true;
    },
  };
}

describe('the draft of a recording', () => {
  it('has what is held after 60 ms, with all that waits in front of it', async () => {
    const { draft, pass, held } = setUp();
    draft.add(event('decided'), 0, false);
    draft.passed(1);
    draft.add(event('typed'), 7, true);
    await pass(DRAFT_HELD_AFTER_MS - 1);
    expect(held()).toEqual([]);
    await pass(1);
    expect(held()).toEqual([1, 2]);
  });

  it('has nothing of output that is stored in time, and has what is not', async () => {
    const { draft, pass, held } = setUp();
    draft.add(event('a'), 0, false);
    draft.passed(1);
    await draft.willStore(1, 1);
    draft.stored(1);
    draft.add(event('b'), 1, false);
    draft.passed(2);
    await pass(DRAFT_LATE_AFTER_MS - 1);
    expect(held()).toEqual([]);
    await pass(1);
    expect(held()).toEqual([2]);
  });

  it('is written on while the disk does not answer', async () => {
    const { draft, pass, held, slow } = setUp();
    slow();
    draft.add(event('a'), 0, true);
    await pass(DRAFT_HELD_AFTER_MS);
    draft.add(event('b'), 1, true);
    await pass(DRAFT_HELD_AFTER_MS);
    expect(held()).toEqual([1, 2]);
  });

  it('says what is about to be stored before it is, and is empty when that is on the disk', async () => {
    const { draft, pass, entries } = setUp();
    draft.add(event('a'), 0, true);
    draft.hide(0);
    await pass(DRAFT_HELD_AFTER_MS);
    expect(entries().map(({ kind }) => kind)).toEqual(['begin', 'held', 'hide']);
    draft.passed(1);
    await draft.willStore(1, 5);
    expect(entries().at(-1)).toEqual({ kind: 'stored', segments: 5, number: 1 });
    draft.stored(1);
    draft.synced(4);
    await pass(0);
    expect(entries()).not.toEqual([]);
    draft.synced(5);
    await pass(0);
    expect(entries()).toEqual([]);
    draft.add(event('b'), 1, true);
    await pass(DRAFT_HELD_AFTER_MS);
    expect(entries().map(({ kind }) => kind)).toEqual(['begin', 'held', 'stored']);
  });
});

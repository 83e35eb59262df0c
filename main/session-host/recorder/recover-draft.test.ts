import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DraftEntry } from '../../../contract/recording-draft.ts';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { decodeSegment } from '../../../core/recording/segment.ts';
import { draftKey, draftPreamble, sealBatch } from './draft-seal.ts';
import { readDraftSegments } from './recover-draft.ts';

const from = {
  devicePrivateKeyPem: generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  sessionId: 'session-1',
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-draft-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const begin = (screen: string, change: Partial<RedactionPolicy> = {}, after = 0): DraftEntry => ({
  kind: 'begin',
  cols: 80,
  rows: 24,
  screen,
  after,
  policy: { ...RedactionPolicy.parse({}), ...change },
});
let offset = 0;
const held = (number: number, text: string, atMs = 100 * number): DraftEntry => {
  const bytes = Buffer.from(text);
  const entry: DraftEntry = {
    kind: 'held',
    number,
    offset,
    event: { kind: 'output', atMs, seq: number, base64: bytes.toString('base64') },
  };
  offset += bytes.length;
  return entry;
};

async function recovered(entries: DraftEntry[], has: { segments: number; endMs: number }) {
  offset = 0;
  const salt = randomBytes(32);
  const path = join(folder, 'a.draft');
  await writeFile(path, Buffer.concat([draftPreamble(salt), sealBatch(draftKey(from, salt), 0, entries)]));
  const read = async (segments: number, endMs: number) =>
    (await readDraftSegments(path, { ...from, segments, endMs }))
      .flatMap(({ plain }) => decodeSegment(plain)?.events ?? [])
      .map(event => (event.kind === 'output' ? new TextDecoder().decode(event.bytes) : ''))
      .join('');
  return { first: await read(has.segments, has.endMs), read };
}

describe('what a crash left in a draft', () => {
  it('follows on the segments that the recording has', async () => {
    const entries = [
      begin('$ '),
      held(1, 'l'),
      held(2, 's'),
      { kind: 'stored', segments: 3, number: 1 } as const,
      { kind: 'stored', segments: 4, number: 2 } as const,
    ];
    for (const [segments, text] of [
      [2, 'ls'],
      [3, 's'],
      [4, ''],
    ] as const)
      expect((await recovered(entries, { segments, endMs: 0 })).first).toBe(text);
  });

  it('is known to be stored by its time where the draft does not say so', async () => {
    expect(
      (await recovered([begin('$ '), held(1, 'l'), held(2, 's')], { segments: 1, endMs: 200 })).first,
    ).toBe('s');
  });

  it('comes once, also where the recovery was killed', async () => {
    const { first, read } = await recovered([begin('$ '), held(1, 'ls')], { segments: 2, endMs: 0 });
    expect(first).toBe('ls');
    expect(await read(2, 0)).toBe('ls');
    expect(await read(3, 100)).toBe('');
  });

  it('is masked where the screen in front of it tells that it is a value', async () => {
    const { first } = await recovered([begin('password: '), held(1, 'hunter'), held(2, '2x9Q')], {
      segments: 0,
      endMs: 0,
    });
    expect(first).not.toMatch(/hunter|2x9Q/);
    expect(first).toHaveLength(10);
  });

  it('is masked as the policy says, and where it was hidden before the crash; tokens become masks', async () => {
    const mail = 'olga.ivanova@corp.ru ';
    const has = { segments: 0, endMs: 0 };
    const allowed = begin('$ ', { entities: { email: 'allow' } });
    expect((await recovered([allowed, held(1, mail)], has)).first).toBe(mail);
    const token = begin('$ ', { entities: { email: 'token' } });
    expect((await recovered([token, held(1, mail)], has)).first).not.toContain('olga');
    const hides = [0, 1, 2].map((at): DraftEntry => ({ kind: 'hide', offset: at }));
    expect((await recovered([begin('$ '), held(1, 'abcd'), ...hides], has)).first).toBe('•••d');
  });

  it('is nothing where there is no draft, or one of another session', async () => {
    expect(await readDraftSegments(join(folder, 'none'), { ...from, segments: 0, endMs: 0 })).toEqual([]);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { calculateJwkThumbprint } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RecordingId, SessionId } from '../../contract/ids.ts';
import { RECEIPT_TYP } from '../../contract/receipt.ts';
import { createChainVerifier } from '../../core/recording/chain-verifier.ts';
import { resumeChain } from '../../core/recording/chain-writer.ts';
import { concatBytes, toHex } from '../../core/recording/encoding.ts';
import { command } from '../../main/cli/commands/verify.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from '../../main/session-host/recorder/chain-crypto.ts';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import type { SigningKeys } from '../../server/keys/signing-keys.ts';
import { createSigningKeys } from '../../server/keys/signing-keys.ts';
import type { RecordingBench } from '../support/recording-bench.ts';
import { createBench, SESSION } from '../support/recording-bench.ts';

/** Each output is more than a segment holds, so that it makes one of its own: segment n begins in second n. */
const SEGMENTS = 6;
const STARTED_MS = 1_700_000_000_000;
const OTHER = SessionId.parse('session-2');

let bench: RecordingBench;
let whole: Uint8Array;
let records: Uint8Array[];
let foreign: Uint8Array[];
let server: SigningKeys;
let serverKey: string;
const folder = mkdtempSync(join(tmpdir(), 'sallyport-damage-'));

beforeAll(async () => {
  bench = await createBench();
  whole = await record(SESSION);
  records = recordsOf(whole);
  foreign = recordsOf(await record(OTHER));
  server = await createSigningKeys([generateKeyPairSync('ed25519').privateKey]);
  serverKey = await calculateJwkThumbprint(server.jwks.keys[0] ?? {});
});
afterAll(async () => {
  await bench.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function record(sessionId: SessionId): Promise<Uint8Array> {
  const { header } = bench.recorderOptions();
  let nowMs = STARTED_MS;
  const recorder = await createRecorder(
    bench.recorderOptions({ header: { ...header, sessionId }, serverNowMs: () => nowMs }),
  );
  for (let n = 0; n < SEGMENTS; n += 1) {
    nowMs = STARTED_MS + n * 1000;
    const bytes = new TextEncoder().encode(`${String(n)} of ${sessionId}\r\n`.padEnd(300_000, 'x'));
    recorder.accept({ kind: 'output', atMs: nowMs, seq: n + 1, bytes });
  }
  nowMs = STARTED_MS + SEGMENTS * 1000;
  const { path } = await recorder.seal({ cause: 'exited', processesLeft: 0, isChannelClosed: true });
  return readFile(path);
}

/** Preamble with header, then each record; the last two are end and index. */
function recordsOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Uint8Array[] = [];
  for (let at = 6, from = 0; at < bytes.length; from = at) {
    at += 41 + view.getUint32(at + 1) + view.getUint32(at + 5);
    found.push(bytes.subarray(from, at));
  }
  return found;
}

const kindOf = (record: Uint8Array, i: number): number => (i === 0 ? 1 : (record[0] ?? 0));
/** Place of segment n among the records. */
const at = (n: number): number =>
  records.flatMap((record, i) => (kindOf(record, i) === 2 ? [i] : []))[n] ?? -1;
const endAt = (): number => records.findIndex((record, i) => kindOf(record, i) === 4);
const joined = (change: (all: Uint8Array[]) => void): Uint8Array => {
  const all = [...records];
  change(all);
  return concatBytes(all);
};
const flipped = (record: number, byte: number): Uint8Array =>
  joined(all => {
    const altered = Uint8Array.from(all[record] ?? []);
    altered[byte] = (altered[byte] ?? 0) ^ 1;
    all[record] = altered;
  });
const replaced = (record: number, from: string, to: string): Uint8Array =>
  joined(all => {
    const found = Buffer.from(all[record] ?? []);
    found.write(to, found.indexOf(from), 'latin1');
    all[record] = found;
  });

/** What somebody with the device's key makes of the first segments: an end of its own, signed rightly. */
function endedEarly(segments: number, more: Uint8Array | null = null): Uint8Array {
  const kept = concatBytes(records.slice(0, at(segments)));
  const verifier = createChainVerifier(CHAIN_CRYPTO);
  verifier.push(kept);
  const { position } = verifier.state;
  if (position === null) throw new Error('nothing was kept');
  const { sign } = createDeviceSigner(bench.devicePrivateKeyPem);
  const writer = resumeChain(position, { crypto: CHAIN_CRYPTO, sign });
  const parts = [kept];
  if (more !== null)
    for (let n = segments; n < SEGMENTS; n += 1)
      parts.push(writer.segment({ startMs: n * 1000, endMs: n * 1000 + 1, hasKeyframe: false }, more));
  const proof = { processesLeft: 0, isChannelClosed: true };
  parts.push(writer.end({ cause: 'exited', endedAtMs: STARTED_MS + 6000, gap: null, proof }), writer.index());
  return concatBytes(parts);
}

/** The server's receipt for the first segments. */
async function receiptFor(segments: number, keys = server, recordingId: string = SESSION): Promise<string> {
  const kept = segments === SEGMENTS ? whole : concatBytes(records.slice(0, at(segments)));
  const verifier = createChainVerifier(CHAIN_CRYPTO);
  verifier.push(kept);
  const { position } = verifier.state;
  const hash = toHex(position?.previous ?? new Uint8Array(0));
  const receipt = { recordingId: RecordingId.parse(recordingId), bytes: kept.length, segments, hash };
  return keys.signWithKey(RECEIPT_TYP, { ...receipt, atMs: STARTED_MS + segments * 1000 });
}

interface Finding {
  readonly code: string;
  readonly sequence?: number | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly message: string;
}
interface Answer {
  readonly isVerified: boolean;
  readonly problems: readonly Finding[];
  readonly receipts?: readonly (Finding & { readonly ok: boolean; readonly serverKey: string | null })[];
}

async function verify(
  bytes: Uint8Array,
  receipts: readonly string[] = [],
  ...options: string[]
): Promise<Answer & { readonly words: string }> {
  const path = join(folder, 'recording.sprec');
  writeFileSync(path, bytes);
  writeFileSync(join(folder, 'receipts.jws'), receipts.join('\n'));
  const args = [
    ...options,
    ...(receipts.length > 0 ? ['--receipt', join(folder, 'receipts.jws')] : []),
    path,
  ];
  const run = async (more: string[]): Promise<string> => {
    const stdout = new PassThrough();
    const code = await command.run([...more, ...args], {
      stdin: new PassThrough(),
      stdout,
      stderr: new PassThrough(),
      signal: new AbortController().signal,
      environment: {},
    });
    stdout.end();
    const printed = await text(stdout);
    expect(code).toBe(printed.includes(': verified\n') || printed.includes('"isVerified":true') ? 0 : 1);
    return printed;
  };
  return { ...(JSON.parse(await run(['--json'])) as Answer), words: await run([]) };
}

describe('sallyport verify on a recording of six segments', () => {
  test('verifies it, and each receipt of its making', async () => {
    const receipts = await Promise.all([1, 3, 6].map(n => receiptFor(n)));
    const answer = await verify(whole, receipts, '--server-key', serverKey);
    expect(answer).toMatchObject({ isVerified: true, problems: [] });
    expect(answer.receipts).toEqual(
      Array.from({ length: 3 }, () =>
        expect.objectContaining({ ok: true, code: 'receipt-confirmed', serverKey }),
      ),
    );
  });

  const inSegment = (n: number) => ({ sequence: n, fromMs: n * 1000, toMs: n * 1000 });
  test.each<[string, () => Uint8Array, Partial<Finding>, RegExp]>([
    [
      'a flipped bit in the content of segment 2',
      () => flipped(at(2), 600),
      { code: 'content-altered', ...inSegment(2) },
      /segment 2, from 0:00:02\.000 to 0:00:02\.000: The content of segment 2 is not what it was/,
    ],
    [
      'a flipped bit in the link of segment 2',
      () => flipped(at(2), 12),
      { code: 'segment-altered', ...inSegment(2) },
      /Segment 2 was altered/,
    ],
    [
      'a time of segment 2 that was altered',
      () => replaced(at(2), '"startMs":2000', '"startMs":1999'),
      { code: 'record-altered', sequence: 2 },
      /segment 2 or a record after it was altered or removed/,
    ],
    [
      'a cut tail',
      () => concatBytes(records.slice(0, at(4))),
      { code: 'tail-cut', sequence: 4, fromMs: 3000, toMs: null },
      /segment 4, from 0:00:03\.000 to the end: The recording stops after segment 3, without a signed end/,
    ],
    [
      'a tail that was cut in the middle of a segment',
      () => concatBytes(records).subarray(0, concatBytes(records.slice(0, at(4))).length + 500),
      { code: 'tail-cut', sequence: 4, fromMs: 4000, toMs: null },
      /stops in the middle of segment 4/,
    ],
    [
      'a dropped segment',
      () => joined(all => all.splice(at(3), 1)),
      { code: 'segment-missing', sequence: 3, fromMs: 2000, toMs: 4000 },
      /Segment 3 is missing before segment 4/,
    ],
    [
      'swapped segments',
      () => joined(all => ([all[at(2)], all[at(3)]] = [records[at(3)] ?? whole, records[at(2)] ?? whole])),
      { code: 'segment-misplaced', ...inSegment(2) },
      /Segment 2 stands again or out of order, after segment 3/,
    ],
    [
      'a replayed segment',
      () => joined(all => all.splice(at(4), 0, records[at(1)] ?? whole)),
      { code: 'segment-misplaced', ...inSegment(1) },
      /Segment 1 stands again or out of order, after segment 3/,
    ],
    [
      'a segment of another recording in the place of this one’s',
      () => joined(all => (all[at(3)] = foreign[at(3)] ?? whole)),
      { code: 'segment-foreign', ...inSegment(3) },
      /Segment 3 was taken from another recording/,
    ],
    [
      'a segment of another recording between two of this one',
      () => joined(all => all.splice(at(3), 0, foreign[at(3)] ?? whole)),
      { code: 'segment-foreign', ...inSegment(3) },
      /Segment 3 was taken from another recording/,
    ],
    [
      'an earlier segment of another recording between two of this one',
      () => joined(all => all.splice(at(3), 0, foreign[at(1)] ?? whole)),
      { code: 'segment-foreign', ...inSegment(1) },
      /Another segment 1 than the one before stands after segment 2: it was taken from another recording/,
    ],
    [
      'an altered header',
      () => replaced(0, '"grantId":"grant-1"', '"grantId":"grant-2"'),
      { code: 'header-altered' },
      /the header was altered or removed/,
    ],
    [
      'an altered end',
      () => replaced(endAt(), '"cause":"exited"', '"cause":"killed"'),
      { code: 'end-altered' },
      /The end record at byte \d+ does not have the form of one/,
    ],
    [
      'a later time in the end',
      () => replaced(endAt(), '"endedAtMs":17', '"endedAtMs":18'),
      { code: 'signature-wrong' },
      /The signature of the end is wrong/,
    ],
    [
      'another index',
      () => flipped(records.length - 1, 60),
      { code: 'index-altered' },
      /The recording up to its signed end is not concerned/,
    ],
    [
      'bytes after the end',
      () => concatBytes([whole, Uint8Array.of(1, 2, 3)]),
      { code: 'bytes-after-end' },
      /Bytes that do not belong to the recording/,
    ],
  ])('names %s', async (_damage, make, finding, words) => {
    const answer = await verify(make());
    expect(answer.isVerified).toBe(false);
    expect(answer.problems[0]).toMatchObject(finding);
    expect(answer.words).toMatch(words);
  });

  test('cannot know of a tail that was cut and signed anew with the device’s key, but by a receipt', async () => {
    const cut = endedEarly(3);
    expect(await verify(cut)).toMatchObject({ isVerified: true, problems: [] });
    const answer = await verify(cut, [await receiptFor(5)], '--server-key', serverKey);
    expect(answer).toMatchObject({
      isVerified: false,
      problems: [],
      receipts: [{ ok: false, code: 'tail-cut', fromMs: 2000, toMs: null, serverKey }],
    });
    expect(answer.words).toMatch(
      /WRONG: from 0:00:02\.000 to the end: The recording was cut off, even where its end is/,
    );
    // what was stored before the cut is still there
    expect(await verify(cut, [await receiptFor(2)])).toMatchObject({ isVerified: true });
  });

  test('names a recording that was forked with the device’s key, and between which receipts', async () => {
    const forked = endedEarly(3, records[at(0)]?.subarray(-2000) ?? whole);
    expect(await verify(forked)).toMatchObject({ isVerified: true, problems: [] });
    const receipts = await Promise.all([2, 4].map(n => receiptFor(n)));
    const answer = await verify(forked, receipts, '--server-key', serverKey);
    expect(answer).toMatchObject({
      isVerified: false,
      receipts: [
        { code: 'receipt-confirmed', ok: true },
        { code: 'forked', ok: false, fromMs: 1000, toMs: 3001 },
      ],
    });
    expect(answer.words).toMatch(
      /WRONG: from 0:00:01\.000 to 0:00:03\.001: The recording was made anew from some point/,
    );
  });

  test('names receipts that are forged or of another recording', async () => {
    const stranger = await createSigningKeys([generateKeyPairSync('ed25519').privateKey]);
    const [head = '', , signature = ''] = (await receiptFor(4)).split('.');
    const [, claims = ''] = (await receiptFor(3)).split('.');
    const forged = { code: 'receipt-forged', ok: false, serverKey: null };
    for (const [receipt, finding] of [
      [`${head}.${claims}.${signature}`, forged],
      [await receiptFor(4, stranger), forged],
      ['not a receipt', forged],
      [await receiptFor(4, server, OTHER), { code: 'receipt-foreign', ok: false }],
    ] as const) {
      const answer = await verify(whole, [receipt], '--server-key', serverKey);
      expect(answer.isVerified).toBe(false);
      expect(answer.receipts).toMatchObject([finding]);
      expect(answer.words).toMatch(
        /WRONG: (A receipt is not signed by the server|The receipt is that of another)/,
      );
    }
    // Without the key that the reader knows, the answer names the one that signed.
    const [unknown] = (await verify(whole, [await receiptFor(4, stranger)])).receipts ?? [];
    expect(unknown?.serverKey).not.toBe(serverKey);
  });
});

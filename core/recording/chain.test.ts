import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordingEnd } from '../../contract/recording.ts';
import { RecordingHeader } from '../../contract/recording.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from '../../main/session-host/recorder/chain-crypto.ts';
import { createChainVerifier } from './chain-verifier.ts';
import { resumeChain, startChain } from './chain-writer.ts';
import { encodeRecord, PREAMBLE_BYTES, RECORD_PREFIX_BYTES } from './container.ts';
import { concatBytes } from './encoding.ts';
import { utf8 } from './utf8.ts';
import { reportOf } from './verify.ts';

const device = createDeviceSigner(newKeyPem());
const stranger = createDeviceSigner(newKeyPem());
const NO_PROOF: RecordingEnd['proof'] = { processesLeft: 0, isChannelClosed: true };

function newKeyPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function header(sessionId = 'session-1') {
  return RecordingHeader.parse({
    version: 1,
    sessionId,
    grantId: 'grant-1',
    grantHash: 'a'.repeat(64),
    deviceId: 'device-1',
    devicePublicKey: device.publicKey,
    recipients: ['age1example'],
    startedAtMs: 1_700_000_000_000,
    cols: 80,
    rows: 24,
  });
}

/** The records of a recording with five segments, one by one, so that tests can drop, swap and repeat them. */
function recordsOf(sessionId = 'session-1', sign = device.sign): Uint8Array[] {
  const { writer, bytes } = startChain(header(sessionId), { crypto: CHAIN_CRYPTO, sign });
  const records = [bytes];
  for (let n = 0; n < 5; n += 1) {
    const segment = { startMs: n * 100, endMs: n * 100 + 90, hasKeyframe: n % 2 === 0 };
    records.push(writer.segment(segment, utf8(`the age file of segment ${n}, of ${sessionId}`)));
    if (n === 2) records.push(writer.checkpoint(290));
  }
  records.push(writer.end({ cause: 'exited', endedAtMs: 1_700_000_000_600, gap: null, proof: NO_PROOF }));
  records.push(writer.index());
  return records;
}
/** header, segments 0-2, checkpoint, segments 3-4, end, index */
const RECORDS = recordsOf();
const WHOLE = concatBytes(RECORDS);

function check(bytes: Uint8Array, pieceBytes = bytes.length) {
  const verifier = createChainVerifier(CHAIN_CRYPTO);
  for (let at = 0; at < bytes.length; at += Math.max(1, pieceBytes))
    verifier.push(bytes.subarray(at, at + pieceBytes));
  return { report: reportOf(verifier.finish()), state: verifier.state };
}

function flip(bytes: Uint8Array, at: number, bits: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ bits;
}

const without = (...gone: number[]) => concatBytes(RECORDS.filter((_, i) => !gone.includes(i)));

describe('the chain of a recording', () => {
  it('verifies what the writer made', () => {
    const { report, state } = check(WHOLE);
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ isVerified: true, segments: 5, endCause: 'exited', durationMs: 600 });
    expect(state.acceptedBytes).toBe(WHOLE.length);
    expect(state.signedSegments).toBe(5);
  });

  it('gives the same answer however the bytes are cut', () => {
    const damaged = Uint8Array.from(WHOLE);
    flip(damaged, (RECORDS[0]?.length ?? 0) + 60, 1);
    for (const bytes of [WHOLE, WHOLE.subarray(0, 700), damaged, without(2)]) {
      const expected = check(bytes);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 97 }), pieceBytes => {
          expect(check(bytes, pieceBytes)).toEqual(expected);
        }),
        { numRuns: 30 },
      );
    }
  });

  it('finds every flipped bit of every byte', () => {
    const damaged = Uint8Array.from(WHOLE);
    for (let at = 0; at < damaged.length; at += 1) {
      const bit = 1 << (at % 8);
      flip(damaged, at, bit);
      const { report } = check(damaged);
      expect(report.isVerified, `byte ${at}`).toBe(false);
      expect(report.problems.length, `byte ${at}`).toBeGreaterThan(0);
      flip(damaged, at, bit);
    }
  });

  it('never accepts a byte at or after a flipped one, nor loses a whole record before it', () => {
    const damaged = Uint8Array.from(WHOLE);
    const starts = RECORDS.map((_, i) => concatBytes(RECORDS.slice(0, i)).length);
    for (let at = 0; at < damaged.length; at += 7) {
      flip(damaged, at, 0x10);
      const { acceptedBytes } = check(damaged).state;
      const start = starts.filter(offset => offset <= at).at(-1) ?? 0;
      // The link of the next record tells of an altered public part: until then the altered record itself looks whole.
      const next = starts.find(offset => offset > at) ?? WHOLE.length;
      expect(acceptedBytes).toBeLessThanOrEqual(next);
      expect(acceptedBytes).toBeGreaterThanOrEqual(at < PREAMBLE_BYTES ? 0 : start);
      flip(damaged, at, 0x10);
    }
  });

  it('says which segment a flipped bit is in', () => {
    const damaged = Uint8Array.from(WHOLE);
    const endOfSegment1 = concatBytes(RECORDS.slice(0, 3)).length;
    flip(damaged, endOfSegment1 - 3, 4);
    expect(check(damaged).report.problems).toEqual([
      expect.objectContaining({ kind: 'segment', sequence: 1, fromMs: 100, toMs: 190 }),
    ]);
  });

  it('finds every cut of the tail and says from when on something is missing', () => {
    const endOfEnd = WHOLE.length - (RECORDS.at(-1)?.length ?? 0);
    for (let length = 0; length < WHOLE.length; length += 1) {
      const { report } = check(WHOLE.subarray(0, length));
      if (length === endOfEnd) expect(report.isVerified).toBe(true);
      else expect(report.isVerified, `cut at ${length}`).toBe(false);
    }
    const { report } = check(concatBytes(RECORDS.slice(0, 4)));
    expect(report.problems).toEqual([
      expect.objectContaining({ kind: 'cut', sequence: 3, fromMs: 290, toMs: null }),
    ]);
  });

  it('names dropped segments and the interval that is missing', () => {
    expect(check(without(2)).report.problems[0]).toMatchObject({
      kind: 'chain',
      sequence: 1,
      fromMs: 90,
      toMs: 200,
      message: 'Segment 1 is missing before segment 2.',
    });
    expect(check(without(2, 3, 4)).report.problems[0]).toMatchObject({
      sequence: 1,
      message: 'Segments 1 to 2 are missing before segment 3.',
    });
    expect(check(without(5, 6)).report.problems[0]).toMatchObject({
      sequence: 3,
      fromMs: 290,
      message: 'Segments 3 to 4 are missing before the end.',
    });
  });

  it('finds a dropped checkpoint', () => {
    expect(check(without(4)).report.problems[0]).toMatchObject({ kind: 'chain', sequence: 2 });
  });

  it('finds swapped and replayed segments', () => {
    const swapped = [...RECORDS];
    [swapped[2], swapped[3]] = [swapped[3] ?? WHOLE, swapped[2] ?? WHOLE];
    expect(check(concatBytes(swapped)).report.problems.map(p => p.message)).toContain(
      'Segment 1 stands again or out of order, after segment 2.',
    );
    const replayed = concatBytes([...RECORDS.slice(0, 4), ...RECORDS.slice(1, 2), ...RECORDS.slice(4)]);
    expect(check(replayed).report.problems[0]).toMatchObject({
      kind: 'chain',
      sequence: 0,
      fromMs: 0,
      toMs: 90,
    });
  });

  it('finds a segment that was taken from another recording', () => {
    const mixed = [...RECORDS];
    mixed[3] = recordsOf('session-2')[3] ?? WHOLE;
    expect(check(concatBytes(mixed)).report.problems[0]).toMatchObject({ kind: 'chain' });
  });

  it('finds an altered header', () => {
    const altered = Uint8Array.from(WHOLE);
    const at = concatBytes([RECORDS[0] ?? WHOLE]).length - 12;
    flip(altered, at, 1);
    expect(check(altered).report.problems[0]).toMatchObject({ kind: 'header' });
  });

  it('finds bytes after the end', () => {
    const noIndex = concatBytes(RECORDS.slice(0, -1));
    expect(check(noIndex).report.isVerified).toBe(true);
    for (const more of [Uint8Array.of(0), utf8('more'), RECORDS[1] ?? WHOLE, RECORDS[7] ?? WHOLE]) {
      const { report } = check(concatBytes([noIndex, more]));
      expect(report.problems.map(p => p.kind)).toContain('after-end');
    }
    expect(check(concatBytes([WHOLE, utf8('x')])).report.problems[0]).toMatchObject({ kind: 'after-end' });
  });

  it('finds a chain that somebody without the device key has made anew', () => {
    const { report } = check(concatBytes(recordsOf('session-1', stranger.sign)));
    expect(report.isVerified).toBe(false);
    expect(report.problems.map(p => p.kind)).toContain('signature');
  });

  it('tells a recording of another device where the key is known', () => {
    const verifier = createChainVerifier(CHAIN_CRYPTO);
    verifier.push(WHOLE);
    expect(reportOf(verifier.finish(), device.publicKey).isVerified).toBe(true);
    expect(reportOf(verifier.state, stranger.publicKey).isVerified).toBe(false);
  });

  it('refuses JSON that is not in canonical form', () => {
    const checkpoint = RECORDS[4] ?? WHOLE;
    const json = new TextDecoder().decode(checkpoint.subarray(RECORD_PREFIX_BYTES)).replace(':', ': ');
    const record = encodeRecord(
      { kind: 'checkpoint', json: { segments: 3, atMs: 290, signature: '' } },
      checkpoint.subarray(9, 41),
    ).subarray(0, RECORD_PREFIX_BYTES);
    new DataView(record.buffer).setUint32(1, json.length);
    const { report } = check(concatBytes([...RECORDS.slice(0, 4), record, utf8(json)]));
    expect(report.problems[0]?.message).toContain('does not have the form');
  });

  it('refuses a signature in another text form of the same bytes', () => {
    const index = RECORDS.at(-1) ?? WHOLE;
    const start = WHOLE.length - index.length;
    const json = new TextDecoder().decode(index.subarray(RECORD_PREFIX_BYTES, -8));
    // 64 bytes are 86 characters, the last of which holds two bits of them and four that mean nothing.
    const at = start + RECORD_PREFIX_BYTES + json.lastIndexOf('"') - 1;
    const last = String.fromCharCode(WHOLE[at] ?? 0);
    const twin = { A: 'B', Q: 'R', g: 'h', w: 'x' }[last] ?? '';
    const altered = Uint8Array.from(WHOLE);
    altered[at] = twin.charCodeAt(0);
    expect(check(altered).report.problems[0]?.message).toContain('signature of the index');
  });

  it.each<[string, (json: string) => string]>([
    ['brackets nested as deep as a record is long', () => '['.repeat(60_000)],
    ['objects nested as deep as a record is long', () => '{"a":'.repeat(12_000)],
    [
      'a time beyond every calendar',
      json => json.replace('"startedAtMs":1700000000000', '"startedAtMs":1e+300'),
    ],
    ['a terminal that no machine holds', json => json.replace('"cols":80', '"cols":1000000000')],
    ['a version of the future', json => json.replace('"version":1', '"version":2')],
  ])('refuses a header with %s, in words', (_what, change) => {
    const [head = WHOLE] = RECORDS;
    const json = utf8(change(new TextDecoder().decode(head.subarray(PREAMBLE_BYTES + RECORD_PREFIX_BYTES))));
    const prefix = Uint8Array.from(head.subarray(0, PREAMBLE_BYTES + RECORD_PREFIX_BYTES));
    new DataView(prefix.buffer).setUint32(PREAMBLE_BYTES + 1, json.length);
    const { report } = check(concatBytes([prefix, json, ...RECORDS.slice(1)]));
    expect(report).toMatchObject({ isVerified: false, problems: [{ code: 'header-altered' }] });
  });

  it('goes on from where a verifier stands, as after a crash', () => {
    const verifier = createChainVerifier(CHAIN_CRYPTO);
    verifier.push(WHOLE.subarray(0, concatBytes(RECORDS.slice(0, 6)).length + 30));
    const { position } = verifier.state;
    if (position === null) throw new Error('no position');
    const writer = resumeChain(position, { crypto: CHAIN_CRYPTO, sign: device.sign });
    const end = writer.end({
      cause: 'recovered',
      endedAtMs: 1_700_000_009_000,
      gap: { fromMs: verifier.state.lastEndMs, toMs: null },
      proof: { processesLeft: null, isChannelClosed: null },
    });
    const { report } = check(concatBytes([WHOLE.subarray(0, position.offset), end, writer.index()]));
    expect(report).toMatchObject({ isVerified: false, segments: 4, endCause: 'recovered', durationMs: 390 });
    expect(report.problems).toEqual([expect.objectContaining({ kind: 'gap', fromMs: 390, toMs: null })]);
  });
});

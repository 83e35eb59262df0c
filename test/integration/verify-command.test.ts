import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runSallyport } from '../support/run-sallyport.ts';

/** A header, segments 0 to 2, a checkpoint, segment 3, the end and the index: docs/recording-format.md. */
const WHOLE = readFileSync(fileURLToPath(new URL('../fixtures/recordings/whole.sprec', import.meta.url)));
const PREAMBLE_BYTES = 6;
const PREFIX_BYTES = 41;

interface Place {
  readonly start: number;
  readonly body: number;
  readonly end: number;
}
const records: Place[] = [];
for (let start = PREAMBLE_BYTES; start < WHOLE.length; ) {
  const body = start + PREFIX_BYTES + WHOLE.readUInt32BE(start + 1);
  const end = body + WHOLE.readUInt32BE(start + 5);
  records.push({ start, body, end });
  start = end;
}
const placeOf = (index: number): Place => {
  const place = records[index];
  if (place === undefined) throw new Error(`the fixture has no record ${String(index)}`);
  return place;
};
const header = placeOf(0);
const segment0 = placeOf(1);
const segment1 = placeOf(2);
const segment2 = placeOf(3);
const end = placeOf(6);
const index = placeOf(7);

const flipped = (at: number): Buffer => {
  const bytes = Buffer.from(WHOLE);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};
const upTo = (length: number): Buffer => WHOLE.subarray(0, length);
const without = (gone: Place): Buffer => Buffer.concat([upTo(gone.start), WHOLE.subarray(gone.end)]);
const valueOf = (name: string, record: Place): number =>
  WHOLE.indexOf(`"${name}"`, record.start) + name.length + 6;

const folder = mkdtempSync(join(tmpdir(), 'sallyport-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function verify(bytes: Uint8Array, ...options: string[]) {
  const path = join(folder, 'recording.sprec');
  writeFileSync(path, bytes);
  const { code, stdout, stderr } = await runSallyport(['verify', ...options, path]);
  expect(stderr).toBe('');
  return { code, text: stdout.toString() };
}

/** The lines between the verdict and the facts of the recording. */
async function findingsOf(bytes: Uint8Array): Promise<{ findings: string[]; segments: string }> {
  const { code, text } = await verify(bytes);
  expect(code).toBe(1);
  const [verdict, ...lines] = text.trimEnd().split('\n');
  expect(verdict).toMatch(/: NOT verified$/);
  const facts = lines.findIndex(line => line.startsWith('  session '));
  return {
    findings: (facts < 0 ? lines : lines.slice(0, facts)).map(line => line.trim()),
    segments: lines[facts + 1]?.trim() ?? '',
  };
}

describe('sallyport verify', () => {
  it('verifies a whole recording', async () => {
    const { code, text } = await verify(WHOLE);
    expect(code).toBe(0);
    expect(text).toContain(': verified\n');
    expect(text).toContain('4 segments read (as recorded), ');
  });

  it.each<[string, Buffer, RegExp]>([
    ['the mark', flipped(2), /^This is not a recording: /],
    [
      'the form of the header',
      flipped(header.start + PREFIX_BYTES + 3),
      /^The header does not have the form of a header: /,
    ],
    ['a value of the header', flipped(valueOf('grantHash', header)), /: the header was altered or removed\./],
    [
      'the key in the header',
      flipped(valueOf('devicePublicKey', header)),
      /: the header was altered or removed\./,
    ],
    [
      'the link of the header',
      flipped(header.start + 12),
      /^The header does not link to the mark of the file: /,
    ],
    [
      'the content of segment 0',
      flipped(segment0.body + 9),
      /^segment 0, from 0:00:00\.000 to 0:00:00\.400: The content of segment 0 /,
    ],
    [
      'the link of segment 0',
      flipped(segment0.start + 12),
      /^segment 0, from 0:00:00\.000 to 0:00:00\.400: Segment 0 was altered: /,
    ],
    [
      'the form of segment 0',
      flipped(segment0.start + PREFIX_BYTES + 5),
      /^segment 0, from 0:00:00\.000 to 0:00:01\.400: The segment record at byte 480 /,
    ],
    [
      'the content of segment 2',
      flipped(segment2.body + 9),
      /^segment 2, from .* The content of segment 2 is not what it was: /,
    ],
    [
      'the hash in segment 2',
      flipped(valueOf('cipherSha256', segment2)),
      /^segment 2, from .* The content of segment 2 is not what it was: /,
    ],
    [
      'the signature of the end',
      flipped(valueOf('signature', end)),
      /^segment 3, from .* to the end: The signature of the end is wrong: /,
    ],
    ['the link of the end', flipped(end.start + 12), /^from .* to the end: The end was altered: /],
    [
      'the form of the end',
      flipped(end.start + PREFIX_BYTES + 3),
      /^from .* to the end: The end record at byte \d+ does not have the form of one: .*cannot be told/,
    ],
    [
      'the index',
      flipped(valueOf('signature', index)),
      /^The signature of the index is wrong: .*up to its signed end is not concerned\.$/,
    ],
  ])('tells one altered byte in %s in one line', async (_where, bytes, line) => {
    const { findings } = await findingsOf(bytes);
    expect(findings).toEqual([expect.stringMatching(line)]);
  });

  it('says which segments hold and which do not when one byte of segment 0 was altered', async () => {
    expect((await findingsOf(flipped(segment0.body + 9))).segments).toMatch(
      /^4 segments read \(3 as recorded, 1 not: 0\), /,
    );
  });

  it('says from where on nothing was checked, and why', async () => {
    const { findings, segments } = await findingsOf(flipped(segment1.start));
    expect(findings).toEqual([
      expect.stringMatching(
        /^segment 1, from 0:00:00\.400 to the end: From byte 1116 on nothing can be read, nor was it checked: /,
      ),
    ]);
    expect(segments).toMatch(/^1 segment read \(as recorded\), nothing checked from byte 1116 on, /);
  });

  it.each<[string, number, RegExp]>([
    ['in the mark', 3, /^This is not a recording: it is too short/],
    ['in the header', header.start + 60, /^The recording is cut off inside its header: /],
    [
      'after the header',
      header.end,
      /^segment 0, from 0:00:00\.000 to the end: The recording stops before the first segment, /,
    ],
    [
      'in segment 1',
      segment1.body + 9,
      /^segment 1, from 0:00:01\.400 to the end: The recording stops in the middle of segment 1, /,
    ],
    [
      'after segment 0',
      segment0.end,
      /^segment 1, from 0:00:00\.\d+ to the end: The recording stops after segment 0, without a signed end: /,
    ],
    [
      'in the end',
      end.start + 50,
      /^segment 4, .*The recording stops in the middle of a record after segment 3, /,
    ],
    ['in the index', index.start + 60, /^The index after the signed end is cut off\./],
    ['before the last byte', WHOLE.length - 1, /^The index after the signed end is cut off\./],
  ])('tells a tail that was cut off %s in one line', async (_where, length, line) => {
    expect((await findingsOf(upTo(length))).findings).toEqual([expect.stringMatching(line)]);
  });

  it.each([
    ['one byte', Buffer.from('\n')],
    ['zeros', Buffer.alloc(100)],
    ['a line of text', Buffer.from('more than the prefix of a record is long, and no record at all\n')],
    ['the beginning of a segment', WHOLE.subarray(segment0.start, segment0.start + 50)],
  ])('tells %s after the recording as what does not belong to it', async (_what, more) => {
    const { findings } = await findingsOf(Buffer.concat([WHOLE, more]));
    expect(findings).toEqual([
      expect.stringMatching(
        /^Bytes that do not belong to the recording stand after the signed end, from byte 3920 on/,
      ),
    ]);
  });

  it('names a segment that was dropped, once', async () => {
    const { findings, segments } = await findingsOf(without(segment1));
    expect(findings).toEqual([
      expect.stringMatching(
        /^segment 1, from 0:00:00\.400 to [\d:.]+: Segment 1 is missing before segment 2\./,
      ),
    ]);
    expect(segments).toMatch(/^3 segments read \(as recorded\), 1 missing, /);
  });

  it('tells a header that was dropped once, not for each record', async () => {
    expect((await findingsOf(without(header))).findings).toEqual([
      expect.stringMatching(/^The recording begins with a segment record instead of its header: /),
    ]);
  });

  it('tells two segments that changed places in one line', async () => {
    const swapped = Buffer.concat([
      upTo(segment0.start),
      WHOLE.subarray(segment1.start, segment1.end),
      WHOLE.subarray(segment0.start, segment0.end),
      WHOLE.subarray(segment1.end),
    ]);
    expect((await findingsOf(swapped)).findings).toEqual([
      expect.stringMatching(/^segment 0, .*: Segment 0 stands again or out of order, after segment 1\./),
    ]);
  });

  it('reports the same as JSON', async () => {
    const { code, text } = await verify(flipped(segment0.body + 9), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      isVerified: false,
      segments: 0,
      segmentsRead: 4,
      segmentsFaulty: [0],
      segmentsMissing: 0,
      unreadFromByte: null,
      endCause: 'exited',
      problems: [{ kind: 'segment', sequence: 0, fromMs: 0, toMs: 400 }],
    });
  });
});

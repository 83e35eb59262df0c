import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRecordReader, decodeTrailer } from '../../core/recording/container.ts';
import { concatBytes, fromBase64Url, toHex } from '../../core/recording/encoding.ts';
import { signingInput } from '../../core/recording/signing-input.ts';
import { command } from '../../main/cli/commands/verify.ts';
import { CHAIN_CRYPTO } from '../../main/session-host/recorder/chain-crypto.ts';
import { sha256 } from '../../core/recording/chain-crypto.ts';
import { openSegments, verify } from '../support/recording-bench.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/recordings');
const Vector = z.object({
  kind: z.enum(['header', 'segment', 'checkpoint', 'end', 'index']),
  offset: z.number(),
  jsonBytes: z.number(),
  bodyBytes: z.number(),
  hash: z.string(),
  signingInput: z.string().optional(),
  signature: z.string().optional(),
});

const whole = new Uint8Array(await readFile(join(FIXTURES, 'whole.sprec')));
const vectors = z.array(Vector).parse(JSON.parse(await readFile(join(FIXTURES, 'whole.json'), 'utf8')));
const identity = (await readFile(join(FIXTURES, 'identity.txt'), 'utf8')).split('\n')[1] ?? '';
const record = (n: number) => {
  const { offset = 0, jsonBytes = 0, bodyBytes = 0 } = vectors[n] ?? {};
  return whole.subarray(offset, offset + 41 + jsonBytes + bodyBytes);
};

describe('the vectors of the format', () => {
  it('have the records, hashes and signatures that another implementation computed', () => {
    const heads = createRecordReader()
      .push(whole)
      .flatMap(event => (event.kind === 'head' ? [event.head] : []));
    expect(
      heads.map(head => ({
        kind: head.kind,
        offset: head.offset,
        jsonBytes: head.bytes.length - 41,
        bodyBytes: head.bodyBytes,
        hash: toHex(sha256(CHAIN_CRYPTO, head.bytes)),
      })),
    ).toEqual(vectors.map(({ signingInput: _input, signature: _signature, ...facts }) => facts));

    const [header] = heads;
    const key = header?.content?.kind === 'header' ? header.content.json.devicePublicKey : '';
    for (const [i, head] of heads.entries()) {
      const vector = vectors[i];
      const { kind, content } = head;
      if (vector?.signature === undefined || content === null || kind === 'header' || kind === 'segment')
        continue;
      const message = signingInput({
        kind,
        sessionId: 'fixture-session',
        previous: head.previous,
        json: content.json,
      });
      expect(new TextDecoder().decode(message)).toBe(vector.signingInput);
      expect(
        CHAIN_CRYPTO.verifyEd25519({
          publicKey: fromBase64Url(key) ?? new Uint8Array(),
          message,
          signature: fromBase64Url(vector.signature) ?? new Uint8Array(),
        }),
      ).toBe(true);
    }
    expect(vectors.filter(vector => vector.signature !== undefined)).toHaveLength(3);
  });

  it('are found from the last eight bytes', () => {
    expect(decodeTrailer(whole.subarray(-8))).toBe(record(vectors.length - 1).length);
  });

  it('open with either recipient and hold what they always held', async () => {
    const contents = await openSegments(whole, identity);
    expect(
      contents.map(content => [content.startMs, content.keyframe !== null, content.events.length]),
    ).toEqual([
      [0, true, 2],
      [1400, false, 4],
      [13400, true, 2],
      [13900, false, 1],
    ]);
    expect(contents[2]?.keyframe?.screen).toContain('(1 row)');
  });
});

describe('sallyport verify', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-verify-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function run(bytes: Uint8Array | null, ...args: string[]): Promise<{ code: number; out: string }> {
    const path = join(folder, 'a.sprec');
    if (bytes !== null) await writeFile(path, bytes);
    const stdout = new PassThrough({ encoding: 'utf8' });
    const code = await command.run([...args, path], {
      stdin: new PassThrough(),
      stdout,
      stderr: new PassThrough(),
      signal: new AbortController().signal,
      environment: {},
    });
    return { code, out: String(stdout.read() ?? '') };
  }
  const flipped = (at: number) => Uint8Array.from(whole, (byte, i) => (i === at ? byte ^ 1 : byte));
  const records = vectors.map((_, n) => record(n));
  const preamble = whole.subarray(0, 6);
  const joined = (...order: number[]) => concatBytes([preamble, ...order.map(n => records[n] ?? preamble)]);

  it('says that a whole recording is verified', async () => {
    const { code, out } = await run(whole);
    expect(code).toBe(0);
    expect(out).toContain('a.sprec: verified');
    expect(out).toContain('session fixture-session, grant fixture-grant');
  });

  // Records: 0 header, 1 2 3 segments 0 to 2, 4 checkpoint, 5 segment 3, 6 end, 7 index
  it.each([
    [
      'a flipped bit in a segment',
      flipped((vectors[2]?.offset ?? 0) + 500),
      'segment 1, from 0:00:01.400 to 0:00:01.400',
    ],
    [
      'a cut tail',
      joined(0, 1, 2),
      'segment 2, from 0:00:01.400 to the end: The recording stops after segment 1',
    ],
    [
      'a dropped segment',
      joined(0, 1, 3, 4, 5, 6, 7),
      'segment 1, from 0:00:00.400 to 0:00:13.400: Segment 1 is missing',
    ],
    ['swapped segments', joined(0, 2, 1, 3, 4, 5, 6, 7), 'Segment 0 stands again or out of order'],
    ['a replayed segment', joined(0, 1, 2, 2, 3, 4, 5, 6, 7), 'Segment 1 stands again or out of order'],
    ['an altered header', flipped(60), 'header'],
    ['an altered end', flipped((vectors[6]?.offset ?? 0) + 120), 'end'],
    ['bytes after the end', concatBytes([whole, preamble]), 'after the signed end'],
    ['no recording at all', new TextEncoder().encode('{"version":2}'), 'This is not a recording'],
    ['an empty file', new Uint8Array(), 'too short to have a header'],
  ])('names %s and exits with 1', async (_name, bytes, words) => {
    const { code, out } = await run(bytes);
    expect(code).toBe(1);
    expect(out).toContain('NOT verified');
    expect(out).toContain(words);
    const json = await run(bytes, '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toEqual(verify(bytes));
  });

  it('holds a recording against the device key that is expected', async () => {
    const header = createRecordReader().push(whole)[1];
    const content = header?.kind === 'head' ? header.head.content : null;
    const key = content?.kind === 'header' ? content.json.devicePublicKey : '';
    expect((await run(whole, '--device-key', key)).code).toBe(0);
    const other = await run(whole, '--device-key', 'A'.repeat(43));
    expect(other.code).toBe(1);
    expect(other.out).toContain('another device key');
  });

  it('refuses wrong use', async () => {
    await expect(run(whole, 'second-file')).rejects.toThrow('name one recording');
    await expect(run(whole, '--device-key', 'short')).rejects.toThrow('43 characters');
    await rm(join(folder, 'a.sprec'));
    await expect(run(null)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('no such file'),
    });
  });

  it('exits with 2 from the command line where there is no such file', async () => {
    const cli = join(import.meta.dirname, '../../main/cli/sallyport.js');
    await expect(
      promisify(execFile)(process.execPath, [cli, 'verify', join(folder, 'none')]),
    ).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no such file'),
    });
  });
});

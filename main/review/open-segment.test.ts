import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_SEGMENT_PLAIN_BYTES } from '../../core/recording/segment.ts';
import { openSegment } from './open-segment.ts';

const HEADER =
  '{"version":3,"term":{"cols":80,"rows":24},"sallyport":{"startMs":0,"firstSeq":1,"keyframe":null}}\n';
let identity: string;
let recipient: string;
beforeAll(async () => {
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
});

async function sealed(packed: Uint8Array | string, recipients = [recipient]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const each of recipients) encrypter.addRecipient(each);
  return encrypter.encrypt(packed);
}
const packed = (plain: Uint8Array | string, params: Record<number, number> = {}) =>
  promisify(zstdCompress)(plain, { params });

/** A segment that would be read, were it not for its size. */
const longOutput = (length: number): string => `${HEADER}[0,"o","${'x'.repeat(length)}"]\n`;

describe('a sealed segment', () => {
  test('opens where it is one', async () => {
    const content = await openSegment(await sealed(await packed(`${HEADER}[0.5,"o","hello"]\n`)), identity);
    expect(content.events).toMatchObject([{ kind: 'output', atMs: 500, seq: 1 }]);
  });

  test.each<[string, () => Promise<Uint8Array>]>([
    ['what is no age file', () => Promise.resolve(new Uint8Array(100_000))],
    ['an age file of something else', () => sealed('a letter')],
    ['a compressed letter', async () => sealed(await packed('a letter'))],
    [
      'a bomb: 15 KB that unpack to more than a segment may have',
      async () => sealed(await packed(longOutput(MAX_SEGMENT_PLAIN_BYTES))),
    ],
    [
      'a window that no recorder asks for',
      async () => sealed(await packed(longOutput(20_000_000), { [constants.ZSTD_c_windowLog]: 26 })),
    ],
    ['lines nested beyond measure', async () => sealed(await packed(`${HEADER}${'['.repeat(5_000_000)}`))],
    [
      'a header of so many recipients that reading it would take minutes',
      async () =>
        sealed(
          await packed(HEADER),
          Array.from({ length: 200 }, () => recipient),
        ),
    ],
  ])('is refused with words where it is %s', async (_what, make) => {
    await expect(openSegment(await make(), identity)).rejects.toMatchObject({ code: 'recording-corrupt' });
  });

  test('cut anywhere is refused', async () => {
    const whole = await sealed(await packed(`${HEADER}[0.5,"o","hello"]\n`));
    for (let length = 0; length < whole.length; length += 7)
      await expect(openSegment(whole.subarray(0, length), identity)).rejects.toMatchObject({
        code: expect.stringMatching(/^recording-(corrupt|unreadable)$/),
      });
  });

  test('of other recipients is told as that', async () => {
    const other = await identityToRecipient(await generateX25519Identity());
    await expect(openSegment(await sealed('x', [other]), identity)).rejects.toMatchObject({
      code: 'recording-unreadable',
    });
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createChainVerifier } from '../../core/recording/chain-verifier.ts';
import { reportOf } from '../../core/recording/verify.ts';
import { SallyportError } from '../../contract/errors.ts';
import { readBundle } from '../../main/evidence/bundle.ts';
import { parseIdentity } from '../../main/review/identity-store.ts';
import { createMemorySource } from '../../main/review/recording-source.ts';
import { openReplay } from '../../main/review/replay.ts';
import { CHAIN_CRYPTO } from '../../main/session-host/recorder/chain-crypto.ts';
import { createRandom } from './random.ts';

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/recordings/${name}`, import.meta.url)));
const WHOLE = Uint8Array.from(fixture('whole.sprec'));
const IDENTITY = parseIdentity(fixture('identity.txt').toString('utf8'));

/** Bytes that a hostile or broken writer could have left: flipped, cut, doubled, taken out, lengths that lie. */
function mutated(index: number): Uint8Array {
  const random = createRandom(SEED, index);
  let bytes = Buffer.from(WHOLE);
  for (let change = random.int(1, 4); change > 0; change -= 1) {
    const at = random.int(0, bytes.length - 1);
    const length = random.int(1, 400);
    switch (random.int(0, 5)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7));
        break;
      case 1:
        bytes = bytes.subarray(0, Math.max(1, at));
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length), Buffer.from([0])]);
        break;
      case 4:
        if (at + 4 <= bytes.length)
          bytes.writeUInt32BE(random.pick([0, 1, 65_536, 0x00ff_ffff, 0xffff_ffff]), at);
        break;
      default:
        bytes.fill(random.pick([0x00, 0x5b, 0x7b, 0xff]), at, Math.min(bytes.length, at + length));
    }
  }
  return Uint8Array.from(bytes);
}

/** Reads as a reviewer does: opens, checks, and goes through all of it. Every "no" is one in words. */
async function readThrough(bytes: Uint8Array): Promise<void> {
  const refused = (error: unknown) => expect(error).toBeInstanceOf(SallyportError);
  try {
    const replay = await openReplay({
      source: createMemorySource(bytes),
      identity: IDENTITY,
      crypto: CHAIN_CRYPTO,
    });
    await replay.checked.catch(refused);
    for (let fromMs = 0; fromMs < Number.MAX_SAFE_INTEGER; ) {
      const { upToMs } = await replay.read({
        fromMs,
        toMs: Number.MAX_SAFE_INTEGER,
        fromKeyframe: fromMs === 0,
      });
      expect(upToMs).toBeGreaterThan(fromMs);
      fromMs = upToMs;
    }
    await replay.close();
  } catch (error) {
    refused(error);
  }
}

const SEED = 1;
/** Each opens what is left of four segments. */
const CASES = 150;

describe('a recording that was damaged at random', () => {
  test('is verified, opened and read without a crash, and never taken for a whole one', async () => {
    for (let index = 0; index < CASES; index += 1) {
      const bytes = mutated(index);
      const verifier = createChainVerifier(CHAIN_CRYPTO);
      verifier.push(bytes);
      const report = reportOf(verifier.finish());
      expect(report.isVerified, `case ${index}`).toBe(Buffer.from(bytes).equals(WHOLE));
      for (const problem of report.problems) expect(problem.message, `case ${index}`).toMatch(/\w+/);
      await readThrough(bytes);
      await expect(readBundle(createMemorySource(bytes)), `case ${index}`).rejects.toBeInstanceOf(
        SallyportError,
      );
    }
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { SallyportError } from '../../contract/errors.ts';
import type { SearchHit } from '../../contract/ipc.ts';
import { concatBytes } from '../../core/recording/encoding.ts';
import type { RecordingSource } from '../../main/review/recording-source.ts';
import { createMemorySource } from '../../main/review/recording-source.ts';
import { openReplay } from '../../main/review/replay.ts';
import { CHAIN_CRYPTO } from '../../main/session-host/recorder/chain-crypto.ts';
import { lastPieceAt, writeLargeRecording } from '../support/large-recording.ts';

const SPREAD = { outputBytes: 24 * 1024 * 1024, durationMs: 3_600_000 };
const SEEK_BYTES = 1024 * 1024;

/** Counts what is fetched, apart from what the check in the background reads from begin to end. */
function countingSource(bytes: Uint8Array) {
  const memory = createMemorySource(bytes);
  let holdCheck: () => void = () => undefined;
  const held = new Promise<void>(resolve => (holdCheck = resolve));
  let fetched = 0;
  const source: RecordingSource = {
    ...memory,
    async read(range) {
      const isCheck = 'to' in range && range.to - range.from === SEEK_BYTES;
      if (isCheck && range.from > 0) await held;
      const found = await memory.read(range);
      if (!isCheck) fetched += found.bytes.length;
      return found;
    },
  };
  return {
    source,
    letCheckGoOn: () => holdCheck(),
    takeFetched() {
      const count = fetched;
      fetched = 0;
      return count;
    },
  };
}

describe('a recording of an hour', () => {
  let bytes: Uint8Array;
  let identity: string;
  beforeAll(async () => {
    const parts: Uint8Array[] = [];
    const made = await writeLargeRecording({ ...SPREAD, append: part => void parts.push(part) });
    bytes = concatBytes(parts);
    identity = made.identity;
  });
  const opened = async (recording = bytes) => {
    const counting = countingSource(recording);
    const replay = await openReplay({ source: counting.source, identity, crypto: CHAIN_CRYPTO });
    return { ...counting, replay };
  };

  it('is shown from its header and its index, and each seek fetches no more than a mebibyte', async () => {
    const { replay, takeFetched, letCheckGoOn } = await opened();
    expect(replay.check.report).toBeNull();
    expect(replay.durationMs).toBe(SPREAD.durationMs);
    const first = await replay.read({ fromMs: 0, toMs: 10_000, fromKeyframe: true });
    expect(first.keyframe).not.toBeNull();
    expect(takeFetched()).toBeLessThanOrEqual(SEEK_BYTES);
    for (const part of [0.99, 0.5, 0.123, 0.75, 0.0001]) {
      const atMs = Math.floor(SPREAD.durationMs * part);
      const piece = await replay.read({ fromMs: atMs, toMs: atMs + 10_000, fromKeyframe: true });
      expect(takeFetched()).toBeLessThanOrEqual(SEEK_BYTES);
      const before = piece.events.filter(event => event.atMs <= atMs);
      const text = (piece.keyframe?.text ?? '') + before.map(e => ('text' in e ? e.text : '')).join('');
      const seen = [...text.matchAll(/piece (\d+) /g)].map(match => Number(match[1]));
      expect(Math.max(...seen)).toBe(lastPieceAt(atMs, SPREAD));
    }
    letCheckGoOn();
    const { report, marks } = await replay.checked;
    expect(report).toMatchObject({ isVerified: true, problems: [] });
    expect(marks).toEqual([]);
    expect(replay.check.marks.length).toBe(SPREAD.outputBytes / 4096 / 8);
    await replay.close();
  });

  it('is searched by its index: little is fetched, and a hit is where the text comes to stand', async () => {
    const { replay, takeFetched } = await opened();
    takeFetched();
    const search = async (query: string, isAnywhere = false) => {
      const hits: SearchHit[] = [];
      let read = 0;
      const outcome = await replay.search({
        query,
        isAnywhere,
        fromMs: 0,
        signal: new AbortController().signal,
        onProgress(progress) {
          hits.push(...progress.hits);
          read = progress.done;
        },
      });
      return { hits, read, ...outcome };
    };
    const { hits, isByIndex, nextMs } = await search('Piece 4321');
    expect(takeFetched()).toBeLessThanOrEqual(SEEK_BYTES);
    expect({ isByIndex, nextMs }).toEqual({ isByIndex: true, nextMs: null });
    expect(hits.map(({ line }) => line)).toEqual(['piece 4321']);
    const atMs = hits[0]?.atMs ?? 0;
    expect(lastPieceAt(atMs, SPREAD)).toBe(4321);
    expect(lastPieceAt(atMs - 1, SPREAD)).toBe(4320);
    expect(await search('nowhere 4321')).toMatchObject({ hits: [], isByIndex: true });
    expect(takeFetched()).toBeLessThanOrEqual(SEEK_BYTES);
    expect(await search('iece 4321', true)).toMatchObject({ hits: [{ atMs }], isByIndex: false });
    await replay.close();
  });

  it('shows what was written when, and what was marked, before it was read', async () => {
    const { replay } = await opened();
    expect(replay.check.report).toBeNull();
    expect(replay.overview?.marks.length).toBe(SPREAD.outputBytes / 4096 / 8);
    expect(replay.overview?.density.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(
      SPREAD.outputBytes * 0.95,
    );
    await replay.close();
  });

  it('gives the same in windows as in one, also where windows are cut short', async () => {
    const { replay, letCheckGoOn } = await opened();
    letCheckGoOn();
    let count = 0;
    let lastMs = -1;
    for (let fromMs = 0; fromMs < SPREAD.durationMs + 1; ) {
      const piece = await replay.read({ fromMs, toMs: SPREAD.durationMs + 1, fromKeyframe: false });
      for (const event of piece.events) {
        expect(event.atMs).toBeGreaterThanOrEqual(lastMs);
        lastMs = event.atMs;
        if (event.kind === 'output') count += 1;
      }
      expect(piece.upToMs).toBeGreaterThan(fromMs);
      fromMs = piece.upToMs;
    }
    expect(count).toBe(SPREAD.outputBytes / 4096);
    await replay.close();
  });

  it('goes on with its check by itself after the server was away, from where it was', async () => {
    const { source: memory } = countingSource(bytes);
    let isAway = false;
    const fetched: number[] = [];
    const source: RecordingSource = {
      ...memory,
      async read(range) {
        if (isAway) throw new SallyportError('server-unreachable', 'The server does not answer.');
        if ('to' in range && range.to - range.from === SEEK_BYTES) {
          fetched.push(range.from);
          isAway = fetched.length === 3;
          return createMemorySource(bytes).read(range);
        }
        return memory.read(range);
      },
    };
    const told: (string | null)[] = [];
    const replay = await openReplay({
      ...{ source, identity, crypto: CHAIN_CRYPTO, retryMs: 5 },
      onProgress: (_progress, failure) => told.push(failure),
    });
    await expect.poll(() => told.at(-1)).toBe('The server does not answer.');
    expect(replay.failure).toBe('The server does not answer.');
    expect(replay.check.report).toBeNull();
    isAway = false;
    expect((await replay.checked).report).toMatchObject({ isVerified: true, problems: [] });
    expect(replay.failure).toBeNull();
    expect(replay.check.marks.length).toBe(SPREAD.outputBytes / 4096 / 8);
    expect(fetched).toEqual(
      fetched
        .map((_, index) => index * SEEK_BYTES)
        .slice(0, -1)
        .concat(bytes.length),
    );
    await replay.close();
    isAway = true;
    await expect(openReplay({ source, identity, crypto: CHAIN_CRYPTO })).rejects.toThrow('does not answer');
  });

  it('shows a segment that was altered as a gap at its moment, while everything else plays', async () => {
    const damaged = bytes.slice();
    damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
    const { replay, letCheckGoOn } = await opened(damaged);
    letCheckGoOn();
    const { report } = await replay.checked;
    expect(report?.isVerified).toBe(false);
    const gap = replay.check.marks.find(mark => mark.kind === 'gap');
    const atMs = gap?.atMs ?? 0;
    const piece = await replay.read({ fromMs: atMs + 1_000, toMs: atMs + 60_000, fromKeyframe: true });
    expect(piece.events.some(event => event.kind === 'mark' && event.mark.kind === 'gap')).toBe(true);
    expect(piece.events.some(event => event.kind === 'output')).toBe(true);
    await replay.close();
  });

  it('without a sound index is read whole first, and then played as well', async () => {
    const damaged = bytes.slice();
    damaged[damaged.length - 200] = (damaged[damaged.length - 200] ?? 0) ^ 1;
    const { replay, letCheckGoOn } = await (async () => {
      const counting = countingSource(damaged);
      counting.letCheckGoOn();
      return {
        ...counting,
        replay: await openReplay({ source: counting.source, identity, crypto: CHAIN_CRYPTO }),
      };
    })();
    letCheckGoOn();
    expect(replay.check.report?.isVerified).toBe(false);
    const atMs = SPREAD.durationMs / 2;
    const piece = await replay.read({ fromMs: atMs, toMs: atMs + 60_000, fromKeyframe: true });
    expect(piece.keyframe?.atMs).toBeGreaterThan(atMs - 60_000);
    const hits: SearchHit[] = [];
    const outcome = await replay.search({
      query: 'piece 4321',
      isAnywhere: false,
      fromMs: 0,
      signal: new AbortController().signal,
      onProgress: progress => hits.push(...progress.hits),
    });
    // the parts of the index were found by reading; its directory is not trusted without the signed index
    expect(outcome.isByIndex).toBe(true);
    expect(hits.map(({ line }) => line)).toEqual(['piece 4321']);
    await replay.close();
  });
});

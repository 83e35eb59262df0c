import { expect, test } from 'vitest';
import { recordingFile } from './export-file.ts';
import { createExports } from './exports.ts';
import type { Replay } from './replay.ts';

const HOUR_MS = 3_600_000;

/** An hour with one output every ten minutes; counts what was read. */
function replayOf() {
  const reads: number[] = [];
  const replay = {
    header: { sessionId: 's-1', startedAtMs: 0, cols: 80, rows: 24 },
    durationMs: HOUR_MS,
    read({ fromMs, toMs }: { fromMs: number; toMs: number }) {
      reads.push(fromMs);
      const atMs = Math.ceil(fromMs / 600_000) * 600_000;
      const events = atMs < toMs && atMs < HOUR_MS ? [{ kind: 'output', atMs, text: `<${atMs}>\r\n` }] : [];
      return Promise.resolve({ keyframe: null, events, upToMs: toMs });
    },
  };
  return { replay: replay as unknown as Replay, reads };
}

test('an export is read piece by piece, as it is asked for, and says how far it is', async () => {
  const exports = createExports();
  const { replay, reads } = replayOf();
  const { exportId, fileName } = exports.begin(recordingFile(replay, 'asciicast-v3'));
  expect(fileName).toBe('s-1.cast');
  expect(reads).toEqual([]);
  let text = '';
  const places: number[] = [];
  for (let piece = await exports.next(exportId); !piece.isOver; piece = await exports.next(exportId)) {
    text += piece.content;
    places.push(piece.done / HOUR_MS);
  }
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places.at(-1)).toBe(1);
  const [first = '', ...lines] = text.trimEnd().split('\n');
  expect(JSON.parse(first)).toMatchObject({ version: 3, term: { cols: 80, rows: 24 } });
  expect(lines.map(line => JSON.parse(line) as unknown)).toEqual(
    [0, 1, 2, 3, 4, 5].map(n => [n === 0 ? 0 : 600, 'o', `<${n * 600_000}>\r\n`]),
  );
  await expect(exports.next(exportId)).rejects.toThrow(/was ended/);
});

test('an export that is stopped reads no further', async () => {
  const exports = createExports();
  const { replay, reads } = replayOf();
  const { exportId } = exports.begin(recordingFile(replay, 'text'));
  await exports.next(exportId);
  await exports.stop(exportId);
  const before = reads.length;
  await expect(exports.next(exportId)).rejects.toThrow(/was ended/);
  expect(reads.length).toBe(before);
});

test('a text holds each line once, blank lines at its end left out', async () => {
  const exports = createExports();
  const { replay } = replayOf();
  const { exportId } = exports.begin(recordingFile(replay, 'text'));
  let text = '';
  for (let piece = await exports.next(exportId); !piece.isOver; piece = await exports.next(exportId))
    text += piece.content;
  expect(text).toBe('<0>\n<600000>\n<1200000>\n<1800000>\n<2400000>\n<3000000>\n');
});

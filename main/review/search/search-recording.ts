import type { KeyframePlace } from '../../../core/recording/chain-writer.ts';
import type { RecordingHeader } from '../../../contract/recording.ts';
import type { SegmentContent } from '../../../core/recording/segment.ts';
import { soughtWords } from '../../../core/recording/word-hashes.ts';
import type { SegmentReader } from '../segment-reader.ts';
import type { LineMatcher } from './line-matcher.ts';
import { createLineMatcher } from './line-matcher.ts';
import type { SearchHit } from './screen-hits.ts';
import { createScreenHits } from './screen-hits.ts';
import { hitsInPlainOutput } from './plain-output.ts';
import type { SearchLeaf } from './search-directory.ts';
import { blocksOf } from './search-directory.ts';

export interface SearchQuery {
  readonly query: string;
  /** takes any part of a word, and reads the whole recording for it */
  readonly isAnywhere: boolean;
  /** hits before are not looked for */
  readonly fromMs: number;
  readonly signal: AbortSignal;
  /** after each block, with its hits */
  readonly onProgress: (progress: SearchProgress) => void;
}

export interface SearchProgress {
  readonly hits: readonly SearchHit[];
  /** blocks that were read, of those that are to be */
  readonly done: number;
  readonly total: number;
}

export interface SearchOutcome {
  /** where a search for more hits goes on; null where everything was searched */
  readonly nextMs: number | null;
  /** whether the recording's index said where to look, for all of it */
  readonly isByIndex: boolean;
  /** segments that could not be opened, and so were not searched */
  readonly unreadSegments: number;
}

/** One search stops after so many; all of the last moment are told. */
const MAX_HITS = 500;

export interface SearchOptions {
  /** of its own: a search must not push out what the player keeps */
  readonly reader: SegmentReader;
  readonly header: RecordingHeader;
  readonly firstOffset: number;
  readonly places: readonly KeyframePlace[];
  readonly leaves: readonly SearchLeaf[];
}

interface Block {
  readonly sequence: number;
  readonly offset: number;
  readonly startMs: number;
  /** of the block behind it; null for the last */
  readonly next: { readonly sequence: number; readonly offset: number } | null;
}

/** Searches a recording: the blocks that its index names, and those that no index covers, in order. Where `signal` aborts, it stops. */
export async function searchRecording(options: SearchOptions, query: SearchQuery): Promise<SearchOutcome> {
  const { signal, fromMs, onProgress } = query;
  const matcher = createLineMatcher(query.query, query.isAnywhere);
  const all = blocksOfRecording(options);
  const named = query.isAnywhere ? null : await namedBlocks(options, query.query);
  const wanted = all.filter(
    (block, index) =>
      (named === null || !named.isCovered(block.sequence) || named.blocks.has(block.sequence)) &&
      (all[index + 1]?.startMs ?? Infinity) >= fromMs,
  );
  // the directory's own segment is the last block: no leaf covers it
  const isByIndex = named !== null && all.slice(0, -1).every(({ sequence }) => named.isCovered(sequence));
  let left = MAX_HITS;
  let unreadSegments = 0;
  for (const [index, block] of wanted.entries()) {
    if (signal.aborted) return { nextMs: block.startMs, isByIndex, unreadSegments };
    const found = await searchBlock(options, block, matcher);
    unreadSegments += found.unreadSegments;
    const all = found.hits.filter(({ atMs }) => atMs >= fromMs);
    const lastMs = all[left - 1]?.atMs ?? Infinity;
    const hits = all.filter(({ atMs }) => atMs <= lastMs);
    left -= hits.length;
    onProgress({ hits, done: index + 1, total: wanted.length });
    const nextMs = hits.length < all.length ? lastMs + 1 : (wanted[index + 1]?.startMs ?? null);
    if (left <= 0) return { nextMs, isByIndex, unreadSegments };
  }
  return { nextMs: null, isByIndex, unreadSegments };
}

/** What the index says; null where it cannot be asked: there is none, or the query has no word. */
async function namedBlocks({ leaves, reader }: SearchOptions, query: string) {
  const words = soughtWords(query.trim());
  if (leaves.length === 0 || words.length === 0) return null;
  const blocks = new Set<number>();
  const answers = await Promise.all(
    leaves.map(async leaf => ({ leaf, found: await blocksOf(leaf, words, reader) })),
  );
  const covered = answers.filter(({ found }) => found !== null).map(({ leaf }) => leaf);
  for (const { found } of answers) for (const sequence of found ?? []) blocks.add(sequence);
  return {
    blocks,
    isCovered: (sequence: number) =>
      covered.some(({ firstBlock, lastBlock }) => sequence >= firstBlock && sequence <= lastBlock),
  };
}

/** From keyframe to keyframe; that of the directory, the last, holds nothing and takes no time. */
function blocksOfRecording({ places, firstOffset }: SearchOptions): readonly Block[] {
  if (places.length === 0) return [{ sequence: 0, offset: firstOffset, startMs: 0, next: null }];
  return places.map(([sequence, offset, startMs], index) => {
    const [nextSequence, nextOffset] = places[index + 1] ?? [];
    const next =
      nextSequence === undefined || nextOffset === undefined
        ? null
        : { sequence: nextSequence, offset: nextOffset };
    return { sequence, offset, startMs, next };
  });
}

async function searchBlock(
  { reader, header }: SearchOptions,
  block: Block,
  matcher: LineMatcher,
): Promise<{ readonly hits: readonly SearchHit[]; readonly unreadSegments: number }> {
  const contents: SegmentContent[] = [];
  let unreadSegments = 0;
  const end = block.next?.offset ?? Infinity;
  for (let { offset } = block; offset < end; ) {
    const record = await reader.recordAt(offset, end - offset);
    if (record === null) break;
    offset = record.endOffset;
    if (record.segment === null) continue;
    const { content } = await reader.open(record.segment);
    if (content === null) unreadSegments += 1;
    else contents.push(content);
  }
  const [first] = contents;
  if (first === undefined) return { hits: [], unreadSegments };
  const plain = hitsInPlainOutput(contents, matcher);
  if (plain !== null) return { hits: plain, unreadSegments };
  const { screen, pending } = first.keyframe ?? { screen: '', pending: '' };
  const { cols, rows } = first.keyframe === null ? header : first;
  const played = createScreenHits({ cols, rows, text: screen + pending }, matcher);
  try {
    for (const { events } of contents) for (const event of events) played.play(event);
    return { hits: [...played.hits], unreadSegments };
  } finally {
    played.dispose();
  }
}

import type { SearchDirectory, SearchPart } from '../../../contract/search-index.ts';
import { concatBytes, toBase64Url } from '../../../core/recording/encoding.ts';
import { encodeFilter } from '../../../core/recording/hash-filter.ts';
import { createHashSet } from '../../../core/recording/hash-set.ts';
import { createWordReader } from '../../../core/recording/word-hashes.ts';

/** A part is what a search fetches for a word: about 20 KiB. */
const HASHES_A_PART = 16 * 1024;
/** A leaf ends at so many hashes (8 MiB of them wait in memory) or so many blocks: what a crash leaves without an index. */
const HASHES_A_LEAF = 2 * 1024 * 1024;
const BLOCKS_A_LEAF = 512;

/** Collects the words of a recording while it is made, and hands them out as parts of the search index. */
export interface SearchIndexer {
  /** A segment with a keyframe begins: what is written from now on belongs to its block. */
  beginBlock(sequence: number): void;
  /** Output as the terminal gets it, in whole characters of valid UTF-8. */
  output(bytes: Uint8Array): void;
  /** What the screen shows now, line by line: words that were put together by moving the cursor. */
  screen(lines: readonly string[]): void;
  /** A part that is to be written next; null where none is due. */
  nextPart(): IndexPart | null;
  /** Closes the last block: all that is left is due. */
  close(): void;
  /** A leaf of which a part was not stored is left out: its blocks are then searched by reading them. */
  directory(): SearchDirectory['leaves'];
}

/** Where a segment's record stands in the file. */
export interface RecordPlace {
  readonly offset: number;
  readonly bytes: number;
}

export interface IndexPart {
  readonly content: SearchPart;
  /** to be called when it is in the recording */
  stored(place: RecordPlace): void;
}

/** `hashes`: ascending. */
interface Block {
  readonly sequence: number;
  readonly hashes: Uint32Array;
}

interface Leaf {
  readonly firstBlock: number;
  readonly lastBlock: number;
  readonly partBits: number;
  readonly places: (RecordPlace | undefined)[];
}

interface OpenLeaf {
  readonly number: number;
  readonly partBits: number;
  readonly blocks: readonly Block[];
  nextPart: number;
}

export function createSearchIndexer(): SearchIndexer {
  const words = createHashSet();
  const outputWords = createWordReader(hash => words.add(hash));
  const lineWords = createWordReader(hash => words.add(hash));
  const leaves: Leaf[] = [];
  const unwritten: OpenLeaf[] = [];
  let blocks: Block[] = [];
  let hashCount = 0;
  let current: number | null = null;
  let shown: ReadonlySet<string> = new Set();

  const endLeaf = (): void => {
    const [first] = blocks;
    const last = blocks.at(-1);
    if (first === undefined || last === undefined) return;
    const partBits = Math.max(0, Math.ceil(Math.log2(hashCount / HASHES_A_PART)));
    unwritten.push({ number: leaves.length, partBits, blocks, nextPart: 0 });
    leaves.push({ firstBlock: first.sequence, lastBlock: last.sequence, partBits, places: [] });
    blocks = [];
    hashCount = 0;
  };
  const endBlock = (): void => {
    if (current === null) return;
    outputWords.flush();
    const hashes = words.takeSorted();
    blocks.push({ sequence: current, hashes });
    hashCount += hashes.length;
    current = null;
    if (hashCount >= HASHES_A_LEAF || blocks.length >= BLOCKS_A_LEAF) endLeaf();
  };

  return {
    beginBlock(sequence) {
      endBlock();
      current = sequence;
    },
    output: bytes => outputWords.output(bytes),
    screen(lines) {
      for (const line of lines) if (!shown.has(line)) lineWords.line(line);
      shown = new Set(lines);
    },
    nextPart() {
      const [leaf] = unwritten;
      if (leaf === undefined) return null;
      const { number, partBits, nextPart } = leaf;
      leaf.nextPart += 1;
      if (leaf.nextPart >= 2 ** partBits) unwritten.shift();
      return {
        content: {
          leaf: number,
          part: nextPart,
          partBits,
          blocks: leaf.blocks.map(({ sequence }) => sequence),
          filters: toBase64Url(
            concatBytes(leaf.blocks.map(block => encodeFilter(partOf(block, nextPart, partBits), partBits))),
          ),
        },
        stored(place) {
          const stored = leaves[number];
          if (stored !== undefined) stored.places[nextPart] = place;
        },
      };
    },
    close() {
      endBlock();
      endLeaf();
    },
    directory: () =>
      leaves.flatMap(({ firstBlock, lastBlock, partBits, places }) => {
        const parts = places.flatMap(place => (place === undefined ? [] : [tupleOf(place)]));
        return parts.length === 2 ** partBits ? [{ firstBlock, lastBlock, partBits, parts }] : [];
      }),
  };
}

function tupleOf({ offset, bytes }: RecordPlace): [offset: number, bytes: number] {
  return [offset, bytes];
}

/** The hashes of a block that begin with the bits of a part. */
function partOf({ hashes }: Block, part: number, partBits: number): Uint32Array {
  const size = 2 ** (32 - partBits);
  return hashes.subarray(lowerBound(hashes, part * size), lowerBound(hashes, (part + 1) * size));
}

function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

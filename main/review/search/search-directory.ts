import type { z } from 'zod';
import { SearchDirectory, SearchPart } from '../../../contract/search-index.ts';
import { fromBase64Url } from '../../../core/recording/encoding.ts';
import type { HashFilter } from '../../../core/recording/hash-filter.ts';
import { mayHold, readFilters } from '../../../core/recording/hash-filter.ts';
import type { KeyframePlace } from '../../../core/recording/chain-writer.ts';
import type { IndexLine, SegmentContent } from '../../../core/recording/segment.ts';
import type { SoughtWord } from '../../../core/recording/word-hashes.ts';
import type { SegmentReader } from '../segment-reader.ts';

export type SearchLeaf = SearchDirectory['leaves'][number];

/**
 * The directory of a recording's search index, from the segment that its last keyframe stands in; null where there is none that can be
 * read (a recording of an older version, a recovered or a damaged one): then it is searched by reading it through.
 */
export async function readDirectory(
  reader: SegmentReader,
  places: readonly KeyframePlace[],
  size: number,
): Promise<SearchDirectory | null> {
  const [, offset] = places.at(-1) ?? [];
  if (offset === undefined) return null;
  const record = await reader.recordAt(offset, size - offset);
  const content = record?.segment ? (await reader.open(record.segment)).content : null;
  return parsed(SearchDirectory, lineOf(content, 'd'));
}

/** The blocks of a leaf in which all words may stand, by the number of their first segment; null where a part cannot be read. */
export async function blocksOf(
  leaf: SearchLeaf,
  words: readonly SoughtWord[],
  reader: SegmentReader,
): Promise<readonly number[] | null> {
  const found: ReadonlySet<number>[] = [];
  for (const { hash, prefixHash } of words) {
    // a whole word has its own beginning too
    const blocks = await blocksWith(leaf, prefixHash ?? hash, reader);
    if (blocks === null) return null;
    found.push(new Set(blocks));
  }
  const [first = new Set<number>(), ...others] = found;
  return [...first].filter(block => others.every(blocks => blocks.has(block))).sort((a, b) => a - b);
}

async function blocksWith(
  leaf: SearchLeaf,
  hash: number,
  reader: SegmentReader,
): Promise<readonly number[] | null> {
  const { partBits, parts } = leaf;
  const number = partBits === 0 ? 0 : hash >>> (32 - partBits);
  const [offset, bytes] = parts[number] ?? [];
  if (offset === undefined) return null;
  const record = await reader.recordAt(offset, bytes);
  const content = record?.segment ? (await reader.open(record.segment)).content : null;
  const part = parsed(SearchPart, lineOf(content, 'w'));
  if (part === null || part.part !== number || part.partBits !== partBits) return null;
  const filters = filtersOf(part);
  if (filters === null) return null;
  return part.blocks.filter((_, index) => {
    const filter = filters[index];
    return filter !== undefined && mayHold(filter, hash, partBits);
  });
}

/** Puts leaves together from their parts, for a recording that has no directory. */
export function createLeafCollector() {
  const found = new Map<number, { part: SearchPart; places: Map<number, [offset: number, bytes: number]> }>();
  return {
    add(text: string, { offset, bytes }: { readonly offset: number; readonly bytes: number }): void {
      const part = parsed(SearchPart, text);
      if (part === null) return;
      const leaf = found.get(part.leaf) ?? { part: { ...part, filters: '' }, places: new Map() };
      found.set(part.leaf, leaf);
      if (part.partBits === leaf.part.partBits) leaf.places.set(part.part, [offset, bytes]);
    },
    /** those of which every part is there */
    whole(): SearchLeaf[] {
      return [...found.values()].flatMap(({ part: { partBits, blocks }, places }) => {
        const parts = Array.from({ length: 2 ** partBits }, (_, part) => places.get(part)).filter(
          place => place !== undefined,
        );
        const [firstBlock] = blocks;
        const lastBlock = blocks.at(-1);
        if (parts.length < 2 ** partBits || firstBlock === undefined || lastBlock === undefined) return [];
        return [{ firstBlock, lastBlock, partBits, parts }];
      });
    },
  };
}

function filtersOf(part: SearchPart): readonly HashFilter[] | null {
  const bytes = fromBase64Url(part.filters);
  const filters = bytes === null ? null : readFilters(bytes);
  return filters?.length === part.blocks.length ? filters : null;
}

function lineOf(content: SegmentContent | null, code: IndexLine['code']): string | null {
  return content?.index.find(line => line.code === code)?.text ?? null;
}

/** What does not fit is as if it were not there: an index can be done without. */
function parsed<S extends z.ZodType>(schema: S, text: string | null): z.output<S> | null {
  if (text === null) return null;
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

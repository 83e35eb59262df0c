/** A write-once piece of a recording: bytes `[start, end)`. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

const DIGITS = 15;

/** A name that sorts by start. */
export function chunkName({ start, end }: Chunk): string {
  return `${String(start).padStart(DIGITS, '0')}-${String(end).padStart(DIGITS, '0')}`;
}

/** Null for a name that `chunkName` did not make. */
export function parseChunkName(name: string): Chunk | null {
  const [, start, end] = /^(\d{15})-(\d{15})$/.exec(name) ?? [];
  const chunk = { start: Number(start), end: Number(end) };
  return start !== undefined && chunk.start < chunk.end ? chunk : null;
}

/**
 * The chunks that make up a recording from its first byte on, in order, each beginning where the one before ends or inside of it; where
 * several go on, the one that reaches farthest. What a crash left of merged chunks is passed over; what stands behind a hole does not count.
 */
export function coverOf(chunks: readonly Chunk[]): Chunk[] {
  const sorted = chunks.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const cover: Chunk[] = [];
  let end = 0;
  for (let at = 0; at < sorted.length; ) {
    let farthest: Chunk | null = null;
    for (; at < sorted.length; at += 1) {
      const chunk = sorted[at];
      if (chunk === undefined || chunk.start > end) break;
      if (chunk.end > (farthest?.end ?? end)) farthest = chunk;
    }
    if (farthest === null) break;
    cover.push(farthest);
    end = farthest.end;
  }
  return cover;
}

/** Chunks at the end that are better one: as many small ones as fit into `maxBytes`. Fewer than `count` small ones are left alone. */
export function mergeable(
  cover: readonly Chunk[],
  { count, maxBytes }: { readonly count: number; readonly maxBytes: number },
): readonly Chunk[] {
  const end = cover.at(-1)?.end ?? 0;
  const tail = cover.slice(cover.findIndex(chunk => end - chunk.start <= maxBytes));
  return tail.length > count ? tail : [];
}

import type { MarkGroup } from './marks.ts';

/** A gap is told for this long after its moment, and from the moment before it that a jump to a mark leads to. */
const TOLD_MS = 5_000;

/** Index of the gap that the position stands in or has just come over; null where there is none. */
export function gapAt(groups: readonly MarkGroup[], positionMs: number): number | null {
  const index = groups.findLastIndex(
    ({ kind, atMs }) => kind === 'gap' && atMs <= positionMs && positionMs - atMs < TOLD_MS,
  );
  return index < 0 ? null : index;
}

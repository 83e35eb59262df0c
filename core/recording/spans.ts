/** A part of a recording, `[fromMs, toMs]`. */
export type Span = readonly [fromMs: number, toMs: number];

/** Parts that are nearer to each other than this are one: a frame of a replay, the rest of a rounded second. */
const SAME_SPAN_MS = 1_000;

/** The union of parts in any order: apart from each other, in order, inside [0, durationMs], in whole milliseconds. */
export function mergeSpans(spans: readonly Span[], durationMs: number): [number, number][] {
  const merged: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const start = Math.round(Math.max(0, from));
    const end = Math.round(Math.min(durationMs, to));
    if (end < start) continue;
    const last = merged.at(-1);
    if (last !== undefined && start - last[1] <= SAME_SPAN_MS) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** How much of a recording parts that are apart from each other cover, 0..1; a recording without length is covered by any. */
export function coveredShare(spans: readonly Span[], durationMs: number): number {
  if (durationMs <= 0) return spans.length === 0 ? 0 : 1;
  const coveredMs = spans.reduce((sum, [from, to]) => sum + Math.min(to, durationMs) - from, 0);
  return Math.min(1, Math.max(0, coveredMs / durationMs));
}

import type { ReplayEvent } from '../../contract/ipc.ts';

/** How much was written when, in equal slices of the recording; filled in as windows are read. */
export interface Density {
  /** characters by slice */
  readonly slices: readonly number[];
}

const SLICES = 240;

/** @param known what the recorder counted, in equal slices; null where nobody did */
export function firstDensity(known: readonly number[] | null): Density {
  const slices = new Array<number>(SLICES).fill(0);
  for (const [index, count] of (known ?? []).entries()) {
    const slice = Math.floor((index * SLICES) / (known?.length ?? 1));
    slices[slice] = (slices[slice] ?? 0) + count;
  }
  return { slices };
}

/** Windows overlap after seeks, so a slice keeps the most that a single reading found in it, never the sum of two. */
export function withEvents(density: Density, events: readonly ReplayEvent[], durationMs: number): Density {
  if (durationMs <= 0) return density;
  const found = new Map<number, number>();
  for (const event of events) {
    if (event.kind !== 'output') continue;
    const slice = Math.min(SLICES - 1, Math.floor((event.atMs / durationMs) * SLICES));
    found.set(slice, (found.get(slice) ?? 0) + event.text.length);
  }
  if (found.size === 0) return density;
  return { slices: density.slices.map((known, slice) => Math.max(known, found.get(slice) ?? 0)) };
}

/** Heights 0..1 on a logarithmic scale: a screenful of `yes` must not flatten everything else. */
export function heights(density: Density): number[] {
  const most = Math.max(...density.slices);
  return density.slices.map(count => (most === 0 ? 0 : Math.log1p(count) / Math.log1p(most)));
}

import type { Marker } from '../../../contract/recording.ts';
import type { MaskCounts } from '../../../contract/redaction.ts';
import type { RecordingOverview } from '../../../contract/search-index.ts';

const DENSITY_SLICES = 480;
const MAX_MARKS = 10_000;
/** Of the marks' texts together: the overview is fetched before the first frame is shown. */
const MAX_MARK_CHARACTERS = 512 * 1024;

/** Counts what a player shows of a whole recording at once, while it is made. Times: milliseconds since the start. */
export interface OverviewCounter {
  output(atMs: number, bytes: number): void;
  mark(atMs: number, marker: Marker): void;
  overview(endMs: number): RecordingOverview;
}

export function createOverviewCounter(): OverviewCounter {
  const bySecond = new Map<number, number>();
  const marks: { atMs: number; marker: Marker }[] = [];
  const masked: MaskCounts = {};
  let characters = 0;
  let areMarksComplete = true;
  return {
    output(atMs, count) {
      const second = Math.floor(atMs / 1000);
      bySecond.set(second, (bySecond.get(second) ?? 0) + count);
    },
    mark(atMs, marker) {
      if (marker.kind === 'mask') masked[marker.mask.entity] = (masked[marker.mask.entity] ?? 0) + 1;
      characters += 'text' in marker ? marker.text.length : 0;
      if (marks.length < MAX_MARKS && characters < MAX_MARK_CHARACTERS) marks.push({ atMs, marker });
      else areMarksComplete = false;
    },
    overview(endMs) {
      const density = new Array<number>(DENSITY_SLICES).fill(0);
      for (const [second, count] of bySecond) {
        const slice = Math.min(
          DENSITY_SLICES - 1,
          Math.floor((second * 1000 * DENSITY_SLICES) / Math.max(1, endMs)),
        );
        density[slice] = (density[slice] ?? 0) + count;
      }
      return { density, marks, areMarksComplete, masked: { ...masked } };
    },
  };
}

import type { Entity, MaskCounts, MaskMark, MaskReason } from '../../../contract/redaction.ts';
import { MAX_MASK_REASONS } from '../../../contract/redaction.ts';
import type { Dispose, Timers } from '../../timers.ts';

/** Counts go to main at most this often: a table of ten thousand rows masks as many values in a blink. */
const REPORT_EVERY_MS = 500;

export interface MaskTally {
  add(mark: MaskMark): void;
  /** Reports what was not reported yet, now. */
  flush(): void;
}

/** `reasons`: the latest last. */
export type MaskReport = (counts: MaskCounts, reasons: readonly MaskReason[]) => void;

/**
 * Counts masked values over a whole session, by entity and by reason, and reports the totals: at once when it was quiet, else
 * throttled.
 */
export function createMaskTally(timers: Timers, report: MaskReport): MaskTally {
  const counts: { [entity in Entity]?: number } = {};
  const reasons = new Map<string, MaskReason>();
  let isDirty = false;
  let pending: Dispose | null = null;

  const send = (): void => {
    if (!isDirty) return;
    isDirty = false;
    report({ ...counts }, [...reasons.values()]);
  };
  const arm = (): void => {
    pending = timers.after(REPORT_EVERY_MS, () => {
      pending = null;
      if (!isDirty) return;
      send();
      arm();
    });
  };
  return {
    add(mark) {
      counts[mark.entity] = (counts[mark.entity] ?? 0) + 1;
      noteReason(reasons, mark);
      isDirty = true;
      if (pending !== null) return;
      send();
      arm();
    },
    flush() {
      pending?.();
      pending = null;
      send();
    },
  };
}

function noteReason(reasons: Map<string, MaskReason>, mark: MaskMark): void {
  const { entity, rule, action, score, evidence } = mark;
  const key = `${entity} ${rule} ${action}`;
  const count = (reasons.get(key)?.count ?? 0) + 1;
  reasons.delete(key); // the latest stands last
  reasons.set(key, { entity, rule, action, score, count, ...(evidence === undefined ? {} : { evidence }) });
  const oldest = reasons.size > MAX_MASK_REASONS ? reasons.keys().next().value : undefined;
  if (oldest !== undefined) reasons.delete(oldest);
}

import type { Timers } from '../timers.ts';

/** A window that is being dragged reports a size per frame; programs repaint for each. */
const RESIZE_EVERY_MS = 20;

/** Passes sizes on at most every `RESIZE_EVERY_MS`, the latest one last; a size that is not new goes nowhere. */
export function createResizeLimiter(options: {
  readonly timers: Timers;
  readonly cols: number;
  readonly rows: number;
  readonly apply: (cols: number, rows: number) => void;
}): (cols: number, rows: number) => void {
  let applied = { cols: options.cols, rows: options.rows };
  let asked = applied;
  let isWaiting = false;
  const applyAsked = (): void => {
    if (asked.cols === applied.cols && asked.rows === applied.rows) return;
    applied = asked;
    isWaiting = true;
    options.timers.after(RESIZE_EVERY_MS, () => {
      isWaiting = false;
      applyAsked();
    });
    options.apply(applied.cols, applied.rows);
  };
  return (cols, rows) => {
    asked = { cols, rows };
    if (!isWaiting) applyAsked();
  };
}

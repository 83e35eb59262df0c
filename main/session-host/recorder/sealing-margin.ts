/** Output is cut so much earlier than it has to be durable: never less, and never so much that segments become crumbs. */
const LEAST_MS = 50;
const MOST_MS = 150;
/** Twice what it took lately: the next may take longer. */
const SPARE = 2;
/** A slow write is forgotten over about ten segments. */
const FORGET = 0.9;

/** How much of the time within which output must be durable goes to sealing and to the disk, from how long it took lately. */
export interface SealingMargin {
  readonly ms: number;
  /** A segment was sealed and stored. */
  took(ms: number): void;
}

/** Begins with the most: the first segment of a process is the slowest. */
export function createSealingMargin(): SealingMargin {
  let expectedMs = MOST_MS / SPARE;
  return {
    get ms() {
      return Math.min(MOST_MS, Math.max(LEAST_MS, expectedMs * SPARE));
    },
    took(ms) {
      expectedMs = Math.max(ms, expectedMs * FORGET);
    },
  };
}

import type { MaskMark } from '../../../contract/redaction.ts';

/** Masks wait here until the output that shows them is recorded: who jumps to a mark in a replay must see it, not the moment before. */
export interface MaskMarks {
  found(mark: MaskMark): void;
  /** What was found since the last call stands in the next so many bytes on the way to the recorder; 0: in what follows. */
  released(bytes: number): void;
  /** So many bytes more are recorded. */
  recorded(bytes: number): void;
  /** No more output comes. */
  flush(): void;
}

export function createMaskMarks(onMark: (mark: MaskMark) => void): MaskMarks {
  let fresh: MaskMark[] = [];
  let waiting: { readonly mark: MaskMark; readonly dueBytes: number }[] = [];
  let releasedBytes = 0;
  let recordedBytes = 0;

  const pass = (upToBytes: number): void => {
    const later = waiting.findIndex(({ dueBytes }) => dueBytes > upToBytes);
    const due = waiting.splice(0, later < 0 ? waiting.length : later);
    for (const { mark } of due) onMark(mark);
  };
  const released = (bytes: number): void => {
    releasedBytes += bytes;
    // found in what is held back: it is shown with the next byte at the earliest
    const dueBytes = bytes > 0 ? releasedBytes : releasedBytes + 1;
    waiting = [...waiting, ...fresh.map(mark => ({ mark, dueBytes }))];
    fresh = [];
  };

  return {
    found: mark => void fresh.push(mark),
    released,
    recorded(bytes) {
      recordedBytes += bytes;
      pass(recordedBytes);
    },
    flush() {
      released(0);
      pass(Number.POSITIVE_INFINITY);
    },
  };
}

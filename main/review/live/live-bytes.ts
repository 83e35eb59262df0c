import type { RecordingSource } from '../recording-source.ts';

/** What the view fetched and the check has not read yet. A check that is further behind fetches for itself. */
const MAX_KEPT_BYTES = 2 * 1024 * 1024;

/**
 * The bytes of a running recording for the two that read them: the view, and the check of the chain. What the view fetched the check gets, too, so that it checks
 * what was shown, and nothing is fetched twice.
 */
export interface LiveBytes {
  /** for the view */
  readonly source: RecordingSource;
  /** For the check, which reads on and on: from `from` on, at most up to `to`; fewer may come, none where there are none yet. */
  readOn(from: number, to: number): Promise<Uint8Array>;
}

export function createLiveBytes(fetched: RecordingSource): LiveBytes {
  /** pieces that follow one another */
  let kept: { from: number; readonly bytes: Uint8Array }[] = [];

  const keep = (from: number, bytes: Uint8Array): void => {
    const last = kept.at(-1);
    const end = last === undefined ? from : last.from + last.bytes.length;
    if (from > end || from < (kept[0]?.from ?? from)) kept = [];
    const fresh = kept.length === 0 ? bytes : bytes.subarray(Math.min(bytes.length, end - from));
    if (fresh.length > 0) kept.push({ from: from + bytes.length - fresh.length, bytes: fresh });
    let total = kept.reduce((sum, piece) => sum + piece.bytes.length, 0);
    while (total > MAX_KEPT_BYTES) total -= kept.shift()?.bytes.length ?? total;
  };

  return {
    source: {
      async read(range) {
        const found = await fetched.read(range);
        keep(found.from, found.bytes);
        return found;
      },
      close: () => fetched.close(),
    },
    async readOn(from, to) {
      kept = kept.filter(piece => piece.from + piece.bytes.length > from);
      const [first] = kept;
      if (first !== undefined && first.from <= from)
        return first.bytes.subarray(from - first.from, Math.min(first.bytes.length, to - first.from));
      const upTo = first === undefined ? to : Math.min(to, first.from);
      return (await fetched.read({ from, to: upTo })).bytes;
    },
  };
}

import type { Draft } from './draft.ts';
import type { CutSegment } from './segment-cutter.ts';
import type { SegmentStore } from './segment-store.ts';
import type { SpoolFile } from './spool-file.ts';

/** How far the spool is after a sync. */
export interface SpooledTo {
  /** of the file, on the disk */
  readonly bytes: number;
  readonly segments: number;
  /** end of the last of them, milliseconds since the recording's start */
  readonly endMs: number;
  /** what the events cost that are on the disk now and were not before */
  readonly costBytes: number;
}

/**
 * Stores segments in order. Each is written as soon as it is sealed, so that a process that is killed has lost nothing of it, and the disk is asked to keep
 * (fdatasync) what was written until then, once at a time: a slow disk delays the acknowledgement and not the next segment.
 */
export interface SpoolQueue {
  push(segment: CutSegment): void;
  /** Resolves when the file has all that was pushed so far: it outlives the process then, not yet the machine. Also when it was given up. */
  written(): Promise<void>;
  /** Resolves when everything that was pushed is on the disk, or was given up. */
  settled(): Promise<void>;
  /** A segment was lost: none that came after it is stored. */
  readonly isHoled: boolean;
}

export function createSpoolQueue(options: {
  readonly store: Pick<SegmentStore, 'store' | 'segments' | 'endMs'>;
  readonly file: Pick<SpoolFile, 'size' | 'sync'>;
  /** what is to know of segments with its numbers; null where there is none */
  readonly draft: () => Pick<Draft, 'willStore' | 'stored'> | null;
  readonly onFault: (error: unknown) => void;
  /** After each sync; also for what was given up, so that it is not waited for. */
  readonly onSpooled: (to: SpooledTo) => Promise<void>;
}): SpoolQueue {
  const { store, file, draft, onFault, onSpooled } = options;
  const queue: CutSegment[] = [];
  let waiting: { readonly after: number; readonly resolve: () => void }[] = [];
  let pushed = 0;
  let taken = 0;
  let isHoled = false;
  let unsyncedBytes = 0;
  let writing: Promise<void> | null = null;
  let syncing: Promise<void> | null = null;

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      isHoled = true;
      onFault(error);
    }
  };
  const writeAll = async (): Promise<void> => {
    for (let segment = queue.shift(); segment !== undefined; segment = queue.shift()) {
      const next = segment;
      if (!isHoled)
        await attempt(async () => {
          const drafted = next.draftNumber > 0 ? draft() : null;
          await drafted?.willStore(next.draftNumber, store.segments + 1);
          const place = await store.store(next);
          drafted?.stored(next.draftNumber);
          next.stored?.(place);
        });
      taken += 1;
      for (const { after, resolve } of waiting) if (after <= taken) resolve();
      waiting = waiting.filter(({ after }) => after > taken);
      unsyncedBytes += next.costBytes;
      sync();
    }
  };
  const syncAll = async (): Promise<void> => {
    while (unsyncedBytes > 0) {
      const to = { bytes: file.size, segments: store.segments, endMs: store.endMs, costBytes: unsyncedBytes };
      unsyncedBytes = 0;
      await attempt(() => file.sync());
      await onSpooled(to);
    }
  };
  const write = (): void => {
    writing ??= writeAll().finally(() => {
      writing = null;
      if (queue.length > 0) write();
    });
  };
  const sync = (): void => {
    syncing ??= syncAll().finally(() => {
      syncing = null;
      if (unsyncedBytes > 0) sync();
    });
  };

  return {
    push(segment) {
      queue.push(segment);
      pushed += 1;
      write();
    },
    written() {
      if (taken === pushed) return Promise.resolve();
      return new Promise(resolve => waiting.push({ after: pushed, resolve }));
    },
    async settled() {
      while (writing !== null || syncing !== null) await (writing ?? syncing);
    },
    get isHoled() {
      return isHoled;
    },
  };
}

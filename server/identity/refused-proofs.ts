import type { DeviceId } from '../../contract/ids.ts';
import type { Changes } from '../changes/changes.ts';
import type { ServerContext } from '../server-context.ts';

/** A request that was refused for its proof or its device. */
export interface RefusedProof {
  /** whose signature fits; null where it is nobody's */
  readonly deviceId: DeviceId | null;
  readonly reason: string;
  readonly address: string;
}

const WINDOW_MS = 10 * 60_000;
/** Entries in a window, of all devices and addresses together: nobody fills the log by asking often, or from many places. */
const MAX_ENTRIES = 60;

/**
 * Notes refused proofs in the audit log: each device or address once in ten minutes for each reason, and no more than so many of all. How many more
 * there were stands in the next entry. By this instance alone.
 */
export function createRefusedProofs(context: {
  readonly changes: Pick<Changes, 'run'>;
  readonly nowMs: () => number;
  readonly log: Pick<ServerContext['log'], 'error'>;
}): (refused: RefusedProof) => Promise<void> {
  const { changes, nowMs, log } = context;
  let sinceMs = -Infinity;
  let unnoted = 0;
  const noted = new Set<string>();
  return async ({ deviceId, reason, address }) => {
    if (nowMs() - sinceMs >= WINDOW_MS) {
      sinceMs = nowMs();
      noted.clear();
    }
    const key = `${deviceId ?? address}\n${reason}`;
    if (noted.has(key) || noted.size >= MAX_ENTRIES) {
      unnoted += 1;
      return;
    }
    noted.add(key);
    const further = unnoted;
    unnoted = 0;
    await changes
      .run(change => {
        change.audit({
          actor: 'server',
          action: 'device.refused',
          subject: deviceId ?? 'unknown device',
          detail: { reason, address, furtherSinceLast: further },
        });
        return Promise.resolve();
      })
      // The refusal stands whether it could be noted or not.
      .catch((error: unknown) =>
        log.error({ err: error }, 'a refused device could not be noted in the audit log'),
      );
  };
}

import { openProcessTree } from '../session-host/transports/process-tree.ts';

/** Orphans get a hang-up first; after this long they are ended by force. */
const END_DEADLINE_MS = 2_000;

/**
 * Ends what a session host that died left running on this machine. Most of it ends by itself, hung up when the host's side of the
 * terminal closed; what ignores that is found by the session's mark in its environment. Returns at once.
 */
export function endOrphans(sessionId: string): void {
  const tree = openProcessTree({ leaderPid: 0, leaderStartTicks: null, sessionId });
  // How many are left is told by nobody's recording any more; the next start closes it as `recovered`.
  void tree.end(END_DEADLINE_MS);
}

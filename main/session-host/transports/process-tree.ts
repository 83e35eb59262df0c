import { readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** In the environment of everything that a session starts, with the session's id: finds what left its process tree. */
export const SESSION_MARK = 'SALLYPORT_SESSION';

const POLL_MS = 25;
/** SIGKILL cannot be refused; what is left after this hangs in the kernel, and the proof says so. */
const FORCE_MS = 2000;

/** A process at one moment; pid and start time together name it for good (proc(5), /proc/pid/stat). */
export interface ProcessFacts {
  readonly pid: number;
  readonly parentPid: number;
  readonly session: number;
  readonly startTicks: string;
}

/** The root of a session's processes: its leader as it was at the start, and the mark in the environment. */
export interface SessionRoot {
  readonly leaderPid: number;
  /** null when it was over before it could be looked at */
  readonly leaderStartTicks: string | null;
  readonly sessionId: string;
}

export interface ProcessTree {
  /** SIGHUP to all of them, SIGKILL to what is left after the deadline. Resolves with how many are alive then; null: cannot tell. */
  end(deadlineMs: number): Promise<number | null>;
}

/**
 * Watches over what one session started: members of the leader's session, descendants, and whatever carries the session's mark
 * (nohup, setsid, a tmux server). A process that this session did not start is never signalled: each is checked by start time
 * before each signal. Not found: a process that was detached, cleared its environment, and whose parent is gone.
 */
export function openProcessTree(root: SessionRoot): ProcessTree {
  const known = new Map<number, string>();
  let isOver = false;

  const alive = (): ProcessFacts[] => {
    const found = findOwn(root, known);
    known.clear();
    for (const each of found) known.set(each.pid, each.startTicks);
    return found;
  };

  const settle = async (deadlineMs: number, onPoll: (found: ProcessFacts[]) => void): Promise<number> => {
    const deadline = performance.now() + deadlineMs;
    let isTold = false;
    for (;;) {
      const found = alive();
      if (found.length === 0) return 0;
      // A deadline of zero still says it once.
      if (isTold && performance.now() >= deadline) return found.length;
      isTold = true;
      onPoll(found);
      await wait(POLL_MS);
    }
  };

  const hangUp = (found: ProcessFacts[], told: Set<string>): void => {
    for (const each of found) {
      const name = `${String(each.pid)}:${each.startTicks}`;
      if (told.has(name)) continue;
      told.add(name);
      signal(each, 'SIGHUP');
      // A stopped job cannot act on the hang-up until it runs again.
      signal(each, 'SIGCONT');
    }
  };

  return {
    async end(deadlineMs) {
      if (process.platform !== 'linux') return null;
      // Once all is gone, the leader's number may name another process.
      if (isOver) return 0;
      const told = new Set<string>();
      let left = await settle(deadlineMs, found => {
        hangUp(found, told);
      });
      if (left > 0) {
        left = await settle(FORCE_MS, found => {
          for (const each of found) signal(each, 'SIGKILL');
        });
      }
      isOver = left === 0;
      return left;
    },
  };
}

/** The facts of a process, or null when it is gone (a zombie is gone: it only waits for its parent to ask). */
export function readProcess(pid: number): ProcessFacts | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
  } catch {
    return null;
  }
  // The name in parentheses may hold anything, also parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parent, , session] = fields;
  const startTicks = fields[19];
  if (state === undefined || state === 'Z' || state === 'X' || startTicks === undefined) return null;
  return { pid, parentPid: Number(parent), session: Number(session), startTicks };
}

function findOwn(root: SessionRoot, known: ReadonlyMap<number, string>): ProcessFacts[] {
  const all = readAll();
  const leader = all.get(root.leaderPid);
  // The kernel may give the number to a stranger once the whole session is gone.
  const isLeaderReplaced = leader !== undefined && leader.startTicks !== root.leaderStartTicks;
  // In its first moment the leader is in its parent's session still, with its parent's environment: only its number tells.
  const isLeaderThere = leader !== undefined && !isLeaderReplaced;
  const mark = `${SESSION_MARK}=${root.sessionId}`;
  const own = new Map<number, ProcessFacts>();
  if (isLeaderThere) own.set(leader.pid, leader);
  for (const each of all.values()) {
    const isMember = each.session === root.leaderPid && !isLeaderReplaced && root.leaderStartTicks !== null;
    const isKnown = known.get(each.pid) === each.startTicks;
    if (isMember || isKnown || hasMark(each.pid, mark)) own.set(each.pid, each);
  }
  for (let before = -1; before !== own.size; ) {
    before = own.size;
    for (const each of all.values()) if (own.has(each.parentPid)) own.set(each.pid, each);
  }
  own.delete(process.pid);
  return [...own.values()];
}

function readAll(): Map<number, ProcessFacts> {
  const all = new Map<number, ProcessFacts>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const facts = readProcess(Number(name));
    if (facts !== null) all.set(facts.pid, facts);
  }
  return all;
}

function hasMark(pid: number, mark: string): boolean {
  try {
    if (statSync(`/proc/${String(pid)}`).uid !== process.getuid?.()) return false;
    return readFileSync(`/proc/${String(pid)}/environ`, 'latin1')
      .split('\0')
      .includes(mark);
  } catch {
    return false;
  }
}

function signal(facts: ProcessFacts, name: 'SIGHUP' | 'SIGCONT' | 'SIGKILL'): void {
  if (readProcess(facts.pid)?.startTicks !== facts.startTicks) return;
  try {
    process.kill(facts.pid, name);
  } catch {
    // Gone in between, or of another user (sudo): the count at the end tells.
  }
}

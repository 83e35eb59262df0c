import { describe, expect, test } from 'vitest';
import type { LockReason } from '../../contract/access.ts';
import { LOCK_REASONS } from '../../contract/access.ts';
import { GrantId, SessionId } from '../../contract/ids.ts';
import { nextDueMs } from './deadlines.ts';
import type { AccessEvent } from './machine.ts';
import { step } from './machine.ts';
import type { AccessState } from './state.ts';
import { isGateOpen, startAccess } from './state.ts';

/**
 * The machine walked whole: every state that any order of events can lead to, breadth first, in two small discrete worlds. A tick is
 * one millisecond; the grant, the lease, the grace and the idle times are one to three ticks long. In both worlds every event is tried
 * at each state, and the clock goes a tick on; in the first it also goes one back (a correction), in the second every event is tried
 * while no time is known, too. States that differ only by when they happen are one, for the machine reads nothing but differences;
 * `approver` stands for `budget` as well, which has the same rules.
 */
type World = 'a clock that is set back' | 'a clock that is lost';
const TERMS = { idleLockMs: 1, idleEndMs: 2, warningsMs: [1], graceMs: 1, maxExtensions: 1 };
const GRANT_TICKS = 3;
const EXTENSION_TICKS = 2;
const LEASE_TICKS = 1;
/** Longer than any deadline of this world. */
const FOREVER_TICKS = 20;
const LATER = GrantId.parse('grant-2');

interface Node {
  readonly state: AccessState;
  /** the newest time that was known */
  readonly nowMs: number;
  /** the clock was set back a tick and has not caught up */
  readonly isBehind: boolean;
}

const first: Node = {
  state: startAccess({
    sessionId: SessionId.parse('session-1'),
    grantId: GrantId.parse('grant-1'),
    terms: TERMS,
    startsAtMs: 0,
    expiresAtMs: GRANT_TICKS,
    leaseUntilMs: LEASE_TICKS,
    nowMs: 0,
  }),
  nowMs: 0,
  isBehind: false,
};

/** What distinguishes a state for everything that can follow. */
function keyOf({ state, nowMs, isBehind }: Node): string {
  if (state.phase === 'ended') return `ended ${String(state.endCause)}`;
  const ago = (atMs: number | undefined) => (atMs === undefined ? '-' : String(atMs - nowMs));
  const has = (reason: LockReason) => String(state.reasons[reason] !== undefined);
  return [
    state.phase,
    ago(state.expiresAtMs),
    // A lease that has run out (also before a tick back) is as good as none.
    state.leaseUntilMs < nowMs ? 'none' : ago(state.leaseUntilMs),
    ago(Math.max(state.lastActivityMs, nowMs - TERMS.idleEndMs)),
    state.warnedMs,
    state.extensionsUsed,
    state.grantDurationMs,
    isBehind,
    // The time of a reason counts only where its deadline hangs on it.
    ago(state.reasons.revoked),
    ago(state.reasons['policy-stale']),
    ago(state.reasons['recorder-failed']),
    ago(state.reasons['host-unresponsive']),
    ...(['grant-expired', 'idle', 'operator', 'approver'] as const).map(has),
  ].join(' ');
}

function eventsAt({ state, nowMs }: Node): readonly AccessEvent[] {
  const extendedTo = [0, EXTENSION_TICKS, -1].map(ticks => state.expiresAtMs + ticks);
  return [
    { kind: 'evaluate' },
    { kind: 'opened' },
    { kind: 'activity' },
    { kind: 'lease-renewed', untilMs: nowMs + LEASE_TICKS },
    { kind: 'lease-dropped' },
    { kind: 'revoked' },
    ...extendedTo.map((expiresAtMs): AccessEvent => ({ kind: 'extended', grantId: LATER, expiresAtMs })),
    { kind: 'suspended', isSuspended: true },
    { kind: 'suspended', isSuspended: false },
    { kind: 'operator-locked' },
    { kind: 'operator-unlocked' },
    ...(['grant-expired', 'recorder-failed', 'policy-stale'] as const).map(
      (reason): AccessEvent => ({ kind: 'host-asked', reason }),
    ),
    { kind: 'host-ended', cause: 'exited' },
    { kind: 'host-silent', isSilent: true },
    { kind: 'host-silent', isSilent: false },
    { kind: 'host-lost' },
    { kind: 'end-asked', cause: 'closed-by-operator' },
  ];
}

/** Throws the first broken promise, with the step that broke it. */
function checkStep(before: AccessState, event: AccessEvent, atMs: number): AccessState {
  const { state: after, effects } = step(before, event, atMs);
  const broken = (promise: string): never => {
    throw new Error(`${promise}: ${JSON.stringify({ before, event, atMs: String(atMs), after })}`);
  };
  if (isGateOpen(after)) {
    if (Object.keys(after.reasons).length > 0) broken('open with a reason to lock');
    if (!(atMs < after.expiresAtMs)) broken('open after the end of the grant');
    if (!(atMs < after.leaseUntilMs)) broken('open without a lease');
    if (before.reasons.revoked !== undefined) broken('opened after a revocation');
  }
  if (before.phase === 'ended' && (after !== before || effects.length > 0)) broken('ended is not final');
  if (after.expiresAtMs < before.expiresAtMs) broken('the end was moved to an earlier time');
  if (event.kind !== 'extended' && after.expiresAtMs !== before.expiresAtMs) broken('extended by itself');
  if (after.extensionsUsed > TERMS.maxExtensions) broken('extended too often');
  if (before.reasons.revoked !== undefined && after.phase !== 'ended' && after.reasons.revoked === undefined)
    broken('a revocation was forgotten');
  const isExpiryNew =
    after.reasons['grant-expired'] !== undefined && before.reasons['grant-expired'] === undefined;
  if (isExpiryNew && event.kind !== 'host-asked' && !(atMs >= after.expiresAtMs)) broken('expired too early');
  if (after.phase === 'locked' && Object.keys(after.reasons).length === 0) broken('locked for no reason');
  if (
    isGateOpen(before) &&
    !isGateOpen(after) &&
    JSON.stringify(effects[0]) !== '{"kind":"gate","isOpen":false}'
  )
    broken('something comes before the gate is closed');
  return after;
}

/** Where one step leads: an event, or a tick of the clock. */
function stepsFrom(node: Node, world: World): readonly Node[] {
  const { state, nowMs, isBehind } = node;
  const isLost = world === 'a clock that is lost';
  const ticks = isLost || isBehind ? [1] : [1, -1];
  return [
    ...(isLost ? [nowMs, Number.NaN] : [nowMs]).flatMap(atMs =>
      eventsAt(node).map(event => ({ ...node, state: checkStep(state, event, atMs) })),
    ),
    ...ticks.map(tick => ({
      state: checkStep(state, { kind: 'evaluate' }, nowMs + tick),
      nowMs: nowMs + tick,
      isBehind: tick < 0,
    })),
  ];
}

/** Every state, once. */
function walk(world: World): readonly Node[] {
  const seen = new Map<string, Node>([[keyOf(first), first]]);
  // A map goes on to what is added while it is walked: breadth first.
  for (const node of seen.values())
    for (const reached of stepsFrom(node, world)) {
      const key = keyOf(reached);
      if (!seen.has(key)) seen.set(key, reached);
    }
  return [...seen.values()];
}

const evaluate: AccessEvent = { kind: 'evaluate' };
const LIFTS: readonly AccessEvent[] = [
  { kind: 'suspended', isSuspended: false },
  { kind: 'operator-unlocked' },
  { kind: 'host-silent', isSilent: false },
];
const FINAL = ['revoked', 'recorder-failed', 'grant-expired'] as const;

describe.each<World>(['a clock that is set back', 'a clock that is lost'])('under %s', world => {
  const nodes = walk(world);

  test(`no order of events opens a gate that must stay closed: ${nodes.length} states`, () => {
    const phases = new Set(nodes.map(({ state }) => state.phase));
    expect([...phases].sort()).toEqual(['ended', 'expiring', 'granted', 'locked', 'requested']);
    const met = new Set(nodes.flatMap(({ state }) => Object.keys(state.reasons)));
    expect([...met].sort()).toEqual(LOCK_REASONS.filter(reason => reason !== 'budget').sort());
  });

  test('time alone ends every session', () => {
    const endless = nodes.filter(node => {
      let { state } = node;
      for (let tick = 1; tick <= FOREVER_TICKS && state.phase !== 'ended'; tick += 1)
        state = step(state, evaluate, node.nowMs + tick).state;
      return state.phase !== 'ended';
    });
    expect(endless).toEqual([]);
  });

  test('a reason that nobody lifts ends the session when the grace after it is over', () => {
    const late = nodes.filter(({ state, nowMs }) => {
      if (state.reasons.revoked === undefined && state.reasons['recorder-failed'] === undefined) return false;
      const known = step(state, evaluate, nowMs + 1).state;
      return step(known, evaluate, nowMs + 1 + TERMS.graceMs).state.phase !== 'ended';
    });
    expect(late).toEqual([]);
  });

  test('before the moment that is due next, looking again finds nothing new', () => {
    const early = nodes.filter(({ state, nowMs }) => {
      const settled = step(state, evaluate, nowMs).state;
      const dueMs = nextDueMs(settled, nowMs) ?? nowMs;
      for (let atMs = nowMs + 1; atMs < dueMs; atMs += 1)
        if (whatCounts(step(settled, evaluate, atMs).state) !== whatCounts(settled)) return true;
      return false;
    });
    expect(early).toEqual([]);
  });

  test('what locks until somebody lifts it is open when everybody has', () => {
    const stuck = nodes.filter(({ state, nowMs }) => {
      if (state.phase !== 'locked' || FINAL.some(reason => state.reasons[reason] !== undefined)) return false;
      const renewed = step(
        state,
        { kind: 'lease-renewed', untilMs: nowMs + 2 * LEASE_TICKS + 1 },
        nowMs,
      ).state;
      const lifted = LIFTS.reduce((locked, event) => step(locked, event, nowMs).state, renewed);
      return lifted.phase === 'locked' && lifted.reasons['grant-expired'] === undefined;
    });
    expect(stuck).toEqual([]);
  });
});

function whatCounts({ phase, reasons }: AccessState): string {
  return `${phase} ${Object.keys(reasons).join(' ')}`;
}

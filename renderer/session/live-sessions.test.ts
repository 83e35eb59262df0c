import { expect, test } from 'vitest';
import type { SessionView } from '../../contract/ipc.ts';
import { createLiveSessions } from './live-sessions.ts';

const session = (sessionId: string, holder: string, phase = 'granted') =>
  ({
    sessionId,
    grant: { id: `grant-of-${sessionId}`, holder: { id: holder } },
    access: { sessionId, grantId: `grant-of-${sessionId}`, phase, isGateOpen: true, lockReasons: [] },
    masked: {},
    recording: null,
  }) as unknown as SessionView;
const phases = (live: ReturnType<typeof createLiveSessions>) =>
  live.get().map(({ sessionId, access }) => `${sessionId} ${access.phase}`);

test('a session that main no longer has is over for its own account only', () => {
  const live = createLiveSessions();
  live.replaceRunning('ana', [session('a', 'ana'), session('b', 'ana')]);
  live.replaceRunning('bob', [session('c', 'bob')]);
  live.replaceRunning('ana', [session('b', 'ana')]);
  expect(phases(live)).toEqual(['a ended', 'c granted', 'b granted']);
  expect(live.get()[0]?.access.isGateOpen).toBe(false);
});

test('counters, health and access of a session are mirrored as they come, the last one holds', () => {
  const live = createLiveSessions();
  live.replaceRunning('ana', [session('a', 'ana')]);
  live.masked('a', { email: 3 });
  live.accessChanged({ ...session('a', 'ana').access, phase: 'locked', isGateOpen: false });
  live.masked('unknown', { email: 9 });
  expect(live.get()).toHaveLength(1);
  expect(live.get()[0]).toMatchObject({
    masked: { email: 3 },
    access: { phase: 'locked', isGateOpen: false },
  });
});

test('a session that is forgotten is gone', () => {
  const live = createLiveSessions();
  live.replaceRunning('ana', [session('a', 'ana', 'ended')]);
  live.forget('a');
  expect(live.get()).toEqual([]);
});

test('a session that was opened while main was asked what runs is not over because the answer does not name it', () => {
  const live = createLiveSessions();
  live.replaceRunning('ana', [session('a', 'ana')]);
  const before = live.get();
  const { grant, access } = session('new', 'ana');
  live.opened(grant, access);
  live.replaceRunning('ana', [], before);
  expect(phases(live)).toEqual(['a ended', 'new granted']);
});

test('what changed or was closed while main was asked what runs is not undone by the answer', () => {
  const live = createLiveSessions();
  live.replaceRunning('ana', [session('a', 'ana'), session('b', 'ana'), session('c', 'ana')]);
  const before = live.get();
  live.accessChanged({ ...session('a', 'ana').access, phase: 'locked', isGateOpen: false });
  live.forget('b');
  live.replaceRunning('ana', [session('a', 'ana'), session('b', 'ana'), session('c', 'ana')], before);
  expect(phases(live)).toEqual(['a locked', 'c granted']);
});

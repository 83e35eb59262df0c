import type { AccessSnapshot } from '../../contract/access.ts';
import type { SessionView } from '../../contract/ipc.ts';
import type { MaskCounts, MaskReason } from '../../contract/redaction.ts';
import type { RecordingHealth } from '../../contract/recording.ts';
import type { GrantRecord } from '../../contract/server-api.ts';
import type { ReadableStore } from '../app/store.ts';
import { createStore } from '../app/store.ts';

/** The sessions that this window shows as tabs, ended ones until they are closed here. Mirrors main; decides nothing. */
export interface LiveSessions extends ReadableStore<readonly SessionView[]> {
  /** the last report on each recording that this window heard of, also after its tab was closed */
  readonly healths: ReadableStore<ReadonlyMap<string, RecordingHealth>>;
  /**
   * What main says is running for an account; a session of that account that main no longer has is over. `before` is what this window
   * had when main was asked: what was opened, changed or closed here since is newer than the answer and stays.
   */
  replaceRunning(holderId: string, running: readonly SessionView[], before?: readonly SessionView[]): void;
  opened(grant: GrantRecord, access: AccessSnapshot): void;
  accessChanged(access: AccessSnapshot): void;
  masked(sessionId: string, counts: MaskCounts, reasons?: readonly MaskReason[]): void;
  recording(sessionId: string, health: RecordingHealth): void;
  watched(sessionId: string, watchers: readonly string[]): void;
  /** A grant that extends or changes the one that a session runs under. */
  grantChanged(grant: GrantRecord): void;
  forget(sessionId: string): void;
}

export function createLiveSessions(): LiveSessions {
  const store = createStore<readonly SessionView[]>([]);
  const healths = createStore<ReadonlyMap<string, RecordingHealth>>(new Map());
  const change = (sessionId: string, by: (session: SessionView) => SessionView) =>
    store.set(sessions => sessions.map(session => (session.sessionId === sessionId ? by(session) : session)));

  return {
    get: store.get,
    subscribe: store.subscribe,
    healths,
    replaceRunning(holderId, running, before = store.get()) {
      const told = new Set(running.map(session => session.sessionId));
      const asked = new Map(before.map(session => [session.sessionId, session]));
      store.set(sessions => {
        const isNewer = (session: SessionView) => asked.get(session.sessionId) !== session;
        const kept = sessions.filter(session => !told.has(session.sessionId) || isNewer(session));
        const known = new Set([...kept.map(session => session.sessionId)]);
        const closed = new Set(
          [...asked.keys()].filter(id => !sessions.some(({ sessionId }) => sessionId === id)),
        );
        return [
          ...kept.map(session =>
            session.grant.holder.id === holderId &&
            !told.has(session.sessionId) &&
            asked.has(session.sessionId)
              ? ended(session)
              : session,
          ),
          ...running.filter(({ sessionId }) => !known.has(sessionId) && !closed.has(sessionId)),
        ];
      });
    },
    opened(grant, access) {
      const session: SessionView = {
        sessionId: access.sessionId,
        grant,
        access,
        masked: {},
        recording: null,
      };
      store.set(sessions => [...sessions.filter(other => other.sessionId !== access.sessionId), session]);
    },
    accessChanged: access => change(access.sessionId, session => ({ ...session, access })),
    masked: (sessionId, counts, reasons = []) =>
      change(sessionId, session => ({ ...session, masked: counts, maskReasons: [...reasons] })),
    recording(sessionId, health) {
      healths.set(known => new Map(known).set(sessionId, health));
      change(sessionId, session => ({ ...session, recording: health }));
    },
    watched: (sessionId, watchers) => change(sessionId, session => ({ ...session, watchers: [...watchers] })),
    grantChanged: grant =>
      store.set(sessions =>
        sessions.map(session =>
          session.grant.id === grant.id || session.access.grantId === grant.id
            ? { ...session, grant }
            : session,
        ),
      ),
    forget: sessionId => store.set(sessions => sessions.filter(session => session.sessionId !== sessionId)),
  };
}

/** Over, for a reason that this window did not hear: it acted as somebody else, or was cut off. */
function ended(session: SessionView): SessionView {
  if (session.access.phase === 'ended') return session;
  return { ...session, access: { ...session.access, phase: 'ended', isGateOpen: false, lockReasons: [] } };
}

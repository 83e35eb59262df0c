import type { GrantId, SessionId } from '../../contract/ids.ts';
import type { Dispose } from '../timers.ts';
import type { Session } from './session.ts';

/**
 * The sessions that run, and what is heard of them. A session is registered at the server before it is here, so what is heard meanwhile is
 * kept while one is being opened, and done as soon as it is here.
 */
export interface RunningSessions {
  readonly size: number;
  get(sessionId: SessionId): Session | undefined;
  ids(): readonly SessionId[];
  all(): readonly Session[];
  /** A session is being opened: what is heard from now on is kept, until disposed. */
  expect(): Dispose;
  /** Does to it what was heard of it. */
  add(session: Session): void;
  delete(sessionId: SessionId): void;
  /** Returns whether the session runs here. */
  tell(sessionId: SessionId, act: Act): boolean;
  /** Tells every session under a chain of grants; `rootId`: the first grant of the chain. */
  tellChain(rootId: GrantId, act: Act): void;
  tellAll(act: Act): void;
}

type Act = (session: Session) => void;

export function createRunningSessions(): RunningSessions {
  const sessions = new Map<SessionId, Session>();
  let heard: { readonly concerns: (session: Session) => boolean; readonly act: Act }[] = [];
  let expected = 0;

  return {
    get size() {
      return sessions.size;
    },
    get: sessionId => sessions.get(sessionId),
    ids: () => [...sessions.keys()],
    all: () => [...sessions.values()],
    expect() {
      expected += 1;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        expected -= 1;
        if (expected === 0) heard = [];
      };
    },
    add(session) {
      sessions.set(session.sessionId, session);
      for (const { concerns, act } of heard) if (concerns(session)) act(session);
    },
    delete: sessionId => void sessions.delete(sessionId),
    tell(sessionId, act) {
      const session = sessions.get(sessionId);
      if (session !== undefined) act(session);
      else if (expected > 0) heard.push({ concerns: each => each.sessionId === sessionId, act });
      return session !== undefined;
    },
    tellAll(act) {
      for (const session of sessions.values()) act(session);
      if (expected > 0) heard.push({ concerns: () => true, act });
    },
    tellChain(rootId, act) {
      for (const session of sessions.values()) if (session.rootId === rootId) act(session);
      if (expected > 0) heard.push({ concerns: each => each.rootId === rootId, act });
    },
  };
}

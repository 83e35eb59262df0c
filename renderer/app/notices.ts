import type { EventOf } from '../../contract/ipc.ts';
import type { ReadableStore } from './store.ts';
import { createStore } from './store.ts';

export type NoticeLevel = EventOf<'notice'>['level'];
export interface Notice {
  readonly id: number;
  readonly level: NoticeLevel;
  readonly message: string;
  /** the session that it is about */
  readonly sessionId?: string;
}

/** Short messages over the window. Information and warnings go by themselves; errors stay until they are closed. */
export interface Notices extends ReadableStore<readonly Notice[]> {
  add(level: NoticeLevel, message: string, sessionId?: string): void;
  /** What was warned of has come: warnings about the session go. */
  settle(sessionId: string): void;
  close(id: number): void;
  /** Another account acts in this window now: what was said concerned the one before. */
  clear(): void;
}

const STAYS_MS = { info: 8_000, warning: 14_000, error: null } as const satisfies Record<
  NoticeLevel,
  number | null
>;
const MOST = 4;

export function createNotices(): Notices {
  const store = createStore<readonly Notice[]>([]);
  let lastId = 0;
  const close = (id: number) => store.set(notices => notices.filter(notice => notice.id !== id));
  return {
    get: store.get,
    subscribe: store.subscribe,
    close,
    clear: () => store.set([]),
    settle: sessionId =>
      store.set(notices =>
        notices.filter(notice => notice.sessionId !== sessionId || notice.level !== 'warning'),
      ),
    add(level, message, sessionId) {
      if (store.get().some(notice => notice.message === message)) return;
      lastId += 1;
      const id = lastId;
      store.set(notices =>
        [...notices, { id, level, message, ...(sessionId === undefined ? {} : { sessionId }) }].slice(-MOST),
      );
      const staysMs = STAYS_MS[level];
      if (staysMs !== null) setTimeout(() => close(id), staysMs);
    },
  };
}

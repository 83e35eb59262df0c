import type { AppState } from '../../contract/ipc.ts';
import type { LinkView } from '../../contract/link.ts';
import type {
  AccessRequest,
  GrantRecord,
  RecordingSummary,
  SessionRecord,
  TargetSummary,
} from '../../contract/server-api.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { LiveSessions } from '../session/live-sessions.ts';
import { createLiveSessions } from '../session/live-sessions.ts';
import type { PaneGroups } from '../session/pane-groups.ts';
import { createPaneGroups } from '../session/pane-groups.ts';
import type { Terminals } from '../session/terminals.ts';
import { createTerminals } from '../session/terminals.ts';
import { routeOfLink } from './link-route.ts';
import type { ListStore } from './list-store.ts';
import { createListStore } from './list-store.ts';
import type { Loadable } from './loadable.ts';
import { LOADING, settle } from './loadable.ts';
import { followNotifications } from './notifications/follow-notifications.ts';
import type { Notifier } from './notifications/notifier.ts';
import { createNotifier } from './notifications/notifier.ts';
import type { Notices } from './notices.ts';
import { createNotices } from './notices.ts';
import type { Overlay } from './overlay.ts';
import type { Preferences } from './preferences.ts';
import { createPreferences } from './preferences.ts';
import type { Router } from './router.ts';
import { createRouter } from './router.ts';
import type { ServerClock } from './server-clock.ts';
import { createServerClock } from './server-clock.ts';
import type { ReadableStore, Store } from './store.ts';
import { createStore } from './store.ts';
import { createWindowAccount } from './window-account.ts';

/** Everything a view works with; made once for a window. */
export interface Services {
  readonly bridge: Bridge;
  readonly clock: ServerClock;
  readonly router: Router;
  readonly preferences: Store<Preferences>;
  readonly notices: Notices;
  readonly notifier: Notifier;
  /** Leads this window to what a link names. */
  follow(link: LinkView): void;
  /** the guide was asked for: it is shown though everything in it is done */
  readonly isGuideAsked: Store<boolean>;
  /** null: nothing lies over the views */
  readonly overlay: Store<Overlay | null>;
  readonly app: ReadableStore<Loadable<AppState>>;
  readonly isConnected: ReadableStore<boolean>;
  readonly targets: ListStore<TargetSummary>;
  readonly requests: ListStore<AccessRequest>;
  readonly grants: ListStore<GrantRecord>;
  readonly sessions: ListStore<SessionRecord>;
  readonly recordings: ListStore<RecordingSummary>;
  readonly live: LiveSessions;
  readonly terminals: Terminals;
  readonly panes: PaneGroups;
  /** Takes over what main answered to a change of account or an enrolment. */
  adopt(state: AppState): void;
  reload(): Promise<void>;
}

/** A machine that slept wakes with an old idea of time: it is asked for anew this often, and whenever the window is looked at again. */
const RESYNC_MS = 30_000;

export function createServices(bridge: Bridge, page: Window): Services {
  const app = createStore<Loadable<AppState>>(LOADING);
  const isConnected = createStore(false);
  const clock = createServerClock(() => page.performance.now());
  const preferences = createPreferences(page.localStorage);
  const notices = createNotices();
  const live = createLiveSessions();
  const accountId = () => app.get().value?.current?.id ?? null;
  const windowAccount = createWindowAccount(page.sessionStorage);
  const lists = {
    targets: createListStore<TargetSummary>(() => bridge.request('targets.list', {})),
    requests: createListStore<AccessRequest>(() => bridge.request('requests.list', {})),
    grants: createListStore<GrantRecord>(() => bridge.request('grants.list', {})),
    sessions: createListStore<SessionRecord>(() => bridge.request('sessions.list', {})),
    recordings: createListStore<RecordingSummary>(() => bridge.request('recordings.list', {})),
  };
  const terminals = createTerminals({ bridge, live, preferences, notices, page, accountId });

  const mirror = (state: AppState) => {
    clock.sync(state.nowMs);
    const before = app.get().value?.current?.id;
    app.set({ status: 'ready', value: state, failure: null });
    if (state.current?.id === before) return;
    for (const list of Object.values(lists)) list.clear();
    if (before !== undefined) notices.clear();
    if (before !== undefined) void reloadLists();
  };
  const reloadLists = async () => {
    const holderId = accountId();
    if (holderId === null) return;
    const before = live.get();
    const running = bridge.request('sessions.running', {});
    const isReviewer = app.get().value?.current?.roles.includes('reviewer') === true;
    const loaded = [
      lists.targets,
      lists.requests,
      lists.grants,
      lists.sessions,
      ...(isReviewer ? [lists.recordings] : []),
    ].map(list => list.load());
    // Taken as soon as it is there: the lists come from the server, and the answer would be old by then.
    const outcome = await running;
    if (outcome.ok && holderId === accountId()) {
      for (const session of outcome.value) clock.sync(session.access.nowMs);
      live.replaceRunning(holderId, outcome.value, before);
      terminals.reconnect();
    }
    await Promise.all(loaded);
  };
  const adopt = (state: AppState) => {
    windowAccount.set(state.current?.id ?? null);
    mirror(state);
  };
  /** Main lets a new connection act as the account that any window used last; this window stays who it was. */
  const stateAsBefore = async () => {
    const outcome = await bridge.request('app.state', {});
    if (!outcome.ok) return outcome;
    const before = outcome.value.accounts.find(({ id }) => id === windowAccount.get());
    if (before === undefined || before.id === outcome.value.current?.id) return outcome;
    return bridge.request('account.use', { accountId: before.id });
  };
  let isAskingState = false;
  const reload = async () => {
    isAskingState = true;
    const outcome = await stateAsBefore();
    isAskingState = false;
    if (outcome.ok) adopt(outcome.value);
    else app.set(previous => settle(previous, outcome));
    if (outcome.ok) await reloadLists();
  };

  const router = createRouter(page);
  const follow = (link: LinkView) =>
    router.go(routeOfLink(link, app.get().value?.current?.roles.includes('approver') === true));
  const notifier = createNotifier({
    bridge,
    follow,
    shellKind: () => app.get().value?.shell.kind ?? null,
    page,
  });
  const account = () => app.get().value?.current ?? null;
  followNotifications({ bridge, notifier, preferences, requests: lists.requests, live, account, page });
  subscribeToEvents({ bridge, clock, lists, live, notices, mirror });
  let wasConnected = false;
  bridge.onConnection(connected => {
    isConnected.set(connected);
    // what was asked while there was no connection is sent with this one
    if ((connected && !isAskingState) || (!connected && !wasConnected)) void reload();
    wasConnected = connected;
  });
  const resync = () => {
    if (page.document.visibilityState !== 'visible' || !isConnected.get()) return;
    void bridge.request('app.state', {}).then(outcome => {
      if (outcome.ok) mirror(outcome.value);
    });
  };
  page.setInterval(resync, RESYNC_MS);
  page.document.addEventListener('visibilitychange', resync);

  return {
    bridge,
    clock,
    router,
    follow,
    preferences,
    notices,
    notifier,
    isGuideAsked: createStore(false),
    overlay: createStore<Overlay | null>(null),
    app,
    isConnected,
    ...lists,
    live,
    terminals,
    panes: createPaneGroups(page.sessionStorage, () => page.crypto.randomUUID()),
    adopt,
    reload,
  };
}

interface EventSinks {
  readonly bridge: Bridge;
  readonly clock: ServerClock;
  readonly lists: Pick<Services, 'requests' | 'grants' | 'sessions' | 'recordings'>;
  readonly live: LiveSessions;
  readonly notices: Notices;
  readonly mirror: (state: AppState) => void;
}

function subscribeToEvents({ bridge, clock, lists, live, notices, mirror }: EventSinks): void {
  bridge.on('app.changed', mirror);
  bridge.on('access.changed', access => {
    clock.sync(access.nowMs);
    live.accessChanged(access);
    // Nothing lies over the cover that tells it anyway.
    if (access.phase === 'locked' || access.phase === 'ended') notices.settle(access.sessionId);
    // the grant of an extension is known before the session goes over to it
    const grant = lists.grants.get().value?.find(({ id }) => id === access.grantId);
    if (grant !== undefined) live.grantChanged(grant);
  });
  bridge.on('session.masked', ({ sessionId, counts, reasons }) => live.masked(sessionId, counts, reasons));
  bridge.on('session.watched', ({ sessionId, watchers }) => live.watched(sessionId, watchers));
  bridge.on('session.recording', ({ sessionId, health }) => live.recording(sessionId, health));
  bridge.on('requests.changed', request => lists.requests.put(request));
  bridge.on('grants.changed', grant => {
    lists.grants.put(grant);
    live.grantChanged(grant);
  });
  bridge.on('sessions.changed', session => lists.sessions.put(session));
  bridge.on('recordings.changed', () => {
    // a list that no view has asked for yet is loaded when one does
    if (lists.recordings.get().value !== null) void lists.recordings.load();
  });
  bridge.on('notice', ({ level, message, sessionId }) => notices.add(level, message, sessionId));
}

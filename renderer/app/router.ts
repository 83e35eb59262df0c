import type { ReadableStore } from './store.ts';
import { createStore } from './store.ts';

/** Where the window is: kept in the address's fragment, so that reload and back work in both shells. */
export type Route =
  /** `request`: the target of a new request, whose form is opened */
  | { readonly view: 'launcher'; readonly request?: string }
  | { readonly view: 'session'; readonly sessionId: string }
  | { readonly view: 'approvals' }
  /** `query`: filters of the list */
  | { readonly view: 'recordings'; readonly query?: string }
  /** `atMs`: the moment to show, milliseconds since the recording's start */
  | { readonly view: 'recording'; readonly recordingId: string; readonly atMs?: number }
  | { readonly view: 'live'; readonly sessionId: string }
  | { readonly view: 'keys' }
  | { readonly view: 'audit' }
  | { readonly view: 'insights' }
  /** without a section: the targets */
  | { readonly view: 'admin'; readonly section?: AdminSection }
  | { readonly view: 'settings' };

export type AdminSection = (typeof ADMIN_SECTIONS)[number];

const ADMIN_SECTIONS = ['targets', 'policy', 'people'] as const;

/** Views that nothing but their name leads to. */
const PLAIN: readonly Route[] = [
  { view: 'approvals' },
  { view: 'recordings' },
  { view: 'keys' },
  { view: 'audit' },
  { view: 'insights' },
  { view: 'settings' },
];

export interface Router extends ReadableStore<Route> {
  go(route: Route): void;
  /** The same, in the place of where the window is: back leads to the place before. */
  replace(route: Route): void;
  dispose(): void;
}

export function parseRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#?\/?/, '').split('?');
  const [view, id] = path.split('/');
  if (view === 'session' && id) return { view, sessionId: decodeURIComponent(id) };
  if (view === 'recordings' && id) {
    const at = /^at=(\d{1,9}(?:\.\d{1,3})?)$/.exec(query)?.[1];
    const moment = at === undefined ? {} : { atMs: Math.round(Number(at) * 1000) };
    return { view: 'recording', recordingId: decodeURIComponent(id), ...moment };
  }
  if (view === 'live' && id) return { view, sessionId: decodeURIComponent(id) };
  if (view === 'recordings' && query !== '') return { view, query };
  if (view === 'admin') {
    const section = ADMIN_SECTIONS.find(each => each === id);
    return section === undefined ? { view } : { view, section };
  }
  const target = /^request=([A-Za-z0-9_-]{1,64})$/.exec(query)?.[1];
  if (path === '' && target !== undefined) return { view: 'launcher', request: target };
  return PLAIN.find(route => route.view === view) ?? { view: 'launcher' };
}

export function formatRoute(route: Route): string {
  switch (route.view) {
    case 'launcher':
      return route.request === undefined ? '#/' : `#/?request=${route.request}`;
    case 'session':
      return `#/session/${encodeURIComponent(route.sessionId)}`;
    case 'live':
      return `#/live/${encodeURIComponent(route.sessionId)}`;
    case 'recordings':
      return route.query === undefined || route.query === '' ? '#/recordings' : `#/recordings?${route.query}`;
    case 'recording':
      return `#/recordings/${encodeURIComponent(route.recordingId)}${route.atMs === undefined ? '' : `?at=${route.atMs / 1000}`}`;
    case 'admin':
      return route.section === undefined ? '#/admin' : `#/admin/${route.section}`;
    default:
      return `#/${route.view}`;
  }
}

export function createRouter(page: Window): Router {
  const store = createStore<Route>(parseRoute(page.location.hash));
  const follow = () => store.set(parseRoute(page.location.hash));
  page.addEventListener('hashchange', follow);
  return {
    get: store.get,
    subscribe: store.subscribe,
    go(route) {
      page.location.hash = formatRoute(route);
      store.set(route);
    },
    replace(route) {
      page.history.replaceState(null, '', formatRoute(route));
      store.set(route);
    },
    dispose: () => page.removeEventListener('hashchange', follow),
  };
}

import type { App, Session, WebContents } from 'electron';
import { APP_ORIGIN } from '../../contract/preload-api.ts';

/** Whether a URL belongs to the app's own windows; the origin must be exact. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}` === APP_ORIGIN;
}

export interface GuardOptions {
  /** A page asked for a window with this address. */
  readonly openExternal: (url: string) => void;
}

/** Denies what a web page could reach by navigation, new windows and embedded content; holds for every contents ever made. */
export function guardContents(app: App, options: GuardOptions): void {
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents);
    contents.setWindowOpenHandler(({ url }) => {
      options.openExternal(url);
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', event => event.preventDefault());
  });
}

/** The app's own pages, in the main frame: there are no frames in them. `will-frame-navigate` comes for each frame, the main one too. */
function guardNavigation(contents: WebContents): void {
  contents.on('will-frame-navigate', event => {
    if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', event => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
}

/** The renderer copies masked text; pasting comes with a key press and needs no permission. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Denies every permission but that one, and it only to a frame with the app's own origin, whoever embeds it. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(ALLOWED_PERMISSIONS.has(permission) && details.isMainFrame && isAppUrl(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => isAppUrl(origin) && ALLOWED_PERMISSIONS.has(permission),
  );
  session.setDevicePermissionHandler(() => false);
}

const NETWORK_PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:', 'file:']);

/** Pages speak to main only. What a content security policy does not see (a link that downloads, a prefetch) ends here. */
export function guardNetwork(session: Session): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !URL.canParse(url) || NETWORK_PROTOCOLS.has(new URL(url).protocol) });
  });
}

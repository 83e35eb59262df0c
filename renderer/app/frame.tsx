import { WifiOff } from 'lucide-react';
import { Admin } from '../admin/admin.tsx';
import { Approvals } from '../approvals/approvals.tsx';
import { Audit } from '../audit/audit.tsx';
import { Insights } from '../insights/insights.tsx';
import { Keys } from '../keys/keys.tsx';
import { Launcher } from '../launcher/launcher.tsx';
import { LiveView } from '../live/live-view.tsx';
import { Player } from '../review/player.tsx';
import { Recordings } from '../review/recordings.tsx';
import { SessionPage } from '../session/session-page.tsx';
import { SessionTabs } from '../session/session-tabs.tsx';
import { Settings } from '../settings/settings.tsx';
import { Overlays } from './commands/overlays.tsx';
import { useDeepLinks } from './deep-links.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Rail } from './rail.tsx';
import type { Route } from './router.ts';
import { useAppState, useServices } from './services-context.tsx';
import { useStore } from './store.ts';
import { t } from '../texts/t.ts';

/** The window of an enrolled person: rail, banner, tabs of running sessions, and one view. */
export function Frame() {
  const route = useStore(useServices().router);
  useDeepLinks();
  return (
    <div className="frame">
      <a className="skip-link" href="#view" onClick={skipToView}>
        {t.app.skipToContent}
      </a>
      <Rail route={route} />
      <div className="frame-body">
        <OfflineBanner />
        <SessionTabs route={route} />
        <main id="view" className="frame-view" data-view={route.view} tabIndex={-1}>
          <ErrorBoundary key={keyOf(route)}>
            <View route={route} />
          </ErrorBoundary>
        </main>
      </div>
      <Overlays />
    </div>
  );
}

function View({ route }: { readonly route: Route }) {
  switch (route.view) {
    case 'launcher':
      return <Launcher requestTarget={route.request ?? null} />;
    case 'session':
      return <SessionPage sessionId={route.sessionId} />;
    case 'approvals':
      return <Approvals />;
    case 'recordings':
      return <Recordings query={route.query ?? ''} />;
    case 'recording':
      return <Player key={route.recordingId} recordingId={route.recordingId} atMs={route.atMs ?? null} />;
    case 'live':
      return <LiveView key={route.sessionId} sessionId={route.sessionId} />;
    case 'keys':
      return <Keys />;
    case 'audit':
      return <Audit />;
    case 'admin':
      return <Admin section={route.section ?? 'targets'} />;
    case 'insights':
      return <Insights />;
    case 'settings':
      return <Settings />;
  }
}

/** What is out of reach, and what that means for running sessions. */
function OfflineBanner() {
  const isConnected = useStore(useServices().isConnected);
  const { server } = useAppState();
  if (isConnected && server.state === 'online') return null;
  return (
    <div
      className="banner"
      role="status"
      data-tone={isConnected && server.state === 'connecting' ? 'plain' : 'danger'}
    >
      <WifiOff size={16} aria-hidden />
      {!isConnected ? (
        <p>
          <strong>{t.app.mainIsGone}</strong> {t.app.mainIsGoneMeans}
        </p>
      ) : server.state === 'connecting' ? (
        <p>{t.app.reachingServer}</p>
      ) : (
        <p>
          <strong>{t.app.serverIsGone}</strong> {server.message ?? t.app.checkNetwork}{' '}
          {t.app.serverIsGoneMeans}
        </p>
      )}
    </div>
  );
}

function keyOf(route: Route): string {
  // filters of a list are no other view: what is typed into one keeps its place
  // and the focus that moves between the panes of a window leaves them where they are
  const isOne = route.view === 'recordings' || route.view === 'session' || route.view === 'launcher';
  return isOne ? route.view : JSON.stringify(route);
}

/** The fragment belongs to the router, so the link moves the focus itself. */
function skipToView(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('view')?.focus();
}

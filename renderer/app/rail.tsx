import type { LucideIcon } from 'lucide-react';
import { Clapperboard, DoorOpen, KeyRound, ListChecks, ScrollText } from 'lucide-react';
import { AboutShell } from './about-shell.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Logo } from './logo.tsx';
import type { Route } from './router.ts';
import { formatRoute } from './router.ts';
import { useAccount, useServices } from './services-context.tsx';
import { waitsFor } from '../review/decisions/review-words.ts';
import { useStore } from './store.ts';
import { ThemeMenu } from './theme-menu.tsx';

interface Place {
  readonly route: Route;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isShown: boolean;
  readonly count?: number;
  /** what the count is of */
  readonly countWords?: string;
}

/** Where one can go; only what the account's roles open. */
export function Rail({ route }: { readonly route: Route }) {
  const { recordings, requests } = useServices();
  const { id, roles } = useAccount();
  const toDecide = (useStore(requests).value ?? []).filter(
    request => request.state === 'pending' && request.requester.id !== id,
  ).length;
  const isReviewer = roles.includes('reviewer');
  const toReview = (useStore(recordings).value ?? []).filter(
    recording => isReviewer && recording.review.dueAtMs !== null && waitsFor(recording, id),
  ).length;
  const isAdministrator = roles.includes('administrator');
  const places: Place[] = [
    { route: { view: 'launcher' }, label: 'Launcher', icon: DoorOpen, isShown: true },
    {
      route: { view: 'approvals' },
      label: 'Approvals',
      icon: ListChecks,
      isShown: roles.includes('approver'),
      count: toDecide,
      countWords: 'to decide',
    },
    {
      route: { view: 'recordings' },
      label: 'Recordings',
      icon: Clapperboard,
      isShown: isAdministrator || isReviewer,
      count: toReview,
      countWords: 'to review by a date',
    },
    {
      route: { view: 'keys' },
      label: 'Keys',
      icon: KeyRound,
      isShown: isAdministrator || roles.includes('reviewer'),
    },
    {
      route: { view: 'audit' },
      label: 'Audit',
      icon: ScrollText,
      isShown: isAdministrator || isReviewer,
    },
  ];
  return (
    <header className="rail">
      <div className="rail-brand">
        <Logo />
        <span className="visually-hidden">Sallyport</span>
      </div>
      <nav aria-label="Views" className="rail-places">
        {places
          .filter(place => place.isShown)
          .map(place => (
            <PlaceLink key={place.label} place={place} isCurrent={isIn(route, place.route)} />
          ))}
      </nav>
      <div className="rail-foot">
        <ThemeMenu />
        <AboutShell />
        <AccountMenu />
      </div>
    </header>
  );
}

function PlaceLink({ place, isCurrent }: { readonly place: Place; readonly isCurrent: boolean }) {
  const { icon: Icon, label, count = 0, countWords = '' } = place;
  return (
    <a
      className="place"
      href={formatRoute(place.route)}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={count > 0 ? `${label}, ${count} ${countWords}` : label}
    >
      <Icon size={20} aria-hidden />
      <span className="place-label">{label}</span>
      {count > 0 && <span className="place-count">{count}</span>}
    </a>
  );
}

function isIn(route: Route, place: Route): boolean {
  const isPart = route.view === 'recording' || route.view === 'live';
  return route.view === place.view || (isPart && place.view === 'recordings');
}

import { CircleHelp, Command } from 'lucide-react';
import { waitsFor } from '../review/decisions/review-words.ts';
import { IconButton } from '../design/button.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useShownChord } from './commands/use-shown-chord.ts';
import { HelpMenu } from './help-menu.tsx';
import { Logo } from './logo.tsx';
import type { Place } from './places.ts';
import { isAt, placesOf, SETTINGS_PLACE } from './places.ts';
import type { Route } from './router.ts';
import { formatRoute } from './router.ts';
import { useAccount, useServices } from './services-context.tsx';
import { useStore } from './store.ts';
import { t } from '../texts/t.ts';

/** Where one can go; only what the account's roles open. */
export function Rail({ route }: { readonly route: Route }) {
  const { overlay } = useServices();
  const { roles } = useAccount();
  const waiting = useWaiting();
  const paletteChord = useShownChord('palette');
  return (
    <header className="rail">
      <div className="rail-brand">
        <Logo />
        <span className="visually-hidden">Sallyport</span>
      </div>
      <nav aria-label={t.app.views} className="rail-places">
        {placesOf(roles).map(place => (
          <PlaceLink
            key={place.route.view}
            place={place}
            isCurrent={isAt(place, route)}
            waiting={waiting[place.route.view]}
          />
        ))}
        <PlaceLink place={SETTINGS_PLACE} isCurrent={isAt(SETTINGS_PLACE, route)} />
      </nav>
      <div className="rail-foot">
        <IconButton
          icon={Command}
          label={t.app.commandPalette}
          {...(paletteChord === null ? {} : { keys: paletteChord })}
          onPress={() => overlay.set({ kind: 'palette' })}
        />
        <HelpMenu trigger={<IconButton icon={CircleHelp} label={t.app.help} />} />
        <AccountMenu />
      </div>
    </header>
  );
}

interface Waiting {
  readonly count: number;
  /** the place with the count and what it is of */
  readonly words: (place: string, count: number) => string;
}

/** What waits for this person, by view. */
function useWaiting(): Partial<Record<Route['view'], Waiting>> {
  const { recordings, requests } = useServices();
  const { id, roles } = useAccount();
  const toDecide = (useStore(requests).value ?? []).filter(
    request => request.state === 'pending' && request.requester.id !== id,
  ).length;
  const toReview = (useStore(recordings).value ?? []).filter(
    recording => roles.includes('reviewer') && recording.review.dueAtMs !== null && waitsFor(recording, id),
  ).length;
  return {
    approvals: { count: toDecide, words: t.app.placeToDecide },
    recordings: { count: toReview, words: t.app.placeToReview },
  };
}

interface PlaceLinkProps {
  readonly place: Place;
  readonly isCurrent: boolean;
  readonly waiting?: Waiting | undefined;
}

function PlaceLink({ place, isCurrent, waiting }: PlaceLinkProps) {
  const { icon: Icon, label } = place;
  const count = waiting?.count ?? 0;
  return (
    <a
      className="place"
      href={formatRoute(place.route)}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={waiting !== undefined && count > 0 ? waiting.words(label, count) : label}
    >
      <Icon size={20} aria-hidden />
      <span className="place-label">{label}</span>
      {count > 0 && <span className="place-count">{count}</span>}
    </a>
  );
}

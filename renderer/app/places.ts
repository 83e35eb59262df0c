import type { LucideIcon } from 'lucide-react';
import {
  ChartColumn,
  Clapperboard,
  DoorOpen,
  KeyRound,
  ListChecks,
  ScrollText,
  Settings2,
  ShieldCheck,
} from 'lucide-react';
import type { Role } from '../../contract/server-api.ts';
import { t } from '../texts/t.ts';
import type { Route } from './router.ts';

/** A view as a place to go to: what the rail, the palette and the keys of the window share. */
export interface Place {
  readonly route: Route;
  readonly label: string;
  readonly icon: LucideIcon;
  /** who has it: any of these roles; everybody where not given */
  readonly roles?: readonly Role[];
  /** what is done there, for whoever searches by that */
  readonly words: string;
}

type PlainView = Exclude<Route['view'], 'session' | 'recording' | 'live'>;

function placeOf(view: PlainView, icon: LucideIcon, roles?: readonly Role[]): Place {
  return {
    route: { view },
    icon,
    ...(roles === undefined ? {} : { roles }),
    get label() {
      return t.places[view];
    },
    get words() {
      return t.places[`${view}Words`];
    },
  };
}

const PLACES: readonly Place[] = [
  placeOf('launcher', DoorOpen),
  placeOf('approvals', ListChecks, ['approver']),
  placeOf('recordings', Clapperboard, ['reviewer', 'administrator']),
  placeOf('keys', KeyRound, ['reviewer', 'administrator']),
  placeOf('audit', ScrollText, ['reviewer', 'administrator']),
  placeOf('insights', ChartColumn, ['approver', 'reviewer', 'administrator']),
  placeOf('admin', ShieldCheck, ['administrator']),
];

/** Not one of the views of a role: it stands at the end of the rail. */
export const SETTINGS_PLACE: Place = placeOf('settings', Settings2);

/** The views that somebody with these roles has, in the order of the rail. */
export function placesOf(roles: readonly Role[]): readonly Place[] {
  return PLACES.filter(place => place.roles === undefined || place.roles.some(role => roles.includes(role)));
}

/** Whether a route belongs to a place; what is opened from a list belongs to that list. */
export function isAt(place: Place, route: Route): boolean {
  const isPart = route.view === 'recording' || route.view === 'live';
  return route.view === place.route.view || (isPart && place.route.view === 'recordings');
}

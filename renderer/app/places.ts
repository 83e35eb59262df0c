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

const PLACES: readonly Place[] = [
  {
    route: { view: 'launcher' },
    label: 'Launcher',
    icon: DoorOpen,
    words: 'home my grants access requests sessions',
  },
  {
    route: { view: 'approvals' },
    label: 'Approvals',
    icon: ListChecks,
    roles: ['approver'],
    words: 'decide approve deny narrow running sessions revoke suspend live',
  },
  {
    route: { view: 'recordings' },
    label: 'Recordings',
    icon: Clapperboard,
    roles: ['reviewer', 'administrator'],
    words: 'review replay import evidence',
  },
  {
    route: { view: 'keys' },
    label: 'Keys',
    icon: KeyRound,
    roles: ['reviewer', 'administrator'],
    words: 'recipients identity reviewer groups break-glass shares',
  },
  {
    route: { view: 'audit' },
    label: 'Audit',
    icon: ScrollText,
    roles: ['reviewer', 'administrator'],
    words: 'audit log who did what',
  },
  {
    route: { view: 'insights' },
    label: 'Insights',
    icon: ChartColumn,
    roles: ['approver', 'reviewer', 'administrator'],
    words: 'plots numbers statistics exposure time to approval revocation alerts',
  },
  {
    route: { view: 'admin' },
    label: 'Admin',
    icon: ShieldCheck,
    roles: ['administrator'],
    words: 'targets access policy dry run people accounts groups test connection',
  },
];

/** Not one of the views of a role: it stands at the end of the rail. */
export const SETTINGS_PLACE: Place = {
  route: { view: 'settings' },
  label: 'Settings',
  icon: Settings2,
  words: 'preferences theme contrast density font bell notifications keys device',
};

/** The views that somebody with these roles has, in the order of the rail. */
export function placesOf(roles: readonly Role[]): readonly Place[] {
  return PLACES.filter(place => place.roles === undefined || place.roles.some(role => roles.includes(role)));
}

/** Whether a route belongs to a place; what is opened from a list belongs to that list. */
export function isAt(place: Place, route: Route): boolean {
  const isPart = route.view === 'recording' || route.view === 'live';
  return route.view === place.route.view || (isPart && place.route.view === 'recordings');
}

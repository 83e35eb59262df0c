import {
  Clapperboard,
  CircleHelp,
  Contrast,
  Keyboard,
  LockKeyhole,
  Moon,
  Plus,
  Rows3,
  SquareTerminal,
  Sun,
  SunMoon,
  UserRound,
} from 'lucide-react';
import type { SessionView } from '../../../contract/ipc.ts';
import type {
  AccessRequest,
  Account,
  GrantRecord,
  RecordingSummary,
  SessionRecord,
  TargetSummary,
} from '../../../contract/server-api.ts';
import { usableGrants } from '../../launcher/grant-groups.ts';
import { agoWords } from '../duration-words.ts';
import { placesOf, SETTINGS_PLACE } from '../places.ts';
import type { Preferences } from '../preferences.ts';
import type { Route } from '../router.ts';
import type { Command } from './command.ts';
import { chordOf } from './window-keys.ts';

/** What this window knows of an account; lists that are not there yet are empty. */
export interface AccountView {
  readonly account: Account;
  /** enrolled in this client */
  readonly accounts: readonly Account[];
  readonly targets: readonly TargetSummary[];
  readonly grants: readonly GrantRecord[];
  readonly requests: readonly AccessRequest[];
  /** wherever they run */
  readonly sessions: readonly SessionRecord[];
  /** open in this window */
  readonly open: readonly SessionView[];
  readonly recordings: readonly RecordingSummary[];
  readonly nowMs: number;
}

/** What commands do. */
export interface Deeds {
  go(route: Route): void;
  request(targetId?: string): void;
  connect(grant: GrantRecord): void;
  lock(session: SessionView): void;
  actAs(account: Account): void;
  prefer(change: Partial<Preferences>): void;
  showShortcuts(): void;
  showGuide(): void;
}

/** Every view and action that the account may use, and everything that it can go to. */
export function accountCommands(view: AccountView, deeds: Deeds): Command[] {
  const { roles } = view.account;
  const isOperator = roles.includes('operator');
  return [
    ...viewCommands(view, deeds),
    ...(isOperator ? [requestCommand(deeds)] : []),
    ...(isOperator ? grantCommands(view, deeds) : []),
    ...openSessionCommands(view, deeds),
    ...(roles.includes('approver') ? runningCommands(view, deeds) : []),
    ...(isOperator ? targetCommands(view, deeds) : []),
    ...(roles.includes('reviewer') ? recordingCommands(view, deeds) : []),
    ...accountChoices(view, deeds),
    ...helpCommands(deeds),
    ...appearanceCommands(deeds),
  ];
}

function viewCommands({ account }: AccountView, { go }: Deeds): Command[] {
  const numbered = placesOf(account.roles).map((place, index) => ({
    place,
    chord: chordOf(`view-${index + 1}`),
  }));
  return [...numbered, { place: SETTINGS_PLACE, chord: chordOf('settings') }].map(({ place, chord }) => ({
    id: `view-${place.label}`,
    group: 'Views',
    label: place.label,
    words: place.words,
    icon: place.icon,
    chord,
    run: () => go(place.route),
  }));
}

function requestCommand({ request }: Deeds): Command {
  return {
    id: 'request',
    group: 'Actions',
    label: 'Request access',
    words: 'new ask grant',
    icon: Plus,
    chord: chordOf('request'),
    run: () => request(),
  };
}

function grantCommands({ account, grants, nowMs, open }: AccountView, { connect }: Deeds): Command[] {
  return usableGrants(grants, account.id, nowMs)
    .filter(grant => !open.some(session => session.grant.id === grant.id && session.access.phase !== 'ended'))
    .map(grant => ({
      id: `connect-${grant.id}`,
      group: 'Actions',
      label: `Connect to ${grant.target.name}`,
      detail: `${grant.account} · ${grant.reason}`,
      words: 'open session terminal',
      icon: SquareTerminal,
      run: () => connect(grant),
    }));
}

function openSessionCommands({ account, open }: AccountView, { go, lock }: Deeds): Command[] {
  return open
    .filter(({ grant }) => grant.holder.id === account.id)
    .flatMap(session => {
      const { sessionId, grant, access } = session;
      const detail = `${grant.account} · ${grant.reason}`;
      const show: Command = {
        id: `session-${sessionId}`,
        group: 'Sessions',
        label: `Go to session ${grant.target.name}`,
        detail: access.phase === 'ended' ? `${detail} · ended` : detail,
        words: 'terminal tab',
        icon: SquareTerminal,
        run: () => go({ view: 'session', sessionId }),
      };
      const cover: Command = {
        id: `lock-${sessionId}`,
        group: 'Sessions',
        label: `Lock session ${grant.target.name}`,
        detail,
        words: 'cover',
        icon: LockKeyhole,
        run: () => lock(session),
      };
      return access.phase === 'granted' || access.phase === 'expiring' ? [show, cover] : [show];
    });
}

function runningCommands({ sessions }: AccountView, { go }: Deeds): Command[] {
  return sessions
    .filter(session => session.endedAtMs === null)
    .map(session => ({
      id: `live-${session.id}`,
      group: 'Sessions',
      label: `Watch ${session.operator.name} on ${session.target.name}`,
      detail: session.account,
      words: 'live suspend revoke',
      icon: SquareTerminal,
      run: () => go({ view: 'live', sessionId: session.id }),
    }));
}

function targetCommands({ targets }: AccountView, { request }: Deeds): Command[] {
  return targets.map(target => ({
    id: `target-${target.id}`,
    group: 'Targets',
    label: `Request access to ${target.name}`,
    detail: `${target.environment} · ${target.kind} · ${target.host}`,
    words: target.description,
    icon: Plus,
    run: () => request(target.id),
  }));
}

function recordingCommands({ recordings, nowMs }: AccountView, { go }: Deeds): Command[] {
  return recordings
    .filter(recording => recording.state !== 'running' && recording.deletion === null)
    .toSorted((a, b) => b.session.startedAtMs - a.session.startedAtMs)
    .map(({ id, session }) => ({
      id: `recording-${id}`,
      group: 'Recordings',
      label: `Replay ${session.target.name}`,
      detail: `${session.operator.name} as ${session.account}, ${agoWords(nowMs - session.startedAtMs)}`,
      words: `review ${id}`,
      icon: Clapperboard,
      run: () => go({ view: 'recording', recordingId: id }),
    }));
}

function accountChoices({ account, accounts }: AccountView, { actAs }: Deeds): Command[] {
  return accounts
    .filter(({ id }) => id !== account.id)
    .map(other => ({
      id: `act-as-${other.id}`,
      group: 'Actions',
      label: `Act as ${other.name}`,
      detail: other.roles.join(', '),
      words: 'account change switch',
      icon: UserRound,
      run: () => actAs(other),
    }));
}

function helpCommands({ showShortcuts, showGuide }: Deeds): Command[] {
  return [
    {
      id: 'shortcuts',
      group: 'Actions',
      label: 'Keyboard shortcuts',
      words: 'keys help',
      icon: Keyboard,
      chord: chordOf('shortcuts'),
      run: showShortcuts,
    },
    {
      id: 'guide',
      group: 'Actions',
      label: 'Show the guide',
      words: 'help first steps start',
      icon: CircleHelp,
      run: showGuide,
    },
  ];
}

function appearanceCommands({ prefer }: Deeds): Command[] {
  const choice = (
    id: string,
    label: string,
    icon: Command['icon'],
    change: Partial<Preferences>,
  ): Command => ({
    id,
    group: 'Appearance',
    label,
    words: 'appearance colours view',
    icon,
    run: () => prefer(change),
  });
  return [
    choice('theme-system', 'Theme: as the system', SunMoon, { theme: 'system' }),
    choice('theme-dark', 'Theme: dark', Moon, { theme: 'dark' }),
    choice('theme-light', 'Theme: light', Sun, { theme: 'light' }),
    choice('contrast-high', 'Contrast: high', Contrast, { contrast: 'high' }),
    choice('contrast-usual', 'Contrast: usual', Contrast, { contrast: 'usual' }),
    choice('density-compact', 'Density: compact', Rows3, { density: 'compact' }),
    choice('density-comfortable', 'Density: comfortable', Rows3, { density: 'comfortable' }),
  ];
}

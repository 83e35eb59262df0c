import {
  Clapperboard,
  CircleHelp,
  Contrast,
  Keyboard,
  Languages,
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
import { rolesWords } from '../roles-words.ts';
import { t } from '../../texts/t.ts';

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
    id: `view-${place.route.view}`,
    group: 'views',
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
    group: 'actions',
    label: t.palette.requestAccess,
    words: t.palette.requestWords,
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
      group: 'actions',
      label: t.palette.connectTo(grant.target.name),
      detail: `${grant.account} · ${grant.reason}`,
      words: t.palette.connectWords,
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
        group: 'sessions',
        label: t.palette.goToSession(grant.target.name),
        detail: access.phase === 'ended' ? t.palette.ended(detail) : detail,
        words: t.palette.sessionWords,
        icon: SquareTerminal,
        run: () => go({ view: 'session', sessionId }),
      };
      const cover: Command = {
        id: `lock-${sessionId}`,
        group: 'sessions',
        label: t.palette.lockSession(grant.target.name),
        detail,
        words: t.palette.lockWords,
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
      group: 'sessions',
      label: t.palette.watch(session.operator.name, session.target.name),
      detail: session.account,
      words: t.palette.watchWords,
      icon: SquareTerminal,
      run: () => go({ view: 'live', sessionId: session.id }),
    }));
}

function targetCommands({ targets }: AccountView, { request }: Deeds): Command[] {
  return targets.map(target => ({
    id: `target-${target.id}`,
    group: 'targets',
    label: t.palette.requestAccessTo(target.name),
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
      group: 'recordings',
      label: t.palette.replay(session.target.name),
      detail: t.palette.replayed(
        session.operator.name,
        session.account,
        agoWords(nowMs - session.startedAtMs),
      ),
      words: `${t.palette.replayWords} ${id}`,
      icon: Clapperboard,
      run: () => go({ view: 'recording', recordingId: id }),
    }));
}

function accountChoices({ account, accounts }: AccountView, { actAs }: Deeds): Command[] {
  return accounts
    .filter(({ id }) => id !== account.id)
    .map(other => ({
      id: `act-as-${other.id}`,
      group: 'actions',
      label: t.palette.actAs(other.name),
      detail: rolesWords(other.roles),
      words: t.palette.actAsWords,
      icon: UserRound,
      run: () => actAs(other),
    }));
}

function helpCommands({ showShortcuts, showGuide }: Deeds): Command[] {
  return [
    {
      id: 'shortcuts',
      group: 'actions',
      label: t.app.keyboardShortcuts,
      words: t.palette.shortcutsWords,
      icon: Keyboard,
      chord: chordOf('shortcuts'),
      run: showShortcuts,
    },
    {
      id: 'guide',
      group: 'actions',
      label: t.app.showGuide,
      words: t.palette.guideWords,
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
    group: 'appearance',
    label,
    words: t.palette.appearanceWords,
    icon,
    run: () => prefer(change),
  });
  const language = (id: string, label: string, change: Partial<Preferences>): Command => ({
    ...choice(id, label, Languages, change),
    words: t.palette.languageWords,
  });
  return [
    choice('theme-system', t.palette.themeSystem, SunMoon, { theme: 'system' }),
    choice('theme-dark', t.palette.themeDark, Moon, { theme: 'dark' }),
    choice('theme-light', t.palette.themeLight, Sun, { theme: 'light' }),
    choice('contrast-high', t.palette.contrastHigh, Contrast, { contrast: 'high' }),
    choice('contrast-usual', t.palette.contrastUsual, Contrast, { contrast: 'usual' }),
    choice('density-compact', t.palette.densityCompact, Rows3, { density: 'compact' }),
    choice('density-comfortable', t.palette.densityComfortable, Rows3, { density: 'comfortable' }),
    language('language-system', t.palette.languageSystem, { language: 'system' }),
    language('language-en', t.palette.languageEnglish, { language: 'en' }),
    language('language-de', t.palette.languageGerman, { language: 'de' }),
  ];
}

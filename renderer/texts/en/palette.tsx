import type { ReactNode } from 'react';
import { plural } from '../format.ts';

/** The command palette and the sheet of shortcuts. `…Words` are searched and not shown. */
export const palette = {
  find: 'Find a view, an action, a target, a session or a recording',
  placeholder: 'Where to, or what to do?',
  list: 'Commands',
  none: 'Nothing found',
  commands: (count: number) => plural(count, { one: '# command', other: '# commands' }),
  noneCalled: (text: string) => `Nothing is called “${text}”. Try part of a target, a person or a view.`,

  requestAccess: 'Request access',
  requestWords: 'new ask grant',
  connectTo: (target: string) => `Connect to ${target}`,
  connectWords: 'open session terminal',
  goToSession: (target: string) => `Go to session ${target}`,
  sessionWords: 'terminal tab',
  ended: (detail: string) => `${detail} · ended`,
  lockSession: (target: string) => `Lock session ${target}`,
  lockWords: 'cover',
  watch: (operator: string, target: string) => `Watch ${operator} on ${target}`,
  watchWords: 'live suspend revoke',
  requestAccessTo: (target: string) => `Request access to ${target}`,
  replay: (target: string) => `Replay ${target}`,
  replayed: (operator: string, account: string, ago: string) => `${operator} as ${account}, ${ago}`,
  replayWords: 'review',
  actAs: (name: string) => `Act as ${name}`,
  actAsWords: 'account change switch',
  shortcutsWords: 'keys help',
  guideWords: 'help first steps start',
  appearanceWords: 'appearance colours view',
  themeSystem: 'Theme: as the system',
  themeDark: 'Theme: dark',
  themeLight: 'Theme: light',
  contrastHigh: 'Contrast: high',
  contrastUsual: 'Contrast: usual',
  densityCompact: 'Density: compact',
  densityComfortable: 'Density: comfortable',
  languageSystem: 'Language: as the system',
  languageEnglish: 'Language: English',
  languageGerman: 'Language: Deutsch',
  languageWords: 'language Sprache',

  shortcuts: 'Shortcuts',
  everywhere: 'Everywhere',
  inTerminal: 'In a terminal',
  inReplay: 'In a replay',
  withCmd: 'In a terminal: those with Cmd.',
  withCtrlShift: 'In a terminal: those with Ctrl and Shift.',
  singleKeys: (settingsLink: ReactNode) => (
    <>Keys without Ctrl or Cmd can be switched off in {settingsLink}.</>
  ),
};

export const commandGroups = {
  views: 'Views',
  actions: 'Actions',
  sessions: 'Sessions',
  targets: 'Targets',
  recordings: 'Recordings',
  appearance: 'Appearance',
};

/** What the keys of a terminal do. */
export const terminalKeys = {
  copy: 'Copy the selection',
  paste: 'Paste',
  search: 'Search in what was shown',
  larger: 'Larger text',
  smaller: 'Smaller text',
  'usual-size': 'Usual text',
  'next-tab': 'Next session',
  'previous-tab': 'Previous session',
  leave: 'Leave the terminal for the bar above it',
  'split-right': 'Show another session to the right',
  'split-below': 'Show another session below',
  close: 'Close this pane',
  'focus-left': 'To the pane at the left',
  'focus-right': 'To the pane at the right',
  'focus-up': 'To the pane above',
  'focus-down': 'To the pane below',
};

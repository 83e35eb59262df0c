import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const palette: Texts['palette'] = {
  find: 'Ansicht, Aktion, Ziel, Sitzung oder Aufzeichnung finden',
  placeholder: 'Wohin, oder was tun?',
  list: 'Befehle',
  none: 'Nichts gefunden',
  commands: count => plural(count, { one: '# Befehl', other: '# Befehle' }),
  noneCalled: text =>
    `Nichts heißt „${text}“. Versuchen Sie es mit einem Teil eines Ziels, einer Person oder einer Ansicht.`,

  requestAccess: 'Zugriff anfragen',
  requestWords: 'neu anfragen Freigabe',
  connectTo: target => `Verbinden mit ${target}`,
  connectWords: 'Sitzung öffnen Terminal',
  goToSession: target => `Zur Sitzung ${target}`,
  sessionWords: 'Terminal Reiter',
  ended: detail => `${detail} · beendet`,
  lockSession: target => `Sitzung ${target} sperren`,
  lockWords: 'verdecken',
  watch: (operator, target) => `${operator} auf ${target} zusehen`,
  watchWords: 'live anhalten widerrufen',
  requestAccessTo: target => `Zugriff auf ${target} anfragen`,
  replay: target => `${target} wiedergeben`,
  replayed: (operator, account, ago) => `${operator} als ${account}, ${ago}`,
  replayWords: 'prüfen',
  actAs: name => `Handeln als ${name}`,
  actAsWords: 'Konto wechseln',
  shortcutsWords: 'Tasten Hilfe',
  guideWords: 'Hilfe Anleitung Anfang',
  appearanceWords: 'Darstellung Farben Ansicht',
  themeSystem: 'Farbschema: wie das System',
  themeDark: 'Farbschema: dunkel',
  themeLight: 'Farbschema: hell',
  contrastHigh: 'Kontrast: hoch',
  contrastUsual: 'Kontrast: normal',
  densityCompact: 'Dichte: kompakt',
  densityComfortable: 'Dichte: bequem',
  languageSystem: 'Sprache: wie das System',
  languageEnglish: 'Sprache: English',
  languageGerman: 'Sprache: Deutsch',
  languageWords: 'language Sprache',

  shortcuts: 'Kürzel',
  everywhere: 'Überall',
  inTerminal: 'In einem Terminal',
  inReplay: 'In einer Wiedergabe',
  withCmd: 'In einem Terminal: die mit Cmd.',
  withCtrlShift: 'In einem Terminal: die mit Ctrl (Strg) und Shift (Umschalt).',
  singleKeys: settingsLink => (
    <>Tasten ohne Ctrl (Strg) oder Cmd lassen sich in den {settingsLink} ausschalten.</>
  ),
};

export const commandGroups: Texts['commandGroups'] = {
  views: 'Ansichten',
  actions: 'Aktionen',
  sessions: 'Sitzungen',
  targets: 'Ziele',
  recordings: 'Aufzeichnungen',
  appearance: 'Darstellung',
};

export const terminalKeys: Texts['terminalKeys'] = {
  copy: 'Auswahl kopieren',
  paste: 'Einfügen',
  search: 'Im Gezeigten suchen',
  larger: 'Größere Schrift',
  smaller: 'Kleinere Schrift',
  'usual-size': 'Normale Schrift',
  'next-tab': 'Nächste Sitzung',
  'previous-tab': 'Vorherige Sitzung',
  leave: 'Das Terminal zur Leiste darüber verlassen',
  'split-right': 'Weitere Sitzung rechts zeigen',
  'split-below': 'Weitere Sitzung darunter zeigen',
  close: 'Diesen Bereich schließen',
  'focus-left': 'Zum Bereich links',
  'focus-right': 'Zum Bereich rechts',
  'focus-up': 'Zum Bereich darüber',
  'focus-down': 'Zum Bereich darunter',
};

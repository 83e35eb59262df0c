/** What the desktop shell says itself, beside its windows: tray, menu bar, the question before a link is opened. */
export interface ShellTexts {
  readonly open: string;
  readonly noSession: string;
  readonly lockAll: string;
  readonly quit: string;
  /** `target` is locked */
  readonly locked: (target: string) => string;
  /** `when`: as `endsIn` says it */
  readonly ends: (target: string, when: string) => string;
  readonly summary: (sessions: number, target: string, when: string) => string;
  readonly endsIn: (value: number, unit: 'minute' | 'hour') => string;
  readonly endsNow: string;
  readonly edit: string;
  readonly view: string;
  readonly openLink: string;
  readonly openLinkNow: string;
  readonly cancel: string;
}

const inEnglish = new Intl.RelativeTimeFormat('en-GB');
const inGerman = new Intl.RelativeTimeFormat('de-DE');

export const ENGLISH: ShellTexts = {
  open: 'Open Sallyport',
  noSession: 'No session is running',
  lockAll: 'Lock every session',
  quit: 'Quit',
  locked: target => `${target}: locked`,
  ends: (target, when) => `${target}: ends ${when}`,
  summary: (sessions, target, when) =>
    `Sallyport: ${sessions === 1 ? 'one session' : `${sessions} sessions`}, ${target} ends ${when}`,
  endsIn: (value, unit) => inEnglish.format(value, unit),
  endsNow: 'within a minute',
  edit: 'Edit',
  view: 'View',
  openLink: 'Open this link outside Sallyport?',
  openLinkNow: 'Open',
  cancel: 'Cancel',
};

const GERMAN: ShellTexts = {
  open: 'Sallyport öffnen',
  noSession: 'Keine Sitzung läuft',
  lockAll: 'Alle Sitzungen sperren',
  quit: 'Beenden',
  locked: target => `${target}: gesperrt`,
  ends: (target, when) => `${target}: endet ${when}`,
  summary: (sessions, target, when) =>
    `Sallyport: ${sessions === 1 ? 'eine Sitzung' : `${sessions} Sitzungen`}, ${target} endet ${when}`,
  endsIn: (value, unit) => inGerman.format(value, unit),
  endsNow: 'innerhalb einer Minute',
  edit: 'Bearbeiten',
  view: 'Ansicht',
  openLink: 'Diesen Link außerhalb von Sallyport öffnen?',
  openLinkNow: 'Öffnen',
  cancel: 'Abbrechen',
};

/** In the first of the system's languages (BCP 47) that there is, else in English: the choice of a window is the window's own. */
export function shellTexts(systemLanguages: readonly string[]): ShellTexts {
  const primary = systemLanguages.map(tag => tag.toLowerCase().split('-')[0]);
  return primary.find(tag => tag === 'en' || tag === 'de') === 'de' ? GERMAN : ENGLISH;
}

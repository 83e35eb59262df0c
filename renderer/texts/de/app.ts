import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const app: Texts['app'] = {
  doesNotAnswer: 'Sallyport antwortet nicht',
  reachingMain: 'Verbindung zu Sallyport auf diesem Rechner …',
  notDrawn: 'Diese Ansicht konnte nicht gezeichnet werden',
  reload: 'Fenster neu laden',
  notDrawnMeans:
    'Ihre Sitzungen und Aufzeichnungen sind davon nicht berührt. Laden Sie das Fenster neu, um weiterzuarbeiten.',

  skipToContent: 'Zum Inhalt springen',
  views: 'Ansichten',
  placeToDecide: (place, count) => plural(count, { other: `${place}, # zu entscheiden` }),
  placeToReview: (place, count) => plural(count, { other: `${place}, # mit Frist zu prüfen` }),
  messages: 'Meldungen',
  closeMessage: 'Meldung schließen',

  mainIsGone: 'Sallyport auf diesem Rechner ist nicht erreichbar.',
  mainIsGoneMeans:
    'Es wird von selbst erneut versucht. Falls es neu gestartet wurde, öffnen Sie die neue Adresse, die es ausgegeben hat.',
  reachingServer: 'Verbindung zum Server …',
  serverIsGone: 'Der Server ist nicht erreichbar.',
  checkNetwork: 'Prüfen Sie Ihr Netz.',
  serverIsGoneMeans:
    'Laufende Sitzungen werden gesperrt, wenn ihre Lease abläuft, und öffnen sich wieder, wenn der Server innerhalb der Nachfrist antwortet.',
  serverOnline: 'Server erreichbar',
  serverConnecting: 'Verbindung zum Server wird aufgebaut',
  serverOffline: 'Server nicht erreichbar',

  account: 'Konto',
  accountOf: (name, roles, server) => `Konto: ${name}, ${roles}. ${server}`,
  actAs: 'Handeln als',
  enrolAnother: 'Weiteres Konto registrieren',

  about:
    'Zeitweiliger Zugriff auf die Produktion: aus einem Grund und für eine Zeit freigegeben, aufgezeichnet, mit verborgenen personenbezogenen Daten. Registrieren Sie diesen Rechner einmal, um zu beginnen.',
  addressIsNone: 'Geben Sie die ganze Adresse an, beginnend mit https:// oder http://.',
  codeIsShort: 'Der Code hat mindestens 8 Zeichen; bitten Sie Ihre Verwaltung um einen neuen.',
  serverAddress: 'Adresse des Servers',
  oneTimeCode: 'Einmalcode',
  codeHint:
    'Von Ihrer Verwaltung. Er gilt einmal; der Schlüssel, den er bestätigt, verlässt diesen Rechner nie.',
  enrolling: 'Wird registriert …',
  enrol: 'Diesen Rechner registrieren',

  signInAt: provider => `Bei ${provider} anmelden`,
  onAnotherDevice: 'Auf einem anderen Gerät',
  orEnrol: 'Oder mit einem Einmalcode registrieren:',
  signInOnPage: 'Melden Sie sich auf der Seite des Anbieters an. Dieses Fenster macht von selbst weiter.',
  signInOnDevice:
    'Öffnen Sie die Seite auf einem beliebigen Gerät, melden Sie sich an und vergleichen Sie diesen Code:',
  openSignInPage: 'Anmeldeseite öffnen',

  help: 'Hilfe',
  showGuide: 'Erste Schritte zeigen',
  keyboardShortcuts: 'Tastenkürzel',
  commandPalette: 'Befehlspalette',
  shell: 'Programmform',
  desktopShell: 'Desktop-Anwendung',
  webShell: 'Browserfenster (Web-Shell)',
  server: 'Server',
  noServer: 'noch keiner',
  lacksNothing: 'Dieser Programmform fehlt nichts',
  lacks: 'Was dieser Programmform fehlt',

  accessApproved: target => `Zugriff auf ${target} genehmigt`,
  accessDenied: target => `Zugriff auf ${target} abgelehnt`,
  approvedBy: name => `Genehmigt von ${name}. Die Zeit läuft.`,
  approvedNow: 'Genehmigt. Die Zeit läuft.',
  deniedBy: name => `Abgelehnt von ${name}. Die Begründung steht auf der Startseite.`,
  deniedNow: 'Abgelehnt. Die Begründung steht auf der Startseite.',
  asksFor: (name, target) => `${name} bittet um Zugriff auf ${target}`,
  asksForMore: (name, target) => `${name} bittet um mehr Zeit auf ${target}`,
  askedAs: (duration, account, environment) => `${duration} als ${account}, ${environment}.`,
  sessionOn: target => `Sitzung auf ${target}`,
  alertOfSession: 'Alarm einer laufenden Sitzung',
};

export const capabilities: Texts['capabilities'] = {
  'safe-storage': 'Sicherer Speicher',
  'power-monitor': 'Energieüberwachung',
  'content-protection': 'Schutz vor Bildschirmaufnahmen',
  menus: 'Menüs',
  'deep-links': 'Direktlinks',
  'single-instance': 'Einzelne Instanz',
};

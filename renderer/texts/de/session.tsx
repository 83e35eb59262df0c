import { number, plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const session: Texts['session'] = {
  session: 'Sitzung',
  sessions: 'Sitzungen',
  sessionOn: target => `Sitzung auf ${target}`,
  asAccount: (target, account) => (
    <>
      {target} als {account}
    </>
  ),
  headingOn: (target, account) => `Sitzung auf ${target} als ${account}`,
  about: (target, words) => `${target}: ${words}`,
  shownTogether: 'Zusammen gezeigt',
  ended: 'beendet',
  locked: 'gesperrt',
  close: target => `${target} schließen`,
  rang: 'hat das Signal gegeben',

  timeLeft: 'Verbleibende Zeit',
  search: 'Suchen',
  smallerText: 'Kleinere Schrift',
  largerText: 'Größere Schrift',
  splitRight: 'Rechts teilen',
  splitBelow: 'Unten teilen',
  moreAskedFor: duration => `${duration} mehr angefragt`,
  extend: 'Verlängern',
  noExtensionLeft: 'Keine Verlängerung mehr',
  lock: 'Sperren',
  end: 'Beenden',
  endSession: 'Sitzung beenden',
  watch: (count, names) => plural(count, { one: `${names} sieht zu`, other: `${names} sehen zu` }),

  zeroCanExtend:
    'Bei null endet die Eingabe und der Bildschirm wird verdeckt; eine Verlängerung kann ihn noch kurze Zeit wieder öffnen.',
  zeroEnds:
    'Bei null endet die Eingabe, der Bildschirm wird verdeckt und die Sitzung endet. Es gibt keine Verlängerung mehr.',
  zeroCanExtendShort: 'Bei null endet die Eingabe und der Bildschirm wird verdeckt.',
  zeroEndsShort: 'Bei null enden Eingabe und Sitzung.',
  hasEnded: 'Die Sitzung ist beendet.',
  isLocked: 'Die Sitzung ist gesperrt. Das Terminal ist verdeckt.',
  left: (duration, atZero) => `Noch ${duration}. ${atZero}`,

  lockedTitle: 'Sitzung gesperrt',
  untilEnd: 'bis zum Ende der Sitzung. Ihr Bildschirm bleibt bis dahin erhalten; Programme warten.',
  extensionAsked: duration =>
    `Eine Verlängerung um ${duration} ist angefragt. Die Sitzung öffnet sich von selbst wieder, wenn sie genehmigt ist.`,
  unlock: 'Entsperren',
  askExtension: 'Um eine Verlängerung bitten',
  opening: 'Die Sitzung wird geöffnet …',
  openingMeans: 'Das Ziel wird erreicht und die Aufzeichnung beginnt, bevor etwas gezeigt wird.',

  endedTitle: 'Sitzung beendet',
  isOver: 'Sie ist vorbei. Alles, was sie gestartet hat, wurde mit ihr beendet.',
  endedBecause: cause => `${cause}. Alles, was sie gestartet hat, wurde mit ihr beendet.`,
  target: 'Ziel',
  lasted: 'Dauer',
  masked: 'Maskiert',
  recording: 'Aufzeichnung',
  backToLauncher: 'Zurück zum Start',
  replay: 'Wiedergeben',

  notOpen: 'Diese Sitzung ist hier nicht offen',
  notOpenMeans:
    'Sie ist beendet, gehört zu einem anderen Konto oder wurde auf einem anderen Rechner geöffnet. Die letzten Sitzungen stehen auf der Startseite.',
  newPane: 'Neuer Bereich',
  showHere: 'Hier zeigen',
  closePane: 'Bereich schließen',
  openSessions: 'Offene Sitzungen',
  newSessions: 'Neue Sitzungen',
  newSessionOn: (target, account) => (
    <>
      Neue Sitzung auf {target} als {account}
    </>
  ),
  nothingToShow:
    'Es gibt gerade keine andere Sitzung und keine offene Freigabe. Fragen Sie auf der Startseite Zugriff an.',
  sizeOfPanes: 'Größe der Bereiche',
  noRoom: 'In diesem Fenster ist kein Platz für einen weiteren Bereich.',

  endOn: target => `Die Sitzung auf ${target} beenden?`,
  endMeans:
    'Mit dem Schließen endet die Sitzung und alles, was in ihr läuft. Ihre Aufzeichnung wird abgeschlossen und geht an den Server.',
  goBack: 'Zurück',
  keepInTab: 'In eigenem Reiter behalten',

  outOfReach: 'Sallyport auf diesem Rechner ist nicht erreichbar',
  outOfReachMeans:
    'Niemand kann sagen, ob Ihr Zugriff noch gilt, deshalb ist der Bildschirm verdeckt. Er kommt mit der Verbindung von selbst zurück; die Sitzung selbst endet dadurch nicht.',
  pastExpiry: 'Die Zeit dieser Freigabe ist abgelaufen',
  pastExpiryMeans:
    'Der Bildschirm ist verdeckt. Wie es weitergeht, meldet Sallyport auf diesem Rechner gleich.',

  whatMasked: 'Was maskiert wurde',
  maskedCount: count => `${number(count)} maskiert. Was wurde maskiert?`,
  maskedNow: count => <>{count} maskiert</>,
  whyMasked: 'Warum wurde dies maskiert?',
  nothingMasked:
    'Noch nichts. Personenbezogene Daten und Geheimnisse werden verborgen, bevor sie diesen Bildschirm oder die Aufzeichnung erreichen.',
  whyMask: 'ganz verborgen',
  whyPartial: 'ein erkennbarer Rest bleibt',
  whyToken: 'durch ein Pseudonym ersetzt',
  whyAllow: 'laut Richtlinie gezeigt',
  whyBlock: 'sperrt die Sitzung',
  found: 'Gefunden',
  byPolicy: name => `Nach der Richtlinie „${name}“. Die Werte selbst stehen nirgends in diesem Fenster.`,
};

export const terminal: Texts['terminal'] = {
  terminal: 'Terminal',
  menu: 'Menü des Terminals',
  copy: 'Kopieren',
  paste: 'Einfügen',
  selectAll: 'Alles auswählen',
  close: 'Schließen',
  copied: 'Kopiert, so wie es gezeigt wird.',
  notCopied:
    'Der Browser hat das Kopieren nicht erlaubt. Klicken Sie in das Terminal und versuchen Sie es erneut.',
  noClipboard: 'Das Lesen der Zwischenablage ist hier nicht erlaubt. Verwenden Sie Ctrl+Shift+V (⌘V).',
  interrupted:
    'Der Weg zum Terminal ist unterbrochen; er wird von selbst wieder aufgenommen. Bis dahin kommt nichts an, was Sie tippen.',
  takenOver:
    'Diese Sitzung wird jetzt in einem anderen Fenster gezeigt; was Sie hier tippen, kommt nicht an.',
  showHere: 'Hier zeigen',

  searchLabel: 'Im Terminal suchen',
  searchPlaceholder: 'Im Gezeigten suchen',
  noPattern: 'kein gültiges Muster',
  matchCase: 'Groß-/Kleinschreibung beachten',
  regularExpression: 'Regulärer Ausdruck',
  previousHit: 'Vorheriger Treffer',
  nextHit: 'Nächster Treffer',
  closeSearch: 'Suche schließen',
  notFound: 'nicht gefunden',
  overHits: count => plural(count, { one: 'über # Treffer', other: 'über # Treffer' }),
  hitOf: (index, count) => `${number(index)} von ${number(count)}`,

  openLink: host => `${host} öffnen?`,
  linkOrigin:
    'Der Link kommt aus der Ausgabe des Terminals, das Ziel hat ihn also gewählt. Er öffnet sich außerhalb der Sitzung.',
  shownAs: text => <>Das Terminal zeigt ihn als „{text}“.</>,
  internationalName:
    'Sein Name enthält Buchstaben anderer Schriften (die Teile mit „xn--“), die wie bekannte aussehen können.',
  loginInAddress: 'Was vor dem @ steht, gehört nicht zu dem Ort, an den er führt.',
  unencrypted: 'Er ist nicht verschlüsselt (http): Andere können unterwegs mitlesen und ändern.',
  stay: 'Hier bleiben',
  open: 'Link öffnen',
  maskedLink: 'Ein Teil dieser Adresse ist maskiert, sie führt also nirgendwohin.',
  noAddress: 'Dieser Link hat keine Adresse, die sich öffnen lässt.',
  noWebAddress: protocol =>
    `Dieser Link beginnt mit „${protocol}“. Aus einem Terminal werden nur Web-Adressen (https, http) geöffnet.`,

  pasteLines: count => plural(count, { one: '# Zeile einfügen?', other: '# Zeilen einfügen?' }),
  pasteHidden: 'Verborgene Zeichen einfügen?',
  alsoHidden:
    'Außerdem enthält er Zeichen, die sich nicht zeigen. Sie können Tasten drücken oder ihn als etwas anderes erscheinen lassen; hier sind sie markiert.',
  hasHidden:
    'Der Text enthält Zeichen, die sich nicht zeigen. Sie können Tasten drücken oder ihn als etwas anderes erscheinen lassen; hier sind sie markiert.',
  textToPaste: 'Einzufügender Text',
  charactersMore: count => `… und ${number(count)} Zeichen mehr`,
  pasteWithoutAsking: 'In dieser Sitzung mehrere Zeilen ohne Nachfrage einfügen',
  doNotPaste: 'Nicht einfügen',
  pasteAsOneLine: 'Als eine Zeile einfügen',
  isBracketed:
    'Das Programm im Terminal nimmt den Text als ein Stück: Nichts sollte laufen, bevor Sie die Eingabetaste drücken.',
  eachLineRuns: 'Jede Zeile kann als Befehl laufen, sobald sie ankommt.',
  tooMuch: (kib, mostKib) =>
    `Das sind ${kib} KiB Text; ein Terminal nimmt höchstens ${mostKib} KiB auf einmal. Legen Sie ihn stattdessen in eine Datei auf dem Ziel.`,
};

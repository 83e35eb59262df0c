import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const review: Texts['review'] = {
  about:
    'Was unter jeder Freigabe getan wurde, für Prüfer verschlüsselt, mit verborgenen personenbezogenen Daten.',
  theRecordings: 'die Aufzeichnungen',
  noneYet: 'Noch keine Aufzeichnungen',
  noneYetMeans:
    'Eine Aufzeichnung erscheint hier schon während ihrer Sitzung, kann live angesehen werden und wird wiedergegeben, sobald sie abgeliefert ist.',
  noneFits: 'Keine Aufzeichnung passt',
  clear: 'Filter zurücksetzen',
  who: (operator, target) => `${operator} auf ${target}`,
  replayOf: (who, time) => `Wiedergeben: ${who}, ${time}`,
  watchOf: who => `Live ansehen: ${who}`,
  maskedValues: values => `maskiert: ${values}`,
  stopped: 'gestoppt',
  all: 'Alle Aufzeichnungen',

  filter: 'Aufzeichnungen filtern',
  whoOrWhat: 'Wer oder was',
  searchBy: 'Person, Ziel, Konto',
  reviewState: 'Stand der Prüfung',
  operator: 'Operator',
  everybody: 'Alle Personen',
  target: 'Ziel',
  everyTarget: 'Alle Ziele',
  masked: 'Maskiert',
  maskedOrNot: 'Maskiert: egal',
  anythingMasked: 'Irgendetwas maskiert',
  maskedKind: entities => `Maskiert: ${entities}`,
  order: 'Reihenfolge',
  stoppedOnly: 'Durch Regel oder Genehmiger gestoppt',
  count: count => plural(count, { one: '# Aufzeichnung', other: '# Aufzeichnungen' }),
  countOf: (shown, count) =>
    `${shown} von ${plural(count, { one: '# Aufzeichnung', other: '# Aufzeichnungen' })}`,

  unreachable: 'Der Server ist nicht erreichbar',
  unreachableAdvice:
    'Seine Aufzeichnungen liegen dort, verschlüsselt. Es wird von selbst erneut versucht, sobald der Server antwortet; in anderen Fenstern geöffnete Aufzeichnungen lassen sich wiedergeben, so weit sie gelesen wurden.',
  unreadable: 'Ihr Schlüssel öffnet diese Aufzeichnung nicht',
  unreadableAdvice:
    'Für Entscheidungen und die Aufbewahrung braucht es den Schlüssel nicht. Um sie zu sehen, bitten Sie einen ihrer Prüfer, sie mit Ihnen zu teilen, oder fragen Sie einen Administrator, für wessen Schlüssel sie versiegelt ist.',
  damaged: 'Diese Aufzeichnung ist beschädigt',
  damagedAdvice:
    'Sagen Sie es Ihrem Administrator, der sie vom Server neu lesen lässt („sallyport admin scrub“) und aus einer Sicherung wiederherstellt. Setzen Sie bis dahin eine Löschsperre, damit sie nicht gelöscht wird.',
  deleted: 'Diese Aufzeichnung wurde gelöscht',
  deletedAdvice: 'Ihr Löschnachweis steht in der Liste der Aufzeichnungen.',
  notFound: 'Diese Aufzeichnung gibt es nicht',
  notFoundAdvice:
    'Der Link gehört vielleicht zu einem anderen Server, oder das Importierte wurde von diesem Rechner entfernt.',
  notAllowed: 'Sie dürfen diese Aufzeichnung nicht wiedergeben',
  notAllowedAdvice:
    'Aufzeichnungen geben Prüfer aus den Gruppen ihres Ziels wieder. Fragen Sie einen Administrator.',
  cannotOpen: 'Diese Aufzeichnung kann nicht geöffnet werden',
  cannotOpenAdvice: 'Versuchen Sie es erneut. Bleibt es so, sagen Sie Ihrem Administrator, was hier steht.',

  noKey: 'Dieser Rechner hat keinen Prüferschlüssel',
  makeYourKey: 'Erzeugen Sie Ihren Schlüssel',
  noKeyMeans: link => (
    <>
      Aufzeichnungen sind für Prüfer verschlüsselt. {link}, und veröffentlichen Sie ihn; ein Prüfer, der diese
      Aufzeichnung öffnen kann, teilt sie dann mit Ihnen.
    </>
  ),
  unlockTitle: 'Ihren Prüferschlüssel entsperren',
  unlockMeans: recipient => (
    <>
      Aufzeichnungen sind für Sie verschlüsselt als {recipient}. Der Schlüssel bleibt entsperrt, bis Sie
      Sallyport schließen, und gelangt nie in dieses Fenster.
    </>
  ),
  wrongPassphrase: 'Die Passphrase hat den Schlüssel nicht geöffnet. Versuchen Sie es erneut.',

  export: 'Exportieren',
  exporting: percent => `Wird exportiert, ${percent} %`,
  exportedSoFar: 'Bisher exportiert',
  cancelExport: 'Export abbrechen',
  exportMeans:
    'Eine Datei auf diesem Rechner, maskiert wie die Aufzeichnung, aber nicht mehr verschlüsselt; nur das Beweispaket bleibt versiegelt.',
  savedEvidence: file =>
    `${file} ist gespeichert. Die Aufzeichnung darin bleibt versiegelt; „sallyport verify“ prüft sie überall.`,
  saved: file =>
    `${file} ist gespeichert. Die Datei ist nicht mehr verschlüsselt: Bewahren Sie sie dort auf, wo nur Prüfer sie lesen können.`,
};

export const reviewFilters: Texts['reviewFilters'] = {
  all: 'Alle',
  waiting: 'Zu prüfen',
  overdue: 'Überfällig',
  flagged: 'Beanstandet',
  reviewed: 'Geprüft',
  running: 'Laufend',
};

export const sortOrders: Texts['sortOrders'] = {
  newest: 'Neueste zuerst',
  due: 'Fällige zuerst',
  masked: 'Meiste Masken zuerst',
  longest: 'Längste zuerst',
};

export const exportFormats: Texts['exportFormats'] = {
  'asciicast-v3': 'asciicast v3',
  'asciicast-v2': 'asciicast v2',
  text: 'Nur Text',
  evidence: 'Beweispaket',
};

export const exportMeanings: Texts['exportMeanings'] = {
  'asciicast-v3': 'läuft mit asciinema 3',
  'asciicast-v2': 'läuft mit älterem asciinema',
  text: 'was zu sehen war, ohne Farben',
  evidence: 'versiegelt, mit Freigabe, Protokolleinträgen und Nachweisen',
};

export const imports: Texts['imports'] = {
  import: 'Asciicast importieren …',
  importing: percent => `Wird importiert, ${percent} %`,
  soFar: 'Bisher importiert',
  cancel: 'Import abbrechen',
  done: masked => `Importiert und für Ihren Schlüssel versiegelt; maskiert: ${masked}.`,
  keysLeftOut: count =>
    plural(count, {
      one: '# Tastendruck darin weggelassen.',
      other: '# Tastendrücke darin weggelassen.',
    }),
  failed: (file, message) => `${file} wurde nicht importiert. ${message}`,
  onThisMachine: 'Auf diesem Rechner importiert',
  list: 'Importierte Aufzeichnungen',
  replay: time => `Importiertes wiedergeben, ${time}`,
  recordedElsewhere: time => `Anderswo aufgezeichnet, ${time}`,
  importedAt: time => `importiert ${time}`,
  imported: 'Importiert',
  importedMeans: time =>
    `Importiert ${time} aus einem Asciicast. Sie liegt nur auf diesem Rechner, maskiert und für Ihren Schlüssel versiegelt: Niemand sonst kann sie öffnen, und es gibt keine Entscheidungen oder Kommentare zu ihr.`,
  remove: 'Entfernen',
  removeTitle: 'Diese importierte Aufzeichnung entfernen',
  fileStays: 'Die Datei, aus der sie entstand, bleibt, wo sie ist.',
  removed: 'Die importierte Aufzeichnung ist von diesem Rechner entfernt.',
};

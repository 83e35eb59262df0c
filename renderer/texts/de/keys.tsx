import { number, plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const keys: Texts['keys'] = {
  about: 'Aufzeichnungen sind für diese Schlüssel versiegelt; der Server hat keinen, der sie öffnet.',
  theKeys: 'die Schlüssel',
  yourKey: 'Ihr Schlüssel',
  thePeople: 'die Personen',
  save: 'Speichern',
  stop: 'Stoppen',
  close: 'Schließen',

  own: 'Ihr Schlüssel',
  ownHere: 'Ihr Schlüssel auf diesem Rechner',
  published: 'Neue Aufzeichnungen sind für ihn versiegelt',
  notPublished: 'Nicht veröffentlicht: Neue Aufzeichnungen öffnet er nicht',
  isRetired: 'Ausgemustert: Neue Aufzeichnungen öffnet er nicht',
  ofAnother: 'Für ein anderes Konto veröffentlicht',
  fingerprint: 'Fingerabdruck',
  recipient: 'Empfänger',
  kept: 'Abgelegt',
  underPassphrase: 'In einer Datei unter Ihrer Passphrase',
  inKeychain: 'Versiegelt vom Schlüsselbund dieses Systems',
  inFile: 'In einer Datei, die nur ihre Zugriffsrechte schützen',
  noKeyHere: 'Es gibt keinen',
  unlockedNow: where => `${where}; zurzeit entsperrt`,
  lockedNow: where => `${where}; zurzeit gesperrt`,
  older: 'Ältere Schlüssel',
  olderCount: count => `${number(count)} unter ihm, für ältere Aufzeichnungen`,
  stillSealed: fingerprint => (
    <>
      Neue Aufzeichnungen sind noch für Ihren anderen Schlüssel {fingerprint} versiegelt. Mustern Sie ihn aus,
      wenn keiner Ihrer Rechner ihn mehr braucht.
    </>
  ),
  retireOne: fingerprint => `${fingerprint} ausmustern`,
  publish: 'Veröffentlichen',
  wasPublished:
    'Ihr Schlüssel ist veröffentlicht. Aufzeichnungen unter Freigaben von jetzt an werden für ihn versiegelt.',

  makeTitle: 'Ihren Schlüssel erzeugen',
  makeMeans:
    'Aufzeichnungen sind für Prüfer verschlüsselt. Ihre werden auf diesem Rechner geöffnet, mit einem Schlüssel, der hier erzeugt wird und ihn nie verlässt.',
  guardedByKeychain: 'Der Schlüsselbund des Systems schützt ihn.',
  guardedByPassphrase:
    'Eine Passphrase schützt ihn: Niemand kann sie für Sie wiederherstellen oder zurücksetzen.',
  passphrase: 'Passphrase',
  passphraseHint: least => `Mindestens ${least} Zeichen; vier Wörter sind gut.`,
  tooShort: least => `Mindestens ${least} Zeichen.`,
  again: 'Noch einmal',
  notSame: 'Die beiden sind nicht gleich.',
  make: 'Schlüssel erzeugen',
  making: 'Schlüssel wird erzeugt …',

  unlock: 'Entsperren',
  unlocking: 'Wird entsperrt …',
  unlockTitle: 'Ihren Schlüssel entsperren',
  yourPassphrase: 'Passphrase Ihres Schlüssels',
  unlockHint: 'Bis Sie Sallyport schließen; in diesem Fenster bleibt sie nie.',

  rotate: 'Erneuern',
  rotating: 'Wird erneuert …',
  rotateTitle: 'Ihren Schlüssel erneuern',
  rotateMeans:
    'Ein neuer Schlüssel wird erzeugt. Die älteren bleiben bei ihm, weil ältere Aufzeichnungen sie brauchen. Veröffentlichen Sie danach den neuen, und mustern Sie den älteren aus.',
  guardsNew: 'Sie schützt auch den neuen Schlüssel.',
  rotated:
    'Ein neuer Schlüssel ist erzeugt. Veröffentlichen Sie ihn, damit neue Aufzeichnungen für ihn versiegelt werden.',

  lost: 'Schlüssel verloren?',
  lostTitle: 'Ein verlorener Schlüssel',
  lostMeans:
    'Niemand kann einen verlorenen Schlüssel oder seine Passphrase zurückbringen. Mit ihm geht aber nichts verloren:',
  lostRetire: 'Mustern Sie seinen Empfänger in der Liste unten aus: Neue Aufzeichnungen lassen ihn weg.',
  lostMake:
    'Verschieben Sie seinen Ordner, erzeugen Sie hier einen neuen Schlüssel, und veröffentlichen Sie ihn: Aufzeichnungen ab der nächsten Freigabe öffnen sich mit ihm.',
  lostShare: () => (
    <>
      Bitten Sie für ältere Aufzeichnungen einen anderen Prüfer, sie mit Ihrem neuen Schlüssel zu teilen: in
      der Ansicht „Schlüssel“ oder mit <code>sallyport keys reshare</code>.
    </>
  ),
  lostGlass:
    'Ist kein Prüfer mehr da, der sie öffnen kann, so können es zwei Verwahrer mit dem Notfallschlüssel.',

  reviewers: 'Schlüssel der Prüfer',
  showRetired: count =>
    plural(count, {
      one: '# ausgemusterten Schlüssel anzeigen',
      other: '# ausgemusterte Schlüssel anzeigen',
    }),
  noRecipient: 'Kein Prüfer hat einen Schlüssel veröffentlicht',
  noRecipientMeans:
    'Bis dahin kann keine Freigabe erteilt werden: Nichts wird aufgezeichnet, was niemand öffnen kann.',
  who: 'Wer',
  groupsShort: 'Gruppen',
  since: 'Seit',
  state: 'Stand',
  actions: 'Aktionen',
  inUse: 'in Gebrauch',
  retiredAt: time => `ausgemustert ${time}`,
  retire: 'Ausmustern',
  retireOf: (fingerprint, name) => `Schlüssel ${fingerprint} von ${name} ausmustern`,
  wasRetired: name => `Ein Schlüssel von ${name} ist ausgemustert: Freigaben lassen ihn von jetzt an weg.`,

  share: 'Teilen',
  shareOlder: 'Ältere Aufzeichnungen teilen',
  shareOlderWith: (fingerprint, name) =>
    `Ältere Aufzeichnungen mit dem Schlüssel ${fingerprint} von ${name} teilen`,
  shareWith: name => `Ältere Aufzeichnungen mit ${name} teilen`,
  shareMeans:
    'Aufzeichnungen aus der Zeit, bevor dieser Schlüssel veröffentlicht wurde, öffnen sich nicht mit ihm. Die, die Ihr Schlüssel öffnet, werden samt ihren Kommentaren unter der Signatur Ihres Geräts mit ihm geteilt; die Aufzeichnungen bleiben, wie sie sind. Jede wird einmal gelesen, und das Audit-Protokoll nennt Sie.',
  looking: 'Aufzeichnungen werden gesucht …',
  sharedOf: (done, total) => `${done} von ${total}`,
  sharedSoFar: 'Geteilte Aufzeichnungen',
  stopped: 'Gestoppt.',
  shared: count => plural(count, { one: '# Aufzeichnung geteilt.', other: '# Aufzeichnungen geteilt.' }),
  sharedBut: (count, already) =>
    `${plural(count, { one: '# Aufzeichnung', other: '# Aufzeichnungen' })} geteilt, ${number(already)} öffneten sich schon mit ihm.`,
  notShared: (count, reason) =>
    `${plural(count, { one: '# Aufzeichnung', other: '# Aufzeichnungen' })} nicht geteilt: ${reason}`,

  groups: 'Prüfergruppen',
  noGroups:
    'Es gibt keine: Aufzeichnungen jedes Ziels sind für jeden Prüfer. Administratoren legen Gruppen an; ein Ziel nennt die, für die seine Aufzeichnungen sind.',
  members: 'Mitglieder',
  membersOf: group => `Mitglieder von ${group}`,
  noKeyOf: names => `kein Schlüssel von ${names}`,
  nobodyIn: 'Niemand ist in ihr.',
  noTarget: 'Kein Ziel nennt sie.',
  recordingsOf: targets => `Aufzeichnungen von ${targets}`,
  newGroup: 'Neue Gruppe',
  newGroupTitle: 'Neue Prüfergruppe',
  name: 'Name',
  nameHint: 'Buchstaben, Ziffern, „-“ und „_“; so nennen Ziele sie.',
  nameIsNone: 'Nur Buchstaben, Ziffern, „-“ und „_“.',
  groupMeans:
    'Neue Aufzeichnungen ihrer Ziele werden für die Schlüssel ihrer Mitglieder versiegelt. Wer in ihr ist, sieht und öffnet die vorhandenen, soweit sie für den eigenen Schlüssel versiegelt oder mit ihm geteilt wurden.',
  makeGroup: 'Gruppe anlegen',
  delete: 'Löschen',
  deleteGroup: group => `${group} löschen`,
  deleteMeans:
    'Nur eine Gruppe, für die nichts mehr ist, kann gelöscht werden: kein Ziel, keine Regel der Richtlinie, keine offene Anfrage oder Freigabe und keine Aufzeichnung. Ihre Mitglieder und deren Schlüssel bleiben.',
  deleteIt: 'Gruppe löschen',
  groupDeleted: group => `Die Gruppe ${group} ist gelöscht.`,

  disable: name => `${name} deaktivieren`,
  disableMeans:
    'Sofort und endgültig: Jedes Gerät wird mit seinen Freigaben widerrufen, laufende Sitzungen enden, Schlüssel werden ausgemustert, und die Plätze in Gruppen entfallen. Was die Person schon abgerufen hat, bleibt bei ihr.',
  disableReason: 'Für alle, die das Audit-Protokoll lesen',
  disabled: (name, devices, sessions, retired) =>
    `${name} ist deaktiviert: ${plural(devices, { one: '# Gerät', other: '# Geräte' })} widerrufen, ${plural(sessions, { one: '# laufende Sitzung', other: '# laufende Sitzungen' })} beendet, ${plural(retired, { one: '# Schlüssel', other: '# Schlüssel' })} ausgemustert.`,

  breakGlass: 'Notfallschlüssel',
  noBreakGlass: 'Es gibt keinen Notfallschlüssel',
  noBreakGlassMeans: () => (
    <>
      Gehen die Schlüssel aller Prüfer verloren, so auch die Aufzeichnungen. Ein Administrator legt einen an,
      dessen Anteile bei Verwahrern liegen; je zwei von ihnen öffnen ihn:{' '}
      <code>sallyport keys break-glass new</code>.
    </>
  ),
  sealed: 'versiegelt',
  unlockedBy: name => `entsperrt von ${name}`,
  breakGlassFacts: (account, time) =>
    `Für ${account}, seit ${time}. Neue Aufzeichnungen sind für ihn versiegelt, für welche Gruppen sie auch sind.`,
  putTogether: time =>
    `Er wurde am ${time} zusammengesetzt; das Audit-Protokoll sagt, warum. Erzeugen Sie einen neuen, und mustern Sie diesen aus.`,
};

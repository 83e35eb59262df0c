import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const admin: Texts['admin'] = {
  about: 'Was Personen anfragen dürfen, zu welchen Bedingungen, und wer sie sind.',
  part: 'Bereich',
  targets: 'Ziele',
  accessPolicy: 'Zugriffsrichtlinie',
  people: 'Personen',
  none: 'keine',
  save: 'Speichern',

  theTargets: 'die Ziele',
  noTargets: 'Es gibt noch keine Ziele',
  noTargetsMeans:
    'Fügen Sie das erste hinzu: einen Host oder eine Datenbank, die angefragt werden kann, und was dort maskiert wird.',
  addTarget: 'Ziel hinzufügen',
  targetFacts: (kind, host, accounts, most) => (
    <>
      {kind} auf {host} als {accounts} · höchstens {most}
    </>
  ),
  forReviewers: groups => `für Prüfer in ${groups}`,
  probing: 'Versuch von diesem Rechner aus …',
  answers: 'antwortet',
  took: ms => `(${ms} ms)`,
  answersNot: 'antwortet nicht',
  test: 'Testen',
  testOf: name => `Verbindung zu ${name} testen`,
  edit: 'Bearbeiten',
  editTarget: name => `${name} bearbeiten`,
  enable: 'Aktivieren',
  disableTarget: name => `${name} deaktivieren`,
  enableTarget: name => `${name} aktivieren`,
  isDisabled: 'deaktiviert',
  targetDisabledBy: (who, reason) => `Deaktiviert von ${who}: ${reason}`,
  disableTargetMeans:
    'Dort beginnt nichts Neues: keine Anfrage, Genehmigung, Verlängerung oder Sitzung. Wer anfragt, erfährt den Grund.',
  enableTargetMeans: 'Zugriff kann wieder angefragt werden. Wartende Anfragen können genehmigt werden.',
  disableTargetReason: 'Für alle, die Zugriff anfragen',
  enableTargetReason: 'Für alle, die das Audit-Protokoll lesen',
  revokeToo: 'Auch laufende Sitzungen beenden: alle Freigaben dort widerrufen',

  kindOfTarget: 'Art des Ziels',
  theTerms: 'die Bedingungen des Ziels',
  terms: 'Bedingungen, als JSON',
  idStays: 'target.id: Die Kennung bleibt; fügen Sie für eine andere ein neues Ziel hinzu.',
  noJson: message => `Das ist kein JSON: ${message}.`,
  noObject: 'Das ist kein Ziel: Es muss ein Objekt in geschweiften Klammern sein.',
  credentialBelow: key => `${key}: Die Zugangsdaten werden unten gewählt, nicht hier eingetragen.`,
  theWhole: 'das Ganze',
  addIt: 'Ziel hinzufügen',
  targetSaved: name =>
    `${name} ist gespeichert. Laufende Freigaben behalten die Bedingungen, mit denen sie signiert wurden.`,

  credential: 'Zugangsdaten',
  userName: 'Benutzername',
  password: 'Passwort',
  memberOf: 'Rollen, in denen jede angelegte Rolle Mitglied ist',
  memberOfHint: 'Durch Leerzeichen getrennt.',
  privileges: 'Rechte jedes angelegten Kontos',
  read: 'Lesen',
  readWrite: 'Zeilen lesen und schreiben',
  stored: what => `Gespeichert: ${what}. Nichts davon wird angezeigt.`,
  storedWithHops: (what, hops) =>
    `Gespeichert: ${what}, und ${plural(hops, { one: 'Zugangsdaten von # Sprungrechner', other: 'Zugangsdaten von # Sprungrechnern' })}. Nichts davon wird angezeigt.`,
  noneMeans: 'Wer sich verbindet, meldet sich so an, wie der eigene Rechner es zulässt.',
  sshCaMeans:
    'Jede Sitzung erhält ein Zertifikat, das mit ihrer Freigabe endet. Der Host muss der Zertifizierungsstelle des Servers vertrauen.',
  passwordMeans: 'Wird einem Sitzungsprozess für eine Sitzung übergeben, nie einer Person.',
  passwordWithHops:
    'Ersetzt alles Gespeicherte, auch für Sprungrechner: Diese werden mit „sallyport admin target“ gesetzt.',
  perGrantMeans: 'Der Server legt für jede Freigabe einen Zugang an und entfernt ihn an ihrem Ende.',

  thePolicy: 'die Zugriffsrichtlinie',
  noPolicy: 'Es ist keine Richtlinie festgelegt',
  noPolicyMeans:
    'Allein die Bedingungen jedes Ziels entscheiden: Jeder Operator darf jedes Ziel anfragen, ein Genehmiger entscheidet. Schreiben Sie unten eine, probieren Sie sie aus, und starten Sie den Server mit ihr.',
  inForce: 'in Kraft',
  since: time => `seit ${time}`,
  digest: begin => `SHA-256 ${begin}…`,
  policy: 'Richtlinie',
  draft: 'Entwurf',
  rules: 'Regeln, als YAML oder JSON',
  reading: 'Wird gelesen …',
  valid: (rules, groups) =>
    `Gültig: ${plural(rules, { one: '# Regel', other: '# Regeln' })}, ${plural(groups, { one: '# Gruppe', other: '# Gruppen' })}`,
  firstRule: 'Die erste passende Regel entscheidet. Was auf keine Regel passt, wird abgewiesen.',
  mistakes: count => plural(count, { one: '# Fehler', other: '# Fehler' }),
  line: line => `Zeile ${line}`,
  goToLine: line => `Zu Zeile ${line}`,
  try: 'An früheren Anfragen erproben',
  trying: 'Wird erprobt …',
  saveAsFile: 'Als Datei speichern',
  beginAgain: 'Neu beginnen',
  backToInForce: 'Zurück zur geltenden',
  putInForce: () => (
    <>
      In Kraft gesetzt wird eine Richtlinie dort, wo der Server läuft: Ersetzen Sie die Datei, die{' '}
      <code>--policy</code> nennt. Der Server übernimmt sie innerhalb von Sekunden und vermerkt es im
      Audit-Protokoll.
    </>
  ),

  nothingToTry: 'Es gibt nichts, woran sie zu erproben wäre',
  nobodyAsked: 'Bisher hat niemand Zugriff angefragt.',
  dryRun: 'Was geschehen wäre',
  noneOtherWay: count =>
    `Von ${plural(count, { one: '# früheren Anfrage', other: '# früheren Anfragen' })} wäre keine anders ausgegangen.`,
  otherWay: (count, changed) =>
    `Von ${plural(count, { one: '# früheren Anfrage', other: '# früheren Anfragen' })} anders ausgegangen: ${changed}.`,
  dryRunTable: 'Frühere Anfragen unter dem Entwurf',
  when: 'Wann',
  who: 'Wer',
  askedFor: 'Angefragt',
  was: 'War',
  wouldBe: 'Wäre',
  byRule: 'Nach Regel',
  because: 'Weil',
  askedTarget: (target, account, minutes) => `${target} als ${account}, ${minutes} min`,
  askedMore: (target, account, minutes) => `${target} als ${account}, ${minutes} min länger`,

  thePeople: 'die Personen',
  accountsInUse: count => (
    <>
      {plural(count, { one: '# Konto', other: '# Konten' })} in Gebrauch. Neue entstehen mit{' '}
      <code>sallyport admin account NAME --roles …</code> oder mit der ersten Anmeldung, wo der Server einen
      Identitätsanbieter hat.
    </>
  ),
  accounts: 'Konten',
  name: 'Name',
  roles: 'Rollen',
  groups: 'Gruppen',
  state: 'Stand',
  change: 'Ändern',
  inUse: 'in Gebrauch',
  disabledAt: time => `deaktiviert ${time}`,
  disable: 'Deaktivieren',
};

export const targetKinds: Texts['targetKinds'] = {
  ssh: 'SSH-Host',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  redis: 'Redis',
  local: 'Lokale Shell',
};

export const credentials: Texts['credentials'] = {
  keep: 'Wie gespeichert',
  none: 'Keine',
  'ssh-ca': 'SSH-Zertifikate',
  password: 'Passwort',
  'postgres-admin': 'Eine Rolle je Freigabe',
  'mariadb-admin': 'Ein Konto je Freigabe',
};

export const storedCredentials: Texts['storedCredentials'] = {
  none: 'keine',
  'ssh-ca': 'SSH-Zertifikate',
  password: 'Passwort',
  'postgres-admin': 'eine Rolle je Freigabe',
  'mariadb-admin': 'ein Konto je Freigabe',
};

export const policyOutcomes: Texts['policyOutcomes'] = {
  same: 'dasselbe',
  refused: 'abgewiesen',
  undecided: 'weiter offen',
  'self-extended': 'vom Inhaber allein verlängert',
  'other-terms': 'zu anderen Bedingungen',
};

import type { Texts } from '../t.ts';

export const live: Texts['live'] = {
  back: 'Laufende Sitzungen',
  noSession: 'Diese Sitzung gibt es nicht',
  yourKey: 'Ihr Schlüssel',
  view: 'Live-Ansicht',
  screen: 'Bildschirm der Sitzung, nur zum Zusehen',
  live: 'Live',
  who: (operator, target) => `${operator} auf ${target}`,
  facts: (account, ago, total, masked) => (
    <>
      als {account} · begonnen {ago} · {total} maskiert: {masked}
    </>
  ),
  chain: 'Kette der Aufzeichnung',
  endedHere: 'Die Sitzung ist zu Ende. Dies ist ihre fertige Aufzeichnung.',
  openFinished: 'Fertige Aufzeichnung öffnen',
  whole: 'Ihre Aufzeichnung liegt vollständig auf dem Server.',
  wholeForReviewers: 'Ihre Aufzeichnung liegt vollständig auf dem Server, wo Prüfer sie wiedergeben.',

  lift: 'Aufheben',
  liftOf: who => `Sperre aufheben: ${who}`,
  anotherResumes: 'Ein anderer Genehmiger kann sie fortsetzen.',
  resume: 'Fortsetzen',
  resumeOf: who => `Fortsetzen: ${who}`,
  suspend: 'Anhalten',
  suspendOf: who => `Anhalten: ${who}`,
  revoke: 'Widerrufen',
  revokeOf: who => `Widerrufen: ${who}`,

  connecting: 'Verbindung wird aufgebaut …',
  waiting: 'Wartet auf die erste Ausgabe',
  lost: 'Nicht erreichbar; neuer Versuch',
  ended: 'Die Sitzung ist zu Ende',
  refused: 'Kann nicht angesehen werden',
  nothingYet: 'Noch nichts zu sehen',
  behind: seconds => `${seconds} s Rückstand`,
  nothingSince: time => `Nichts Neues seit ${time}`,

  broken: 'Kette gebrochen',
  brokenMeans: problem => `${problem} Seien Sie vorsichtig mit dem, was Sie sehen.`,
  checked: 'Von Beginn an geprüft',
  checking: percent => `Wird geprüft, ${percent} %`,
  checkedMeans: segments => `Jedes der bisher ${segments} Segmente nennt das vor ihm, vom ersten an.`,
  checkingMeans:
    'Was Sie sehen, wurde Segment für Segment geprüft; ob alles davor vorhanden und unverändert ist, wird vom ersten Segment an gerade geprüft.',
  noneSigned: 'Das Gerät hat noch keines davon signiert; es tut das alle zehn Sekunden mit Ausgabe.',
  someSigned: count =>
    `Das Gerät hat bisher die ersten ${count} davon signiert und signiert die übrigen im Lauf der Sitzung.`,
  checkedAgain: 'Nach dem Ende der Sitzung wird das Ganze noch einmal geprüft.',

  noKey: 'Sie haben keinen Schlüssel für diese Sitzung',
  noKeyAdvice:
    'Eine laufende Sitzung sieht man über ihre Aufzeichnung, die für die Empfänger in ihrer Freigabe verschlüsselt ist. Erzeugen Sie mit „sallyport keys new“ einen Schlüssel, und lassen Sie seinen Empfänger von einem Administrator registrieren: Er öffnet Sitzungen, die danach freigegeben werden.',
  otherKey: 'Ihr Schlüssel öffnet diese Sitzung nicht',
  otherKeyAdvice:
    'Ihre Freigabe wurde erteilt, bevor Ihr Empfänger registriert war, oder lässt ihn aus. Fragen Sie einen Prüfer, der sie öffnen kann; Sitzungen, die nach der Registrierung Ihres Empfängers freigegeben werden, schließen Sie ein.',
  mayNot: 'Sie dürfen diese Sitzung nicht ansehen',
  mayNotAdvice: 'Laufende Sitzungen sehen Genehmiger und Prüfer an.',
  cannot: 'Diese Sitzung kann nicht angesehen werden',
  cannotAdvice: 'Versuchen Sie es erneut; bleibt es so, öffnen Sie ihre Aufzeichnung, wenn sie zu Ende ist.',
};

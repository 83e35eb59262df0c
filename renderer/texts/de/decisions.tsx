import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const decisions: Texts['decisions'] = {
  decision: 'Entscheidung',
  them: 'die Entscheidungen',
  ownSession:
    'Dies ist Ihre eigene Sitzung: Ein anderer Prüfer entscheidet über sie. Kommentieren können Sie trotzdem.',
  note: 'Notiz',
  notePlaceholder: 'Was Sie gesehen haben, für alle, die dies als Nächste lesen',
  reasonMissing: 'Sagen Sie, was Sie gesehen haben: Ohne Begründung kann niemand etwas tun.',
  save: 'Entscheidung speichern',
  saving: 'Wird gespeichert …',
  saved: 'Die Entscheidung ist gespeichert und steht im Audit-Protokoll.',
  stillRunning:
    'Die Sitzung läuft noch: Beanstanden können Sie sie jetzt, als geprüft gilt sie erst nach ihrem Ende.',

  soFar: 'Bisherige Entscheidungen',
  stands: 'gilt noch',
  ownFlag: 'Ihre Beanstandung: Ein anderer Prüfer kann sie aufheben.',
  liftFlag: 'Beanstandung aufheben',
  liftFlagOf: name => `Beanstandung von ${name} aufheben`,
  settle: 'Nachverfolgung abschließen',
  settleOf: name => `Nachverfolgung von ${name} abschließen`,
  settleIt: 'Abschließen',
  liftPlaceholder: 'Was Sie herausgefunden haben, und von wem',
  flagLifted: 'Die Beanstandung ist aufgehoben; die Begründung steht im Audit-Protokoll.',
  followUpSettled: 'Die Nachverfolgung ist abgeschlossen; die Begründung steht im Audit-Protokoll.',
  liftedOf: name => `hat die Beanstandung von ${name} aufgehoben`,
  settledOf: name => `hat die Nachverfolgung von ${name} abgeschlossen`,

  reviewedBy: names => `geprüft von ${names}`,
  flaggedBy: names => `beanstandet von ${names}`,
  followUpBy: names => `Nachverfolgung durch ${names}`,
  reviewersOf: (done, required) => `${done} von ${required} Prüfern`,
  unreviewed: 'ungeprüft',
  unreviewedNeeds: required => `ungeprüft, braucht ${required}`,
  overdueLess: 'überfällig seit weniger als einem Tag',
  overdueDays: days => plural(days, { one: 'überfällig seit # Tag', other: 'überfällig seit # Tagen' }),
  dueLess: 'fällig in weniger als einem Tag',
  dueDays: days => plural(days, { one: 'fällig in # Tag', other: 'fällig in # Tagen' }),

  nobodyPlayed: 'Noch niemand hat etwas davon abgespielt.',
  seenBy: 'Gesehen von',
  you: 'Sie',
  span: (from, to) => `${from} bis ${to}`,
};

export const decisionNames: Texts['decisionNames'] = {
  reviewed: 'Geprüft',
  flagged: 'Beanstandet',
  'follow-up': 'Nachverfolgen',
};

export const decisionMeanings: Texts['decisionMeanings'] = {
  reviewed: 'Sie haben sie gesehen, und sie ist in Ordnung.',
  flagged: 'Etwas stimmt nicht. Gilt, bis ein anderer Prüfer die Beanstandung aufhebt.',
  'follow-up': 'Jemand muss nachfragen oder etwas tun. Gilt, bis es erledigt ist.',
};

export const decisionsDone: Texts['decisionsDone'] = {
  reviewed: 'hat geprüft',
  flagged: 'hat beanstandet',
  'follow-up': 'verlangt eine Nachverfolgung',
  lifted: 'hat aufgehoben',
};

export const comments: Texts['comments'] = {
  title: 'Kommentare',
  them: 'die Kommentare',
  none: 'Noch keine. Ein Kommentar steht an dem Moment, um den es geht.',
  byTime: 'Kommentare nach Zeit',
  goTo: time => `Zu ${time}`,
  notProven: 'Verfasser nicht belegt',
  unsigned:
    'Niemand hat ihn signiert: Ein älterer Client hat ihn geschrieben, oder jemand anderes unter diesem Namen. Fragen Sie beim Verfasser nach.',
  foreign:
    'Die Signatur darin gehört nicht zu diesen Worten von einem Gerät dieses Verfassers. Verlassen Sie sich nicht darauf, und sagen Sie es einem Administrator.',
  commentAt: time => `Kommentar bei ${time}`,
  placeholder: 'Was man über diesen Moment wissen sollte',
  add: 'Kommentar hinzufügen',
  sealing: 'Wird versiegelt …',
};

export const keeping: Texts['keeping'] = {
  title: 'Aufbewahrung',
  encrypted: 'Sie ist für Prüfer verschlüsselt, die sie wiedergeben.',
  whileHeld: 'Wird aufbewahrt, solange die Löschsperre besteht, was auch immer ihre Bedingungen sagen.',
  timeBegins: 'Ihre Frist beginnt mit ihren letzten Bytes.',
  noTime: 'Es ist keine Frist gesetzt: Sie wird aufbewahrt, bis ein Administrator sie löscht.',
  overButFlagged: time =>
    `Ihre Frist war ${time} vorbei, aber sie ist beanstandet: Sie wird aufbewahrt, bis das geklärt ist.`,
  overButFollowUp: time =>
    `Ihre Frist war ${time} vorbei, aber eine Nachverfolgung ist offen: Sie wird aufbewahrt, bis das geklärt ist.`,
  untilAndFlagged: (time, left) => `Aufbewahrt bis ${time} (${left}), und solange sie beanstandet ist.`,
  untilAndFollowUp: (time, left) =>
    `Aufbewahrt bis ${time} (${left}), und solange eine Nachverfolgung offen ist.`,
  isOver: 'Ihre Frist ist vorbei: Der Server löscht sie bei seinem nächsten Durchgang.',
  keptUntil: (time, left) => `Aufbewahrt bis ${time} (${left}); danach löscht der Server sie.`,
  lessThanDayLeft: 'noch weniger als ein Tag',
  daysLeft: days => plural(days, { one: 'noch # Tag', other: 'noch # Tage' }),
  cannotDelete: 'Sie kann jetzt nicht gelöscht werden.',
  isHeld: 'Sie hat eine Löschsperre: Heben Sie diese zuerst auf.',
  isFlagged: 'Sie ist beanstandet: Das klärt zuerst ein Prüfer.',
  isFollowUp: 'Eine Nachverfolgung ist offen: Das klärt zuerst ein Prüfer.',
  notWhole: 'Sie ist noch nicht vollständig.',
  notReviewed: 'Sie wurde noch nicht geprüft, und ihre Frist ist nicht vorbei.',

  held: 'Löschsperre',
  heldBy: name => `Löschsperre von ${name}`,
  heldFacts: (held, name, time, reason) => (
    <>
      {held} von {name} seit {time}: {reason}
    </>
  ),
  damaged: 'beschädigt',
  damagedOnServer: 'auf dem Server beschädigt',
  deletedBy: (time, name) => `gelöscht ${time} von ${name}`,

  hold: 'Löschsperre setzen',
  holdTitle: 'Löschsperre für diese Aufzeichnung',
  holdMeans:
    'Niemand kann sie löschen, auch der Server nicht nach Ablauf ihrer Frist, bis die Löschsperre aufgehoben wird.',
  holdReason: 'Wer sie braucht, und wofür',
  placeHold: 'Löschsperre setzen',
  wasHeld: 'Die Löschsperre ist gesetzt; die Begründung steht im Audit-Protokoll.',
  liftHold: 'Löschsperre aufheben',
  liftMeans: 'Von jetzt an gelten wieder ihre eigenen Bedingungen.',
  liftReason: 'Warum sie nicht länger aufbewahrt werden muss, als ihre Bedingungen sagen',
  wasLifted: 'Die Löschsperre ist aufgehoben; die Begründung steht im Audit-Protokoll.',
  delete: 'Löschen',
  deleteTitle: 'Diese Aufzeichnung löschen',
  deleteMeans:
    'Zuerst wird ihr Schlüssel vernichtet, dann ihre Bytes und Kommentare. Es bleibt ein Löschnachweis, vom Server signiert: was sie war, wer sie gelöscht hat, wann und warum.',
  deleteReason: 'Warum sie nicht mehr gebraucht wird',
  sure: 'Ich weiß, dass niemand sie zurückholen kann',
  deleteForGood: 'Endgültig löschen',
  wasDeleted: 'Die Aufzeichnung ist gelöscht. Ihr signierter Löschnachweis bleibt.',

  recordingOf: (who, time) => `${who}, ${time}.`,
  deletedBecause: (time, name, reason) => `Gelöscht ${time} von ${name}: ${reason}`,
  tombstone: 'Löschnachweis',
  theTombstone: 'der Löschnachweis',
  signed: 'vom Server signiert',
  notSigned: 'nicht signiert',
  notSignedMeans:
    'Die Schlüssel dieses Servers haben den Löschnachweis nicht signiert: Er sagt nichts aus. Sagen Sie es Ihrem Administrator.',
  saveTombstone: 'Löschnachweis speichern',
  verifyChecks: '„sallyport verify“ prüft ihn überall',
  itWas: 'Sie war',
  sizeWas: (duration, bytes, segments) =>
    `${duration}, ${bytes} in ${plural(segments, { one: '# Segment', other: '# Segmenten' })}`,
  cause: 'Ursache',
  timeWasOver: 'ihre Frist war vorbei',
  administratorDecided: 'ein Administrator hat entschieden',
  keptUntilName: 'Aufbewahrt bis',
  noTimeWasSet: 'es war keine Frist gesetzt',
  reviewed: 'Geprüft',
  yes: 'ja',
  no: 'nein',
  itsKey: 'Ihr Schlüssel',
  keyDestroyed: 'zuerst vernichtet: Keine Kopie der gespeicherten Bytes ist lesbar',
  noOwnKey: 'sie hatte keinen eigenen: Eine Kopie der gespeicherten Bytes können ihre Prüfer lesen',
  lastRecord: 'Letzter Eintrag',
  notKept: 'nicht aufbewahrt',
};

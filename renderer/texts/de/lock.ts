import type { Texts } from '../t.ts';

export const lockReasons: Texts['lockReasons'] = {
  'grant-expired': {
    title: 'Die Zeit dieser Freigabe ist abgelaufen',
    badge: 'gesperrt: die Zeit dieser Freigabe ist abgelaufen',
    meaning:
      'Bitten Sie um eine Verlängerung, um dort weiterzumachen, wo Sie waren, oder beenden Sie die Sitzung.',
  },
  revoked: {
    title: 'Diese Freigabe wurde widerrufen',
    badge: 'gesperrt: diese Freigabe wurde widerrufen',
    meaning:
      'Sie lässt sich nicht verlängern. Falls die Arbeit nicht getan ist, sprechen Sie mit der genehmigenden Person und fragen Sie den Zugriff neu an.',
  },
  'recorder-failed': {
    title: 'Die Aufzeichnung kann nicht weitergehen',
    badge: 'gesperrt: die Aufzeichnung kann nicht weitergehen',
    meaning:
      'Nichts darf gezeigt werden, was nicht aufgezeichnet ist, deshalb endet diese Sitzung; ihre Aufzeichnung bis hierher bleibt erhalten. Prüfen Sie, ob auf diesem Rechner Speicherplatz frei ist, und öffnen Sie dann eine neue Sitzung.',
  },
  'policy-stale': {
    title: 'Der Server hat Ihren Zugriff nicht bestätigt',
    badge: 'gesperrt: der Server hat den Zugriff nicht bestätigt',
    meaning:
      'Die Lease ist ohne ein Zeichen des Servers abgelaufen. Prüfen Sie Ihr Netz; die Sitzung öffnet sich wieder, sobald der Server bestätigt.',
  },
  idle: {
    title: 'Gesperrt, weil eine Weile nichts getippt wurde',
    badge: 'gesperrt, weil eine Weile nichts getippt wurde',
    meaning: 'Entsperren Sie, um weiterzumachen, oder beenden Sie die Sitzung, wenn Sie fertig sind.',
  },
  budget: {
    title: 'Es kamen mehr personenbezogene Daten vor, als diese Freigabe vorsieht',
    badge: 'gesperrt: es kamen mehr personenbezogene Daten vor, als diese Freigabe vorsieht',
    meaning:
      'Die Genehmiger wissen Bescheid. Einer von ihnen kann die Sperre aufheben; schreiben Sie in das Ticket, was Sie getan haben.',
  },
  'host-unresponsive': {
    title: 'Der Prozess, der Ihre Sitzung hält, antwortet nicht',
    badge: 'gesperrt: der Prozess, der die Sitzung hält, antwortet nicht',
    meaning:
      'Sie öffnet sich wieder, wenn der Prozess antwortet. Tut er es nicht, endet die Sitzung und ihre Aufzeichnung bleibt erhalten.',
  },
  operator: {
    title: 'Sie haben diese Sitzung gesperrt',
    badge: 'gesperrt: vom Operator',
    meaning: 'Entsperren Sie, um weiterzumachen. Der Countdown läuft währenddessen weiter.',
  },
  approver: {
    title: 'Diese Sitzung wurde von einem Genehmiger angehalten',
    badge: 'gesperrt: diese Sitzung wurde von einem Genehmiger angehalten',
    meaning: 'Sie öffnet sich wieder, wenn er sie fortsetzt. Der Countdown läuft währenddessen weiter.',
  },
};

export const endCauses: Texts['endCauses'] = {
  'grant-expired': 'Die Zeit der Freigabe ist abgelaufen',
  revoked: 'Die Freigabe wurde widerrufen',
  'recorder-failed': 'Die Aufzeichnung konnte nicht weitergehen',
  'policy-stale': 'Der Server hat den Zugriff nicht rechtzeitig bestätigt',
  idle: 'Zu lange wurde nichts getippt',
  budget: 'Es kamen mehr personenbezogene Daten vor, als die Freigabe vorsieht',
  'host-unresponsive': 'Der Prozess, der die Sitzung hielt, antwortete nicht mehr',
  operator: 'Sie blieb von Ihnen gesperrt, bis die Nachfrist vorbei war',
  approver: 'Sie blieb von einem Genehmiger angehalten',
  exited: 'Das Programm oder die Gegenseite hat sie beendet',
  'closed-by-operator': 'Sie haben sie beendet',
  failed: 'Sie ist fehlgeschlagen',
  'host-lost': 'Der Prozess, der die Sitzung hielt, ging verloren',
  recovered: 'Sie wurde nach einem Absturz unfertig gefunden; ihre Aufzeichnung wurde wiederhergestellt',
};

export const lock: Texts['lock'] = {
  operatorEndedIt: 'Der Operator hat sie beendet',
  operatorLockedIt: 'Sie blieb vom Operator gesperrt',
  lockedBy: reason => `gesperrt: ${reason}`,
};

export const recording: Texts['recording'] = {
  starts: 'Aufzeichnung beginnt',
  startsMeans: 'Die Aufzeichnung hat sich noch nicht gemeldet.',
  nothingSafe: 'noch nichts auf dem Server',
  safeUpTo: time => `gesichert bis ${time}`,
  runs: safe => `Wird aufgezeichnet; ${safe}. Alles Gezeigte ist nur für die Prüfer verschlüsselt.`,
  behind: (bytes, safe) =>
    `Die Übertragung ist ${bytes} im Rückstand; ${safe}. Der Rest liegt verschlüsselt auf diesem Rechner und folgt.`,
  offline: 'Übertragung offline',
  offlineMeans: (safe, bytes) =>
    `Der Server ist nicht erreichbar; ${safe}. ${bytes} warten verschlüsselt auf diesem Rechner und folgen von selbst.`,
  sealed: 'Aufzeichnung versiegelt',
  sealedMeans: bytes => `Abgeschlossen und signiert; die letzten ${bytes} sind unterwegs zum Server.`,
  uploaded: 'Aufzeichnung eingereicht',
  uploadedMeans: 'Vollständig, signiert und auf dem Server.',
  failed: 'Aufzeichnung fehlgeschlagen',
  failedMeans:
    'Die Aufzeichnung kann nicht weitergehen. Was aufgezeichnet wurde, bleibt auf diesem Rechner und wird eingereicht.',
  nearlyFull: 'Platz für Aufzeichnungen fast voll',
  nearlyFullMeans: (bytes, remedy) =>
    `Nur ${bytes} sind auf diesem Rechner noch für Aufzeichnungen frei, für diese Sitzung und andere. Ist das aufgebraucht, wird die Sitzung gesperrt; nichts geht verloren. ${remedy}`,
  emptiesOffline:
    'Er leert sich von selbst, sobald der Server wieder erreichbar ist: Prüfen Sie Ihr Netz, und lassen Sie bis dahin weniger ausgeben.',
  emptiesOnline:
    'Er leert sich, indem Aufzeichnungen den Server erreichen: Lassen Sie das Programm eine Weile weniger ausgeben, und beenden Sie Sitzungen, die Sie nicht brauchen.',
  light: words => `Aufzeichnung: ${words}`,
  segments: 'Segmente',
  writtenHere: 'Hier geschrieben',
  onServer: 'Auf dem Server',
};

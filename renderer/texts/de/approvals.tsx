import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const approvals: Texts['approvals'] = {
  title: 'Genehmigungen',
  about: 'Über Zugriff entscheiden, bevor er genutzt wird; ihn stoppen, solange er läuft.',
  theRequests: 'die Anfragen',
  noneWaits: 'Nichts wartet auf eine Entscheidung',
  noneWaitsMeans: 'Neue Anfragen erscheinen hier von selbst.',
  toDecide: 'Zu entscheidende Anfragen',
  isExtension: 'Verlängerung einer laufenden Freigabe',
  isOwn: 'Ihre eigene Anfrage',
  askedFor: 'Angefragt',
  askedAs: (duration, account, host, kind) => (
    <>
      {duration} als {account} auf {host} ({kind})
    </>
  ),
  withReadOnly: duration => `${duration}, nur lesend`,
  ticket: 'Ticket',
  noTicket: 'keines angegeben',
  policy: 'Richtlinie',
  rule: name => `Regel „${name}“.`,
  limits: 'Grenzen',
  history: 'Vorgeschichte',
  firstRequest: 'Die erste hier bekannte Anfrage dieser Person.',
  otherRequests: (count, approved, denied) =>
    plural(count, {
      one: `# weitere Anfrage: ${approved} genehmigt, ${denied} abgelehnt.`,
      other: `# weitere Anfragen: ${approved} genehmigt, ${denied} abgelehnt.`,
    }),
  shorter: 'Kürzer',
  shorterHint: 'Zum Beispiel 10 min. Leer: wie angefragt.',
  readOnly: 'Nur lesend',
  heldByDatabase: 'Die Datenbank sorgt dafür: Die Rolle der Freigabe darf lesen und sonst nichts.',
  heldBySallyport:
    'Sallyport sorgt dafür: Die Sitzung sendet nichts, was schreibt. Was das Konto selbst auf dem Ziel darf, bleibt, wie es ist.',
  note: 'Anmerkung für die anfragende Person (freiwillig)',
  approve: 'Genehmigen',
  approveLength: length => `${length} genehmigen`,
  approveFor: (requester, target) => `${requester} für ${target} genehmigen`,
  approveForLength: (requester, target, length) => `${requester} für ${target} genehmigen, ${length}`,
  approvedByYou: 'Von Ihnen genehmigt',
  narrow: 'Einschränken',
  narrowFor: (requester, target) => `${requester} für ${target} einschränken`,
  deny: 'Ablehnen',
  denyFor: (requester, target) => `${requester} für ${target} ablehnen`,

  running: 'Laufende Sitzungen',
  theRunning: 'die laufenden Sitzungen',
  noneRuns: 'Keine Sitzung läuft. Eine, die beginnt, erscheint hier von selbst.',
  onTarget: (person, target) => (
    <>
      {person} auf {target}
    </>
  ),
  started: ago => `begonnen ${ago}`,
  left: clock => `noch ${clock}`,
  masked: (total, values) => (
    <>
      {total} maskiert: {values}
    </>
  ),
  watch: (operator, target) => `Live zusehen: ${operator} auf ${target}`,
  live: 'Live',

  revoked: 'Widerrufen',
  noFreeze: 'keine laufende Sitzung hat eine Eingabesperre gemeldet',
  frozenAfter: ms => `Eingabe gesperrt nach ${ms} ms`,
};

import type { Texts } from '../t.ts';

export const guide: Texts['guide'] = {
  operator: 'Erste Schritte als Operator',
  approver: 'Erste Schritte als Genehmiger',
  reviewer: 'Erste Schritte als Prüfer',
  administrator: 'Erste Schritte als Administrator',
  putAway: title => `Ausblenden: ${title}`,
  allDone: 'Alles erledigt. Das Hilfemenü holt dies zurück.',
  done: 'Erledigt',
  notDone: 'Noch nicht erledigt',
  notKnown: 'Nicht bekannt',

  ask: 'Zugriff anfragen',
  askText:
    'Wählen Sie ein Ziel, sagen Sie, warum und für wie lange. Was maskiert wird, sehen Sie vor dem Absenden.',
  getGrant: 'Eine Freigabe bekommen',
  getGrantText:
    'Jemand entscheidet darüber. Die Freigabe erscheint von selbst auf der Startseite; ab dann läuft ihre Zeit.',
  connect: 'Verbinden',
  connectText:
    'Das Terminal zeigt personenbezogene Daten maskiert. Die Leiste darüber zählt herunter und sagt, was bei null geschieht.',
  end: 'Die Sitzung beenden',
  endText:
    'Die Aufzeichnung wird während der Arbeit eingereicht und am Ende versiegelt: Sonst ist nichts zu tun.',

  beTold: 'Von Anfragen erfahren',
  beToldText:
    'Eine Benachrichtigung sagt Ihnen, wenn jemand wartet. Sie schalten sie in den Einstellungen ein.',
  decide: 'Über eine Anfrage entscheiden',
  decideText:
    'Lesen Sie, wer fragt und warum, schränken Sie ein, wo weniger genügt, genehmigen Sie oder lehnen Sie ab. Laufende Sitzungen stehen darunter: Dort können Sie zusehen, anhalten oder widerrufen.',

  makeKey: 'Ihren Schlüssel erzeugen',
  makeKeyText:
    'Aufzeichnungen sind für Prüfer verschlüsselt. Der Schlüssel entsteht auf diesem Rechner und bleibt auf ihm.',
  publish: 'Ihn veröffentlichen',
  publishText: 'Aufzeichnungen späterer Freigaben werden dann auch für ihn versiegelt.',
  review: 'Eine Aufzeichnung prüfen',
  reviewText:
    'Geben Sie sie wieder, springen Sie zwischen Masken, Befehlen und Alarmen, und entscheiden Sie: geprüft, beanstandet oder weiterzuverfolgen.',

  registerTarget: 'Ein Ziel eintragen',
  registerTargetText:
    'Ein Host oder eine Datenbank, die angefragt werden kann, mit dem, was dort maskiert wird.',
  giveAccounts: 'Konten vergeben',
  giveAccountsText:
    'Mindestens ein Operator und ein Genehmiger. Jede Person bekommt einen Code, der ein Gerät registriert.',
  reviewersKey: 'Für den Schlüssel eines Prüfers sorgen',
  reviewersKeyText: 'Es gibt keine Freigabe, solange niemand ihre Aufzeichnung öffnen könnte.',
  breakGlass: 'Einen Notfallschlüssel vorhalten',
  breakGlassText:
    'Zwei Verwahrer öffnen gemeinsam Aufzeichnungen, wenn kein Prüfer es kann. „sallyport keys“ erzeugt ihn.',
  setPolicy: 'Eine Zugriffsrichtlinie festlegen',
  setPolicyText:
    'Eine Datei sagt, wer was anfragen darf. Erproben Sie sie an früheren Anfragen, bevor sie gilt.',
};

import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const player: Texts['player'] = {
  recording: 'Aufzeichnung',
  recordedElsewhere: 'Anderswo aufgezeichnet',
  theKey: 'der Prüferschlüssel',
  fetching: 'Aufzeichnung wird geholt, geprüft und entschlüsselt …',
  preparing: 'Wiedergabe wird vorbereitet …',
  noSuchName: 'Es gibt keine Aufzeichnung dieses Namens.',
  replay: 'Wiedergabe',
  screen:
    'Wiedergabe. Leertaste startet und pausiert, Pfeiltasten springen, Umschalt mit Pfeiltasten springt von Marke zu Marke, Fragezeichen zeigt alle Tasten.',

  controls: 'Steuerung der Wiedergabe',
  play: 'Abspielen',
  pause: 'Pausieren',
  previousMark: 'Vorige Marke',
  nextMark: 'Nächste Marke',
  back: '5 Sekunden zurück',
  forward: '5 Sekunden vor',
  speed: 'Tempo',
  skipIdle: 'Pausen überspringen',
  copyLink: 'Link zu diesem Moment kopieren',
  copyText: 'Auswahl oder Bildschirm kopieren',
  keys: 'Tasten',
  reading: 'Wird gelesen …',
  linkCopied: 'Link zu diesem Moment kopiert.',
  textCopied: 'Kopiert, wie es angezeigt wird.',
  notCopied:
    'Der Browser hat das Kopieren nicht erlaubt. Klicken Sie in die Wiedergabe, und versuchen Sie es erneut.',

  unreadPart: 'Dieser Teil konnte nicht gelesen werden.',
  goesOn:
    'Es geht von selbst weiter, sobald der Server antwortet. Was vorher gelesen wurde, lässt sich inzwischen abspielen: Gehen Sie dorthin zurück.',
  retryAdvice:
    'Versuchen Sie es erneut, oder gehen Sie zu einem anderen Moment. Bleibt es so, sagen Sie es Ihrem Administrator.',
  missingAt: time => `Bei ${time} fehlt etwas.`,

  position: 'Position in der Aufzeichnung',
  positionOf: (time, end) => `Position, ${time} von ${end}`,
  andMore: count => `und ${count} weitere`,
  maskedTip: (count, entities) => `${count} ${entities} maskiert`,

  places: 'Stellen zum Anspringen',
  marks: 'Marken',
  commands: 'Befehle',
  search: 'Suche',
  marksTitle: 'Wo Daten maskiert wurden',
  masksOnly: 'Nur Masken',
  noMark: 'In dieser Aufzeichnung wurde nichts maskiert, und sonst ist nichts markiert.',
  marksToCome: 'Die Aufzeichnung wird gelesen; danach erscheint hier, was maskiert wurde.',
  moreMarks: left => `Mehr anzeigen (${plural(left, { one: 'noch # Marke', other: 'noch # Marken' })})`,
  commandsTitle: 'Befehle und Abfragen',
  noCommand:
    'In dieser Aufzeichnung wurde kein Befehl gefunden. Sie werden vom Bildschirm gelesen, hinter bekannten Eingabeaufforderungen.',
  statement: 'Abfrage',
  command: 'Befehl',
  exited: (what, code, time) => `${what}, Exit-Code ${code}, ${time}`,

  searchIn: 'In der Aufzeichnung suchen',
  searchWords: 'Angezeigte Wörter',
  searchIt: 'Aufzeichnung durchsuchen',
  previousHit: 'Voriger Treffer',
  nextHit: 'Nächster Treffer',
  anywhere: 'Auch Teile von Wörtern',
  searchedSoFar: 'Bisher durchsucht',
  stop: 'Stoppen',
  searchOn: time => `Ab ${time} weitersuchen`,
  hits: 'Treffer',
  moreHits: left => `Mehr anzeigen (noch ${plural(left, { one: '# Treffer', other: '# Treffer' })})`,
  searchMeans:
    'Findet, was mit einem Wort beginnt, so wie es angezeigt wurde. Verborgene Werte sind nicht zu finden: Sie sind nicht da.',
  searching: hits => `Suche läuft … bisher ${plural(hits, { one: '# Treffer', other: '# Treffer' })}`,
  nothingFound: 'Nichts gefunden.',
  found: hits => plural(hits, { one: '# Treffer.', other: '# Treffer.' }),
  foundAt: (hits, current) => `${plural(hits, { one: '# Treffer', other: '# Treffer' })}, bei ${current}.`,
  noIndex: 'Ein Teil der Aufzeichnung hat keinen Index und wurde durchgelesen.',
  unread: segments =>
    plural(segments, {
      one: '# Segment konnte nicht geöffnet werden.',
      other: '# Segmente konnten nicht geöffnet werden.',
    }),
};

export const playerKeys: Texts['playerKeys'] = {
  toggle: 'abspielen, pausieren',
  step: 'fünf Sekunden zurück, vor',
  mark: 'vorige, nächste Marke',
  command: 'voriger, nächster Befehl',
  mask: 'vorige, nächste Maske',
  output: 'vorige, nächste Ausgabe',
  search: 'suchen',
  hit: 'voriger, nächster Treffer der Suche',
  speed: 'langsamer, schneller',
  ends: 'Anfang, Ende',
  copyLink: 'Link zu diesem Moment kopieren',
  copyText: 'Auswahl oder Bildschirm kopieren',
  keys: 'diese Tasten',
};

export const markKinds: Texts['markKinds'] = {
  mask: 'Maske',
  command: 'Befehl',
  alert: 'Alarm',
  access: 'Zugriff',
  note: 'Vermerk',
  gap: 'Lücke',
  comment: 'Kommentar',
};

export const markTips: Texts['markTips'] = {
  command: text => `$ ${text}`,
  alert: text => `Alarm: ${text}`,
  access: text => `Zugriff: ${text}`,
  note: text => `Vermerk: ${text}`,
  comment: text => `Kommentar: ${text}`,
  gap: text => `Lücke: ${text}`,
};

export const lanes: Texts['lanes'] = {
  hit: 'Treffer der Suche',
  personal: 'personenbezogene Daten',
  secret: 'Geheimnisse',
  command: 'Befehle',
  alert: 'Alarme',
  access: 'Zugriff',
  note: 'Vermerke',
  comment: 'Kommentare',
  gap: 'Lücken',
};

export const verification: Texts['verification'] = {
  title: 'Echtheitsprüfung',
  checking: percent => `Wird geprüft, ${percent} %`,
  notChecked: 'Nicht geprüft',
  isChecked: 'Die Aufzeichnung wird auf Echtheit geprüft',
  isCheckedMeans:
    'Ihr Kopf, ihr Ende und ihr Index sind vom aufzeichnenden Gerät signiert. Was Sie sehen, wurde mit dem Hash seines Segments verglichen; ob alles da ist, steht fest, wenn alles gelesen wurde.',
  couldNotGoOn: 'Die Echtheitsprüfung kam nicht weiter',
  goesOn: 'Sie geht von selbst weiter, sobald der Server antwortet.',
  checkAgain: 'Erneut prüfen',
  at: time => `bei ${time}`,
  segments: 'Segmente',
  device: 'Gerät',
  grantHash: 'Hash der Freigabe',
};

export const verdicts: Texts['verdicts'] = {
  verified: {
    badge: 'Echt',
    title: 'Vollständig und unverändert',
    meaning:
      'Jedes Segment nennt den Hash des vorigen, und das Ende ist vom aufzeichnenden Gerät signiert. Seither wurde nichts herausgeschnitten, vertauscht oder hinzugefügt.',
  },
  imported: {
    badge: 'Importiert',
    title: 'Unbekannter Herkunft, seit dem Import unverändert',
    meaning:
      'Sie ist, was hier importiert wurde, und mehr sagt nichts: Was die Datei vorher enthielt, kann jeder geschrieben haben.',
  },
  faulty: {
    badge: 'Echtheit nicht belegt',
    title: 'Für diese Aufzeichnung ist nicht einzustehen',
    meaning:
      'Seien Sie vorsichtig mit dem, was Sie sehen; unten steht, was gefunden wurde. Was angezeigt wird, lässt sich noch entschlüsseln und ist das, was die Datei enthält.',
  },
};

export const verificationProblems: Texts['verificationProblems'] = {
  'not-a-recording': 'keine Aufzeichnung',
  header: 'Kopf',
  chain: 'Kette',
  segment: 'Segment',
  signature: 'Signatur',
  cut: 'abgeschnitten',
  'after-end': 'nach dem Ende',
  gap: 'Lücke',
  origin: 'Herkunft',
};

import type { Texts } from '../t.ts';

export const reasons: Texts['reasons'] = {
  by: (what, percent) => `an ${what}, zu ${percent} % sicher`,
  because: (what, evidence, percent) => `an ${what} (${evidence}), zu ${percent} % sicher`,
  ruleFor: name => `der Regel für „${name}“`,
};

/** Nach „erkannt an“. */
export const maskMethods: Texts['maskMethods'] = {
  column: 'der Tabellenspalte, in der es steht',
  'column-vote': 'den anderen Zellen der Spalte',
  cut: 'dem, was ein Rand des Bildschirms davon übrig ließ',
  key: 'dem Schlüsselwort davor',
  block: 'dem Schlüsselwort darüber',
  context: 'einem Wort in der Nähe',
  address: 'der Form',
  v4: 'der Form',
  v6: 'der Form',
  grouped: 'der Form',
  bare: 'der Form',
  pair: 'einem Vornamen mit Nachnamen',
  named: 'einem Wort in der Nähe',
  phrase: 'den Wörtern davor',
};

export const maskRules: Texts['maskRules'] = {
  'card.luhn': 'Prüfsumme, Aussteller und Länge',
  'iban.mod97': 'Land, Länge und Prüfsumme',
  'phone.international': 'der internationalen Form',
  'phone.national': 'der nationalen Form',
  'phone.nanp': 'der nordamerikanischen Form',
  'person.title': 'der Anrede davor',
  'private-key.pem': 'dem PEM-Block, in dem es steht',
  'password.url': 'der Stelle in einer URL',
  'password.sql': 'der SQL-Klausel davor',
  'detector.failed': 'der Vorsicht: Diese Zeile konnte nicht gelesen werden',
};

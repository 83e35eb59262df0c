import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const audit: Texts['audit'] = {
  about: 'Wer was getan hat, wann und warum. Jeder Eintrag sichert den vor ihm durch dessen Hash.',
  theLog: 'das Audit-Protokoll',
  empty: 'Das Protokoll ist leer',
  emptyMeans:
    'Anfragen, Entscheidungen, Sitzungen und Prüfungen werden hier verzeichnet, sobald sie geschehen.',
  find: 'Suchen',
  findBy: 'Person, Aktion, Ziel …',
  entries: count => plural(count, { one: '# Eintrag', other: '# Einträge' }),
  list: 'Einträge des Audit-Protokolls',
  number: 'Nr.',
  when: 'Wann',
  who: 'Wer',
  did: 'Aktion',
  to: 'Gegenstand',
  details: 'Einzelheiten',
  hash: 'Hash',
};

import type { Texts } from '../t.ts';

export const common: Texts['common'] = {
  cancel: 'Abbrechen',
  refresh: 'Aktualisieren',
  retry: 'Erneut versuchen',
  choose: 'Auswählen',
  reason: 'Begründung',
  standsInLog: 'Steht im Audit-Protokoll.',
  loading: what => `Wird geladen: ${what} …`,
  notLoaded: what => `Nicht geladen: ${what}`,
  asTable: 'Als Tabelle',
  nothing: 'nichts',
  justNow: 'gerade eben',
};

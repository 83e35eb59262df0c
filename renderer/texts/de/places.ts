import type { Texts } from '../t.ts';

export const places: Texts['places'] = {
  launcher: 'Start',
  launcherWords: 'meine Freigaben Zugriff Anfragen Sitzungen verbinden launcher',
  approvals: 'Genehmigungen',
  approvalsWords: 'entscheiden genehmigen ablehnen einschränken laufende Sitzungen widerrufen anhalten live',
  recordings: 'Aufzeichnungen',
  recordingsWords: 'prüfen wiedergeben importieren Beweise Suche',
  keys: 'Schlüssel',
  keysWords: 'Empfänger Identität Prüfergruppen Notfallschlüssel Anteile',
  audit: 'Audit',
  auditWords: 'Audit-Protokoll wer was getan hat',
  insights: 'Auswertung',
  insightsWords: 'Diagramme Zahlen Statistik Offenlegung Zeit bis zur Genehmigung Widerruf Alarme',
  admin: 'Verwaltung',
  adminWords: 'Ziele Zugriffsrichtlinie Probelauf Personen Konten Gruppen Verbindung testen',
  settings: 'Einstellungen',
  settingsWords:
    'Vorlieben Farbschema Kontrast Dichte Schrift Signal Benachrichtigungen Tasten Gerät Sprache language',
};

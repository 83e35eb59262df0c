import type { Texts } from '../t.ts';

export const alertRules: Texts['alertRules'] = {
  budget: 'Budget an Werten aufgebraucht',
  'bulk-personal-data': 'Viele personenbezogene Daten auf einmal',
  'special-category': 'Besondere Kategorien von Daten',
  'many-rows': 'Viele Zeilen in einer Abfrage',
  'odd-hours': 'Außerhalb der Arbeitszeit',
  'new-target': 'Zum ersten Mal auf einem Ziel',
};

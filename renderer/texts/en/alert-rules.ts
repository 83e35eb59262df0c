import type { AlertRule } from '../../../contract/monitoring.ts';

/** What rules of monitoring look for. */
export const alertRules = {
  budget: 'Budget of values used up',
  'bulk-personal-data': 'Much personal data at once',
  'special-category': 'Special categories of data',
  'many-rows': 'Many rows in one statement',
  'odd-hours': 'Outside of working hours',
  'new-target': 'First time on a target',
} satisfies Record<AlertRule, string>;

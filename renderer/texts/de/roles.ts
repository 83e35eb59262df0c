import type { Texts } from '../t.ts';

export const roles: Texts['roles'] = {
  operator: 'Operator',
  approver: 'Genehmiger',
  reviewer: 'Prüfer',
  administrator: 'Administrator',
};

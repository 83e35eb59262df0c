import type { Role } from '../../../contract/server-api.ts';

export const roles = {
  operator: 'operator',
  approver: 'approver',
  reviewer: 'reviewer',
  administrator: 'administrator',
} satisfies Record<Role, string>;

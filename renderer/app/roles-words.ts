import type { Role } from '../../contract/server-api.ts';
import { t } from '../texts/t.ts';

/** `operator, approver`. */
export function rolesWords(roles: readonly Role[]): string {
  return roles.map(role => t.roles[role]).join(', ');
}

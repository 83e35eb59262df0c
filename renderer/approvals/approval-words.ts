import type { AccessRequest } from '../../contract/server-api.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** `1 of 2 approvals: Anna`; null where one approver is enough. */
export function approvalWords({ approvals }: Pick<AccessRequest, 'approvals'>): string | null {
  if (approvals.required <= 1) return null;
  const names = approvals.by.map(({ name }) => name).join(', ');
  const given = number(approvals.by.length);
  const required = number(approvals.required);
  return names === ''
    ? t.launcher.approvals(given, required)
    : t.launcher.approvalsBy(given, required, names);
}

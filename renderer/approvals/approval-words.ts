import type { AccessRequest } from '../../contract/server-api.ts';

/** `1 of 2 approvals: Anna`; null where one approver is enough. */
export function approvalWords({ approvals }: Pick<AccessRequest, 'approvals'>): string | null {
  if (approvals.required <= 1) return null;
  const names = approvals.by.map(({ name }) => name).join(', ');
  return `${approvals.by.length} of ${approvals.required} approvals${names === '' ? '' : `: ${names}`}`;
}

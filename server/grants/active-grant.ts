import { SallyportError } from '../../contract/errors.ts';
import type { GrantRow } from './grant-records.ts';

/** Throws `grant-revoked`, `grant-expired` or (for one that was extended) `conflict` unless the grant lets anybody in now. */
export function refuseUnlessActive(grant: GrantRow, nowMs: number): void {
  if (grant.state === 'revoked') {
    throw new SallyportError('grant-revoked', 'The grant was revoked. Ask for new access.');
  }
  if (grant.expires_at_ms <= nowMs) {
    throw new SallyportError('grant-expired', 'The grant has expired. Ask for new access.');
  }
  if (grant.state === 'superseded') {
    throw new SallyportError('conflict', 'The grant was extended: use the one that supersedes it.');
  }
  if (grant.state !== 'active') {
    throw new SallyportError('grant-expired', 'The grant has expired. Ask for new access.');
  }
}

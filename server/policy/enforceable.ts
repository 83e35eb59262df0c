import { SallyportError } from '../../contract/errors.ts';
import { unenforceableLimit } from '../../core/access/enforceable-scope.ts';
import type { TargetTerms } from '../database/schema.ts';

/** Throws `conflict` where no client would open a session under these terms, since nothing can hold it to its limits. */
export function refuseUnenforceable({ target, scope, budget }: TargetTerms, readOnly: boolean): void {
  const limit = unenforceableLimit(target.kind, {
    scope: { ...scope, readOnly: scope.readOnly || readOnly },
    budget,
  });
  if (limit === null) return;
  throw new SallyportError(
    'conflict',
    `No client would open a session under this grant: nothing can hold it to its limits (${limit}). Have an administrator change the target or the policy.`,
  );
}

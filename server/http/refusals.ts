import { SallyportError } from '../../contract/errors.ts';
import type { RouteName } from '../../contract/server-routes.ts';
import type { Caller } from '../authorization.ts';
import type { ServerContext } from '../server-context.ts';

/** Notes that the policy refused somebody something. */
export async function auditRefusal(
  context: ServerContext,
  refusal: {
    readonly caller: Caller;
    /** a route of the table, or what is mounted beside it */
    readonly name: RouteName | 'uploadRecording' | 'readRecording';
    readonly error: unknown;
  },
): Promise<void> {
  const { caller, name, error } = refusal;
  if (!(error instanceof SallyportError) || error.code !== 'not-allowed') return;
  await context.changes.run(change => {
    change.audit({ actor: caller, action: 'refused', subject: name, detail: { reason: error.message } });
    return Promise.resolve();
  });
}

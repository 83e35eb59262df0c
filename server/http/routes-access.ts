import { authorize, isAllowed } from '../authorization.ts';
import type { Action, Caller } from '../authorization.ts';
import type { AccountId } from '../../contract/ids.ts';
import { createCredential } from '../credentials/create-credential.ts';
import type { CredentialContext } from '../credentials/create-credential.ts';
import { createTokenKey } from '../credentials/create-token-key.ts';
import { listGrantRecords, readGrantRow, toGrant } from '../grants/grant-records.ts';
import { reportFrozen, revokeGrant } from '../grants/revoke-grant.ts';
import { createRequest, withdrawRequest } from '../requests/create-request.ts';
import { decideRequest } from '../requests/decide-request.ts';
import { listRequestRecords, readRequestRow, toRequest } from '../requests/request-records.ts';
import { listSessionRecords } from '../sessions/session-records.ts';
import { createSession, liftBudget, reportSession, suspendSession } from '../sessions/sessions.ts';
import type { RouteMount } from './mount-route.ts';

/** Requests, grants, credentials, sessions. */
export function mountAccessRoutes(
  mount: RouteMount,
  context: CredentialContext,
  sweepSoon: () => void,
): void {
  const { db, nowMs } = context;
  mount('listRequests', async ({ caller, query }) => ({
    requests: await listRequestRecords(db, { ...query, ...visibleTo(caller, 'request.read') }),
  }));
  mount('createRequest', ({ caller, input }) => createRequest(context, caller, input));
  mount('getRequest', async ({ caller, params }) => {
    const row = await readRequestRow(db, params.id);
    authorize(caller, 'request.read', { ownerId: row.account_id });
    return toRequest(db, row);
  });
  mount('withdrawRequest', ({ caller, params }) => withdrawRequest(context, caller, params.id));
  mount('decideRequest', async ({ caller, params, input }) => {
    const request = await decideRequest(context, caller, { ...params, ...input });
    sweepSoon();
    return request;
  });

  mount('listGrants', async ({ caller, query }) => ({
    grants: await listGrantRecords(
      db,
      { ...query, ...visibleTo(caller, 'grant.read') },
      { nowMs: nowMs(), deviceId: caller.deviceId },
    ),
  }));
  mount('getGrant', async ({ caller, params }) => {
    const row = await readGrantRow(db, params.id);
    authorize(caller, 'grant.read', { ownerId: row.account_id });
    return toGrant(db, row, { nowMs: nowMs(), deviceId: caller.deviceId });
  });
  mount('revokeGrant', async ({ caller, params, input }) => {
    const grant = await revokeGrant(context, caller, { ...params, ...input });
    sweepSoon();
    return grant;
  });
  mount('reportFrozen', ({ caller, params, input }) =>
    reportFrozen(context, caller, { ...params, ...input }),
  );
  mount('createCredential', async ({ caller, params, input, reply }) => {
    void reply.header('cache-control', 'no-store');
    return createCredential(context, caller, { ...params, ...input });
  });

  mount('createTokenKey', async ({ caller, params, reply }) => {
    void reply.header('cache-control', 'no-store');
    return createTokenKey(context, caller, params.id);
  });

  mount('listSessions', async ({ caller, query }) => {
    const isRunning = query.running === undefined ? undefined : query.running === 'true';
    const { limit, chain } = query;
    const filter = { limit, chain, isRunning, ...visibleTo(caller, 'session.read') };
    return { sessions: await listSessionRecords(db, filter) };
  });
  mount('createSession', ({ caller, input }) => createSession(context, caller, input));
  mount('reportSession', ({ caller, params, input }) =>
    reportSession(context, caller, { ...params, ...input }),
  );
  mount('suspendSession', ({ caller, params, input }) =>
    suspendSession(context, caller, { ...params, ...input }),
  );
  mount('liftBudget', ({ caller, params }) => liftBudget(context, caller, params.id));
}

/** Everything, for whoever may read what is another's; else what is the caller's own. */
function visibleTo(caller: Caller, action: Action): { readonly ownerId?: AccountId } {
  return isAllowed(caller, action) ? {} : { ownerId: caller.account.id };
}

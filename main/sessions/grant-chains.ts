import { SallyportError } from '../../contract/errors.ts';
import type { GrantId, SessionId } from '../../contract/ids.ts';
import type { GrantRecord, SessionRecord } from '../../contract/server-api.ts';
import { verifyGrant } from '../access/verify-grant.ts';
import type { ServerConnection } from '../server-client/server-connection.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { expectationOf } from './open-session.ts';
import type { RunningSessions } from './running-sessions.ts';
import type { Session } from './session.ts';

/** What a client needs to know of a revoked grant. `rootId`: the first grant of its chain of extensions; server time. */
export interface Revocation {
  readonly grantId: GrantId;
  readonly rootId: GrantId;
  readonly revokedAtMs: number;
}

/** What becomes of the grants under which sessions run or are being opened: a grant and those that extend it are one chain. */
export interface GrantChains {
  revoked(revocation: Revocation): void;
  /** Resolves when every session has taken it or told why not. */
  issued(record: GrantRecord): Promise<void>;
  /** Whether a chain was revoked, as far as is known: what arrives late, or is being opened, must not go on under it. */
  isRevoked(rootId: GrantId): boolean;
  suspended(sessionId: SessionId, isSuspended: boolean): void;
  budgetLifted(sessionId: SessionId, liftedAtMs: number): void;
  /** Takes in what the server knows of a chain and of the sessions under it; returns those. Rejects where it cannot be reached. */
  resync(rootId: GrantId): Promise<readonly SessionRecord[]>;
}

export interface GrantChainsOptions {
  readonly account: EnrolledAccount;
  readonly connection: () => ServerConnection;
  readonly sessions: RunningSessions;
  readonly onNotice: (sessionId: SessionId, level: 'warning' | 'error', message: string) => void;
}

export function createGrantChains(options: GrantChainsOptions): GrantChains {
  const { account, sessions } = options;
  const revokedRoots = new Set<GrantId>();
  /** extensions are taken one after the other, in the order in which they were heard of */
  let extending: Promise<void> = Promise.resolve();

  function issued(record: GrantRecord): Promise<void> {
    if (record.supersedes !== null)
      sessions.tellChain(record.rootId, session => {
        extending = extending.then(() => extend(session, record));
      });
    return extending;
  }

  /** Never rejects: what is wrong with an extension is told to the person. */
  async function extend(session: Session, record: GrantRecord): Promise<void> {
    const isDone = () => session.isUnder(record.id) || revokedRoots.has(record.rootId);
    if (isDone()) return;
    const connection = options.connection();
    try {
      const jws = record.jws ?? (await connection.http.call('getGrant', { params: { id: record.id } })).jws;
      if (jws === null) return;
      const { claims } = await verifyGrant(jws, expectationOf(account, connection.time.nowMs()));
      // Perhaps revoked while this was checked.
      if (isDone()) return;
      if (claims.jti === record.id && session.extend(record, claims)) return;
      options.onNotice(
        session.sessionId,
        'warning',
        'An extension was issued whose terms are not those of the running session, so it was not taken: the session ends as before. Open a new session under the new grant.',
      );
    } catch (error) {
      const why = error instanceof SallyportError ? error.message : 'It could not be checked.';
      options.onNotice(session.sessionId, 'error', `An extension was refused. ${why}`);
    }
  }

  function revoked(revocation: Revocation): void {
    revokedRoots.add(revocation.rootId);
    sessions.tellChain(revocation.rootId, session => session.revoke(revocation));
  }

  function suspended(sessionId: SessionId, isSuspended: boolean): void {
    sessions.tell(sessionId, session => session.dispatch({ kind: 'suspended', isSuspended }));
  }

  function budgetLifted(sessionId: SessionId, liftedAtMs: number): void {
    sessions.tell(sessionId, session => session.liftBudget(liftedAtMs));
  }

  return {
    revoked,
    issued,
    isRevoked: rootId => revokedRoots.has(rootId),
    suspended,
    budgetLifted,
    async resync(chain) {
      const { http } = options.connection();
      const [{ grants }, { sessions: known }] = await Promise.all([
        http.call('listGrants', { query: { chain } }),
        http.call('listSessions', { query: { chain, running: 'true' } }),
      ]);
      for (const { id, rootId, state, revokedAtMs, expiresAtMs } of grants)
        if (state === 'revoked') revoked({ grantId: id, rootId, revokedAtMs: revokedAtMs ?? expiresAtMs });
      for (const { id, isSuspended, budgetLiftedAtMs } of known) {
        suspended(id, isSuspended);
        if (budgetLiftedAtMs !== null) budgetLifted(id, budgetLiftedAtMs);
      }
      // Oldest first: an extension of an extension is found through the one before.
      for (const grant of grants.toSorted((a, b) => a.issuedAtMs - b.issuedAtMs)) await issued(grant);
      return known;
    },
  };
}

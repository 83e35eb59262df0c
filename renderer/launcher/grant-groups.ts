import type { AccessRequest, GrantRecord } from '../../contract/server-api.ts';

/** Grants that can be connected with now, the one that ends first in front. */
export function usableGrants(grants: readonly GrantRecord[], holderId: string, nowMs: number): GrantRecord[] {
  return grants
    .filter(grant => grant.holder.id === holderId && grant.state === 'active' && grant.expiresAtMs > nowMs)
    .sort((a, b) => a.expiresAtMs - b.expiresAtMs);
}

/** The request that a grant came from: it says whether the grant is read-only and under which ticket. */
export function requestOf(grant: GrantRecord, requests: readonly AccessRequest[]): AccessRequest | null {
  return requests.find(request => request.id === grant.requestId || request.grantId === grant.id) ?? null;
}

/** Own requests that somebody still has to decide, then those decided against in the last day; newest first. */
export function openRequests(
  requests: readonly AccessRequest[],
  requesterId: string,
  nowMs: number,
): AccessRequest[] {
  const isRecent = (request: AccessRequest) => nowMs - (request.decidedAtMs ?? request.createdAtMs) < DAY_MS;
  return requests
    .filter(request => request.requester.id === requesterId)
    .filter(request => request.state === 'pending' || (request.state === 'denied' && isRecent(request)))
    .sort(
      (a, b) =>
        Number(b.state === 'pending') - Number(a.state === 'pending') || b.createdAtMs - a.createdAtMs,
    );
}

/** The request for more time that waits for a decision, if there is one. */
export function pendingExtension(requests: readonly AccessRequest[], grantId: string): AccessRequest | null {
  return requests.find(request => request.state === 'pending' && request.supersedes === grantId) ?? null;
}

const DAY_MS = 24 * 3_600_000;

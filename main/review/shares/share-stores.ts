import type { AccountId, RecordingId } from '../../../contract/ids.ts';
import type { HeldShare } from '../../../contract/recording-share.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import type { ShareStore } from './open-shares.ts';

/** Shares that the server keeps. */
export function createServerShares(http: Pick<ServerHttp, 'call'>, id: RecordingId): ShareStore {
  return {
    list: async () => (await http.call('listShares', { params: { id } })).shares,
    sealed: async share => (await http.call('readShare', { params: { id, shareId: share.id } })).sealed,
  };
}

/** Shares that came in a file. */
export function createHeldShares(shares: readonly HeldShare[]): ShareStore {
  return {
    list: () => Promise.resolve(shares),
    sealed: ({ id }) => Promise.resolve(shares.find(share => share.id === id)?.sealed ?? ''),
  };
}

/** What was shared with an account's recipients, those that were retired included, to be taken along. */
export async function fetchShares(
  http: Pick<ServerHttp, 'call'>,
  id: RecordingId,
  accountId: AccountId,
): Promise<HeldShare[]> {
  const { recipients } = await http.call('listRecipients', { query: { retired: 'true' } });
  const own = new Set(recipients.flatMap(each => (each.accountId === accountId ? [each.recipient] : [])));
  const store = createServerShares(http, id);
  const held: HeldShare[] = [];
  for (const share of await store.list())
    if (own.has(share.recipient)) held.push({ ...share, sealed: await store.sealed(share) });
  return held;
}

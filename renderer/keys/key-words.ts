import type { IdentityState, KeyRecipient } from '../../contract/keys.ts';
import type { AccountId } from '../../contract/ids.ts';
import type { ReviewerGroup } from '../../contract/server-administration.ts';
import { t } from '../texts/t.ts';

/** How the key on this machine is guarded, for its owner. */
function protectionWords({ protection }: Pick<IdentityState, 'protection'>): string {
  switch (protection) {
    case 'passphrase':
      return t.keys.underPassphrase;
    case 'keychain':
      return t.keys.inKeychain;
    case 'file':
      return t.keys.inFile;
    case null:
      return t.keys.noKeyHere;
  }
}

/** The same, and whether it is unlocked where that takes a passphrase. */
export function keptWords(
  identity: Pick<IdentityState, 'protection' | 'needsPassphrase' | 'isUnlocked'>,
): string {
  const where = protectionWords(identity);
  if (!identity.needsPassphrase) return where;
  return identity.isUnlocked ? t.keys.unlockedNow(where) : t.keys.lockedNow(where);
}

/** What stands of this machine's key on the server, as far as that is known: `null` while it is not. */
export function registrationOf(
  identity: Pick<IdentityState, 'recipient'>,
  registered: readonly KeyRecipient[] | null,
  accountId: AccountId,
): 'published' | 'not-published' | 'retired' | 'of-another' | null {
  if (registered === null) return null;
  const own = registered.find(({ recipient }) => recipient === identity.recipient);
  if (own === undefined) return 'not-published';
  if (own.retiredAtMs !== null) return 'retired';
  return own.accountId === accountId ? 'published' : 'of-another';
}

/** Recipients of the account that grants still name, besides this machine's newest: what a rotation leaves to be retired. */
export function olderActive(
  identity: Pick<IdentityState, 'recipient'>,
  registered: readonly KeyRecipient[],
  accountId: AccountId,
): readonly KeyRecipient[] {
  return registered.filter(
    each =>
      each.accountId === accountId &&
      each.retiredAtMs === null &&
      !each.isBreakGlass &&
      each.recipient !== identity.recipient,
  );
}

export interface PersonKeys {
  readonly accountId: AccountId;
  readonly name: string;
  readonly groups: readonly string[];
  /** active ones first, the newest first */
  readonly keys: readonly KeyRecipient[];
}

/** Reviewers' recipients by person, by name; break-glass keys are nobody's. */
export function byPerson(
  recipients: readonly KeyRecipient[],
  groups: readonly ReviewerGroup[],
): readonly PersonKeys[] {
  const people = Map.groupBy(
    recipients.filter(({ isBreakGlass }) => !isBreakGlass),
    ({ accountId }) => accountId,
  );
  return [...people]
    .map(([accountId, keys]) => ({
      accountId,
      name: keys[0]?.accountName ?? '',
      groups: groups.filter(({ members }) => members.some(({ id }) => id === accountId)).map(({ id }) => id),
      keys: keys.toSorted(
        (a, b) =>
          Number(a.retiredAtMs !== null) - Number(b.retiredAtMs !== null) || b.addedAtMs - a.addedAtMs,
      ),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Members of a group whose keys recordings are not sealed to, because they have registered none. */
export function membersWithoutKey(
  group: Pick<ReviewerGroup, 'members'>,
  recipients: readonly KeyRecipient[],
): readonly string[] {
  return group.members
    .filter(({ id }) => !recipients.some(each => each.accountId === id && each.retiredAtMs === null))
    .map(({ name }) => name);
}

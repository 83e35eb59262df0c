import type { AccountId } from '../../contract/ids.ts';
import { ReviewerGroupId } from '../../contract/ids.ts';
import type { ReviewerGroup } from '../../contract/server-administration.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import type { CommandIo } from './command.ts';
import { UsageError } from './command.ts';
import { answer } from './shared-options.ts';

/** `admin disable`. Throws `UsageError`, and what the server refuses. */
export async function disableAccount(
  connect: () => ServerHttp,
  wanted: {
    readonly account: string | undefined;
    readonly reason?: string | undefined;
    readonly json: boolean;
  },
  io: CommandIo,
): Promise<void> {
  if (wanted.account === undefined) throw new UsageError('name the account to disable.');
  if (wanted.reason === undefined) throw new UsageError('say why with --reason.');
  const http = connect();
  const [id] = await accountIds(http, [wanted.account]);
  if (id === undefined) return;
  const disabled = await http.call('disableAccount', { params: { id }, input: { reason: wanted.reason } });
  const { account, devices, sessions, retired, leftGroups } = disabled;
  const left = leftGroups.length === 0 ? '' : `, left ${leftGroups.join(', ')}`;
  answer(
    io,
    wanted.json,
    disabled,
    `${account.name} is disabled: ${devices} devices revoked, ${sessions} running sessions ended, ${retired.length} recipients retired${left}.`,
  );
}

/** `admin groups`, `admin groups add|remove GROUP ACCOUNT…`, `admin groups delete GROUP`. Throws as `disableAccount`. */
export async function reviewerGroups(
  connect: () => ServerHttp,
  { positionals, isJson }: { readonly positionals: readonly string[]; readonly isJson: boolean },
  io: CommandIo,
): Promise<void> {
  const [verb, group, ...accounts] = positionals;
  if (verb === undefined) {
    const { groups } = await connect().call('listReviewerGroups', {});
    if (isJson) io.stdout.write(`${JSON.stringify({ groups })}\n`);
    else for (const each of groups) io.stdout.write(`${lineOf(each)}\n`);
    return;
  }
  if (verb !== 'add' && verb !== 'remove' && verb !== 'delete')
    throw new UsageError(`there is no "groups ${verb}"; there are add, remove and delete.`);
  const id = ReviewerGroupId.safeParse(group);
  if (!id.success) throw new UsageError('name the group: 1 to 64 letters, digits, "-" or "_".');
  if (verb === 'delete') {
    if (accounts.length > 0) throw new UsageError(`"${accounts.join(' ')}" is too much.`);
    const deleted = await connect().call('deleteReviewerGroup', { params: { id: id.data } });
    answer(io, isJson, deleted, `The group ${id.data} is deleted.`);
    return;
  }
  if (accounts.length === 0) throw new UsageError('name the accounts.');
  const http = connect();
  const members = await accountIds(http, accounts);
  const changed = await http.call('changeReviewerGroup', { input: { id: id.data, [verb]: members } });
  answer(io, isJson, changed, lineOf(changed));
}

/** By id or by name, in whatever case. Throws `UsageError` for what is neither. */
export async function accountIds(http: ServerHttp, names: readonly string[]): Promise<AccountId[]> {
  const { accounts } = await http.call('listAccounts', { query: { limit: 1000 } });
  return names.map(name => {
    const found = accounts.find(each => each.id === name || each.name.toLowerCase() === name.toLowerCase());
    if (found === undefined)
      throw new UsageError(`there is no account "${name}"; "sallyport admin list" shows them.`);
    return found.id;
  });
}

function lineOf({ id, members, targetIds }: ReviewerGroup): string {
  const names = members.length === 0 ? 'nobody' : members.map(({ name }) => name).join(', ');
  return `${id}  ${names}${targetIds.length === 0 ? '' : `  (${targetIds.join(', ')})`}`;
}

import type { Profile } from '../../vault/profile-folder.ts';
import type { CommandIo } from '../command.ts';
import { UsageError } from '../command.ts';
import { chooseAccount, httpAs } from '../enrolled-account.ts';
import { answer } from '../shared-options.ts';

/** `keys retire`: grants from now on leave the recipient out. Throws `UsageError`, and what the server refuses. */
export async function retire(
  profile: Profile,
  given: {
    readonly recipient: string | undefined;
    readonly name: string | undefined;
    readonly isJson: boolean;
  },
  io: CommandIo,
): Promise<void> {
  const { recipient, name, isJson } = given;
  if (recipient === undefined) throw new UsageError('name the recipient (age1…) to retire.');
  const http = httpAs(chooseAccount(profile, { name, role: 'reviewer' }));
  const retired = await http.call('retireRecipient', { input: { recipient } });
  answer(
    io,
    isJson,
    retired,
    `${recipient} of ${retired.accountName} is retired: grants from now on leave it out.`,
  );
}

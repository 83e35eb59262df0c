import { SallyportError } from '../../../contract/errors.ts';
import type { Account } from '../../../contract/server-api.ts';
import { durationWords } from '../../../core/access/words.ts';
import type { App } from '../../app/app.ts';
import { createNodeClient } from '../../app/create-node-client.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { asks } from '../connect/asks.ts';
import { KEY_WORDS } from '../connect/own-terminal.ts';
import { runSession } from '../connect/run-session.ts';
import { answer, JSON_OUTPUT, PROFILE } from '../shared-options.ts';

export const command = defineCommand({
  name: 'connect',
  summary: 'a recorded, redacted session in this terminal',
  help: {
    about: `Opens a recorded, redacted, time-limited session under a grant, in this terminal. GRANT is the id of an active grant of yours;
--list prints them. The terminal's title counts down and tells how the recording is; warnings come before the grant ends; at its end the
screen is covered and input closes. More time can be asked for from within: an approver decides as in the window, and the session goes on
where it stopped.`,
    usage: ['connect GRANT', 'connect --list [--json]'],
    notes: `Keys: ${KEY_WORDS} They are not those of ssh (~), which an ssh inside of the session has for itself.`,
    exitCodes:
      '0 the session ended in the ordinary way, 1 it failed, 2 wrong usage, 3 refused, revoked or expired',
  },
  options: {
    list: {
      type: 'boolean',
      default: false,
      about: 'print the active grants, one per line: id, target, account, time left',
    },
    json: { ...JSON_OUTPUT, about: 'with --list: each grant as one line of JSON' },
    account: {
      type: 'string',
      value: 'NAME',
      about: 'act as this account (needed where several are enrolled)',
    },
    profile: PROFILE,
  },
  async run({ values, positionals }, io): Promise<ExitCode> {
    const [grantId, ...rest] = positionals;
    if (rest.length > 0 || values.list === (grantId !== undefined))
      throw new UsageError('Give the id of one grant, or --list.');
    if (values.json && !values.list) throw new UsageError('--json goes with --list.');
    if (!values.list && !isTerminal(io))
      throw new SallyportError('bad-input', 'This needs a terminal on standard input and output.');
    const app = createNodeClient({
      ...(values.profile === undefined ? {} : { profileFolder: values.profile }),
      environment: io.environment,
      keepsSpareHost: false,
    });
    try {
      const account = chooseAccount(app, values.account);
      return grantId === undefined
        ? await listGrants(app, account, { isJson: values.json, io })
        : await runSession(app, account, { grantId, io });
    } finally {
      await app.dispose();
    }
  },
});

function chooseAccount(app: App, name: string | undefined): Account {
  const accounts = app.accounts().map(each => each.enrolled.account);
  const fitting =
    name === undefined
      ? accounts.filter(account => account.roles.includes('operator'))
      : accounts.filter(account => account.id === name || account.name === name);
  const [account, ...others] = fitting;
  if (account !== undefined && others.length === 0) return account;
  const names = accounts.map(each => `"${each.name}"`).join(', ');
  throw new UsageError(
    accounts.length === 0
      ? 'No account is enrolled in this profile. Enrol this device with "sallyport keys enrol URL", or in "sallyport serve".'
      : `Choose one account with --account: ${names}.`,
  );
}

async function listGrants(
  app: App,
  account: Account,
  { isJson, io }: { readonly isJson: boolean; readonly io: CommandIo },
): Promise<ExitCode> {
  const ask = asks(app.connect(() => undefined));
  await ask('account.use', { accountId: account.id });
  const grants = await ask('grants.list', {});
  const usable = grants.filter(grant => grant.state === 'active' && grant.holder.id === account.id);
  for (const grant of usable) {
    const left = durationWords(grant.expiresAtMs - Date.now());
    answer(io, isJson, grant, `${grant.id}\t${grant.target.name}\t${grant.account}\t${left}`);
  }
  if (usable.length === 0 && !isJson) io.stderr.write('There is no active grant. Request access first.\n');
  return EXIT.ok;
}

function isTerminal(io: CommandIo): boolean {
  return [io.stdin, io.stdout].every(stream => 'isTTY' in stream && stream.isTTY === true);
}

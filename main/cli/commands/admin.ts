import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SallyportError } from '../../../contract/errors.ts';
import { Role, TargetInput } from '../../../contract/server-api.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import { disableAccount, reviewerGroups } from '../manage-people.ts';
import { adminPolicy } from '../admin-policy.ts';
import { keepRecordings } from '../keep-recordings.ts';
import type { Command, CommandIo } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { chooseAccount, httpAs } from '../enrolled-account.ts';

const help = `People, groups of reviewers and targets of a server, as one of its administrators. Enrol the administrator's device first:
"sallyport keys enrol".

Usage: sallyport admin account NAME --roles ROLE[,ROLE…]
       sallyport admin target FILE.json
       sallyport admin list [--json]
       sallyport admin disable ACCOUNT --reason TEXT
       sallyport admin groups [--json]
       sallyport admin groups add|remove GROUP ACCOUNT…
       sallyport admin ssh-ca
       sallyport admin recordings [--json]
       sallyport admin hold|lift|delete RECORDING --reason TEXT [--output FILE]
       sallyport admin retention RECORDING --until DATE --reason TEXT
       sallyport admin scrub [RECORDING]
       sallyport admin policy check FILE | test FILE [--limit N] | show [--json]

account  makes an account and prints the one-time code with which its owner enrols a device; the roles are
         operator, approver, reviewer and administrator
target   registers a target, or replaces the one of the same id, from a JSON file:
           { "target": { "id": "shop-db", "kind": "postgres", "name": "shop", "environment": "production",
                         "host": "db.internal", "port": 5432, "database": "shop" },
             "accounts": ["support"], "redaction": { "preset": "balanced" }, "scope": {}, "session": {}, "maxMinutes": 60,
             "secret": { "kind": "password", "username": "support", "password": "…" } }
         redaction: a preset (balanced, strict, support, secrets-only) and what differs from it, for example
         { "preset": "support", "entities": { "iban": "token" }, "columns": ["loyalty_number"], "tokenScope": "organisation",
           "allowEmailDomains": ["example.com"], "allowNetworks": ["192.0.2.0/24"] }; "sallyport redact --help" has more
         kinds: local, ssh, postgres, mysql, redis; secrets: none, ssh-ca, password, postgres-admin
         ssh wants its host's key: "trust": { "pinnedKeys": ["ssh-ed25519 AAAA…"] } inside of "target"; with the secret
         { "kind": "ssh-ca" } each grant gets a certificate of its own
list     accounts and targets
disable  ends an account for good, when its owner leaves: devices, grants, running sessions, recipients and places in groups. The last
         administrator and the last approver stay
groups   groups of reviewers. A target that names some ("review": { "groups": ["payments"] } in its file) has its recordings sealed to their
         members' keys and to the break-glass key, and nobody else lists or downloads them; one that names none is for every reviewer.
         "add" makes the group where there is none; an ACCOUNT is a name or an id
ssh-ca   the line for sshd's TrustedUserCAKeys file, with which SSH targets believe the server's certificates

recordings  what is stored, until when it is kept, held, deleted or damaged
hold        keeps a recording from being deleted (a reviewer may, too: --account); lift ends that
delete      destroys the recording's key and bytes, and writes the signed tombstone that stays of it: only of one that was reviewed or
            whose time is over, and that nobody holds. "sallyport verify" checks a tombstone
retention   keeps a recording until a later day than its target's "retentionDays" say
scrub       has the server read stored recordings again, in the background; damage shows in "recordings"

policy      the access policy: "check" reads a file and names each mistake by its key and line; "test" shows what would have become of
            past requests under it, and changes nothing; "show" prints the one in force, which "sallyport server --policy FILE" sets
            (docs/policy.md has the format)

  --limit N       how many of the newest requests "policy test" looks at (200)
  --reason TEXT   why, for whoever asks later; it is in the audit log
  --until DATE    such as 2027-12-31
  --output FILE   where the tombstone goes (default: on stdout)
  --account NAME  act as this administrator (default: the only one enrolled here)
  --profile DIR   the client's folder (default: your data folder)

Exit codes: 0 fine, 1 it did not work, 2 wrong use, 3 the server refused.
`;

export const command: Command = {
  name: 'admin',
  summary: 'people and targets of a server',
  help,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        roles: { type: 'string' },
        account: { type: 'string' },
        profile: { type: 'string' },
        json: { type: 'boolean', default: false },
        reason: { type: 'string' },
        until: { type: 'string' },
        output: { type: 'string' },
        limit: { type: 'string' },
      },
    });
    const [verb, subject, ...rest] = positionals;
    const [file, ...more] = verb === 'policy' ? rest : [undefined, ...rest];
    if (more.length > 0 && verb !== 'groups') throw new UsageError(`"${more.join(' ')}" is too much.`);
    const connect = () =>
      httpAs(
        chooseAccount(openProfile(values.profile, io.environment), {
          name: values.account,
          role: 'administrator',
        }),
      );
    switch (verb) {
      case 'account':
        await makeAccount(connect, { name: subject, roles: values.roles }, io);
        break;
      case 'target':
        await putTarget(connect, subject, io);
        break;
      case 'list':
        await list(connect(), values.json, io);
        break;
      case 'ssh-ca':
        io.stdout.write(`${(await connect().call('sshAuthorities', {})).userCaKeys.join('\n')}\n`);
        break;
      case 'disable':
        await disableAccount(connect, { account: subject, reason: values.reason }, io);
        break;
      case 'groups':
        await reviewerGroups(connect, { positionals: positionals.slice(1), isJson: values.json }, io);
        break;
      case 'recordings':
      case 'hold':
      case 'lift':
      case 'delete':
      case 'retention':
      case 'scrub':
        await keepRecordings(connect, { verb, recording: subject, ...values }, io);
        break;
      case 'policy':
        return adminPolicy(connect, { verb: subject, file, json: values.json, limit: values.limit }, io);
      default:
        throw new UsageError(
          verb === undefined
            ? 'say what to do: account, target, list, disable, groups, ssh-ca, recordings, hold, lift, delete, retention, scrub or policy.'
            : `there is no "admin ${verb}".`,
        );
    }
    return EXIT.ok;
  },
};

async function makeAccount(
  connect: () => ServerHttp,
  given: { name: string | undefined; roles: string | undefined },
  io: CommandIo,
): Promise<void> {
  if (given.name === undefined) throw new UsageError('name the account.');
  const roles = z.array(Role).min(1).safeParse(given.roles?.split(','));
  if (!roles.success)
    throw new UsageError(`--roles takes one or more of ${Role.options.join(', ')}, separated by commas.`);
  const { account, enrolCode, expiresAtMs } = await connect().call('createAccount', {
    input: { name: given.name, roles: roles.data },
  });
  io.stdout.write(
    `Enrolment code for ${account.name}, good once until ${new Date(expiresAtMs).toISOString()}:\n${enrolCode}\n`,
  );
}

async function putTarget(connect: () => ServerHttp, file: string | undefined, io: CommandIo): Promise<void> {
  if (file === undefined) throw new UsageError('name the file that describes the target.');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SallyportError('bad-input', `${file} cannot be read.`, { cause });
  });
  const parsed = TargetInput.safeParse(parseJson(text, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const what = `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'wrong'}`;
    throw new SallyportError(
      'bad-input',
      `${file} does not describe a target: ${what}${/[.?]$/.test(what) ? '' : '.'}`,
    );
  }
  const target = await connect().call('putTarget', { input: parsed.data });
  io.stdout.write(`${target.id} (${target.name}) is registered.\n`);
}

async function list(http: ServerHttp, isJson: boolean, io: CommandIo): Promise<void> {
  const [{ accounts }, { targets }] = await Promise.all([
    http.call('listAccounts', {}),
    http.call('listTargets', {}),
  ]);
  if (isJson) {
    io.stdout.write(`${JSON.stringify({ accounts, targets })}\n`);
    return;
  }
  for (const { id, name, roles, disabledAtMs } of accounts)
    io.stdout.write(
      `account  ${id}  ${name}  ${roles.join(', ')}${disabledAtMs === null ? '' : `  disabled ${new Date(disabledAtMs).toISOString()}`}\n`,
    );
  for (const target of targets)
    io.stdout.write(
      `target   ${target.id}  ${target.name}  ${target.kind}, ${target.environment}, as ${target.accounts.join(' or ')}\n`,
    );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SallyportError(
      'bad-input',
      `${file} is not JSON: ${cause instanceof Error ? cause.message : 'it cannot be read'}.`,
      { cause },
    );
  }
}

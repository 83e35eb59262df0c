import { z } from 'zod';
import { Role } from '../../../contract/server-api.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import { disableAccount, reviewerGroups } from '../manage-people.ts';
import { disableTarget, putTarget } from '../manage-targets.ts';
import { adminPolicy } from '../admin-policy.ts';
import { adminAudit } from '../audit-export.ts';
import { keepRecordings } from '../keep-recordings.ts';
import type { CommandIo, HelpPage, OptionTable } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { chooseAccount, httpAs } from '../enrolled-account.ts';
import { answer, JSON_OUTPUT, PROFILE } from '../shared-options.ts';

const help: HelpPage = {
  about: `People, groups of reviewers and targets of a server, as one of its administrators. Enrol the administrator's device first:
"sallyport keys enrol".`,
  usage: [
    'admin account NAME --roles ROLE[,ROLE…]',
    'admin target FILE.json',
    'admin disable-target TARGET --reason TEXT [--revoke]',
    'admin enable-target TARGET --reason TEXT',
    'admin list',
    'admin disable ACCOUNT --reason TEXT',
    'admin groups',
    'admin groups add|remove GROUP ACCOUNT…',
    'admin groups delete GROUP',
    'admin ssh-ca',
    'admin recordings',
    'admin hold|lift RECORDING --reason TEXT',
    'admin delete RECORDING --reason TEXT [--output FILE]',
    'admin retention RECORDING --until DATE --reason TEXT',
    'admin scrub [RECORDING]',
    'admin policy check FILE',
    'admin policy test FILE [--limit N]',
    'admin policy show',
    'admin audit export [--format jsonl|ocsf] [--output FILE]',
  ],
  verbs: {
    account: `makes an account and prints the one-time code with which its owner enrols a device; the roles are operator, approver,
reviewer and administrator`,
    target: `registers a target, or replaces the one of the same id, from a JSON file:

  { "target": { "id": "shop-db", "kind": "postgres", "name": "shop",
                "environment": "production", "host": "db.internal",
                "port": 5432, "database": "shop" },
    "accounts": ["support"], "redaction": { "preset": "balanced" },
    "scope": {}, "session": {}, "maxMinutes": 60,
    "secret": { "kind": "password", "username": "support", "password": "…" } }

redaction: a preset (balanced, strict, support, secrets-only) and what differs from it, for example { "preset": "support", "entities":
{ "iban": "token" }, "columns": ["loyalty_number"], "tokenScope": "organisation", "allowEmailDomains": ["example.com"],
"allowNetworks": ["192.0.2.0/24"] }; "sallyport redact --help" has more.

kinds: local, ssh, postgres, mysql, redis; secrets: none, ssh-ca, password, postgres-admin,
mariadb-admin.

ssh wants its host's key: "trust": { "pinnedKeys": ["ssh-ed25519 AAAA…"] } inside of "target"; with the secret { "kind": "ssh-ca" } each
grant gets a certificate of its own; "sourceAddresses", "forceCommand" and "permit" (port-forwarding, agent-forwarding,
X11-forwarding) inside of the secret limit or widen it. docs/deploy/targets.md says what a target has to allow.`,
    'disable-target': `lets nothing new begin on a target: no request, approval, extension, session or credential. What runs goes on until its
grant ends, or ends at once with --revoke`,
    'enable-target': 'ends that',
    list: 'accounts and targets',
    disable: `ends an account for good, when its owner leaves: devices, grants, running sessions, recipients and places in groups. The last
administrator and the last approver stay`,
    groups: `groups of reviewers. A target that names some ("review": { "groups": ["payments"] } in its file) has its recordings sealed to
their members' keys and to the break-glass key, and nobody else lists or downloads them; one that names none is for every reviewer`,
    'groups add': 'puts accounts, by name or id, into a group; makes the group where there is none',
    'groups remove': 'takes accounts out of a group',
    'groups delete': 'deletes a group that no target, policy, request, grant or recording names any more',
    'ssh-ca':
      "the line for sshd's TrustedUserCAKeys file, with which SSH targets believe the server's certificates",
    recordings: 'what is stored, until when it is kept, held, deleted or damaged',
    hold: 'keeps a recording from being deleted (a reviewer may, too: --account)',
    lift: 'ends a hold',
    delete: `destroys the recording's key and bytes, and writes the signed tombstone that stays of it: only of one that was reviewed or
whose time is over, that nobody holds, and without a flag or follow-up that stands. "sallyport verify" checks a tombstone`,
    retention: `keeps a recording until a later day than its target's "retentionDays" say`,
    scrub: 'has the server read stored recordings again, in the background; damage shows in "recordings"',
    audit: 'the audit log of the server',
    'audit export': `writes the whole audit log: as JSON lines with a signed checkpoint, which "sallyport verify" checks offline, or as events of the
Open Cybersecurity Schema Framework`,
    policy: 'the access policy; docs/policy.md has the format',
    'policy check': 'reads a file and names each mistake by its key and line',
    'policy test': 'shows what would have become of past requests under a file, and changes nothing',
    'policy show': 'prints the policy in force, which "sallyport server --policy FILE" sets',
  },
  exitCodes: '0 fine, 1 it did not work, 2 wrong use, 3 the server refused',
};

const options = {
  roles: {
    type: 'string',
    value: 'LIST',
    completes: Role.options,
    about: `by commas: ${Role.options.join(', ')}`,
  },
  limit: {
    type: 'string',
    value: 'N',
    about: 'how many of the newest requests "policy test" looks at (200)',
  },
  reason: { type: 'string', value: 'TEXT', about: 'why, for whoever asks later; it is in the audit log' },
  revoke: {
    type: 'boolean',
    default: false,
    about: 'revokes the running grants of a target that is disabled',
  },
  until: { type: 'string', value: 'DATE', about: 'such as 2027-12-31' },
  output: {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: 'where the tombstone or the log goes (default: on standard output)',
  },
  format: { type: 'string', value: 'FORMAT', completes: ['jsonl', 'ocsf'], about: 'jsonl (default) or ocsf' },
  account: {
    type: 'string',
    value: 'NAME',
    about: 'act as this administrator (default: the only one enrolled here)',
  },
  profile: PROFILE,
  json: JSON_OUTPUT,
} satisfies OptionTable;

export const command = defineCommand({
  name: 'admin',
  summary: 'people and targets of a server',
  help,
  options,
  async run({ values, positionals }, io) {
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
        await makeAccount(connect, { name: subject, ...values }, io);
        break;
      case 'target':
        await putTarget(connect, { file: subject, json: values.json }, io);
        break;
      case 'disable-target':
      case 'enable-target':
        await disableTarget(
          connect,
          { isDisabled: verb === 'disable-target', target: subject, ...values },
          io,
        );
        break;
      case 'list':
        await list(connect(), values.json, io);
        break;
      case 'ssh-ca':
        await showSshAuthorities(connect(), values.json, io);
        break;
      case 'disable':
        await disableAccount(connect, { account: subject, ...values }, io);
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
      case 'audit':
        return adminAudit(connect, { verb: subject, format: values.format, output: values.output }, io);
      case 'policy':
        return adminPolicy(connect, { verb: subject, file, json: values.json, limit: values.limit }, io);
      default:
        throw new UsageError(
          verb === undefined
            ? 'say what to do: account, target, disable-target, enable-target, list, disable, groups, ssh-ca, recordings, hold, lift, delete, retention, scrub, policy or audit.'
            : `there is no "admin ${verb}".`,
        );
    }
    return EXIT.ok;
  },
});

async function makeAccount(
  connect: () => ServerHttp,
  given: { name: string | undefined; roles?: string | undefined; json: boolean },
  io: CommandIo,
): Promise<void> {
  if (given.name === undefined) throw new UsageError('name the account.');
  const roles = z.array(Role).min(1).safeParse(given.roles?.split(','));
  if (!roles.success)
    throw new UsageError(`--roles takes one or more of ${Role.options.join(', ')}, separated by commas.`);
  const made = await connect().call('createAccount', { input: { name: given.name, roles: roles.data } });
  const { account, enrolCode, expiresAtMs } = made;
  answer(
    io,
    given.json,
    made,
    `Enrolment code for ${account.name}, good once until ${new Date(expiresAtMs).toISOString()}:\n${enrolCode}\n`,
  );
}

async function showSshAuthorities(http: ServerHttp, isJson: boolean, io: CommandIo): Promise<void> {
  const authorities = await http.call('sshAuthorities', {});
  answer(io, isJson, authorities, authorities.userCaKeys.join('\n'));
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
      `target   ${target.id}  ${target.name}  ${target.kind}, ${target.environment}, as ${target.accounts.join(' or ')}${target.disabled === undefined ? '' : ', disabled'}\n`,
    );
}

import { SallyportError } from '../../../contract/errors.ts';
import { PASSPHRASE_MIN_CHARS } from '../../../contract/keys.ts';
import { fingerprintOf } from '../../review/fingerprint.ts';
import { createIdentityStore } from '../../review/identity-store.ts';
import { enrolDevice } from '../../server-client/enrol.ts';
import type { Profile } from '../../vault/profile-folder.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import { fileSecretBox } from '../../vault/secret-box.ts';
import { createVault } from '../../vault/vault.ts';
import type { CommandIo, HelpPage, OptionTable } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { chooseAccount, httpAs } from '../enrolled-account.ts';
import { breakGlass } from '../keys/break-glass.ts';
import { retire } from '../keys/retire.ts';
import { signIn } from '../keys/sign-in.ts';
import { reshare } from '../keys/reshare.ts';
import { openIdentities } from '../keys/open-identities.ts';
import { readSecret } from '../read-secret.ts';
import { answer, JSON_OUTPUT, PROFILE } from '../shared-options.ts';

const help: HelpPage = {
  about: 'Reviewer identities and recipients (age), and the devices of this client.',
  usage: [
    'keys new [--no-passphrase | --passphrase-file FILE]',
    'keys show',
    'keys publish [--account NAME]',
    'keys rotate [--passphrase-file FILE]',
    'keys retire RECIPIENT [--account NAME]',
    'keys reshare --to ACCOUNT (--all | RECORDING…) [--account NAME] [--passphrase-file FILE]',
    'keys break-glass new --custodian RECIPIENT --custodian RECIPIENT … --output DIR [--for ACCOUNT] [--account NAME]',
    'keys break-glass pass SHARE --to RECIPIENT --output FILE [--passphrase-file FILE]',
    'keys break-glass unlock SHARE SHARE --reason TEXT [--account NAME] [--passphrase-file FILE]',
    'keys enrol URL [--code-file FILE]',
    'keys enrol URL --oidc [--device-code] [--account NAME]',
  ],
  verbs: {
    new: `makes a reviewer's identity in the profile: identity.age under a passphrase, or identity.txt without one; both are files that the
age program reads. An identity is never replaced`,
    show: 'prints the recipient (the public half), where the identity is, and the enrolled devices',
    publish:
      'tells the server the recipient, so that new grants seal recordings to it. The account must have the role reviewer',
    rotate: `makes a new identity in the same file, which is the recipient from now on; the older ones stay and open what was sealed to
them. Publish it afterwards`,
    retire: `has grants from now on leave a recipient out: your own older one after a rotation, a lost one or, as an administrator
(--account), anybody's. What was sealed to it stays readable with its identity`,
    reshare: `lets a new reviewer, or one with a new key, open recordings that were sealed without it: what you can open yourself, named
ones or all. --to takes their account's name or a recipient. The recordings stay as they are`,
    'break-glass': 'a key that any two custodians open together and nobody alone',
    'break-glass new': `makes it; writes a share for each custodian, sealed to them, and prints the recipient. With --for it is registered
for that reviewer's account, so that grants seal to it`,
    'break-glass pass': 'seals your share to the one who needs two',
    'break-glass unlock':
      "tells the server's audit log, puts the identity together from two shares, and adds it to this profile",
    enrol: `makes this client a device of an account at the server, with the one-time code that its administrator gave out; the code is
asked for, or read from the first line of a file. With --oidc you sign in at the server's identity provider instead: open the address that is
printed in a browser on this machine, or with --device-code in any browser, and compare the code. Again, for a device whose sign-in has run
out: with --account where this profile knows several at that server`,
  },
  exitCodes: '0 fine, 1 it did not work, 2 wrong use, 3 the server refused',
};

const options = {
  profile: PROFILE,
  json: JSON_OUTPUT,
  account: {
    type: 'string',
    value: 'NAME',
    about:
      'the enrolled account to act as (default: the only reviewer, or administrator for "break-glass new")',
  },
  'no-passphrase': {
    type: 'boolean',
    default: false,
    about: 'no passphrase: whoever can read the file can read your recordings',
  },
  'passphrase-file': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: 'take the passphrase from the first line of FILE',
  },
  'code-file': {
    type: 'string',
    value: 'FILE',
    completes: 'file',
    about: 'take the enrolment code from the first line of FILE',
  },
  oidc: { type: 'boolean', default: false, about: 'sign in at the identity provider of the server' },
  'device-code': {
    type: 'boolean',
    default: false,
    about: 'sign in with a browser anywhere, for machines without one',
  },
  to: { type: 'string', value: 'WHOM', about: 'an account, or a recipient (age1…)' },
  all: { type: 'boolean', default: false, about: 'every recording that you can open' },
  custodian: { type: 'string', value: 'RECIPIENT', multiple: true, about: 'who keeps a share; two or more' },
  for: { type: 'string', value: 'ACCOUNT', about: 'the reviewer, by name or id, whom grants seal it for' },
  output: { type: 'string', value: 'PATH', completes: 'file', about: 'where shares are written' },
  reason: { type: 'string', value: 'TEXT', about: 'why; it is in the audit log' },
} satisfies OptionTable;

export const command = defineCommand({
  name: 'keys',
  summary: 'reviewer identities and recipients',
  help,
  options,
  async run({ values, positionals }, io) {
    const [verb, ...rest] = positionals;
    const [url, ...more] =
      verb === 'enrol' || verb === 'retire'
        ? rest
        : [undefined, ...(verb === 'break-glass' || verb === 'reshare' ? [] : rest)];
    if (more.length > 0) throw new UsageError(`"${more.join(' ')}" is too much.`);
    const profile = openProfile(values.profile, io.environment);
    switch (verb) {
      case 'new':
        await makeIdentity(
          profile,
          { isOpen: values['no-passphrase'], file: values['passphrase-file'], isJson: values.json },
          io,
        );
        break;
      case 'show':
        showKeys(profile, values.json, io);
        break;
      case 'publish':
        await publishRecipient(profile, { name: values.account, isJson: values.json }, io);
        break;
      case 'rotate':
        await rotate(profile, { file: values['passphrase-file'], isJson: values.json }, io);
        break;
      case 'retire':
        await retire(profile, { recipient: url, name: values.account, isJson: values.json }, io);
        break;
      case 'reshare': {
        const { account, to, all: isAll, 'passphrase-file': passphraseFile } = values;
        return reshare(
          { profile, account, to, isAll, recordings: rest, passphraseFile, isJson: values.json },
          io,
        );
      }
      case 'break-glass':
        await breakGlass(rest, {
          profile,
          io,
          options: {
            custodians: values.custodian ?? [],
            isJson: values.json,
            output: values.output,
            owner: values.for,
            account: values.account,
            to: values.to,
            reason: values.reason,
            passphraseFile: values['passphrase-file'],
          },
        });
        break;
      case 'enrol':
        if (values['device-code'] && !values.oidc) throw new UsageError('--device-code belongs to --oidc.');
        if (values.oidc) {
          const flow = values['device-code'] ? 'device' : 'browser';
          await signIn(profile, { url, flow, account: values.account, isJson: values.json }, io);
        } else await enrol(profile, { url, codeFile: values['code-file'], isJson: values.json }, io);
        break;
      default:
        throw new UsageError(
          verb === undefined
            ? 'say what to do: new, show, publish, rotate, retire, reshare, break-glass or enrol.'
            : `there is no "keys ${verb}".`,
        );
    }
    return EXIT.ok;
  },
});

async function makeIdentity(
  profile: Profile,
  terms: { isOpen: boolean; file: string | undefined; isJson: boolean },
  io: CommandIo,
): Promise<void> {
  const passphrase = terms.isOpen
    ? null
    : await readSecret('Passphrase for the new identity: ', terms.file, io);
  if (passphrase !== null && passphrase.length < PASSPHRASE_MIN_CHARS)
    throw new UsageError(
      `a passphrase has at least ${PASSPHRASE_MIN_CHARS} characters (or say --no-passphrase).`,
    );
  if (passphrase !== null && terms.file === undefined) {
    const again = await readSecret('Once more: ', undefined, io);
    if (again !== passphrase) throw new UsageError('the two passphrases differ; nothing was made.');
  }
  const recipient = await createIdentityStore(profile.identityFolder).create(passphrase);
  answer(io, terms.isJson, { recipient }, recipient);
}

async function rotate(
  profile: Profile,
  given: { readonly file: string | undefined; readonly isJson: boolean },
  io: CommandIo,
): Promise<void> {
  const { store, passphrase } = await openIdentities(profile, given.file, io);
  const before = store.recipient;
  const recipient = await store.rotate(passphrase);
  answer(io, given.isJson, { recipient, before }, recipient);
  io.stderr.write(
    `Publish it with "sallyport keys publish", then "sallyport keys retire ${before ?? 'RECIPIENT'}". Older recordings stay readable here.\n`,
  );
}

function showKeys(profile: Profile, isJson: boolean, io: CommandIo): void {
  const { recipient, needsPassphrase } = createIdentityStore(profile.identityFolder);
  const devices = createVault(profile.accountsFolder, fileSecretBox)
    .list()
    .map(each => ({
      account: each.account.name,
      server: each.serverUrl,
      deviceId: each.deviceId,
      publicKey: each.device.publicKey,
    }));
  if (isJson) {
    io.stdout.write(
      `${JSON.stringify({ recipient, identityFolder: profile.identityFolder, needsPassphrase, devices })}\n`,
    );
    return;
  }
  const identity =
    recipient === null
      ? 'none; make one with "sallyport keys new"'
      : `${profile.identityFolder}${needsPassphrase ? ' (under a passphrase)' : ''}`;
  io.stdout.write(
    `recipient  ${recipient ?? 'none'}\n${recipient === null ? '' : `compare    ${fingerprintOf(recipient)}\n`}identity   ${identity}\n`,
  );
  for (const device of devices)
    io.stdout.write(`device     ${device.deviceId}  ${device.account} at ${device.server}\n`);
}

async function publishRecipient(
  profile: Profile,
  { name, isJson }: { readonly name: string | undefined; readonly isJson: boolean },
  io: CommandIo,
): Promise<void> {
  const { recipient } = createIdentityStore(profile.identityFolder);
  if (recipient === null)
    throw new SallyportError(
      'identity-missing',
      'There is no identity to publish. Make one with "sallyport keys new".',
    );
  const reviewer = chooseAccount(profile, { name, role: 'reviewer' });
  await httpAs(reviewer).call('putRecipient', { input: { recipient } });
  answer(
    io,
    isJson,
    { recipient, account: reviewer.account.name, server: reviewer.serverUrl },
    `${recipient} is a recipient of ${reviewer.account.name} at ${reviewer.serverUrl}`,
  );
}

async function enrol(
  profile: Profile,
  given: { url: string | undefined; codeFile: string | undefined; isJson: boolean },
  io: CommandIo,
): Promise<void> {
  if (given.url === undefined || !URL.canParse(given.url))
    throw new UsageError('give the address of the server, such as https://sallyport.example.');
  const code = (await readSecret('Enrolment code: ', given.codeFile, io)).trim();
  const enrolled = await enrolDevice({ serverUrl: given.url, code });
  createVault(profile.accountsFolder, fileSecretBox).keep(enrolled);
  const { deviceId, account, serverUrl } = enrolled;
  answer(
    io,
    given.isJson,
    { deviceId, account, server: serverUrl },
    `This client is device ${deviceId} of ${account.name} (${account.roles.join(', ')}) at ${serverUrl}`,
  );
}

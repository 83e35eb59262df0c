import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import { createBreakGlassKey, passShare, unlockBreakGlass } from '../../review/break-glass.ts';
import type { Profile } from '../../vault/profile-folder.ts';
import type { CommandIo } from '../command.ts';
import { UsageError } from '../command.ts';
import { chooseAccount, httpAs } from '../enrolled-account.ts';
import { accountIds } from '../manage-people.ts';
import { answer } from '../shared-options.ts';
import { openIdentities } from './open-identities.ts';

export interface BreakGlassOptions {
  readonly custodians: readonly string[];
  readonly output: string | undefined;
  readonly owner: string | undefined;
  readonly account: string | undefined;
  readonly to: string | undefined;
  readonly reason: string | undefined;
  readonly passphraseFile: string | undefined;
  readonly isJson: boolean;
}

/** `keys break-glass new | pass | unlock`. Throws `UsageError`, `SallyportError`. */
export async function breakGlass(
  [verb, ...files]: readonly string[],
  { profile, options, io }: { profile: Profile; options: BreakGlassOptions; io: CommandIo },
): Promise<void> {
  switch (verb) {
    case 'new':
      return makeKey(profile, options, io);
    case 'pass':
      return pass(files, { profile, options, io });
    case 'unlock':
      return unlock(files, { profile, options, io });
    default:
      throw new UsageError('say what to do with the break-glass key: new, pass or unlock.');
  }
}

async function makeKey(profile: Profile, options: BreakGlassOptions, io: CommandIo): Promise<void> {
  const { output, owner } = options;
  if (output === undefined) throw new UsageError('name a folder for the shares with --output.');
  const http =
    owner === undefined
      ? null
      : httpAs(chooseAccount(profile, { name: options.account, role: 'administrator' }));
  const [accountId] = http === null || owner === undefined ? [] : await accountIds(http, [owner]);
  const { recipient, shares } = await createBreakGlassKey(options.custodians);
  mkdirSync(output, { recursive: true, mode: 0o700 });
  const files: string[] = [];
  for (const [i, share] of shares.entries()) {
    const file = join(output, `${recipient.slice(0, 12)}-share-${i + 1}-of-${shares.length}.age`);
    writeFileSync(file, share, { mode: 0o600, flag: 'wx', flush: true });
    files.push(file);
    io.stderr.write(`${file}: for ${options.custodians[i] ?? ''}\n`);
  }
  // Only once the shares are there: nothing is sealed to a key that nobody can open.
  if (http !== null && accountId !== undefined)
    await http.call('putRecipient', { input: { recipient, accountId, isBreakGlass: true } });
  answer(io, options.isJson, { recipient, shares: files }, recipient);
}

interface WithFiles {
  readonly profile: Profile;
  readonly options: BreakGlassOptions;
  readonly io: CommandIo;
}

async function pass(files: readonly string[], { profile, options, io }: WithFiles): Promise<void> {
  const [file, ...more] = files;
  const { to, output } = options;
  if (file === undefined || more.length > 0) throw new UsageError('name your share file.');
  if (to === undefined || output === undefined)
    throw new UsageError('say whom it is for with --to RECIPIENT, and where to write it with --output FILE.');
  const { identity } = await openIdentities(profile, options.passphraseFile, io);
  const passed = await passShare(await shareIn(file), identity, to);
  writeFileSync(output, passed, { mode: 0o600, flag: 'wx', flush: true });
  answer(io, options.isJson, { path: output, recipient: to }, `${output}: sealed to ${to}`);
}

async function unlock(files: readonly string[], { profile, options, io }: WithFiles): Promise<void> {
  const { reason } = options;
  if (files.length < 2) throw new UsageError('name your own share and the one that was passed to you.');
  if (reason === undefined) throw new UsageError('say why with --reason: it goes into the audit log.');
  const http = httpAs(chooseAccount(profile, { name: options.account, role: 'reviewer' }));
  const { identity, passphrase, store } = await openIdentities(profile, options.passphraseFile, io);
  const shares = await Promise.all(files.map(shareIn));
  const opened = await unlockBreakGlass(shares, identity, what =>
    http.call('announceBreakGlass', { input: { ...what, reason } }),
  );
  await store.adopt(opened.identity, passphrase);
  answer(
    io,
    options.isJson,
    { recipient: opened.recipient },
    `The break-glass key ${opened.recipient} opens recordings in this profile now. The audit log says so; make a new one when this is over.`,
  );
}

async function shareIn(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: unknown) => {
    throw new SallyportError('bad-input', `The share file ${file} cannot be read.`, { cause });
  });
}

import { SallyportError } from '../../../contract/errors.ts';
import type { RecordingId } from '../../../contract/ids.ts';
import { reshareRecordings, shareable } from '../../review/shares/reshare.ts';
import type { ReshareOutcome } from '../../review/shares/reshare.ts';
import { createSharedKeys } from '../../review/shares/shared-keys.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import type { Profile } from '../../vault/profile-folder.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT, UsageError } from '../command.ts';
import { chooseAccount, httpAs } from '../enrolled-account.ts';
import { answer } from '../shared-options.ts';
import { openIdentities } from './open-identities.ts';

export interface ReshareOptions {
  readonly profile: Profile;
  readonly account: string | undefined;
  /** a recipient, or whose */
  readonly to: string | undefined;
  readonly isAll: boolean;
  readonly recordings: readonly string[];
  readonly passphraseFile: string | undefined;
  readonly isJson: boolean;
}

/** `keys reshare`: lets somebody's recipients open recordings that were sealed without them. Exit code 1 where some could not be shared. */
export async function reshare(options: ReshareOptions, io: CommandIo): Promise<ExitCode> {
  const { profile, to, isAll } = options;
  if (to === undefined) throw new UsageError('say whom it is for with --to, an account or a recipient.');
  if (isAll === options.recordings.length > 0) throw new UsageError('name recordings, or say --all.');
  const reviewer = chooseAccount(profile, { name: options.account, role: 'reviewer' });
  const http = httpAs(reviewer);
  const recipients = await recipientsOf(http, to);
  const recordings = await choose(http, isAll ? null : options.recordings);
  const { store } = await openIdentities(profile, options.passphraseFile, io);
  let failed = 0;
  await reshareRecordings({
    http,
    keys: createSharedKeys({ http, identities: store }),
    device: { deviceId: reviewer.deviceId, privateKeyPem: reviewer.device.privateKeyPem },
    recipients,
    recordings,
    signal: io.signal,
    onOutcome(id, outcome) {
      if (typeof outcome === 'object') failed += 1;
      answer(
        io,
        options.isJson,
        { recordingId: id, ...outcomeState(outcome) },
        `${id}  ${outcomeWords(outcome)}`,
      );
    },
  });
  if (io.signal.aborted)
    throw new SallyportError('session-ended', 'Stopped; what was shared so far stays shared.');
  return failed === 0 ? EXIT.ok : EXIT.findings;
}

function outcomeState(outcome: ReshareOutcome): { readonly state: string; readonly reason?: string } {
  if (typeof outcome === 'object') return { state: 'failed', reason: outcome.failure };
  return { state: outcome === 'shared' ? 'shared' : 'open-already' };
}

function outcomeWords(outcome: ReshareOutcome): string {
  if (typeof outcome === 'object') return `not shared: ${outcome.failure}`;
  return outcome === 'shared' ? 'shared' : 'opens for them already';
}

async function recipientsOf(http: ServerHttp, to: string): Promise<string[]> {
  const { recipients } = await http.call('listRecipients', { query: {} });
  const found = recipients.filter(
    each =>
      !each.isBreakGlass && (each.recipient === to || each.accountName.toLowerCase() === to.toLowerCase()),
  );
  if (found.length > 0) return found.map(({ recipient }) => recipient);
  throw new UsageError(
    `"${to.slice(0, 120)}" has no active recipient on the server. They make one with "sallyport keys new" and "sallyport keys publish".`,
  );
}

/** Throws `UsageError` for a name that is none of those that can be shared. */
async function choose(http: ServerHttp, names: readonly string[] | null): Promise<readonly RecordingId[]> {
  const { recordings } = await http.call('listRecordings', { query: { limit: 1000 } });
  const all = shareable(recordings);
  if (names === null) return all;
  return names.map(name => {
    const found = all.find(id => id === name);
    if (found !== undefined) return found;
    throw new UsageError(`there is no whole recording "${name}" that you may read.`);
  });
}

import { SallyportError } from '../../../contract/errors.ts';
import type { RecordingId } from '../../../contract/ids.ts';
import type { Recipient } from '../../../contract/server-administration.ts';
import type { RecordingSummary } from '../../../contract/server-api.ts';
import { createServerSource } from '../../review/recording-source.ts';
import { collectKeys, shareParts } from '../../review/shares/make-share.ts';
import { isWhole } from '../../review/shares/open-shares.ts';
import { createSharedKeys, openWithShares } from '../../review/shares/shared-keys.ts';
import { readOutline } from '../../review/replay.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
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
  const { profile, to, isAll, recordings } = options;
  if (to === undefined) throw new UsageError('say whom it is for with --to, an account or a recipient.');
  if (isAll === recordings.length > 0) throw new UsageError('name recordings, or say --all.');
  const reviewer = chooseAccount(profile, { name: options.account, role: 'reviewer' });
  const http = httpAs(reviewer);
  const recipients = await recipientsOf(http, to);
  const chosen = await choose(http, isAll ? null : recordings);
  const { store } = await openIdentities(profile, options.passphraseFile, io);
  const keys = createSharedKeys({ http, identities: store });
  const device = { deviceId: reviewer.deviceId, privateKeyPem: reviewer.device.privateKeyPem };
  let failed = 0;
  for (const id of chosen) {
    if (io.signal.aborted)
      throw new SallyportError('session-ended', 'Stopped; what was shared so far stays.');
    try {
      const missing = await missingOf(http, id, recipients);
      if (missing.length > 0) {
        const { comments } = await http.call('recordingReview', { params: { id } });
        const collected = await openWithShares(keys, id, identity =>
          collectKeys({
            recordingId: id,
            source: createServerSource(http, id),
            identity,
            comments: comments.map(({ sealed }) => Buffer.from(sealed, 'base64')),
          }),
        );
        for (const { recipient } of missing)
          for await (const input of shareParts(collected, recipient, device))
            await http.call('createShare', { params: { id }, input });
      }
      const isNew = missing.length > 0;
      answer(
        io,
        options.isJson,
        { recordingId: id, state: isNew ? 'shared' : 'open-already' },
        `${id}  ${isNew ? 'shared' : 'opens for them already'}`,
      );
    } catch (error) {
      if (!(error instanceof SallyportError)) throw error;
      failed += 1;
      answer(
        io,
        options.isJson,
        { recordingId: id, state: 'failed', reason: error.message },
        `${id}  not shared: ${error.message}`,
      );
    }
  }
  return failed === 0 ? EXIT.ok : EXIT.findings;
}

async function recipientsOf(http: ServerHttp, to: string): Promise<Recipient[]> {
  const { recipients } = await http.call('listRecipients', { query: {} });
  const found = recipients.filter(
    each =>
      !each.isBreakGlass && (each.recipient === to || each.accountName.toLowerCase() === to.toLowerCase()),
  );
  if (found.length > 0) return found;
  throw new UsageError(
    `"${to.slice(0, 120)}" has no active recipient on the server. They make one with "sallyport keys new" and "sallyport keys publish".`,
  );
}

/** Whole recordings whose bytes are there. Throws `UsageError` for a name that is none of them. */
async function choose(http: ServerHttp, names: readonly string[] | null): Promise<RecordingId[]> {
  const { recordings } = await http.call('listRecordings', { query: { limit: 1000 } });
  const canBeShared = ({ state, deletion }: RecordingSummary) => state !== 'running' && deletion === null;
  if (names === null) return recordings.filter(canBeShared).map(({ id }) => id);
  return names.map(name => {
    const found = recordings.find(({ id }) => id === name);
    if (found === undefined || !canBeShared(found))
      throw new UsageError(`there is no whole recording "${name}" that you may read.`);
    return found.id;
  });
}

/** Those of the recipients that open neither the recording nor a whole share of it. */
async function missingOf(
  http: ServerHttp,
  id: RecordingId,
  recipients: readonly Recipient[],
): Promise<Recipient[]> {
  const { header } = await readOutline(createServerSource(http, id), CHAIN_CRYPTO);
  const { shares } = await http.call('listShares', { params: { id } });
  const sets = Map.groupBy(shares, share => `${share.recipient} ${share.deviceId}`);
  const sharedWith = new Set(
    [...sets.values()].flatMap(parts => (isWhole(parts) ? [parts[0]?.recipient] : [])),
  );
  return recipients.filter(
    ({ recipient }) => !header.recipients.includes(recipient) && !sharedWith.has(recipient),
  );
}

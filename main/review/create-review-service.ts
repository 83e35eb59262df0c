import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { ReplayCheck } from '../../contract/ipc.ts';
import type { OpenedComment, StoredComment } from '../../contract/recording-review.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from '../session-host/recorder/chain-crypto.ts';
import type { AgeIdentity } from './age-identity.ts';
import { commentContent, openComment, sealComment } from './comments/comments.ts';
import { evidenceFile, recordingFile } from './export-file.ts';
import { passphraseFor, stateOf } from './identity-state.ts';
import { createExports } from './exports.ts';
import { createImports } from './import/imports.ts';
import { createImportsFolder } from './import/imports-folder.ts';
import { createLiveReader } from './live/live-reader.ts';
import type { RecordingSource } from './recording-source.ts';
import { createServerSource } from './recording-source.ts';
import type { Replay } from './replay.ts';
import { openReplay } from './replay.ts';
import { createResharing } from './shares/resharing.ts';
import { fetchShares } from './shares/share-stores.ts';
import { createSharedKeys, openWithShares } from './shares/shared-keys.ts';
import { createSearches } from './search/searches.ts';
import type { CreateReviewService } from './review-service.ts';

/** Each keeps some megabytes of what was opened; more than these at once are closed, oldest first. */
const MAX_OPEN = 4;
/** How often the windows hear how far a check is. */
const TOLD_EVERY_MS = 200;

/** Reads ciphertext from the server by ranges, verifies it here and opens it with the profile's identity. */
export const createReviewService: CreateReviewService = options => {
  const { http, account, identities, nowMs, onChecked } = options;
  const keys = createSharedKeys({ http, identities });
  const opened = new Map<RecordingId, Replay>();
  const opening = new Map<RecordingId, Promise<Replay>>();
  const live = createLiveReader({
    http,
    identity: () => identities.identity(),
    crypto: CHAIN_CRYPTO,
    serverNowMs: options.serverNowMs,
  });

  const importsFolder = createImportsFolder(options.importsFolder);
  const imports = createImports({
    folder: importsFolder,
    recipient: () => identities.recipient,
    wallNowMs: options.wallNowMs,
  });
  const sourceOf = async (recordingId: RecordingId): Promise<RecordingSource> =>
    (await importsFolder.source(recordingId)) ?? createServerSource(http, recordingId);

  const resharing = createResharing({ http, keys, identities, account, onReshared: options.onReshared });
  const exports = createExports();
  const searches = createSearches({ nowMs, onSearched: options.onSearched });

  const close = async (recordingId: RecordingId): Promise<void> => {
    searches.stop(recordingId);
    const replay = opened.get(recordingId);
    opened.delete(recordingId);
    await replay?.close();
  };

  const open = async (recordingId: RecordingId): Promise<Replay> =>
    opened.get(recordingId) ?? openAnew(recordingId);

  /** One opening of a recording at a time; the replay that was open before answers until the new one is there. */
  const openAnew = (recordingId: RecordingId): Promise<Replay> => {
    const running = opening.get(recordingId);
    if (running !== undefined) return running;
    const begun = openNow(recordingId).finally(() => opening.delete(recordingId));
    opening.set(recordingId, begun);
    return begun;
  };

  const openNow = async (recordingId: RecordingId): Promise<Replay> => {
    let toldAtMs = nowMs();
    let toldFailure: string | null = null;
    const source = await sourceOf(recordingId);
    const replay = await openWithShares(keys, recordingId, identity =>
      openReplay({
        source,
        identity,
        crypto: CHAIN_CRYPTO,
        onProgress(at, failure) {
          if (failure === toldFailure && nowMs() - toldAtMs < TOLD_EVERY_MS) return;
          toldAtMs = nowMs();
          toldFailure = failure;
          onChecked(recordingId, { ...at, failure, isOver: false });
        },
      }),
    ).catch(async (error: unknown) => {
      await source.close();
      throw error;
    });
    await close(recordingId);
    opened.set(recordingId, replay);
    const tellEnd = () => {
      if (opened.get(recordingId) === replay)
        onChecked(recordingId, { ...replay.check, failure: replay.failure, isOver: true });
    };
    if (replay.check.report === null) void replay.checked.then(tellEnd, tellEnd);
    const [oldest] = opened.keys();
    if (opened.size > MAX_OPEN && oldest !== undefined) await close(oldest);
    return replay;
  };
  const openOne = (recordingId: RecordingId): Replay => {
    const replay = opened.get(recordingId);
    if (replay === undefined)
      throw new SallyportError('not-found', 'This recording is not open here any more. Open it again.');
    return replay;
  };
  const isLocked = () => ({ isUnlocked: identities.isUnlocked });

  return {
    async open({ recordingId }) {
      // A running recording grows: opening it again reads what came since.
      const isRunning = opened.get(recordingId)?.check.report?.endCause === null;
      const replay = await (isRunning ? openAnew(recordingId) : open(recordingId));
      const { header, durationMs, overview } = replay;
      return { header, durationMs, check: answerOf(replay), density: overview?.density ?? null };
    },
    async read({ recordingId, ...window }) {
      const { events, ...piece } = await openOne(recordingId).read(window);
      return { ...piece, events: [...events] };
    },
    search: input => searches.search(openOne(input.recordingId), input),
    stopSearch: ({ recordingId }) => searches.stop(recordingId),
    close: ({ recordingId }) => close(recordingId),
    async export({ recordingId, format }) {
      if (format !== 'evidence') return exports.begin(recordingFile(await open(recordingId), format));
      const evidence = await http.call('recordingEvidence', { params: { id: recordingId } });
      const shares = await fetchShares(http, recordingId, account.account.id);
      const recording = createServerSource(http, recordingId);
      return exports.begin(await evidenceFile({ evidence, recording, shares }));
    },
    exportNext: ({ exportId }) => exports.next(exportId),
    stopExport: ({ exportId }) => exports.stop(exportId),
    live,
    imports,
    async readReview({ recordingId }) {
      const review = await http.call('recordingReview', { params: { id: recordingId } });
      if (!identities.isUnlocked) return { ...review, comments: review.comments.map(lockedComment) };
      const opened = (identity: AgeIdentity) =>
        Promise.all(review.comments.map(stored => openComment(stored, { recordingId, identity })));
      const comments = await opened(keys.known(recordingId));
      if (comments.every(({ text }) => text !== null)) return { ...review, comments };
      const found = await keys.find(recordingId).catch(() => null);
      return { ...review, comments: found === null ? comments : await opened(found) };
    },
    async comment({ recordingId, momentMs, text }) {
      const { recipients } = await live.header(recordingId);
      const { shares } = await http.call('listShares', { params: { id: recordingId } });
      const sharedWith = shares.flatMap(({ recipient, isRetired }) => (isRetired ? [] : [recipient]));
      const content = commentContent({ recordingId, accountId: account.account.id, momentMs, text });
      const device = createDeviceSigner(account.device.privateKeyPem);
      const readers = [...new Set([...recipients, ...sharedWith])];
      const sealed = await sealComment(content, readers, device);
      const { id, by, atMs } = await http.call('createComment', {
        params: { id: recordingId },
        input: { sealed },
      });
      return { id, by, atMs, momentMs, text: content.text, problem: null, authorship: 'signed' };
    },
    ...resharing,
    identityState: () => stateOf(identities),
    async createIdentity({ passphrase }) {
      await identities.create(passphraseFor(identities, passphrase));
      return stateOf(identities);
    },
    async rotateIdentity({ passphrase }) {
      await identities.rotate(passphrase);
      return stateOf(identities);
    },
    async unlock({ passphrase }) {
      await identities.unlock(passphrase);
      return isLocked();
    },
    async dispose() {
      resharing.stopReshare();
      await imports.dispose();
      await Promise.all([...opened.keys()].map(close));
    },
  };
};

function lockedComment({ id, by, atMs }: StoredComment): OpenedComment {
  const problem = 'Your key is locked, so it cannot be opened.';
  return { ...{ id, by, atMs, problem }, momentMs: 0, text: null, authorship: 'unsigned' };
}

/** Until everything was read, what the recorder counted stands for what is found. */
function answerOf({ check, failure, overview }: Replay): ReplayCheck {
  const { checkedBytes, totalBytes, report } = check;
  const { masked, marks } = report === null && overview !== null ? overview : check;
  return { checkedBytes, totalBytes, verification: report, failure, masked, marks: [...marks] };
}

import type { RecordingId } from '../../contract/ids.ts';
import type { EventOf, RequestOutputOf, RequestParsedOf } from '../../contract/ipc.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import type { IdentityStore } from './identity-store.ts';
import type { Imports } from './import/imports.ts';
import type { LiveReader } from './live/live-reader.ts';

/** Replay, export and the reviewer's identity, for one account. Failures are `SallyportError`s; plaintext stays in memory. */
export interface ReviewService {
  /**
   * Opens a recording; opening one that is open is cheap. A large one is checked while it is shown. Throws `identity-missing`,
   * `recording-unreadable`, `recording-corrupt`.
   */
  open(input: RequestParsedOf<'replay.open'>): Promise<RequestOutputOf<'replay.open'>>;
  /** Throws `not-found` for a recording that is not open. */
  read(input: RequestParsedOf<'replay.read'>): Promise<RequestOutputOf<'replay.read'>>;
  /** Throws `not-found` for a recording that is not open. */
  search(input: RequestParsedOf<'replay.search'>): Promise<RequestOutputOf<'replay.search'>>;
  stopSearch(input: RequestParsedOf<'replay.stop-search'>): void;
  /** Forgets what was decrypted of it. Does nothing where it is not open. */
  close(input: RequestParsedOf<'replay.close'>): Promise<void>;
  export(input: RequestParsedOf<'recordings.export'>): Promise<RequestOutputOf<'recordings.export'>>;
  /** Throws `not-found` for an export that is over or was stopped. */
  exportNext(input: RequestParsedOf<'export.next'>): Promise<RequestOutputOf<'export.next'>>;
  stopExport(input: RequestParsedOf<'export.stop'>): Promise<void>;
  /** Decisions, comments and coverage; without an unlocked identity comments come with that as their problem. */
  readReview(input: RequestParsedOf<'review.read'>): Promise<RequestOutputOf<'review.read'>>;
  comment(input: RequestParsedOf<'review.comment'>): Promise<RequestOutputOf<'review.comment'>>;
  readonly live: Pick<LiveReader, 'read' | 'close'>;
  readonly imports: Omit<Imports, 'dispose'>;
  identityState(): Promise<RequestOutputOf<'identity.state'>>;
  /** Throws `conflict` where there is one, `bad-input` for a short passphrase or for none in a shell without a keychain. */
  createIdentity(input: RequestParsedOf<'identity.create'>): Promise<RequestOutputOf<'identity.create'>>;
  /** Throws `identity-missing`, `passphrase-wrong`. */
  rotateIdentity(input: RequestParsedOf<'identity.rotate'>): Promise<RequestOutputOf<'identity.rotate'>>;
  /** Begins it; `onReshared` tells the rest. Throws `identity-missing`, `passphrase-wrong`, `conflict` while another one runs. */
  reshare(input: RequestParsedOf<'keys.reshare'>): Promise<RequestOutputOf<'keys.reshare'>>;
  /** Does nothing where none runs. */
  stopReshare(): void;
  unlock(input: RequestParsedOf<'identity.unlock'>): Promise<RequestOutputOf<'identity.unlock'>>;
  /** Forgets everything that was decrypted or unlocked. */
  dispose(): Promise<void>;
}

export type CheckedSoFar = Omit<EventOf<'replay.checked'>, 'recordingId'>;

export interface ReviewServiceOptions {
  /** requests with the device's proof; `http.fetch` for the bytes of recordings */
  readonly http: ServerHttp;
  readonly account: EnrolledAccount;
  /** of the profile: one identity for all of its accounts */
  readonly identities: IdentityStore;
  /** of the profile: recordings of other programs */
  readonly importsFolder: string;
  /** milliseconds since the epoch, by this machine's clock */
  readonly wallNowMs: () => number;
  /** monotonic milliseconds */
  readonly nowMs: () => number;
  /** server time, milliseconds since the epoch; NaN while unknown */
  readonly serverNowMs: () => number;
  /** how far the check of an open recording is, from time to time and when it is over */
  readonly onChecked: (recordingId: RecordingId, progress: CheckedSoFar) => void;
  /** how far sharing recordings with somebody is */
  readonly onReshared: (progress: EventOf<'keys.reshared'>) => void;
  /** what a search found, from time to time */
  readonly onSearched: (found: EventOf<'replay.searched'>) => void;
}

/** `createReviewService` in main/review/create-review-service.ts. */
export type CreateReviewService = (options: ReviewServiceOptions) => ReviewService;

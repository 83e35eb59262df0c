import { z } from 'zod';
import { EndCause, LockReason } from './access.ts';
import { Failure } from './errors.ts';
import { Exposure } from './monitoring.ts';
import { GrantClaims } from './grant.ts';
import { SessionId } from './ids.ts';
import { MaskCounts, MaskReason, MAX_MASK_REASONS } from './redaction.ts';
import { RecordingHealth } from './recording.ts';
import { Credential } from './server-api.ts';

/** Control plane between main and a session host process. The data plane (data-plane.ts) goes over its own frames. */

const Cols = z.int().min(2).max(1000);
const Rows = z.int().min(1).max(500);
/** A frame of the data plane (core/data-plane/frame.ts): its codec checks what is inside. */
const Frame = z.custom<Uint8Array>(value => value instanceof Uint8Array, 'must be bytes');

/** Everything a session host needs; it inherits no environment. Secrets travel here only: never argv, never env. */
export const OpenSession = z.object({
  kind: z.literal('open'),
  sessionId: SessionId,
  grant: GrantClaims,
  grantHash: z.string(),
  cols: Cols,
  rows: Rows,
  /** the environment of the child, whole; nothing else is inherited */
  environment: z.record(z.string(), z.string()),
  credential: Credential,
  /** for a jump host at the same index of `grant.target.via` */
  viaCredentials: z.array(Credential),
  /** Ed25519 private key (OpenSSH PEM, PKCS#8) whose certificate `credential` is; only for ssh targets */
  sshPrivateKeyPem: z.string().nullable(),
  device: z.object({ id: z.string(), privateKeyPem: z.string(), publicKey: z.string() }),
  /** spool folder; created with mode 0700 */
  spoolFolder: z.string(),
  spoolQuotaBytes: z.number().positive(),
  /** where to upload; null records to the spool only (offline) */
  upload: z.object({ serverUrl: z.string(), audience: z.string() }).nullable(),
  /** server time minus local wall time, milliseconds */
  clockOffsetMs: z.number(),
  /** HMAC key for tokens, base64url */
  tokenKey: z.string(),
});
export type OpenSession = z.infer<typeof OpenSession>;

export const ToHost = z.discriminatedUnion('kind', [
  OpenSession,
  z.object({
    kind: z.literal('recover'),
    spoolFolder: z.string(),
    device: OpenSession.shape.device,
    upload: OpenSession.shape.upload,
    clockOffsetMs: z.number(),
  }),
  z.object({ kind: z.literal('gate'), isOpen: z.boolean() }),
  /** cover: stop sending output to the terminal and pause the transport; uncover goes on where it stopped */
  z.object({ kind: z.literal('cover'), isCovered: z.boolean() }),
  /** an approver lifted the `budget` lock: the limits count anew */
  z.object({ kind: z.literal('lift') }),
  /** what a rule of the server saw in this session, for the recording */
  z.object({ kind: z.literal('alert'), text: z.string().max(1000) }),
  z.object({ kind: z.literal('note'), text: z.string().max(1000), phase: z.string() }),
  /** the grant that supersedes the session's: `exp` in seconds since the epoch (RFC 7519); never shortens */
  z.object({ kind: z.literal('extend'), exp: z.int() }),
  z.object({ kind: z.literal('end'), cause: EndCause }),
  /** ends what still runs (`closed-by-operator`), seals, leaves an unfinished upload to the next start, and exits */
  z.object({ kind: z.literal('close') }),
  z.object({ kind: z.literal('heartbeat'), n: z.int() }),
  z.object({ kind: z.literal('data'), frame: Frame }),
]);
export type ToHost = z.infer<typeof ToHost>;

export const FromHost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('heartbeat'), n: z.int() }),
  z.object({ kind: z.literal('gate'), isOpen: z.boolean() }),
  z.object({
    kind: z.literal('masked'),
    counts: MaskCounts,
    reasons: z.array(MaskReason).max(MAX_MASK_REASONS).optional(),
  }),
  z.object({ kind: z.literal('exposure'), exposure: Exposure }),
  z.object({ kind: z.literal('recording'), health: RecordingHealth }),
  /** the host asks for a lock: main decides (it always does) */
  z.object({ kind: z.literal('lock'), reason: LockReason, message: z.string() }),
  /** the last word about a session, also after `failed`; then at most `uploaded` follows */
  z.object({
    kind: z.literal('ended'),
    cause: EndCause,
    /** what the transport says about an end that was not an ordinary one, for a person */
    message: z.string().max(2000).nullable().optional(),
    exitStatus: z.int().nullable(),
    processesLeft: z.int().nullable(),
    recordingPath: z.string().nullable(),
    segments: z.int(),
    bytes: z.number(),
  }),
  z.object({ kind: z.literal('uploaded'), sessionId: SessionId }),
  z.object({ kind: z.literal('recovered'), sessionIds: z.array(SessionId), failed: z.array(z.string()) }),
  z.object({ kind: z.literal('failed'), error: Failure }),
  z.object({ kind: z.literal('data'), frame: Frame }),
]);
export type FromHost = z.infer<typeof FromHost>;

import type { OpenSession, ToHost } from '../../contract/session-host.ts';
import { createProofSigner } from '../server-client/proof.ts';
import { systemTimers } from '../timers.ts';
import type { HostOptions } from './create-host.ts';
import { createRecorder } from './recorder/create-recorder.ts';
import type { Recorder } from './recorder/recorder.ts';
import { recoverSpool } from './recorder/recover-spool.ts';
import { openOnDisk } from './recorder/spool-file.ts';
import type { UploadTarget } from './recorder/upload-target.ts';

const SYSTEM = { timers: systemTimers, random: Math.random, openFile: openOnDisk };
/** The spool is a queue, not an archive: what the server has durably leaves this machine. */
const KEEP_UPLOADED = false;

/** The recorder of a session: spool on disk, upload with proofs by the device's key. */
export function createSystemRecorder(open: OpenSession, serverNowMs: () => number): Promise<Recorder> {
  return createRecorder({
    ...SYSTEM,
    header: {
      sessionId: open.sessionId,
      grantId: open.grant.jti,
      grantHash: open.grantHash,
      deviceId: open.grant.device,
      recipients: open.grant.recording.recipients,
      cols: open.cols,
      rows: open.rows,
    },
    devicePrivateKeyPem: open.device.privateKeyPem,
    spoolFolder: open.spoolFolder,
    spoolQuotaBytes: open.spoolQuotaBytes,
    upload: uploadTarget(open, serverNowMs),
    keepUploaded: KEEP_UPLOADED,
    serverNowMs,
    draftPolicy: open.grant.redaction,
  });
}

/** Closes what a crash left, then uploads what the server does not have; answers when both are done, or `signal` aborts the upload. */
export const recoverSpools: HostOptions['recover'] = async (message, signal) => {
  const startedAtMs = Date.now() - systemTimers.nowMs() + message.clockOffsetMs;
  const serverNowMs = (): number => startedAtMs + systemTimers.nowMs();
  const recovery = await recoverSpool({
    ...SYSTEM,
    spoolFolder: message.spoolFolder,
    devicePrivateKeyPem: message.device.privateKeyPem,
    upload: uploadTarget(message, serverNowMs),
    keepUploaded: KEEP_UPLOADED,
    serverNowMs,
  });
  const uploads = await recovery.upload(signal);
  return {
    sessionIds: [...new Set([...recovery.recovered, ...uploads.uploaded])],
    failed: [...recovery.failed, ...uploads.failed],
  };
};

function uploadTarget(
  { upload, device }: Pick<OpenSession | Extract<ToHost, { kind: 'recover' }>, 'upload' | 'device'>,
  serverNowMs: () => number,
): UploadTarget | null {
  if (upload === null) return null;
  const signer = createProofSigner({
    deviceId: device.id,
    audience: upload.audience,
    privateKeyPem: device.privateKeyPem,
  });
  return {
    serverUrl: upload.serverUrl,
    authorize: (method, path) => signer.authorize(method, path, serverNowMs()),
    fetch: globalThis.fetch,
  };
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DeviceId, GrantId, SessionId } from '../../contract/ids.ts';
import type { RecordingEnd } from '../../contract/recording.ts';
import type { SessionRecord, TargetSummary } from '../../contract/server-api.ts';
import { createRecorder } from '../../main/session-host/recorder/create-recorder.ts';
import type { TusClient } from '../../main/session-host/recorder/tus-client.ts';
import { createTusClient } from '../../main/session-host/recorder/tus-client.ts';
import type { RecordingBench } from './recording-bench.ts';
import { outputs } from './recording-bench.ts';
import type { TestDevice } from './server-device.ts';
import type { TestServer } from './test-server.ts';
import { grantAccess } from './test-server.ts';

/** Who takes part in a recorded session. */
export interface RecordingCast {
  readonly server: TestServer;
  readonly bench: RecordingBench;
  readonly operator: TestDevice;
  readonly approver: TestDevice;
}

export interface RecordedSession {
  readonly session: SessionRecord;
  readonly bytes: Uint8Array;
}

/** A session under a grant with a recording that is not on the server yet. */
export async function recordSession(
  { bench, operator, approver }: RecordingCast,
  target: TargetSummary,
  cause: RecordingEnd['cause'] = 'exited',
): Promise<RecordedSession> {
  const grant = await grantAccess(operator, approver, { target });
  const session = await operator.ok('createSession', { input: { grantId: grant.id } });
  const { header } = bench.recorderOptions();
  const recorder = await createRecorder(
    bench.recorderOptions({
      header: {
        ...header,
        sessionId: SessionId.parse(session.id),
        grantId: GrantId.parse(grant.id),
        grantHash: createHash('sha256')
          .update(grant.jws ?? '')
          .digest('hex'),
        deviceId: DeviceId.parse(operator.deviceId),
      },
      devicePrivateKeyPem: operator.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }),
  );
  for (const event of outputs('hello ', 'reviewer')) recorder.accept(event);
  const { path } = await recorder.seal({ cause, processesLeft: 0, isChannelClosed: true });
  return { session, bytes: await readFile(path) };
}

export function uploadAs(
  { server }: Pick<RecordingCast, 'server'>,
  device: TestDevice,
  recordingId: string,
): TusClient {
  return createTusClient({
    serverUrl: server.url(),
    authorize: async (method, path) => `Sallyport ${await device.proof({ method, path })}`,
    fetch: globalThis.fetch,
    recordingId,
    signal: new AbortController().signal,
  });
}

/** A whole recording on the server. */
export async function storeRecording(cast: RecordingCast, target: TargetSummary): Promise<RecordedSession> {
  const recorded = await recordSession(cast, target);
  const upload = uploadAs(cast, cast.operator, recorded.session.id);
  await upload.create();
  await upload.append(0, recorded.bytes, recorded.bytes.length);
  return recorded;
}
